package xlsxcheck

import (
	"strings"
)

// What Excel takes of a list to choose from and of the words beside it, in UTF-16 units.
const (
	maxList   = 255
	maxPrompt = 255
	maxTitle  = 32
)

// A validation says what may be filled into cells.
type validation struct {
	Type        string `xml:"type,attr"`
	Cells       string `xml:"sqref,attr"`
	PromptTitle string `xml:"promptTitle,attr"`
	Prompt      string `xml:"prompt,attr"`
	ErrorTitle  string `xml:"errorTitle,attr"`
	Error       string `xml:"error,attr"`
	Formula     string `xml:"formula1"`
}

// A conditional is a format that cells have on a condition.
type conditional struct {
	Cells string `xml:"sqref,attr"`
	Rules []struct {
		Format *int `xml:"dxfId,attr"`
	} `xml:"cfRule"`
}

// checkValidations checks where lists stand and what they offer: no cell has two.
func (b *book) checkValidations(part string, all []validation) {
	var taken []area
	for _, v := range all {
		areas := b.areas(part, "validation", v.Cells)
		for _, a := range areas {
			for _, other := range taken {
				if a.meets(other) {
					b.report("%s: two validations over %s", part, v.Cells)
				}
			}
		}
		taken = append(taken, areas...)
		if units(v.Prompt) > maxPrompt || units(v.Error) > maxPrompt || units(v.PromptTitle) > maxTitle || units(v.ErrorTitle) > maxTitle {
			b.report("%s: the words beside the validation of %s are too long", part, v.Cells)
		}
		if v.Type == "list" {
			b.checkList(part, v)
		}
	}
}

// checkList checks what a list offers: words between quotation marks, or cells.
func (b *book) checkList(part string, v validation) {
	list, quoted := strings.CutPrefix(v.Formula, `"`)
	if !quoted {
		b.checkReference(part, "list of "+v.Cells, v.Formula)
		return
	}
	list = strings.TrimSuffix(list, `"`)
	if units(list) > maxList {
		b.report("%s: the list of %s has %d letters", part, v.Cells, units(list))
	}
	seen := map[string]bool{}
	for word := range strings.SplitSeq(list, ",") {
		if strings.TrimSpace(word) == "" || seen[word] {
			b.report("%s: the list of %s offers %q, which is empty or there twice", part, v.Cells, word)
		}
		seen[word] = true
	}
}

func (b *book) checkConditionals(part string, all []conditional) {
	for _, c := range all {
		b.areas(part, "conditional format", c.Cells)
		for _, r := range c.Rules {
			if r.Format != nil && (*r.Format < 0 || *r.Format >= b.conditions) {
				b.report("%s: conditional format %d of %d over %s", part, *r.Format, b.conditions, c.Cells)
			}
		}
	}
}

// checkReference checks cells of a sheet that is there: 'Ce classeur'!$A$1:$B$2, Faits!$3:$3.
func (b *book) checkReference(part, what, reference string) {
	sheet, cells, ok := cutSheet(reference)
	if _, read := parseArea(strings.ReplaceAll(cells, "$", "")); !ok || !b.sheets[strings.ToLower(sheet)] || !read {
		b.report("%s: %s refers to %q, which is no place in the workbook", part, what, reference)
	}
}

// cutSheet parts a reference into the name of its sheet and its cells.
func cutSheet(reference string) (sheet, cells string, ok bool) {
	i := strings.LastIndex(reference, "!")
	if i < 0 {
		return "", reference, false
	}
	sheet, cells = reference[:i], reference[i+1:]
	if inner, found := strings.CutPrefix(sheet, "'"); found {
		sheet = strings.ReplaceAll(strings.TrimSuffix(inner, "'"), "''", "'")
	}
	return sheet, cells, true
}

// An area is a rectangle of cells.
type area struct{ left, top, right, bottom int }

func (a area) meets(o area) bool {
	return a.left <= o.right && o.left <= a.right && a.top <= o.bottom && o.top <= a.bottom
}

// areas reads a list of areas, and reports those that are none.
func (b *book) areas(part, what, list string) []area {
	var all []area
	for one := range strings.FieldsSeq(list) {
		a, ok := parseArea(one)
		if !ok {
			b.report("%s: %s over %q, which is no range of cells", part, what, one)
			continue
		}
		all = append(all, a)
	}
	if len(all) == 0 {
		b.report("%s: %s over no cell", part, what)
	}
	return all
}

// parseArea reads B2, A1:B2, whole rows 3:3 and whole columns A:H.
func parseArea(s string) (area, bool) {
	from, to, isRange := strings.Cut(s, ":")
	if !isRange {
		to = from
	}
	if strings.Trim(from+to, "0123456789") == "" {
		from, to = "A"+from, letters(maxColumn)+to
	} else if !strings.ContainsAny(from+to, "0123456789") {
		from, to = from+"1", to+"1048576"
	}
	left, top, ok1 := position(from)
	right, bottom, ok2 := position(to)
	return area{left, top, right, bottom}, ok1 && ok2 && left <= right && top <= bottom
}
