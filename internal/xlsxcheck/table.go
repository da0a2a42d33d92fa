package xlsxcheck

import (
	"fmt"
	"regexp"
	"strings"
)

type table struct {
	Name   string `xml:"displayName,attr"`
	Ref    string `xml:"ref,attr"`
	Filter *struct {
		Ref string `xml:"ref,attr"`
	} `xml:"autoFilter"`
	Columns []struct {
		ID   int    `xml:"id,attr"`
		Name string `xml:"name,attr"`
	} `xml:"tableColumns>tableColumn"`
}

var tableName = regexp.MustCompile(`^[\p{L}_\\][\p{L}\p{N}_.\\]{0,254}$`)

// checkTable checks that a table lies over cells that bear its columns' names.
func (b *book) checkTable(sheet, part string, texts map[string]string) area {
	var t table
	if !b.decode(part, &t) {
		b.report("%s: table %q missing or unreadable", sheet, part)
		return area{}
	}
	if fold := strings.ToLower(t.Name); !tableName.MatchString(t.Name) || b.tables[fold] {
		b.report("%s: table name %q is not allowed, or there twice", part, t.Name)
	}
	b.tables[strings.ToLower(t.Name)] = true
	if t.Filter != nil && t.Filter.Ref != t.Ref {
		b.report("%s: filters %s, lies over %s", part, t.Filter.Ref, t.Ref)
	}
	from, to, _ := strings.Cut(t.Ref, ":")
	left, top, ok1 := position(from)
	right, bottom, ok2 := position(to)
	if !ok1 || !ok2 || bottom <= top || right-left+1 != len(t.Columns) {
		b.report("%s: %d columns over %q", part, len(t.Columns), t.Ref)
		return area{}
	}
	seen := map[string]bool{}
	for i, c := range t.Columns {
		at := fmt.Sprint(letters(left+i), top)
		if texts[at] != c.Name || c.Name == "" {
			b.report("%s: column %q stands over cell %s, which holds %q", part, c.Name, at, texts[at])
		}
		if seen[strings.ToLower(c.Name)] {
			b.report("%s: column %q twice", part, c.Name)
		}
		seen[strings.ToLower(c.Name)] = true
	}
	return area{left, top, right, bottom}
}

// letters names a column: 28 is AB.
func letters(column int) string {
	if column == 0 {
		return ""
	}
	return letters((column-1)/26) + string(rune('A'+(column-1)%26))
}
