package article

import (
	"bytes"
	"encoding/json"
	"fmt"
	"regexp"
	"strings"
	"unicode/utf8"

	"golang.org/x/text/unicode/norm"

	"vigie"
	"vigie/internal/charset"
)

const (
	maxBody = 8 << 20 // of decoded text; the largest real page seen has 3 MiB

	// Of the characters of a page, at most one in lostShare may be unreadable: a
	// few broken names pass, a page in a wrong charset does not.
	lostShare = 200
)

// magics are the first bytes of what is no text, with what to do about it.
var magics = []struct{ magic, advice string }{
	{"PK\x03\x04", "a zip or office file: read the page that links to it"},
	{"\xd0\xcf\x11\xe0", "an office file: read the page that links to it"},
	{"\x1f\x8b", "still compressed: archive the decoded body"},
	{"\x28\xb5\x2f\xfd", "still compressed: archive the decoded body"},
	{"\x89PNG", "an image"}, {"\xff\xd8\xff", "an image"}, {"GIF8", "an image"},
}

// decode returns the body as UTF-8 with line feeds, or says why it is no text.
func decode(body []byte, mediaType string) (string, error) {
	if len(bytes.TrimSpace(body)) == 0 {
		return "", fmt.Errorf("%w: empty; fetch it again", vigie.ErrNoArticle)
	}
	for _, m := range magics {
		if bytes.HasPrefix(body, []byte(m.magic)) {
			return "", fmt.Errorf("%w: %s", vigie.ErrNoArticle, m.advice)
		}
	}
	if len(body) > maxBody {
		return "", tooLarge(len(body))
	}
	text := charset.Text(body, mediaType) // no copy: see [Input]
	if len(text) > maxBody {
		return "", tooLarge(len(text))
	}
	if strings.Contains(text[:min(len(text), 4096)], "\x00") {
		return "", fmt.Errorf("%w: binary, not text", vigie.ErrNoArticle)
	}
	if lost := strings.Count(text, "\ufffd"); lost > 0 && lost*lostShare > utf8.RuneCountInString(text) {
		return "", fmt.Errorf("%w: %d characters unreadable in its charset; fetch it again, or see what the server declares", vigie.ErrNoArticle, lost)
	}
	if (strings.HasPrefix(text, "{") || strings.HasPrefix(text, "[")) && json.Valid([]byte(text)) {
		return "", fmt.Errorf("%w: JSON, not a page; declare the source's feed or API instead", vigie.ErrNoArticle)
	}
	if strings.Contains(text, "\r") {
		text = strings.ReplaceAll(strings.ReplaceAll(text, "\r\n", "\n"), "\r", "\n")
	}
	return text, nil
}

func tooLarge(n int) error {
	return fmt.Errorf("%w: %w: %d bytes of text; read the parts it links to", vigie.ErrNoArticle, vigie.ErrTooLarge, n)
}

var htmlTag = regexp.MustCompile(`(?i)<(!doctype html|html|head|body|main|article|section|div|p|h[1-6]|ul|ol|table|br)\b[^>]*>`)

// isHTML goes by content, whatever the header said: servers send articles as
// text/plain and text files as text/html. One tag in prose does not make a page.
func isHTML(text string) bool {
	head := strings.TrimSpace(text[:min(len(text), 16<<10)])
	for _, begin := range []string{"<!doctype html", "<html>", "<html "} {
		if len(head) > len(begin) && strings.EqualFold(head[:len(begin)], begin) && strings.Contains(head, ">") {
			return true
		}
	}
	found := htmlTag.FindAllStringIndex(head, 3)
	return len(found) == 3 || len(found) > 0 && found[0][0] == 0 || len(found) > 0 && strings.HasPrefix(head, "<")
}

// clean puts a stretch of text in the form of [vigie.Article.Text]: NFC, plain spaces
// for those that do not break, and none of the characters that print nothing. It
// keeps runs of spaces, tabs, line breaks, and the thin spaces that typographers set.
func clean(s string) string {
	if isClean(s) {
		return s
	}
	return norm.NFC.String(strings.Map(plainRune, s))
}

// isClean reports whether s is made of what French is mostly written with, which stays.
func isClean(s string) bool {
	for _, r := range s {
		switch {
		case r < 0x7f && (r >= ' ' || r == '\n' || r == '\t'):
		case r >= 'À' && r <= 'ſ', r == '’', r == '«', r == '»', r == '€', r == '°':
		default:
			return false
		}
	}
	return true
}

func plainRune(r rune) rune {
	switch {
	case r == '\n', r == '\t':
		return r
	case r == '\u00a0', r == '\u2007', r == '\u202f', r == '\u3000':
		return ' '
	case r == '\u2028', r == '\u2029', r == '\u0085':
		return '\n'
	case r < ' ', r >= 0x7f && r <= 0x9f, r == '\u00ad', r == '\ufeff',
		r >= '\u200b' && r <= '\u200f', r >= '\u202a' && r <= '\u202e', r >= '\u2060' && r <= '\u2069':
		return -1 // controls, soft hyphens, zero-width and bidi marks
	}
	return r
}
