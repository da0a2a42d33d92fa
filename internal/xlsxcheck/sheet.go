package xlsxcheck

import (
	"bytes"
	"encoding/xml"
	"slices"
	"strconv"
	"strings"
	"unicode/utf16"
)

// What a sheet may hold.
const (
	maxRow     = 1_048_576
	maxColumn  = 16_384
	maxText    = 32_767 // UTF-16 units in a cell
	maxLinks   = 65_530
	maxNameLen = 31 // UTF-16 units of a sheet's name
)

// order is that of a worksheet's children; a spreadsheet program takes another for damage.
var order = []string{
	"sheetPr", "dimension", "sheetViews", "sheetFormatPr", "cols", "sheetData", "sheetCalcPr", "sheetProtection",
	"protectedRanges", "scenarios", "autoFilter", "sortState", "dataConsolidate", "customSheetViews", "mergeCells",
	"phoneticPr", "conditionalFormatting", "dataValidations", "hyperlinks", "printOptions", "pageMargins", "pageSetup",
	"headerFooter", "rowBreaks", "colBreaks", "customProperties", "cellWatches", "ignoredErrors", "smartTags", "drawing",
	"legacyDrawing", "legacyDrawingHF", "drawingHF", "picture", "oleObjects", "controls", "webPublishItems", "tableParts", "extLst",
}

type worksheet struct {
	Rows []struct {
		R     int    `xml:"r,attr"`
		Cells []cell `xml:"c"`
	} `xml:"sheetData>row"`
	Merged []struct{} `xml:"mergeCells>mergeCell"`
	Links  []struct {
		Ref      string `xml:"ref,attr"`
		ID       string `xml:"http://schemas.openxmlformats.org/officeDocument/2006/relationships id,attr"`
		Location string `xml:"location,attr"`
	} `xml:"hyperlinks>hyperlink"`
	Tables []struct {
		ID string `xml:"http://schemas.openxmlformats.org/officeDocument/2006/relationships id,attr"`
	} `xml:"tableParts>tablePart"`
	Validations  []validation  `xml:"dataValidations>dataValidation"`
	Conditionals []conditional `xml:"conditionalFormatting"`
}

type cell struct {
	R      string   `xml:"r,attr"`
	Style  int      `xml:"s,attr"`
	Type   string   `xml:"t,attr"`
	Value  string   `xml:"v"`
	Inline []string `xml:"is>t"`
	Runs   []string `xml:"is>r>t"`
}

// checkSheets checks the workbook's list of sheets, and each of them.
func (b *book) checkSheets() {
	const part = "xl/workbook.xml"
	var w struct {
		Sheets []struct {
			Name string `xml:"name,attr"`
			ID   string `xml:"http://schemas.openxmlformats.org/officeDocument/2006/relationships id,attr"`
		} `xml:"sheets>sheet"`
		Names []struct {
			Name   string `xml:"name,attr"`
			Sheet  *int   `xml:"localSheetId,attr"`
			Places string `xml:",chardata"`
		} `xml:"definedNames>definedName"`
	}
	if !b.decode(part, &w) || len(w.Sheets) == 0 {
		b.report("%s: missing, unreadable or without sheets", part)
		return
	}
	b.tables, b.sheets = map[string]bool{}, map[string]bool{}
	for _, s := range w.Sheets {
		if fold := strings.ToLower(s.Name); b.sheets[fold] || !goodName(s.Name) {
			b.report("%s: sheet name %q is not allowed, or there twice", part, s.Name)
		}
		b.sheets[strings.ToLower(s.Name)] = true
	}
	for _, s := range w.Sheets {
		if r, ok := b.rels[part][s.ID]; ok {
			b.checkSheet(r.Target)
			continue
		}
		b.report("%s: sheet %s has no part", part, s.Name)
	}
	seen := map[string]bool{}
	for _, n := range w.Names {
		whose := "the workbook"
		if n.Sheet != nil {
			whose = "sheet " + strconv.Itoa(*n.Sheet)
			if *n.Sheet >= len(w.Sheets) {
				b.report("%s: name %s belongs to %s, which is not there", part, n.Name, whose)
			}
		}
		if seen[whose+n.Name] {
			b.report("%s: name %s twice in %s", part, n.Name, whose)
		}
		seen[whose+n.Name] = true
		b.checkReference(part, "name "+n.Name, strings.TrimSpace(n.Places))
	}
}

