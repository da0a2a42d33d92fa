package french

import (
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
)

func TestFold(t *testing.T) {
	tests := []struct{ in, want string }{
		{"L’Élu à Œuvrer", "l'elu a oeuvrer"},
		{"CŒUR – cœur — cœur", "coeur - coeur - coeur"},
		{"1\u00a0800\u202f€", "1 800 €"},
		{"zéro\u200blar\u00adgeur", "zerolargeur"},
		{"e\u0301te\u0301", "ete"},
		{"ÇÀÙÜŸ æ Æ", "cauuy ae ae"},
		{"non\u2011coupé", "non-coupe"},
		{"ﬁnancement eﬀectif", "financement effectif"},
		{"tab\tet\nligne", "tab\tet\nligne"},
		{"«\u00a0Territoires\u00a0»", "« territoires »"},
		{"\xff", "\ufffd"},
	}
	for _, tt := range tests {
		if got := Fold(tt.in); got != tt.want {
			t.Errorf("Fold(%q) = %q, want %q", tt.in, got, tt.want)
		}
	}
}

func TestTokens(t *testing.T) {
	tests := []struct{ text, want string }{
		{"l’agglomération d’Alençon", "l’|agglomération|d’|Alençon"},
		{"aujourd’hui jusqu’à L’Aigle, qu’on", "aujourd’hui|jusqu’|à|L’|Aigle|,|qu’|on"},
		{"Berd’huis, presqu’île, O’Connor, prud'hommes", "Berd’huis|,|presqu’île|,|O’Connor|,|prud'hommes"},
		{"Saint-Lô, vice-présidente, élu-industriel", "Saint-Lô|,|vice-présidente|,|élu-industriel"},
		{"Côtes-d’Armor", "Côtes-d’Armor"},
		{"dit-il, va-t-elle, a-t-on, est-ce", "dit|il|,|va|t|elle|,|a|t|on|,|est|ce"},
		{"Rendez-vous, ceux-ci", "Rendez-vous|,|ceux-ci"},
		{"1,36 milliard", "1,36|milliard"},
		{"2 150 projets, 46\u202f000", "2 150|projets|,|46\u202f000"},
		{"en 2018 124 territoires", "en|2018|124|territoires"},
		{"1.800.000 et 22.11.2018.", "1.800.000|et|22.11.2018|."},
		{"27, 76", "27|,|76"},
		{"2019-2022, 9/10", "2019|-|2022|,|9|/|10"},
		{"1er 2e 3ème 21ÈME", "1er|2e|3ème|21ÈME"},
		{"20h30 12h 20 h 30", "20h30|12h|20|h|30"},
		{"la 3C, 4G, DC1, D2019-6-12, mi-2020", "la|3C|,|4G|,|DC1|,|D2019-6-12|,|mi-2020"},
		{"100M€ 14km", "100|M|€|14|km"},
		{"n° 5", "n|°|5"},
		{"le 6-Juin", "le|6|-|Juin"},
		{"l'« Axe", "l'|«|Axe"},
		{"fin…", "fin|…"},
		{"02 31 06 98", "02|31|06|98"},
		{"in\u00addus\u200btrie\u200b.", "in\u00addus\u200btrie|."},
		{"100 200 300abc", "100 200 300|abc"},
		{"a\xffb", "a|\xff|b"},
		{"dʼindustrie aujourdʼhui", "dʼ|industrie|aujourdʼhui"},
	}
	for _, tt := range tests {
		var got []string
		for _, tok := range Tokens(tt.text) {
			got = append(got, tt.text[tok.Lo:tok.Hi])
		}
		if diff := cmp.Diff(tt.want, strings.Join(got, "|")); diff != "" {
			t.Errorf("Tokens(%q) (-want +got):\n%s", tt.text, diff)
		}
	}
}

func TestIsCapital(t *testing.T) {
	text := "Évreux caen 76 « L’Aigle"
	want := []bool{true, false, false, false, true, true}
	for i, tok := range Tokens(text) {
		if got := IsCapital(text, tok); got != want[i] {
			t.Errorf("IsCapital(%q) = %v, want %v", text[tok.Lo:tok.Hi], got, want[i])
		}
	}
}
