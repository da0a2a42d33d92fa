package french

import (
	"strings"
	"testing"
)

var seeds = []string{
	"", "\xff\xfe", "a\u0300\u0301", "1er 2e 3", "1 000 000 abc", "un milliard et demi d’euros", "M. J.-P. A. B.",
	"du lundi 3 au mercredi 5 mai 2021, fin du premier semestre 2019 ; l’an deux mille dix-neuf",
	"2019-2022-2023 22/11/18 1.2.3.4 9/10 02 31 06 98 98", "va-t-elle -t-il a-", "« Oui ? » dit-il… \"Non.\" (Bon.)",
	"entre dix et trente, de 10 à 30 % n° 12-34", "ce ce ce jeudi jeudi 5 5 mars mars 2019 2019 dernier",
	"l'été dernier, cet automne, au printemps 2019, fin de l'année", "\u200b\u00ad\u2028\u2029\t\r\n",
}

func FuzzTokens(f *testing.F) {
	seed(f)
	f.Fuzz(func(t *testing.T, text string) { checkTokens(t, text) })
}

func FuzzSentences(f *testing.F) {
	seed(f)
	f.Fuzz(func(t *testing.T, text string) { checkRanges(t, text) })
}

func FuzzNumbersAndDates(f *testing.F) {
	seed(f)
	f.Fuzz(func(t *testing.T, text string) { checkReadings(t, text) })
}

func FuzzParseDate(f *testing.F) {
	seed(f)
	f.Fuzz(func(t *testing.T, text string) {
		d, ok := ParseDate(text, "2019-02-14")
		if ok && (d.Lo < 0 || d.Hi > len(text) || d.Lo >= d.Hi || d.Date == "") {
			t.Fatalf("ParseDate(%q) = %+v", text, d)
		}
	})
}

func seed(f *testing.F) {
	for _, s := range seeds {
		f.Add(s)
		f.Add(strings.Repeat(s+" ", 3))
	}
}
