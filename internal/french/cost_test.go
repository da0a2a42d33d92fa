package french

import (
	"os"
	"path/filepath"
	"strings"
	"testing"
)

// hostile are the beginnings of what never ends: each is repeated into one long line.
var hostile = []string{
	"a", "a ", "1 ", "100 ", "1,", "1.", "1-", "1/", "un ", "mille ", "vingt et ", "deux-", "cent-vingt-", "de 1 à ", "entre 1 et ",
	"1 sur 2 ", "jeudi ", "ce ", "5 ", "5, ", "5 mars ", "le 5 mars et ", "mars à ", "2019-", "2019 à ", "fin de ", "fin du premier ",
	"l'an deux mille ", "M. ", "A.", "? ", ". ", ".) ", "« ", "qui est, ", "et a ", "jeu. ", "loi n° 1 ", "jusqu'à ", "l'été ",
	"é-", "l'", "a-t-", "\u200b", "été signé jeudi ", "1 000 ", "02 31 ", "1:",
}

// The readers look around a token a bounded number of times: twice the text, twice the
// looks. Wall time would tell the same less surely.
func TestWorkIsLinear(t *testing.T) {
	looks := func(text string) (n int) {
		tokens := Tokens(text)
		numbers := tokenRun{text: text, tokens: tokens}
		readNumbers(&numbers)
		dates := newDateReader(text, tokens, "2019-02-14")
		dates.dates()
		return numbers.looks + dates.looks
	}
	for _, s := range hostile {
		const n = 300
		one, two := looks(strings.Repeat(s, n)), looks(strings.Repeat(s, 2*n))
		if two > 2*one+one/20+500 {
			t.Errorf("%q repeated %d times costs %d looks, %d times %d", s, n, one, 2*n, two)
		}
		const perToken = 700 // a date looks 40 tokens far, on both sides, some ten times each
		if limit := perToken * n * (len(s) + 1); one > limit {
			t.Errorf("%q repeated %d times costs %d looks, want at most %d", s, n, one, limit)
		}
	}
}

// A line of 300 000 bytes, as a page without structure may be, is read whole.
func TestLongLines(t *testing.T) {
	const size = 300_000
	for _, s := range []string{"Le 5 mars 2019, 124 territoires ont été retenus. ", "1 ", "a"} {
		text := strings.Repeat(s, size/len(s))
		tokens := Tokens(text)
		Sentences(text)
		Clauses(text, tokens)
		numbers, dates := Numbers(text, tokens), Dates(text, tokens, "2019-03-07")
		if strings.HasPrefix(s, "Le") && (len(dates) != size/len(s) || len(numbers) < len(dates)) {
			t.Errorf("%d dates and %d numbers in %d sentences", len(dates), len(numbers), size/len(s))
		}
	}
}

func BenchmarkTokens(b *testing.B) {
	benchmark(b, func(text string) { Tokens(text) })
}

func BenchmarkSentences(b *testing.B) {
	benchmark(b, func(text string) { Sentences(text) })
}

func BenchmarkNumbers(b *testing.B) {
	benchmarkTokens(b, func(text string, tokens []Token) { Numbers(text, tokens) })
}

func BenchmarkDates(b *testing.B) {
	benchmarkTokens(b, func(text string, tokens []Token) { Dates(text, tokens, "2019-02-14") })
}

func BenchmarkClauses(b *testing.B) {
	benchmarkTokens(b, func(text string, tokens []Token) { Clauses(text, tokens) })
}

func benchmark(b *testing.B, f func(string)) {
	text := sample()
	b.SetBytes(int64(len(text)))
	b.ReportAllocs()
	for b.Loop() {
		f(text)
	}
}

func benchmarkTokens(b *testing.B, f func(string, []Token)) {
	text := sample()
	tokens := Tokens(text)
	b.SetBytes(int64(len(text)))
	b.ReportAllocs()
	for b.Loop() {
		f(text, tokens)
	}
}

// sample is the development pages' text where they are at hand, else a sentence.
func sample() string {
	files, _ := filepath.Glob("../../../shared/corpus/text/*.txt")
	var b strings.Builder
	for _, f := range files {
		data, _ := os.ReadFile(f)
		b.Write(data)
	}
	if b.Len() == 0 {
		return strings.Repeat("Le vendredi 1er février 2019, 1,36 milliard d’euros a été promis à dix territoires. ", 700)
	}
	return b.String()
}
