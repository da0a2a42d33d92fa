package scrapers

import (
	"bytes"
	"encoding/json"
	"errors"
	"fmt"

	"golang.org/x/net/html"

	"vigie"
)

// A tree costs far more than the bytes it is read from: a page of 8 MiB in which each
// paragraph opens an element anew makes 800 MiB of nodes, and compressed it is sent in 8
// kB. What would cost so much is known before it is taken apart, and is an error.
const (
	lightBytes  = 512 << 10 // no page so small can cost much
	maxPage     = 8 << 20   // of a page's text; the largest real one seen has 3 MiB
	maxMarks    = 200_000   // start tags and attributes of a page: 16,000 rows of six cells have half as many
	maxToken    = 2 << 20   // of one tag, comment or script
	maxItemsFed = 5_000     // of a feed: those seen have 10 to 200
	maxObjects  = 50_000    // of an answer in JSON
)

// heavy reports a page that is not to be taken apart.
func heavy(page []byte) bool {
	switch {
	case len(page) <= lightBytes:
		return false
	case len(page) > maxPage:
		return true
	}
	marks := 0
	z := html.NewTokenizer(bytes.NewReader(page))
	z.SetMaxBuf(maxToken)
	for marks <= maxMarks {
		switch z.Next() {
		case html.ErrorToken:
			return errors.Is(z.Err(), html.ErrBufferExceeded)
		case html.StartTagToken, html.SelfClosingTagToken:
			marks++
			for _, more := z.TagName(); more && marks <= maxMarks; marks++ {
				_, _, more = z.TagAttr()
			}
		}
	}
	return true
}

// heavyFeed reports a feed of more items than anybody reads.
func heavyFeed(feed []byte) bool {
	return len(feed) > lightBytes && (len(feed) > maxPage || bytes.Count(feed, []byte("{")) > maxObjects ||
		bytes.Count(feed, []byte("<item"))+bytes.Count(feed, []byte("<entry")) > maxItemsFed)
}

// decodeJSON reads an API's answer.
func decodeJSON(body []byte, v any) error {
	if isHTML(body) {
		return fmt.Errorf("a web page is there, and no API: %w", ErrChanged)
	}
	if len(body) > lightBytes && bytes.Count(body, []byte("{"))+bytes.Count(body, []byte("[")) > maxObjects {
		return fmt.Errorf("JSON: %w of %d objects", vigie.ErrTooLarge, maxObjects)
	}
	if err := json.Unmarshal(body, v); err != nil {
		return fmt.Errorf("%w: %w", err, ErrChanged)
	}
	return nil
}
