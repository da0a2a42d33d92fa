package vigie

import (
	"fmt"
	"time"
)

// A Date is an ISO 8601 date to its stated precision: 2019, 2019-02, 2019-02-01,
// or --02-01 (--02) where no year can be known. The empty Date is unknown.
type Date string

// The precisions of a [Date].
const (
	NoDate = iota
	YearPrecision
	MonthPrecision
	DayPrecision
	YearlessPrecision
)

// DateOf returns the day of t.
func DateOf(t time.Time) Date { return Date(t.Format(time.DateOnly)) }

// ParseDate checks that s is a Date that the calendar has.
func ParseDate(s string) (Date, error) {
	d := Date(s)
	if s != "" && d.Precision() == NoDate {
		return "", fmt.Errorf("date %q: want YYYY, YYYY-MM or YYYY-MM-DD", s)
	}
	return d, nil
}

// Precision tells how much of the date is stated; [NoDate] for an empty or impossible one.
func (d Date) Precision() int {
	for layout, p := range map[string]int{
		"2006": YearPrecision, "2006-01": MonthPrecision, time.DateOnly: DayPrecision,
		"--01-02": YearlessPrecision, "--01": YearlessPrecision,
	} {
		if len(layout) != len(d) {
			continue
		}
		s, l := string(d), layout
		if p == YearlessPrecision { // 2000 is a leap year: --02-29 is a date
			s, l = "2000"+s[1:], "2006"+l[1:]
		}
		if _, err := time.Parse(l, s); err == nil {
			return p
		}
	}
	return NoDate
}

// First returns the first day that the date may mean, zero where the year is unknown.
func (d Date) First() time.Time {
	switch d.Precision() {
	case YearPrecision:
		return d.parse("2006")
	case MonthPrecision:
		return d.parse("2006-01")
	case DayPrecision:
		return d.parse(time.DateOnly)
	}
	return time.Time{}
}

// Last returns the last day that the date may mean, zero where the year is unknown.
func (d Date) Last() time.Time {
	first := d.First()
	switch d.Precision() {
	case YearPrecision:
		return first.AddDate(1, 0, -1)
	case MonthPrecision:
		return first.AddDate(0, 1, -1)
	}
	return first
}

func (d Date) parse(layout string) time.Time {
	t, _ := time.Parse(layout, string(d))
	return t
}

// Overlaps reports whether d and e may mean the same day. An unknown date overlaps none.
func (d Date) Overlaps(e Date) bool {
	if d.First().IsZero() || e.First().IsZero() {
		return false
	}
	return !d.Last().Before(e.First()) && !e.Last().Before(d.First())
}

// Compare orders dates by their first day, the less precise first; unknown ones come last.
func (d Date) Compare(e Date) int {
	a, b := d.First(), e.First()
	switch {
	case a.IsZero() && b.IsZero(), a.Equal(b):
		return len(d) - len(e)
	case a.IsZero():
		return 1
	case b.IsZero():
		return -1
	}
	return a.Compare(b)
}