func goodName(name string) bool {
	n := units(name)
	return 0 < n && n <= maxNameLen && !strings.ContainsAny(name, `[]:*?/\`) && strings.Trim(name, "'") == name
}

func units(s string) int { return len(utf16.Encode([]rune(s))) }

func (b *book) checkSheet(part string) {
	var w worksheet
	if !b.decode(part, &w) {
		return // open or resolve has said why
	}
	b.checkOrder(part)
	if len(w.Merged) > 0 {
		b.report("%s: %d merged cells", part, len(w.Merged))
	}
	texts := map[string]string{}
	last := 0
	for _, row := range w.Rows {
		if row.R <= last || row.R > maxRow {
			b.report("%s: row %d after row %d", part, row.R, last)
		}
		last = row.R
		b.checkRow(part, row.R, row.Cells, texts)
	}
	if len(w.Links) > maxLinks {
		b.report("%s: %d links", part, len(w.Links))
	}
	linked := map[string]bool{}
	for _, l := range w.Links {
		if _, _, ok := position(l.Ref); !ok || linked[l.Ref] {
			b.report("%s: link at %q, which is no cell or has one already", part, l.Ref)
		}
		linked[l.Ref] = true
		r, ok := b.rels[part][l.ID]
		switch {
		case !ok && l.Location == "":
			b.report("%s: link at %s leads nowhere", part, l.Ref)
		case ok && (!strings.HasSuffix(r.Type, "/hyperlink") || r.TargetMode != "External"):
			b.report("%s: link at %s is a relation of another kind: %s", part, l.Ref, r.Type)
		case !ok:
			b.checkReference(part, "link at "+l.Ref, l.Location)
		}
	}
	var taken []area
	for _, t := range w.Tables {
		over := b.checkTable(part, b.rels[part][t.ID].Target, texts)
		for _, other := range taken {
			if over.meets(other) {
				b.report("%s: two tables over the same cells", part)
			}
		}
		taken = append(taken, over)
	}
	b.checkValidations(part, w.Validations)
	b.checkConditionals(part, w.Conditionals)
}

func (b *book) checkOrder(part string) {
	d := xml.NewDecoder(bytes.NewReader(b.parts[part]))
	depth, at := 0, -1
	for {
		token, err := d.Token()
		if err != nil {
			return
		}
		switch t := token.(type) {
		case xml.StartElement:
			if depth++; depth != 2 {
				continue
			}
			i := slices.Index(order, t.Name.Local)
			if i < at || i == at && t.Name.Local != "conditionalFormatting" {
				b.report("%s: element %s is out of place", part, t.Name.Local)
			}
			at = max(at, i)
		case xml.EndElement:
			depth--
		}
	}
}

// checkRow checks cells and takes down the text of those that hold some.
func (b *book) checkRow(part string, row int, cells []cell, texts map[string]string) {
	last := 0
	for _, c := range cells {
		column, r, ok := position(c.R)
		if !ok || r != row || column <= last {
			b.report("%s: cell %q out of place in row %d", part, c.R, row)
		}
		last = column
		if c.Style < 0 || c.Style >= b.formats {
			b.report("%s: cell %s has format %d of %d", part, c.R, c.Style, b.formats)
		}
		if problem := b.valueProblem(c); problem != "" {
			b.report("%s: cell %s: %s", part, c.R, problem)
		}
		if c.Type == "inlineStr" || c.Type == "str" {
			texts[c.R] = c.Value + strings.Join(c.Inline, "") + strings.Join(c.Runs, "")
		}
	}
}

func (b *book) valueProblem(c cell) string {
	switch c.Type {
	case "", "n":
		if _, err := strconv.ParseFloat(c.Value, 64); err != nil && c.Value != "" {
			return "no number: " + strconv.Quote(c.Value)
		}
	case "s":
		if n, err := strconv.Atoi(c.Value); err != nil || n < 0 || n >= b.strings {
			return "no shared string: " + c.Value
		}
	case "inlineStr", "str":
		text := c.Value + strings.Join(c.Inline, "") + strings.Join(c.Runs, "")
		if c.Type == "inlineStr" && len(c.Inline)+len(c.Runs) == 0 {
			return "inline text without text"
		}
		if units(text) > maxText {
			return "text too long"
		}
	case "b", "d", "e":
	default:
		return "unknown type " + strconv.Quote(c.Type)
	}
	return ""
}

// position reads B12 as column 2, row 12.
func position(ref string) (column, row int, ok bool) {
	letters := strings.TrimRight(ref, "0123456789")
	for _, l := range letters {
		if l < 'A' || l > 'Z' || column > maxColumn {
			return 0, 0, false
		}
		column = column*26 + int(l-'A') + 1
	}
	row, err := strconv.Atoi(ref[len(letters):])
	return column, row, err == nil && 0 < column && column <= maxColumn && 0 < row && row <= maxRow
}
