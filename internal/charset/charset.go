// Package charset reads the bytes of pages and feeds as text, whatever their servers and
// their own heads say of them. All that looks for words in what was fetched reads it by
// this one order:
//
//  1. Bytes that are sound UTF-8, or UTF-8 with a few broken ones, are UTF-8, whatever is
//     declared: no other charset gives its sequences by chance, and servers that say
//     ISO-8859-1 of everything are common. What is broken becomes U+FFFD.
//  2. A mark of byte order tells UTF-16.
//  3. What is declared: of a page by the header, then its meta element; of XML by its
//     prolog, which its writer wrote, then the header. A label of UTF-8 is none by then.
//  4. Else windows-1252, which is also what browsers take ISO-8859-1 for.
package charset

import (
	"bytes"
	"strings"
	"unicode/utf8"
	"unsafe"

	"golang.org/x/net/html/charset"
	"golang.org/x/text/encoding"
	"golang.org/x/text/encoding/charmap"
	"golang.org/x/text/encoding/unicode"
)

// Text returns a page's body as UTF-8, without a mark of byte order. MediaType is the
// Content-Type as sent. A body that is sound UTF-8 is not copied: it must not change as
// long as the text is in use.
func Text(body []byte, mediaType string) string { return Head(body, len(body), mediaType) }

// Head returns the first n bytes of a page's body as UTF-8, read as [Text] reads them.
func Head(body []byte, n int, mediaType string) string {
	head := body[:min(n, len(body))]
	if !utf8.Valid(head) {
		head = decode(head, pageEncoding(body, mediaType))
	}
	return strings.TrimPrefix(unsafe.String(unsafe.SliceData(head), len(head)), "\ufeff")
}

func decode(body []byte, e encoding.Encoding) []byte {
	text, err := e.NewDecoder().Bytes(body)
	if err != nil { // none of these decoders has one
		text = body
	}
	return bytes.ToValidUTF8(text, []byte("\ufffd"))
}

func pageEncoding(body []byte, mediaType string) encoding.Encoding {
	if e := plainEncoding(body); e != nil {
		return e
	}
	for _, header := range []string{mediaType, ""} { // without a header, the meta element
		if e, name, _ := charset.DetermineEncoding(body, header); fits(body, name) {
			return e
		}
	}
	return charmap.Windows1252
}

// plainEncoding is what the bytes themselves tell; nil where they tell nothing.
func plainEncoding(body []byte) encoding.Encoding {
	switch {
	case bytes.HasPrefix(body, []byte("\xfe\xff")), bytes.HasPrefix(body, []byte("\xff\xfe")):
		return unicode.UTF16(unicode.LittleEndian, unicode.UseBOM)
	case mostlyUTF8(body):
		return unicode.UTF8
	}
	return nil
}

// fits reports whether bytes that are no UTF-8 may be of the charset that is declared.
func fits(body []byte, name string) bool {
	return name != "utf-8" && (!strings.HasPrefix(name, "utf-16") || bytes.IndexByte(body, 0) >= 0)
}

// mostlyUTF8 reports whether more multi-byte sequences are sound than broken.
func mostlyUTF8(body []byte) bool {
	sound, broken := 0, 0
	for i := 0; i < len(body); {
		if body[i] < utf8.RuneSelf {
			i++
			continue
		}
		_, n := utf8.DecodeRune(body[i:])
		if n > 1 {
			sound++
		} else {
			broken++
		}
		i += n
	}
	return sound > broken
}
