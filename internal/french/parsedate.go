package french

import (
	"strings"
	"time"

	"vigie"
)

// preambles may stand before a date that is alone: "Publié le", "Mis à jour le : ".
var preambles = map[string]bool{
	"a": true, "actualise": true, "actualisee": true, "affiche": true, "article": true, "cree": true,
	"creee": true, "date": true, "de": true, "depose": true, "derniere": true, "diffuse": true, "du": true,
	"edite": true, "en": true, "jour": true, "le": true, "ligne": true, "maj": true, "mis": true, "mise": true,
	"modification": true, "modifie": true, "modifiee": true, "page": true, "paru": true, "parue": true,
	"parution": true, "poste": true, "publication": true, "publie": true, "publiee": true, "publies": true,
	":": true, "|": true, "-": true, "•": true,
}

// layouts are the machine forms that feeds and page headers give.
var layouts = []string{
	time.RFC3339Nano, "2006-01-02T15:04:05", "2006-01-02T15:04", "2006-01-02T15:04:05-0700",
	"2006-01-02 15:04:05", "2006-01-02 15:04", "2006-01-02", "20060102",
	time.RFC1123Z, time.RFC1123, "Mon, 2 Jan 2006 15:04:05 -0700", "Mon, 2 Jan 2006 15:04:05 MST",
	"2 Jan 2006 15:04:05 -0700", time.RFC850, time.ANSIC,
}

// ParseDate reads s as one date and nothing more but words like "Publié le" before it and
// a time of day behind: "Publié le mardi 12 mars 2019 à 08:15", "12.03.19", "ven., 01 févr.
// 2019 10:00:00 +0100", RFC 3339 and 1123. The date is the one written, whatever its
// time zone. Intervals are dates too; lo and hi count bytes of s.
func ParseDate(s string, published vigie.Date) (Date, bool) {
	if d, ok := parseLayout(s); ok {
		return d, true
	}
	const longest = 200 // a longer text is no date
	if len(s) > longest {
		return Date{}, false
	}
	tokens := Tokens(s)
	r := newDateReader(s, tokens, published)
	for i := range tokens {
		d := r.read(i)
		if d.Date.Date != "" {
			d.Lo, d.Hi = tokens[i].Lo, tokens[d.next-1].Hi
			return d.Date, !strings.ContainsAny(strings.TrimSpace(s), "\n") && r.isTime(d.next)
		}
		if !preambles[tokens[i].Fold] {
			break
		}
	}
	return Date{}, false
}

func parseLayout(s string) (Date, bool) {
	lo := len(s) - len(strings.TrimLeft(s, " \t\r\n"))
	s = strings.TrimSpace(s)
	for _, layout := range layouts {
		t, err := time.Parse(layout, s)
		if err == nil && t.Year() >= 1900 && t.Year() <= 2100 {
			return Date{Lo: lo, Hi: lo + len(s), Date: vigie.DateOf(t), Rule: "day-month-year"}, true
		}
	}
	return Date{}, false
}

// isTime reports whether the tokens from i on say a time of day, or nothing.
func (r *dateReader) isTime(i int) bool {
	for ; i < len(r.tokens); i++ {
		t := r.tokens[i]
		switch {
		case t.Kind == Numeral && len(t.Fold) <= len("10h30"):
		case t.Kind == Punct && t.Is(":", "-", "+", ",", ".", "|", ")", "("):
		case t.Is("a", "h", "heure", "heures", "min", "utc", "gmt", "cet", "cest", "z", "de", "paris"):
		default:
			return false
		}
	}
	return true
}
