package vigie

import (
	"fmt"
	"strings"
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
	_, _, _, p := d.fields()
	return p
}

// fields takes a date apart: what is not stated is 1, or for the year 2000.
func (d Date) fields() (year, month, day, precision int) {
	year, month, day = 2000, 1, 1 // a leap year: --02-29 is a date
	ok := true
	number := func(lo, hi int) (n int) {
		for _, c := range []byte(d[lo:hi]) {
			ok = ok && '0' <= c && c <= '9'
			n = 10*n + int(c-'0')
		}
		return n
	}
	yearless := strings.HasPrefix(string(d), "--")
	switch {
	case len(d) == 4 && yearless:
		month, precision = number(2, 4), YearlessPrecision
	case len(d) == 7 && yearless:
		month, day, precision = number(2, 4), number(5, 7), YearlessPrecision
		ok = ok && d[4] == '-'
	case len(d) == 4:
		year, precision = number(0, 4), YearPrecision
	case len(d) == 7:
		year, month, precision = number(0, 4), number(5, 7), MonthPrecision
		ok = ok && d[4] == '-'
	case len(d) == 10:
		year, month, day, precision = number(0, 4), number(5, 7), number(8, 10), DayPrecision
		ok = ok && d[4] == '-' && d[7] == '-'
	}
	if !ok || month < 1 || month > 12 || day < 1 || day > 28 && time.Date(year, time.Month(month), day, 0, 0, 0, 0, time.UTC).Day() != day {
		return 0, 0, 0, NoDate
	}
	return year, month, day, precision
}

// First returns the first day that the date may mean, zero where the year is unknown.
func (d Date) First() time.Time {
	year, month, day, p := d.fields()
	if p == NoDate || p == YearlessPrecision {
		return time.Time{}
	}
	return time.Date(year, time.Month(month), day, 0, 0, 0, 0, time.UTC)
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

// Overlaps reports whether d and e may mean the same day. An unknown date overlaps none.
func (d Date) Overlaps(e Date) bool {
	if d.First().IsZero() || e.First().IsZero() {
		return false
	}
	return !d.Last().Before(e.First()) && !e.Last().Before(d.First())
}

// firstPages is the year of the web's first French sites; 1970 is a computer's zero.
const firstPages = 1995

// Unpublishable says why no page that was seen on a day can have been published on d; empty
// where it can, or where one of them is unknown. The day after passes: clocks have zones.
func (d Date) Unpublishable(seen Date) string {
	first, last := d.First(), seen.Last()
	switch {
	case first.IsZero():
	case first.Year() < firstPages:
		return "before the web"
	case !last.IsZero() && first.After(last.AddDate(0, 0, 1)):
		return "after the day it was fetched"
	}
	return ""
}

// Believed returns d as the day on which a page seen on another was published: the unknown
// date where that cannot be.
func (d Date) Believed(seen Date) Date {
	if d.First().IsZero() || d.Unpublishable(seen) != "" {
		return ""
	}
	return d
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
