package charset

import (
	"mime"
	"regexp"
	"strings"
	"unicode/utf8"

	"golang.org/x/net/html/charset"
	"golang.org/x/text/encoding"
	"golang.org/x/text/encoding/charmap"
)

// prolog finds the charset that XML declares of itself: the whole of it, and its name.
var prolog = regexp.MustCompile(`^\s*<\?xml\s[^>]*?(\s+encoding\s*=\s*["']([^"'>]*)["'])`)

const maxProlog = 256 // bytes

// XML returns the body of a feed or a sitemap as UTF-8 that declares no other charset, as
// parsers want it: they believe a prolog that lies, and stop at one broken byte. A body
// that is so is not copied.
func XML(body []byte, mediaType string) []byte {
	if !utf8.Valid(body) {
		body = decode(body, xmlEncoding(body, mediaType))
	}
	if at := prolog.FindSubmatchIndex(body[:min(len(body), maxProlog)]); at != nil && !strings.EqualFold(string(body[at[4]:at[5]]), "utf-8") {
		return append(append(make([]byte, 0, len(body)), body[:at[2]]...), body[at[3]:]...)
	}
	return body
}

func xmlEncoding(body []byte, mediaType string) encoding.Encoding {
	if e := plainEncoding(body); e != nil {
		return e
	}
	var labels []string
	if m := prolog.FindSubmatch(body[:min(len(body), maxProlog)]); m != nil {
		labels = append(labels, string(m[2]))
	}
	if _, params, err := mime.ParseMediaType(mediaType); err == nil {
		labels = append(labels, params["charset"])
	}
	for _, label := range labels {
		if e, name := charset.Lookup(label); e != nil && fits(body, name) {
			return e
		}
	}
	return charmap.Windows1252
}
