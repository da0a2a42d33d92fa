package scrapers

import (
	"slices"
	"strings"
	"time"

	"golang.org/x/net/html"

	"vigie"
	"vigie/internal/french"
)

// paris is the zone of readers: an announcement dated 23:30 GMT is of the next day
// there. Where the machine has no zones, days are those of the source's own clock.
var paris, _ = time.LoadLocation("Europe/Paris")

// dayOf returns the day of a moment as its source means it: by the zone that it
// states, by that of Paris where it states universal time.
func dayOf(t time.Time) vigie.Date {
	if t.IsZero() {
		return ""
	}
	name, offset := t.Zone()
	if offset == 0 && (name == "UTC" || name == "GMT" || name == "") && paris != nil { // Go reads CET with no offset
		t = t.In(paris)
	}
	return vigie.DateOf(t)
}

// Dates meant for machines, with their zone and in the source's own.
var (
	zonedDates = []string{
		time.RFC3339, "2006-01-02T15:04Z07:00", "Mon, 2 Jan 2006 15:04:05 -0700", "Mon, 2 Jan 2006 15:04:05 MST",
		"2 Jan 2006 15:04:05 -0700", "2 Jan 2006 15:04:05 MST",
	}
	localDates = []string{"2006-01-02T15:04:05", "2006-01-02T15:04", "2006-01-02 15:04:05", time.DateOnly}
)

// parseTime reads a date meant for machines; zero where it is none.
func parseTime(s string) time.Time {
	s = strings.TrimSpace(s)
	for _, layout := range slices.Concat(zonedDates, localDates) {
		if t, err := time.Parse(layout, s); err == nil {
			return t.UTC()
		}
	}
	return time.Time{}
}

// parseDay returns the day of a date meant for machines; "" where it is none.
func parseDay(s string) vigie.Date {
	s = strings.TrimSpace(s)
	for _, layout := range zonedDates {
		if t, err := time.Parse(layout, s); err == nil {
			return dayOf(t)
		}
	}
	for _, layout := range localDates {
		if t, err := time.Parse(layout, s); err == nil {
			return vigie.DateOf(t)
		}
	}
	return ""
}

// plain returns the words of a piece of HTML, parted by single spaces.
func plain(s string) string {
	if !strings.ContainsAny(s, "<&") {
		return strings.Join(strings.Fields(s), " ")
	}
	var b strings.Builder
	z := html.NewTokenizer(strings.NewReader(s))
	for {
		switch z.Next() {
		case html.ErrorToken:
			return strings.Join(strings.Fields(b.String()), " ")
		case html.TextToken:
			b.Write(z.Text())
		case html.StartTagToken, html.EndTagToken, html.SelfClosingTagToken:
			if name, _ := z.TagName(); !inline[string(name)] {
				b.WriteByte(' ')
			}
		}
	}
}

// inline are the elements that do not part words.
var inline = map[string]bool{"a": true, "abbr": true, "b": true, "em": true, "i": true, "mark": true, "span": true, "strong": true, "sup": true}

// frenchDay returns the day that a French text such as "Publié le 14 février 2019"
// states and nothing else; "" where it is no day, or none to be sure of.
func frenchDay(s string) vigie.Date {
	d, ok := french.ParseDate(strings.Join(strings.Fields(s), " "), "")
	if !ok || d.Conflict || d.End != "" || d.Date.Precision() != vigie.DayPrecision {
		return ""
	}
	return d.Date
}
