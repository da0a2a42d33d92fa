package french

import (
	"fmt"
	"strconv"
	"strings"
	"testing"
	"time"
	"unicode"

	"pgregory.net/rapid"

	"vigie"
)

func TestFoldIsIdempotent(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		s := rapid.String().Draw(t, "s")
		if once := Fold(s); Fold(once) != once {
			t.Fatalf("Fold(%q) = %q, folded again %q", s, once, Fold(once))
		}
	})
}

func TestLettersAreOfTheFold(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		s := rapid.OneOf(rapid.String(), frenchText(), rapid.StringOf(rapid.RuneFrom([]rune("aéœÆßﬃ\u0301\u200b1 –Ω\ufffd")))).Draw(t, "s")
		want := 0
		for _, r := range Fold(s) {
			if unicode.IsLetter(r) {
				want++
			}
		}
		if got := Letters(s); got != want {
			t.Fatalf("Letters(%q) = %d, want %d", s, got, want)
		}
	})
}

func TestTokensCoverTheText(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) { checkTokens(t, rapid.String().Draw(t, "text")) })
	rapid.Check(t, func(t *rapid.T) { checkTokens(t, frenchText().Draw(t, "text")) })
}

// fatal is what *testing.T and *rapid.T share here.
type fatal interface{ Fatalf(string, ...any) }

func checkTokens(t fatal, text string) {
	end := 0
	for _, tok := range Tokens(text) {
		if tok.Lo < end || tok.Hi <= tok.Lo || tok.Hi > len(text) {
			t.Fatalf("Tokens(%q): [%d, %d) after %d", text, tok.Lo, tok.Hi, end)
		}
		if gap := text[end:tok.Lo]; strings.ContainsFunc(gap, isCovered) {
			t.Fatalf("Tokens(%q): %q lies between tokens", text, gap)
		}
		if want := Fold(text[tok.Lo:tok.Hi]); tok.Fold != want {
			t.Fatalf("Tokens(%q): Fold = %q, want %q", text, tok.Fold, want)
		}
		end = tok.Hi
	}
	if strings.ContainsFunc(text[end:], isCovered) {
		t.Fatalf("Tokens(%q): %q lies after the last token", text, text[end:])
	}
}

func isCovered(r rune) bool { return unicode.IsLetter(r) || unicode.IsDigit(r) }

func TestSentencesAndClausesCoverTheText(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) { checkRanges(t, frenchText().Draw(t, "text")) })
}

func checkRanges(t fatal, text string) {
	end := 0
	for _, r := range Sentences(text) {
		if r.Lo < end || r.Hi <= r.Lo || r.Hi > len(text) || strings.ContainsFunc(text[end:r.Lo], isCovered) {
			t.Fatalf("Sentences(%q): [%d, %d) after %d", text, r.Lo, r.Hi, end)
		}
		if strings.ContainsAny(text[r.Lo:r.Hi], "\n\r") {
			t.Fatalf("Sentences(%q): a line's end in %q", text, text[r.Lo:r.Hi])
		}
		end = r.Hi
	}
	if strings.ContainsFunc(text[end:], isCovered) {
		t.Fatalf("Sentences(%q): %q lies outside", text, text[end:])
	}
	tokens, k := Tokens(text), 0
	for _, c := range Clauses(text, tokens) {
		if k >= len(tokens) || c.Lo != tokens[k].Lo {
			t.Fatalf("Clauses(%q): [%d, %d) does not begin with token %d", text, c.Lo, c.Hi, k)
		}
		for k < len(tokens) && tokens[k].Hi <= c.Hi {
			k++
		}
	}
	if k != len(tokens) {
		t.Fatalf("Clauses(%q): %d tokens of %d", text, k, len(tokens))
	}
}

