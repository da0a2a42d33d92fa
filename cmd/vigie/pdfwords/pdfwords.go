// Package pdfwords reads the words of a PDF and where they stand.
//
// PDF files come from anybody, and no reader of them is safe from one that loops,
// recurses without end or asks for all memory. So this package runs in a process of its
// own, which may be killed: see the command pdf-words.
package pdfwords

import (
	"bufio"
	"encoding/json"
	"errors"
	"fmt"
	"io"

	"github.com/ledongthuc/pdf"

	"vigie/transform/article"
)

const (
	maxPages = 2000
	maxWords = 400_000
)

// A line of the output is one word, or the last one, which says that the end was reached.
type line struct {
	article.Word
	Pages int `json:"pages,omitempty"`
}

// Write reads the PDF and writes its words, one JSON object a line, page by page; the last
// line has the number of pages. What cannot be read of a page is left out.
func Write(w io.Writer, r io.ReaderAt, size int64) (err error) {
	defer func() {
		if v := recover(); v != nil {
			err = fmt.Errorf("damaged: %v", v)
		}
	}()
	doc, err := pdf.NewReader(r, size)
	if errors.Is(err, pdf.ErrInvalidPassword) {
		return errors.New("locked with a password")
	}
	if err != nil {
		return fmt.Errorf("damaged: %w", err)
	}
	out := bufio.NewWriter(w)
	enc := json.NewEncoder(out)
	enc.SetEscapeHTML(false)
	pages := doc.NumPage()
	if pages < 1 || pages > maxPages {
		return fmt.Errorf("%d pages: want 1 to %d", pages, maxPages)
	}
	fonts, n := fontCache{}, 0
	for i := range pages {
		for _, word := range pageWords(doc.Page(i+1), fonts) {
			word.Page = i + 1
			if n++; n > maxWords {
				return fmt.Errorf("more than %d words", maxWords)
			}
			if err := enc.Encode(line{Word: word}); err != nil {
				return err
			}
		}
	}
	if err := enc.Encode(line{Pages: pages}); err != nil {
		return err
	}
	return out.Flush()
}

// Read reads what Write wrote; it is never nil without an error.
func Read(r io.Reader) ([]article.Word, error) {
	words := []article.Word{}
	for dec := json.NewDecoder(r); ; {
		var l line
		if err := dec.Decode(&l); err != nil {
			return nil, fmt.Errorf("cut off: %w", err)
		}
		if l.Pages > 0 {
			return words, nil
		}
		words = append(words, l.Word)
	}
}
