package transform_test

import (
	"fmt"
	"math/rand/v2"
	"regexp"
	"slices"
	"strconv"
	"strings"
	"time"

	"vigie"
	"vigie/internal/french"
	"vigie/transform/gazetteer"
)

var months = []string{"", "janvier", "février", "mars", "avril", "mai", "juin", "juillet", "août", "septembre", "octobre", "novembre", "décembre"}
var weekdays = []string{"dimanche", "lundi", "mardi", "mercredi", "jeudi", "vendredi", "samedi"}

// otherDates moves every date that states its day, month and year by some days, all alike,
// within its year and on the same side of the day of publication.
func otherDates(v *variant, rnd *rand.Rand, _ *gazetteer.Gazetteer) bool {
	days := 1 + rnd.IntN(5)
	moved := map[string]string{}
	for i, b := range v.blocks {
		if b.kind == vigie.DateLine || b.kind == vigie.Heading {
			continue
		}
		for _, d := range slices.Backward(french.Dates(b.text, french.Tokens(b.text), v.published)) {
			at, err := time.Parse(time.DateOnly, string(d.Date))
			if err != nil || d.Rule != "day-month-year" || d.Date >= v.published || d.End != "" {
				continue
			}
			now := at.AddDate(0, 0, -days)
			if now.Year() != at.Year() {
				continue
			}
			moved[string(d.Date)] = now.Format(time.DateOnly)
			v.blocks[i].text = b.text[:d.Lo] + writeDate(now, d.Weekday, rnd.IntN(3)) + b.text[d.Hi:]
			b = v.blocks[i]
		}
	}
	for i, f := range v.gold {
		if to, ok := moved[f.text("date")]; ok {
			v.gold[i] = f.with("date", to)
		}
		if to, ok := moved[f.text("date_end")]; ok {
			v.gold[i] = v.gold[i].with("date_end", to)
		}
	}
	return len(moved) > 0
}

func writeDate(t time.Time, weekday bool, style int) string {
	day := strconv.Itoa(t.Day())
	if t.Day() == 1 {
		day = "1er"
	}
	s := fmt.Sprintf("%s %s %d", day, months[t.Month()], t.Year())
	if style == 1 && !weekday {
		return t.Format("02/01/2006")
	}
	if weekday || style == 2 {
		return weekdays[t.Weekday()] + " " + s
	}
	return s
}

var leadingDigits = regexp.MustCompile(`^\d{1,3}(?:[ \x{202f}\x{a0}.]\d{3})*(?:,\d+)?`)

// otherNumbers makes every number of the gold that is written in digits a little larger,
// wherever the text has it.
func otherNumbers(v *variant, rnd *rand.Rand, _ *gazetteer.Gazetteer) bool {
	changed := map[float64]float64{}
	for _, f := range v.gold {
		value, _ := f["value"].(float64)
		if _, ranged := f["value_max"]; f.text("kind") == "figure" && !ranged && value > 4 {
			changed[value] = 0
		}
	}
	kept := map[float64]bool{}
	for i, b := range v.blocks {
		if b.kind == vigie.DateLine {
			continue
		}
		for _, n := range slices.Backward(french.Numbers(b.text, french.Tokens(b.text))) {
			to, wanted := changed[n.Value]
			digits := leadingDigits.FindString(b.text[n.Lo:n.Hi])
			if !wanted || n.Max != 0 || n.Ordinal || n.Fraction {
				continue
			}
			if digits == "" || strings.ContainsAny(digits, ".  ") || kept[n.Value] {
				kept[n.Value] = true
				continue
			}
			was, _ := strconv.ParseFloat(strings.Replace(digits, ",", ".", 1), 64)
			now := was + 1 + float64(rnd.IntN(3))
			if to != 0 {
				now = was * to / n.Value
			}
			written := strings.Replace(strconv.FormatFloat(now, 'f', -1, 64), ".", ",", 1)
			if len(written) > 6 {
				kept[n.Value] = true
				continue
			}
			changed[n.Value] = n.Value * now / was
			b.text = b.text[:n.Lo] + written + b.text[n.Lo+len(digits):]
			v.blocks[i].text = b.text
		}
	}
	any := false
	for i, f := range v.gold {
		value, _ := f["value"].(float64)
		if to := changed[value]; to != 0 && f.text("kind") == "figure" {
			v.gold[i] = f.with("value", to)
			if kept[value] { // the text still writes it the old way somewhere
				v.gold[i]["optional"] = true
			}
			any = true
		}
	}
	return any
}
