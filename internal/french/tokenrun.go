package french

import "strings"

// A tokenRun is what the readers of numbers and dates look around in.
type tokenRun struct {
	text   string
	tokens []Token
	looks  int // how often: a test tells linear from quadratic by it
}

// follows reports whether token i exists and goes on the line of the one before it.
func (r *tokenRun) follows(i int) bool {
	r.looks++
	return follows(r.text, r.tokens, i)
}

// glued reports whether nothing parts token i from the one before it.
func (r *tokenRun) glued(i int) bool {
	r.looks++
	return glued(r.tokens, i)
}

// before reports whether the token before i, on the same line, is one of the words.
func (r *tokenRun) before(i int, words ...string) bool {
	return r.follows(i) && r.tokens[i-1].Is(words...)
}

// at reports whether token i goes on the line and is one of the words.
func (r *tokenRun) at(i int, words ...string) bool { return r.follows(i) && r.tokens[i].Is(words...) }

// follows reports whether token i exists and stands on the line, and in the table cell,
// of the token before it.
func follows(text string, tokens []Token, i int) bool {
	if i <= 0 || i >= len(tokens) {
		return false
	}
	gap := text[tokens[i-1].Hi:tokens[i].Lo]
	return gap == " " || gap == "" || !strings.ContainsAny(gap, "\n\r\t\u2028\u2029")
}

// glued reports whether token i exists and nothing parts it from the token before it.
func glued(tokens []Token, i int) bool {
	return i > 0 && i < len(tokens) && tokens[i-1].Hi == tokens[i].Lo
}

// functionWords end in s or x without being plural.
var functionWords = map[string]bool{
	"alors": true, "apres": true, "as": true, "aupres": true, "aux": true, "ces": true, "dans": true,
	"depuis": true, "des": true, "dessous": true, "dessus": true, "deux": true, "dix": true, "envers": true,
	"es": true, "hors": true, "jamais": true, "les": true, "leurs": true, "lors": true, "mais": true,
	"mes": true, "moins": true, "nos": true, "nous": true, "pas": true, "plus": true, "pres": true,
	"puis": true, "sans": true, "sauf": true, "ses": true, "six": true, "sous": true, "suis": true,
	"tandis": true, "tes": true, "toujours": true, "tous": true, "tres": true, "trois": true,
	"vers": true, "vos": true, "vous": true,
}

// isPlural reports a word that looks like a noun or an adjective in the plural.
func isPlural(t Token) bool {
	return t.Kind == Word && len(t.Fold) > 2 && !functionWords[t.Fold] &&
		(strings.HasSuffix(t.Fold, "s") || strings.HasSuffix(t.Fold, "x"))
}

// isYearToken reports four digits that may be a year.
func isYearToken(t Token) bool {
	return t.Kind == Numeral && len(t.Fold) == 4 && "1800" <= t.Fold && t.Fold <= "2199" && strings.Trim(t.Fold, "0123456789") == ""
}

// isTo reports the preposition "à", which folds like the verb "a".
func isTo(text string, t Token) bool { return t.Fold == "a" && text[t.Lo:t.Hi] != "a" }