// frenchText draws texts of the words and signs that the grammars look at.
func frenchText() *rapid.Generator[string] {
	words := strings.Fields(`a à le la les l' d' du de au en et ou entre un une deux cinq dix vingt cent mille
		million milliards euros € % M€ k Md demi neuf quatre-vingt dix-sept une dizaine quart cinquièmes premier
		1 2 03 12 31 124 2019 2022 1,36 1.800 22.11.2018 1er 2e 20h30 h n° article - – / . , ; : ! ? … « » " ( )
		lundi jeudi vendredi ven ce cet cette an année mois semaine jour soir hier demain aujourd'hui janvier mars
		févr mai août décembre dernier prochain suivant printemps été automne hiver fin début mi-mars mi-2020
		semestre trimestre S1 T4 depuis jusqu' dès loi rue place sera était a ont signé lancée qui que dont M. Mme
		Saint-Lô Territoires va-t-elle sur`)
	word := rapid.SampledFrom(append(words, "\n", "\t", "\u00a0", "\u200b", "😀", "\xff"))
	sep := rapid.SampledFrom([]string{" ", " ", " ", "", "\u202f", "  "})
	return rapid.Custom(func(t *rapid.T) string {
		var b strings.Builder
		for range rapid.IntRange(0, 25).Draw(t, "words") {
			b.WriteString(word.Draw(t, "word"))
			b.WriteString(sep.Draw(t, "sep"))
		}
		return b.String()
	})
}

func TestReadingsAreInOrder(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) { checkReadings(t, frenchText().Draw(t, "text")) })
}

func checkReadings(t fatal, text string) {
	tokens, end := Tokens(text), 0
	for _, n := range Numbers(text, tokens) {
		if n.Lo < end || n.Hi <= n.Lo || n.Hi > len(text) || n.Value < 0 || n.Max != 0 && n.Max <= n.Value {
			t.Fatalf("Numbers(%q): %+v after %d", text, n, end)
		}
		end = n.Hi
	}
	for _, published := range []vigie.Date{"", "2019-02-14", "2020-02-29", "2021"} {
		end = 0
		for _, d := range Dates(text, tokens, published) {
			if d.Lo < end || d.Hi <= d.Lo || d.Hi > len(text) || d.Date.Precision() == vigie.NoDate || d.Rule == "" ||
				d.End != "" && d.End.Precision() == vigie.NoDate || d.Relative && published.Precision() != vigie.DayPrecision {
				t.Fatalf("Dates(%q, %q): %+v after %d", text, published, d, end)
			}
			if first, last := d.Date.First(), d.End.Last(); !first.IsZero() && !last.IsZero() && last.Before(first) {
				t.Fatalf("Dates(%q, %q): %+v ends before it begins", text, published, d)
			}
			end = d.Hi
		}
	}
}

// spell writes n, below a thousand million, in French words.
func spell(n int) string {
	small := strings.Fields(`zéro un deux trois quatre cinq six sept huit neuf dix onze douze treize quatorze
		quinze seize dix-sept dix-huit dix-neuf`)
	tens := []string{"", "", "vingt", "trente", "quarante", "cinquante", "soixante", "soixante", "quatre-vingt", "quatre-vingt"}
	switch {
	case n < 20:
		return small[n]
	case n < 100:
		base, rest := n/10*10, n%10
		if base == 70 || base == 90 {
			rest += 10
		}
		switch {
		case n == 80:
			return "quatre-vingts"
		case rest == 0:
			return tens[n/10]
		case (rest == 1 || rest == 11) && n < 80:
			return tens[n/10] + " et " + small[rest]
		}
		return tens[n/10] + "-" + small[rest]
	case n < 1000:
		s := "cent"
		if n >= 200 {
			s = small[n/100] + " cent"
		}
		if n%100 == 0 {
			return s + strings.Repeat("s", min(1, n/200))
		}
		return s + " " + spell(n%100)
	case n < 1e6:
		s := "mille"
		if n >= 2000 {
			s = spell(n/1000) + " mille"
		}
		if n%1000 == 0 {
			return s
		}
		return s + " " + spell(n%1000)
	}
	return spell(n/1e6) + " millions"
}

