package fetch

import (
	"net/http"
	"strings"

	"golang.org/x/net/html/atom"

	"vigie/internal/markup"
)

// reserve keeps a line of robots.txt that tells machines not to learn from the site:
// "Content-Signal: search=yes, ai-train=no", "Content-Usage: train-ai=n".
func (r *robots) reserve(applies bool, key, value string) {
	for part := range strings.SplitSeq(strings.ToLower(value), ",") {
		use, allowed, _ := strings.Cut(strings.ReplaceAll(part, " ", ""), "=")
		switch use {
		case "ai-train", "ai-input", "train-ai", "bots", "tdm":
			if applies && (allowed == "n" || allowed == "no") {
				r.reserved = "robots.txt: " + key + ": " + value
			}
		}
	}
}

// headOfPage is how much of a page is looked at for its meta elements.
const headOfPage = 64 << 10

// optOut returns the words by which a page keeps machines from mining it: in its site's
// robots.txt, its headers, its meta elements. They are noted, and shown to whoever uses
// what the page says.
func optOut(robots string, resp *http.Response, token string) string {
	var words []string
	note := func(where, value string) {
		if value != "" {
			words = append(words, where+": "+value)
		}
	}
	if robots != "" {
		words = append(words, robots)
	}
	for _, tag := range resp.Header.Values("X-Robots-Tag") {
		note("x-robots-tag", directive(tag, token))
	}
	note("tdm-reservation", reservation(resp.Header.Get("Tdm-Reservation")))
	for name, content := range metas(recorded(resp)) {
		switch {
		case name == "robots" || name == strings.ToLower(token):
			note("meta "+name, directive(content, token))
		case name == "tdm-reservation":
			note("meta "+name, reservation(content))
		}
	}
	return strings.Join(words, "; ")
}

// directive returns the directive against mining in a list of them, which may be meant
// for one robot only: "noindex, noai", "otherbot: noai".
func directive(list, token string) string {
	if bot, rest, ok := strings.Cut(list, ":"); ok && !strings.ContainsAny(bot, ", ") {
		if !strings.EqualFold(bot, token) {
			return ""
		}
		list = rest
	}
	for d := range strings.SplitSeq(strings.ToLower(list), ",") {
		switch d = strings.TrimSpace(d); d {
		case "noai", "noml", "notrain", "notdm":
			return d
		}
	}
	return ""
}

// reservation returns the value of a reservation of rights after the TDM protocol, where
// it makes one.
func reservation(value string) string {
	if value = strings.TrimSpace(value); value == "1" {
		return value
	}
	return ""
}

// metas yields the names and contents of the meta elements in a page's head.
func metas(page []byte) func(func(name, content string) bool) {
	return func(yield func(name, content string) bool) {
		s := markup.NewScanner(string(page[:min(len(page), headOfPage)]))
		for kind := s.Next(); kind != markup.End && (kind != markup.StartTag || s.Atom != atom.Body); kind = s.Next() {
			if kind != markup.StartTag || s.Atom != atom.Meta {
				continue
			}
			name := strings.ToLower(strings.TrimSpace(s.Attr("name")))
			if name != "" && !yield(name, s.Attr("content")) {
				return
			}
		}
	}
}
