package returned

import (
	"encoding/xml"
	"math"
	"strconv"
	"strings"
	"time"
)

// A format says how a number is to be read: only whether it is a date matters, and how
// much of it is shown. Who types "février 2019" into a spreadsheet has it made the first
// of February, shown as a month.
type format int

const (
	number format = iota
	moment
	day
	month
	year
)

// days1904 are the days between the calendars of Excel and of old Macs.
const days1904 = 1462

// epoch is the day before day 1 of Excel's calendar, for all days since March 1900: it
// takes 1900 for a leap year.
var epoch = time.Date(1899, 12, 30, 0, 0, 0, 0, time.UTC)

// Serial is the number by which spreadsheets know a day.
func Serial(t time.Time) float64 { return t.Sub(epoch).Hours() / 24 }

var months = [...]string{"janvier", "février", "mars", "avril", "mai", "juin", "juillet", "août", "septembre", "octobre", "novembre", "décembre"}

func (f format) show(v float64) string {
	const last = 2_958_465 // 31 December 9999
	if f == number || v < 1 || v > last {
		return strings.Replace(strconv.FormatFloat(v, 'f', -1, 64), ".", ",", 1)
	}
	t := epoch.AddDate(0, 0, int(v))
	switch f {
	case moment:
		t = t.Add(time.Duration(math.Round((v-math.Floor(v))*24*60)) * time.Minute)
		return t.Format("02/01/2006 15:04")
	case month:
		return months[t.Month()-1] + t.Format(" 2006")
	case year:
		return t.Format("2006")
	}
	return t.Format("02/01/2006")
}

// styles reads which cell formats are dates.
func (w *Workbook) styles(part string) error {
	codes := map[string]string{}
	inCells := false
	return w.each(part, func(_ *xml.Decoder, e xml.StartElement) error {
		switch e.Name.Local {
		case "numFmt":
			codes[attr(e, "numFmtId")] = attr(e, "formatCode")
		case "cellXfs":
			inCells = true
		case "cellStyles", "dxfs":
			inCells = false
		case "xf":
			if inCells {
				w.formats = append(w.formats, formatOf(attr(e, "numFmtId"), codes))
			}
		}
		return nil
	})
}

func formatOf(id string, codes map[string]string) format {
	if code, ok := codes[id]; ok {
		return readFormat(code)
	}
	n, err := strconv.Atoi(id)
	switch {
	case err != nil:
		return number
	case n == 17: // mmm-yy
		return month
	case n == 22: // m/d/yy h:mm
		return moment
	case 14 <= n && n <= 16, 27 <= n && n <= 31, n == 36, 50 <= n && n <= 58:
		return day
	}
	return number
}

// readFormat reads a format's code: dd/mm/yyyy;@, mmm-yy, [$-40C]d mmmm yyyy, # ##0\ "an". French
// programs may write j and a for day and year.
func readFormat(code string) format {
	code, _, _ = strings.Cut(code, ";")
	var hasDay, hasMonth, hasYear, hasHour bool
	for i := 0; i < len(code); i++ {
		switch c := code[i] | 0x20; {
		case code[i] == '\\' || code[i] == '_' || code[i] == '*':
			i++
		case code[i] == '"', code[i] == '[':
			closing := map[byte]byte{'"': '"', '[': ']'}[code[i]]
			end := strings.IndexByte(code[i+1:], closing)
			if end < 0 || closing == ']' && strings.Trim(code[i+1:i+1+end], "hms") == "" {
				return number // "[h]:mm" counts hours
			}
			i += end + 1
		case c == 'd', c == 'j':
			hasDay = true
		case c == 'm':
			hasMonth = true
		case c == 'y', c == 'a' && !strings.HasPrefix(strings.ToLower(code[i:]), "am/pm") && !strings.HasPrefix(strings.ToLower(code[i:]), "a/p"):
			hasYear = true
		case c == 'h', c == 's':
			hasHour = true
		case c == '0' || code[i] == '#' || code[i] == '?' || c == 'g':
			return number // "General", "0.00"
		}
	}
	switch {
	case hasDay && hasHour:
		return moment
	case hasDay:
		return day
	case hasMonth && hasYear:
		return month
	case hasYear:
		return year
	case hasMonth && !hasHour:
		return day
	}
	return number
}
