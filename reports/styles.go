package reports

import (
	"fmt"

	"github.com/xuri/excelize/v2"
)

// The workbook's looks: one family of blues and greys, so that a page printed in
// black and white loses nothing. No meaning rests on a colour.
const (
	font     = "Calibri" // on every desk that has a spreadsheet; LibreOffice has its metric twin, Carlito
	inkBlue  = "1F3864"
	linkBlue = "1F4E9E"
	black    = "000000"
	grey     = "595959"
	hairline = "D9D9D9"
	white    = "FFFFFF"
	pale     = "FFF9E5"
)

// A look is what cells may look like: the name of a cell style of the workbook.
type look string

const (
	lookTitle   look = "vigie titre"
	lookNote    look = "vigie note"
	lookHeader  look = "vigie en-tête"
	lookHeadDay look = "vigie en-tête date"
	lookHeadSum look = "vigie en-tête nombre"
	lookSection look = "vigie rubrique"
	lookItem    look = "vigie élément"
	lookText    look = "vigie texte"
	lookCode    look = "vigie code"
	lookQuote   look = "vigie citation"
	lookLink    look = "vigie lien"
	lookDay     look = "vigie date"
	lookMoment  look = "vigie moment"
	lookCount   look = "vigie nombre"
	lookEuro    look = "vigie euros"
	lookShare   look = "vigie part"
	lookEntry   look = "vigie saisie" // for the reader to fill in

	// In a notice values stand close to what they are the value of.
	lookItemDay    look = "vigie élément date"
	lookItemMoment look = "vigie élément moment"
	lookItemCount  look = "vigie élément nombre"
)

// typeLooks says how each type looks.
var typeLooks = [...]look{Text: lookText, Code: lookCode, Quote: lookQuote, Link: lookLink, Day: lookDay, Moment: lookMoment, Count: lookCount, Euro: lookEuro, Share: lookShare}

// The formats name their language, French as in France: a spreadsheet in another one shows
// 1 360 000 and 14/02/2019 all the same.
const (
	frenchDate   = "[$-40C]dd/mm/yyyy"
	frenchMoment = `[$-40C]dd/mm/yyyy\ hh:mm`
	frenchNumber = "[$-40C]#,##0"
	frenchEuros  = `[$-40C]#,##0\ "€"`
)

var looks = []struct {
	name  look
	style excelize.Style
}{
	{lookTitle, excelize.Style{Font: ink(18, inkBlue, true), Alignment: side("left", 1)}},
	{lookNote, excelize.Style{Font: ink(10, grey, false), Alignment: side("left", 1)}},
	{lookHeader, heading("left", 1)},
	{lookHeadDay, heading("center", 0)},
	{lookHeadSum, heading("right", 1)},
	{lookSection, excelize.Style{Font: ink(12, inkBlue, true), Border: under(inkBlue), Alignment: &excelize.Alignment{Vertical: "bottom", Horizontal: "left", Indent: 1}}},
	{lookItem, excelize.Style{Font: ink(10, black, true), Border: under(hairline), Alignment: wrapped()}},
	{lookText, body("", wrapped())},
	{lookCode, body("@", side("left", 1))},
	{lookQuote, body("", wrapped())},
	{lookLink, excelize.Style{Font: underlined(), Border: under(hairline), Alignment: side("left", 1)}},
	{lookDay, body(frenchDate, side("center", 0))},
	{lookMoment, body(frenchMoment, side("center", 0))},
	{lookCount, body(frenchNumber, side("right", 1))},
	{lookEuro, body(frenchEuros, side("right", 1))},
	{lookShare, body(`[$-40C]0\ %`, side("right", 1))},
	{lookEntry, fillIn()},
	{lookItemDay, body(frenchDate, side("left", 1))},
	{lookItemMoment, body(frenchMoment, side("left", 1))},
	{lookItemCount, body(frenchNumber, side("left", 1))},
}

// headerLook sets a heading as the values below it are set.
func headerLook(t Type) look {
	switch {
	case t == Day || t == Moment:
		return lookHeadDay
	case t > Moment:
		return lookHeadSum
	}
	return lookHeader
}

func heading(horizontal string, indent int) excelize.Style {
	a := side(horizontal, indent)
	a.WrapText = true
	return excelize.Style{Font: ink(10, white, true), Fill: solid(inkBlue), Alignment: a}
}

func body(format string, a *excelize.Alignment) excelize.Style {
	s := excelize.Style{Font: ink(10, black, false), Border: under(hairline), Alignment: a}
	if format != "" {
		s.CustomNumFmt = &format
	}
	return s
}

// fillIn looks like paper to write on; the column's heading says that it is. What is
// typed stays what was typed: "faux" no truth value, "février 2019" no first of the month.
func fillIn() excelize.Style {
	s := body("@", wrapped())
	s.Fill = solid(pale)
	return s
}

func ink(size float64, color string, bold bool) *excelize.Font {
	return &excelize.Font{Family: font, Size: size, Color: color, Bold: bold}
}

func underlined() *excelize.Font {
	return &excelize.Font{Family: font, Size: 10, Color: linkBlue, Underline: "single"}
}

// wrapped text keeps clear of the column before it.
func wrapped() *excelize.Alignment {
	return &excelize.Alignment{Vertical: "center", Horizontal: "left", Indent: 1, WrapText: true}
}

func side(horizontal string, indent int) *excelize.Alignment {
	return &excelize.Alignment{Vertical: "center", Horizontal: horizontal, Indent: indent}
}

func solid(color string) excelize.Fill {
	return excelize.Fill{Type: "pattern", Pattern: 1, Color: []string{color}}
}

func under(color string) []excelize.Border {
	return []excelize.Border{{Type: "bottom", Color: color, Style: 1}}
}

// addLooks puts the looks into the workbook, each under its name in the gallery of
// cell styles, and returns their numbers.
func addLooks(f *excelize.File) (map[look]int, error) {
	if err := f.SetDefaultFont(font); err != nil {
		return nil, err
	}
	ids := map[look]int{}
	for _, l := range looks {
		id, err := f.NewStyle(&l.style)
		if err != nil {
			return nil, fmt.Errorf("style %s: %w", l.name, err)
		}
		ids[l.name] = id
		nameStyle(f, id, string(l.name))
	}
	return ids, nil
}

// nameStyle makes a style of cells a named one, which excelize has no call for: the
// format goes into the list of named formats too, and the cells' format refers to it.
func nameStyle(f *excelize.File, id int, name string) {
	s := f.Styles
	n := len(s.CellStyleXfs.Xf)
	format := s.CellXfs.Xf[id]
	format.XfID = nil
	named := *s.CellStyles.CellStyle[0]
	named.Name, named.XfID, named.BuiltInID, named.CustomBuiltIn = name, n, nil, nil
	s.CellStyleXfs.Xf = append(s.CellStyleXfs.Xf, format)
	s.CellStyleXfs.Count = n + 1
	s.CellStyles.CellStyle = append(s.CellStyles.CellStyle, &named)
	s.CellStyles.Count = len(s.CellStyles.CellStyle)
	s.CellXfs.Xf[id].XfID = &n
}
