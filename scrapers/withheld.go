package scrapers

import (
	"cmp"
	"errors"
	"strings"

	"golang.org/x/net/html"
	"golang.org/x/net/html/atom"

	"vigie"
	"vigie/internal/charset"
	"vigie/internal/markup"
	"vigie/scrapers/fetch"
)

// withhold takes the body off a page whose publisher keeps it from being mined: of such a
// page the address, the title and the day of publication are kept, and the words that
// reserve it. It reports whether it did.
func (t *turn) withhold(f *found, resp *fetch.Response) bool {
	words := t.source.Withheld(resp.Capture)
	if words == "" {
		return false
	}
	title, published := headOf(resp)
	if f.Title == "" {
		f.Title = title
	}
	if f.Published == "" {
		f.Published = published
	}
	resp.Body = nil
	resp.Capture.Size = 0
	resp.Capture.Fault, resp.Capture.OptOut = vigie.FaultReserved, words
	return true
}

// Admit looks at a page that came otherwise than by a collection, from another tool's archive,
// as a collection would: it marks what is no content, and takes the body off what may not be
// mined.
func Admit(s vigie.Source, d *vigie.Document, resp *fetch.Response) {
	f := &found{Link: vigie.Link{Title: d.Title, Published: d.Published}}
	if t := (turn{source: s}); t.withhold(f, resp) {
		d.Title, d.Published = f.Title, f.Published
		return
	}
	if door, ok := errors.AsType[*PageError](judge(resp, s.Home)); ok {
		resp.Capture.Fault = door.Fault
	}
}

// headOf returns what a page says of itself for those who link to it.
func headOf(resp *fetch.Response) (title string, published vigie.Date) {
	words := func(s string) string { return strings.Join(strings.Fields(html.UnescapeString(s)), " ") }
	var plainTitle string
	s := markup.NewScanner(charset.Head(resp.Body, 64<<10, resp.Capture.MediaType))
	for kind := s.Next(); kind != markup.End && (kind != markup.StartTag || s.Atom != atom.Body); kind = s.Next() {
		switch {
		case kind != markup.StartTag:
		case s.Atom == atom.Title && s.Next() == markup.Text:
			plainTitle = words(s.Text)
		case s.Atom == atom.Meta && s.Attr("property") == "og:title":
			title = words(s.Attr("content"))
		case s.Atom == atom.Meta && s.Attr("property") == "article:published_time":
			published = parseDay(s.Attr("content"))
		}
	}
	return cmp.Or(title, plainTitle), published.Believed(dayOf(resp.Capture.Time))
}
