package scrapers

import (
	"fmt"
	"mime"
	"regexp"
	"strings"
	"unicode/utf8"
	"unsafe"

	"golang.org/x/net/html/charset"
	"golang.org/x/text/encoding/charmap"
)

// decode returns a list or the head of a page as UTF-8. Sound UTF-8 is UTF-8 whatever is
// declared: no other charset gives its sequences by chance, and servers that say
// ISO-8859-1 of everything are common. Else the order is HTML's: a BOM, the header, the
// meta element, windows-1252.
func decode(body []byte, mediaType string) (string, error) {
	text := unsafe.String(unsafe.SliceData(body), len(body)) // no copy: bodies do not change
	if !utf8.ValidString(text) {
		e, _, _ := charset.DetermineEncoding(body, mediaType)
		var err error
		if text, err = e.NewDecoder().String(text); err != nil {
			return "", fmt.Errorf("decode: %w", err)
		}
	}
	return strings.TrimPrefix(text, "\ufeff"), nil
}

// xmlEncoding is the charset in a prolog, and what stands before it.
var xmlEncoding = regexp.MustCompile(`^(\s*<\?xml\b[^>]*?)\s+encoding\s*=\s*["']([^"']*)["']`)

// decodeFeed returns a feed as it can be read: by the charset of its prolog, which the
// parser follows; where that is UTF-8 or none and the bytes belie it, by the header's, and
// by windows-1252 last. Of a feed that is UTF-8 but for a few bytes these are lost alone.
func decodeFeed(body []byte, mediaType string) ([]byte, error) {
	prolog := xmlEncoding.FindSubmatch(body[:min(len(body), 1024)])
	if utf8.Valid(body) || prolog != nil && !strings.EqualFold(string(prolog[2]), "utf-8") {
		return body, nil
	}
	text := strings.ToValidUTF8(string(body), "\ufffd")
	if _, params, _ := mime.ParseMediaType(mediaType); !mostlyUTF8(text) || params["charset"] != "" && !strings.EqualFold(params["charset"], "utf-8") {
		e, _, _ := charset.DetermineEncoding(body, mediaType)
		decoded, err := e.NewDecoder().String(string(body))
		if err != nil {
			return nil, fmt.Errorf("decode: %w", err)
		}
		text = strings.TrimPrefix(decoded, "\ufeff")
	}
	return []byte(xmlEncoding.ReplaceAllString(text, "$1")), nil
}

// mostlyUTF8 reports a text, already mended, of which more letters beyond ASCII were sound
// than not.
func mostlyUTF8(mended string) bool {
	sound, lost := 0, 0
	for _, r := range mended {
		switch {
		case r == utf8.RuneError:
			lost++
		case r >= utf8.RuneSelf:
			sound++
		}
	}
	return sound > lost
}

// legible returns a piece of a page's text as UTF-8: where it is none it is taken for
// windows-1252, as nearly all French pages of old are.
func legible(text string) string {
	if utf8.ValidString(text) {
		return text
	}
	decoded, err := charmap.Windows1252.NewDecoder().String(text)
	if err != nil {
		return strings.ToValidUTF8(text, "\ufffd")
	}
	return decoded
}