func TestSpelledNumbersReadBack(t *testing.T) {
	for n := 2; n < 12000; n++ {
		checkNumber(t, spell(n), float64(n))
	}
	rapid.Check(t, func(t *rapid.T) {
		n := rapid.IntRange(12000, 999999).Draw(t, "n")
		checkNumber(t, spell(n), float64(n))
		checkNumber(t, strings.ReplaceAll(spell(n), " ", "-"), float64(n)) // the spelling of 1990
		m := rapid.IntRange(2, 999).Draw(t, "millions")
		checkNumber(t, spell(m*1e6), float64(m)*1e6)
	})
}

func checkNumber(t fatal, text string, want float64) {
	text = "les " + text + " communes"
	got := Numbers(text, Tokens(text))
	if len(got) != 1 || got[0].Value != want || got[0].Max != 0 || text[got[0].Hi:] != " communes" {
		t.Fatalf("Numbers(%q) = %+v, want %v", text, got, want)
	}
}

func TestPrintedNumbersReadBack(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		n := rapid.IntRange(0, 2e9).Draw(t, "n")
		sep := rapid.SampledFrom([]string{" ", "\u00a0", "\u202f", "\u2009", "."}).Draw(t, "sep")
		cents := rapid.SampledFrom([]string{"", ",5", ",25"}).Draw(t, "cents")
		s := strconv.Itoa(n)
		for i := len(s) - 3; i > 0; i -= 3 {
			s = s[:i] + sep + s[i:]
		}
		want, _ := strconv.ParseFloat(strconv.Itoa(n)+strings.Replace(cents, ",", ".", 1), 64)
		for _, unit := range []string{" €", "\u00a0€", " euros", " d’euros HT"} {
			text := "soit " + s + cents + unit + "."
			got := Numbers(text, Tokens(text))
			if len(got) != 1 || got[0].Value != want || got[0].Unit != "EUR" {
				t.Fatalf("Numbers(%q) = %+v, want %v EUR", text, got, want)
			}
		}
	})
}

func TestPrintedDaysReadBack(t *testing.T) {
	names := strings.Fields("janvier février mars avril mai juin juillet août septembre octobre novembre décembre")
	days := strings.Fields("dimanche lundi mardi mercredi jeudi vendredi samedi")
	for day := time.Date(1990, 1, 1, 0, 0, 0, 0, time.UTC); day.Year() <= 2040; day = day.AddDate(0, 0, 1) {
		want := vigie.DateOf(day)
		month, number := names[day.Month()-1], strconv.Itoa(day.Day())
		if day.Day() == 1 {
			number = "1er"
		}
		long := fmt.Sprintf("%s %s %s %d", days[day.Weekday()], number, month, day.Year())
		spelled := spell(day.Day())
		if day.Day() == 1 {
			spelled = "premier"
		}
		words := fmt.Sprintf("L’an %s, le %s %s %s", spell(day.Year()), days[day.Weekday()], spelled, month)
		for _, text := range []string{long, day.Format("02/01/2006"), day.Format("2.1.2006"), day.Format(time.DateOnly), words} {
			got := Dates(text, Tokens(text), "")
			if len(got) != 1 || got[0].Date != want || got[0].Conflict || text[got[0].Lo:got[0].Hi] != text {
				t.Fatalf("Dates(%q) = %+v, want %s", text, got, want)
			}
		}
	}
}

// A day written without its year, soon after it in the past tense, gets its year back.
func TestYearlessDaysFindTheirYear(t *testing.T) {
	names := strings.Fields("janvier février mars avril mai juin juillet août septembre octobre novembre décembre")
	rapid.Check(t, func(t *rapid.T) {
		published := time.Date(1995, 1, 1, 0, 0, 0, 0, time.UTC).AddDate(0, 0, rapid.IntRange(0, 15000).Draw(t, "published"))
		day := published.AddDate(0, 0, -rapid.IntRange(0, 180).Draw(t, "ago"))
		text := fmt.Sprintf("La convention a été signée le %d %s à Caen.", day.Day(), names[day.Month()-1])
		got := Dates(text, Tokens(text), vigie.DateOf(published))
		if len(got) != 1 || got[0].Date != vigie.DateOf(day) || !got[0].Relative {
			t.Fatalf("Dates(%q, %s) = %+v, want %s", text, vigie.DateOf(published), got, vigie.DateOf(day))
		}
	})
}
