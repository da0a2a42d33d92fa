// Package article reads a captured page: bytes in, the article that they hold out.
//
// What comes in is a body as some server sent it, and what its source declares.
// What goes out is the title, the blocks of the text in reading order, the day it
// was published with the reason for it, and nothing of the site around: no menu,
// teaser, comment, banner, caption or box that points to other articles.
//
//	decode → parse → find the title → cut away the site → find the content → blocks
//
// The text of an [vigie.Article] has one form, for pages and text files alike:
//
//   - blocks are parted by a blank line; the items of a list, the rows of a table,
//     the halves of a definition and the lines of an address by one line break;
//   - an item follows the mark "- ", indented by two spaces for each outer level; its
//     further paragraphs are indented alike, without a mark. Marks and indents lie
//     between blocks. An item that the page marks by a line break alone has no mark;
//   - the cells of a row are parted by a tab, a cell's own lines by a line break. A
//     cell that spans rows stands in its first one and is empty below, so that
//     columns stay aligned;
//   - a key figure is a Term (its number) and a Definition (its wording).
//
// The package is pure: no clock, network, log or state.
package article

import (
	"fmt"

	"vigie"
)

// Input is a capture's body and what is known of it from outside. Only Body is
// required; it must not change any more, since the article's texts may lie in it.
type Input struct {
	Body      []byte
	MediaType string // Content-Type as sent; may be empty or wrong
	URL       string // the final address

	Publisher string          // the source's; it wins over what the page says
	Content   vigie.Selectors // where the source's pages keep their parts
	Scope     vigie.Ref       // whom the source writes about

	Published vigie.Date // as a feed or a person gave it; used where the page tells none
	Fetched   vigie.Date // the day of the capture

	// Known reports whether a word is an official name, or part of one; it helps to
	// decide whether a hyphen at a line's end is the word's own. May be nil.
	Known func(word string) bool

	// Words are those of a PDF, page by page; not nil where the body is one. A process of
	// its own reads them.
	Words []Word
}

// Read returns the article in a capture's body.
//
// An error that wraps [vigie.ErrNoArticle] says why there is none and what to do. A
// declared selector that matches nothing, or several places, is no reason to lose a
// page: Read then finds out by itself and returns both the article and an error that
// wraps [ErrSelector], which is worth an alarm.
func Read(in Input) (*vigie.Article, error) {
	d, err := in.draft()
	if d == nil {
		return nil, err
	}
	if d.text() == "" {
		return nil, fmt.Errorf("%w: nothing but the site around; open it in a browser: it may be drawn by a script", vigie.ErrNoArticle)
	}
	return d.article(in), err
}

// draft reads the body as what it is.
func (in Input) draft() (*draft, error) {
	if IsPDF(in.Body) {
		return readPDF(in)
	}
	text, err := decode(in.Body, in.MediaType)
	switch {
	case err != nil:
		return nil, err
	case isHTML(text):
		return readPage(text, in)
	}
	return readText(text, in)
}

// A draft is what a reader found, before it is put in an article's form.
type draft struct {
	writer
	title     string
	publisher string
	url       string // the page's own canonical address
	days      days
}

func (d *draft) article(in Input) *vigie.Article {
	published, updated, dates := d.days.choose(in)
	a := vigie.Article{Dates: dates, Text: d.text(), Blocks: d.blocks, Scope: in.Scope}
	a.Citation = vigie.Citation{
		URL: address(in.URL, d.url), Publisher: d.publisher, Title: d.title,
		Published: published, Updated: updated,
	}
	if in.Publisher != "" {
		a.Publisher = in.Publisher
	}
	a.Document = vigie.NewDocumentID(a.URL, in.Body)
	return vigie.NewArticle(a)
}

// address is the canonical form of the final address, or of the one the page declares.
func address(final, declared string) string {
	for _, raw := range []string{final, declared} {
		if u, err := vigie.CanonicalURL(raw); raw != "" && err == nil {
			return u
		}
	}
	return ""
}
