package fetch

import (
	"context"
	"fmt"
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
// robots.txt and tdmrep.json, its headers, its meta elements.
func optOut(x *exchange, header http.Header, page []byte, token string) string {
	var words []string
	note := func(where, value string) {
		if value != "" {
			words = append(words, where+": "+value)
		}
	}
	if x.reserved != "" {
		words = append(words, x.reserved)
	}
	for _, tag := range header.Values("X-Robots-Tag") {
		note("x-robots-tag", directive(tag, token))
	}
	terms := x.terms.or("tdm-reservation", header.Get("Tdm-Reservation"), header.Get("Tdm-Policy"))
	var own, policy string
	for name, content := range metas(page) {
		switch name {
		case "robots", strings.ToLower(token):
			note("meta "+name, directive(content, token))
		case "tdm-reservation":
			own = content
		case "tdm-policy":
			policy = content
		}
	}
	if said := terms.or("meta tdm-reservation", own, policy).String(); said != "" {
		words = append(words, said)
	}
	return strings.Join(words, "; ")
}

// OptOut returns the words by which a page that came by a public archive keeps machines
// from mining it, in the header and meta elements that it was archived with.
func OptOut(header http.Header, page []byte) string {
	return optOut(new(exchange), header, page, productToken(defaultName))
}

// Reserves returns the words by which the site of an address keeps machines from mining
// it, as its robots.txt and tdmrep.json say today.
func (c *Client) Reserves(ctx context.Context, r Request) (string, error) {
	req, err := http.NewRequestWithContext(withExchange(ctx, &exchange{Request: r}), http.MethodGet, r.URL, nil)
	if err != nil {
		return "", fmt.Errorf("get %q: %w", r.URL, err)
	}
	rules, err := c.gate.rules(req)
	if err != nil {
		return "", fmt.Errorf("robots.txt of %s: %w", req.URL.Host, err)
	}
	terms, err := c.gate.termsFor(req, rules)
	if err != nil {
		return "", err
	}
	return optOut(&exchange{reserved: rules.reserved, terms: terms}, nil, nil, c.token), nil
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

// metas yields the names and contents of the meta elements in a page's head.
func metas(page []byte) func(func(name, content string) bool) {
	return func(yield func(name, content string) bool) {
		s := markup.ScanBytes(page[:min(len(page), headOfPage)])
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
