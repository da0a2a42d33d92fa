package french

import (
	"strings"
	"unicode"
	"unicode/utf8"
)

// A Range is a stretch of a text in bytes, half-open.
type Range struct{ Lo, Hi int }

// abbreviations end with a full stop that ends no sentence, whatever follows: "art. 5",
// "Mme. Hamel". A capital alone ("M.", "J.-P.") never ends one either.
var abbreviations = map[string]bool{
	"al": true, "art": true, "av": true, "bd": true, "cf": true, "ch": true, "chap": true, "dept": true,
	"dr": true, "ed": true, "env": true, "ex": true, "fig": true, "hab": true, "me": true, "mgr": true,
	"mlle": true, "mm": true, "mme": true, "mmes": true, "mr": true, "n": true, "no": true, "p": true, "pp": true,
	"pr": true, "ref": true, "st": true, "ste": true, "tel": true, "vol": true, "vs": true,
}

// shortDates are abbreviations that a number continues: "le 5 sept. 2019", "ven. 3 mai".
var shortDates = map[string]bool{
	"avr": true, "dec": true, "dim": true, "fev": true, "fevr": true, "janv": true, "jeu": true,
	"juil": true, "lun": true, "mar": true, "mer": true, "nov": true, "oct": true, "sam": true,
	"sept": true, "ven": true,
}

// Sentences cuts a text, white space around each sentence left out. A line's end always
// ends one; so do ".", "!", "?", "…" with the quotes that close after them, where a new
// sentence may begin behind: never before a lower-case word, after M., art., n., initials
// or a list's number ("1. Objet"), nor inside 1.800 or an address. Semicolons end none.
func Sentences(text string) []Range {
	var out []Range
	lo := 0
	for i := 0; i < len(text); {
		r, size := utf8.DecodeRuneInString(text[i:])
		next := i + size
		switch {
		case isLineEnd(r):
			out = appendTrimmed(out, text, lo, i)
			lo = next
		case r == '.' || r == '!' || r == '?' || r == '…':
			next = afterMarks(text, next)
			if end := closed(text, next); endsSentence(text, lo, i, next, end) {
				out = appendTrimmed(out, text, lo, end)
				lo, next = end, end
			}
		}
		i = next
	}
	return appendTrimmed(out, text, lo, len(text))
}

// appendTrimmed adds [lo, hi) without the white space at its ends, unless that is all of it.
func appendTrimmed(out []Range, text string, lo, hi int) []Range {
	part := text[lo:hi]
	lo += len(part) - len(strings.TrimLeftFunc(part, isVoid))
	hi = lo + len(strings.TrimRightFunc(text[lo:hi], isVoid))
	if lo < hi {
		out = append(out, Range{lo, hi})
	}
	return out
}

func isVoid(r rune) bool { return unicode.IsSpace(r) || isInvisible(r) }

// afterMarks passes the rest of "...", "?!" or "!!!".
func afterMarks(text string, i int) int {
	for i < len(text) {
		r, size := utf8.DecodeRuneInString(text[i:])
		if r != '.' && r != '!' && r != '?' && r != '…' {
			break
		}
		i += size
	}
	return i
}

// closed passes the quotes and brackets that close behind a full stop: `."`, ". »", ".)".
func closed(text string, i int) int {
	for i < len(text) {
		r, size := utf8.DecodeRuneInString(text[i:])
		if r == '"' || r == '”' || r == '»' || r == ')' || r == ']' || r == '’' {
			i += size
			continue
		}
		if isBlank(r) && strings.HasPrefix(text[i+size:], "»") {
			i += size
			continue
		}
		break
	}
	return i
}

// endsSentence reports whether the marks of [dot, marks), closed up to end, end the
// sentence that began at lo.
func endsSentence(text string, lo, dot, marks, end int) bool {
	rest := strings.TrimLeftFunc(text[end:], func(r rune) bool { return isBlank(r) || isInvisible(r) || r == '\t' })
	if rest == "" {
		return true
	}
	if len(rest) == len(text)-end { // nothing parts them: an address, 1.800, M.Durand
		return false
	}
	first, _ := utf8.DecodeRuneInString(rest)
	if unicode.IsLower(first) || strings.ContainsRune(",;:.)]}»”?!…", first) {
		return false
	}
	if text[dot] != '.' || marks > dot+1 || end > marks {
		return true
	}
	return !abbreviated(text[lo:dot], rest)
}

// openers begin a sentence and no surname, so that a capital alone ends the one before
// them: "Permis B. Vous savez".
var openers = map[string]bool{
	"ces": true, "cette": true, "elle": true, "elles": true, "il": true, "ils": true, "nous": true,
	"une": true, "vous": true,
}

// abbreviated reports whether what stands before a full stop is cut short, or numbers a
// list; rest is what follows.
func abbreviated(before, rest string) bool {
	const longest = 16 // bytes looked at: a bound on time, longer than any abbreviation
	start := max(0, len(before)-longest)
	for start < len(before) && !utf8.RuneStart(before[start]) {
		start++
	}
	tail := before[start:]
	word := tail[len(strings.TrimRightFunc(tail, func(r rune) bool { return isWordRune(r) || isDigit(r) })):]
	if word == "" {
		return false
	}
	if first, size := utf8.DecodeRuneInString(word); size == len(word) && unicode.IsUpper(first) {
		return !openers[firstWord(rest)]
	}
	if len(before) <= len("999") && strings.Trim(before, "0123456789") == "" {
		return true
	}
	f := Fold(word)
	next, _ := utf8.DecodeRuneInString(rest)
	return abbreviations[f] || shortDates[f] && unicode.IsDigit(next)
}

func firstWord(s string) string {
	const longest = len("cette") + 1
	word := s[:min(longest, len(s))]
	if end := strings.IndexFunc(word, func(r rune) bool { return !isWordRune(r) }); end >= 0 {
		word = word[:end]
	}
	return Fold(word)
}
