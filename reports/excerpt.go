package reports

import (
	"strings"
	"unicode/utf8"

	"vigie"
)

// pressQuote is how many characters of a newspaper are cited: the short quotation
// that French law allows (code de la propriété intellectuelle, art. L122-5).
const pressQuote = 200

// Cut marks words that were left out of a quote.
const Cut = "[…]"

// quote returns the words that state a record, a newspaper's cut to those around what
// the record says.
func (d *Data) quote(m vigie.Mention, r vigie.Record) string {
	if d.Press == nil || !d.Press(m) || utf8.RuneCountInString(m.Quote) <= pressQuote {
		return m.Quote
	}
	return excerpt(m.Quote, d.ownWords(m, r), pressQuote)
}

// isCut reports whether a quote was cut.
func isCut(s string) bool { return strings.HasPrefix(s, Cut+" ") || strings.HasSuffix(s, " "+Cut) }

// excerpt returns at most n characters of s, whole words, in which the first of the
// things stands, and of the others as many as there is room for; [Cut] marks what is
// missing. Without things it is the beginning.
func excerpt(s string, things [][]stretch, n int) string {
	if utf8.RuneCountInString(s) <= n {
		return s
	}
	lo, hi := widen(s, best(s, things, n), n)
	words := strings.TrimSpace(s[lo:hi])
	if strings.TrimSpace(s[:lo]) != "" {
		words = Cut + " " + words
	}
	if strings.TrimSpace(s[hi:]) != "" {
		words += " " + Cut
	}
	return words
}

// best is the stretch of at most n characters that holds the first thing and most of
// the others.
func best(s string, things [][]stretch, n int) stretch {
	if len(things) == 0 {
		return stretch{}
	}
	var best stretch
	most := -1
	for _, first := range things[0] {
		all, held := first, 0
		for _, places := range things[1:] {
			if next, ok := nearest(s, all, places, n); ok {
				all = next
				held++
			}
		}
		if held > most {
			best, most = all, held
		}
	}
	return best
}

// nearest makes a stretch hold one of the places too, the one that costs least.
func nearest(s string, held stretch, places []stretch, n int) (least stretch, ok bool) {
	for _, p := range places {
		both := stretch{min(held.lo, p.lo), max(held.hi, p.hi)}
		if utf8.RuneCountInString(s[both.lo:both.hi]) <= n && (!ok || both.hi-both.lo < least.hi-least.lo) {
			least, ok = both, true
		}
	}
	return least, ok
}

// widen adds words on both sides of a stretch until n characters are full. A stretch that
// is longer by itself loses its end.
func widen(s string, in stretch, n int) (lo, hi int) {
	runes := []rune(s)
	from := utf8.RuneCountInString(s[:in.lo])
	to := from + utf8.RuneCountInString(s[in.lo:in.hi])
	room := max(0, n-(to-from))
	start := max(0, min(from-room/2, len(runes)-n))
	end := start + n
	for start > 0 && start < min(from, end) && !blank(runes[start-1]) {
		start++
	}
	for end < len(runes) && end > max(to, start) && !blank(runes[end]) {
		end--
	}
	lo = len(string(runes[:start]))
	return lo, lo + len(string(runes[start:min(end, start+n)]))
}

func blank(r rune) bool { return r == ' ' || r == '\n' || r == '\t' || r == '\u00a0' || r == '\u202f' }
