package reports

import (
	"bytes"
	"encoding/xml"
	"fmt"
	"net/url"
	"strings"
)

// What Excel bears: past these it repairs the file, or drops what is too much.
const (
	maxLinks   = 65_530 // in a sheet
	maxAddress = 2_079  // characters of a link's address
)

// links are the links of one sheet. excelize's own call searches all links before for
// each, which took 18 of the 19 seconds of a workbook with 20,000.
type links struct {
	left  int // that the sheet may still hold
	cells []linkedCell
	pages []string       // addresses, in the order of their relations
	ids   map[string]int // of targets: a page cited twice is one relation; 0: it is none
}

// A linkedCell leads to a page, by the number of its relation, or else to a sheet.
type linkedCell struct {
	column, row int
	relation    int
	sheet       string
}

func newLinks(most int) *links { return &links{left: most, ids: map[string]int{}} }

// add makes a cell lead to a web page, or to a sheet of the workbook ("#Sources"). It
// reports whether it does: what Excel would take for damage stays text.
func (l *links) add(column, row int, target string) bool {
	if l.left == 0 || target == "" {
		return false
	}
	cell := linkedCell{column: column, row: row}
	if sheet, inside := strings.CutPrefix(target, "#"); inside {
		cell.sheet = sheet
	} else if cell.relation = l.relation(target); cell.relation == 0 {
		return false
	}
	l.cells = append(l.cells, cell)
	l.left--
	return true
}

// count is add where only the number of links matters.
func (l *links) count(target string) bool {
	_, inside := strings.CutPrefix(target, "#")
	if l.left == 0 || !inside && l.relation(target) == 0 {
		return false
	}
	l.left--
	return true
}

// relation is the number of a page's relation; 0 where it can have none.
func (l *links) relation(target string) int {
	id, known := l.ids[target]
	if known {
		return id
	}
	if address, ok := linkable(target); ok {
		l.pages = append(l.pages, address)
		id = len(l.pages)
	}
	l.ids[target] = id
	return id
}

// element is the list of links in a sheet; empty where there are none.
func (l *links) element() []byte {
	if len(l.cells) == 0 {
		return nil
	}
	var b bytes.Buffer
	b.WriteString("<hyperlinks>")
	for _, c := range l.cells {
		if c.sheet != "" {
			fmt.Fprintf(&b, `<hyperlink ref="%s" location="%s"/>`, cellName(c.column, c.row), escapeXML("'"+c.sheet+"'!A1"))
			continue
		}
		fmt.Fprintf(&b, `<hyperlink ref="%s" r:id="link%d"/>`, cellName(c.column, c.row), c.relation)
	}
	b.WriteString("</hyperlinks>")
	return b.Bytes()
}

// addRelations puts the pages that the n-th sheet leads to into its relations.
func (l *links) addRelations(p parts, n int) {
	if len(l.pages) == 0 {
		return
	}
	const kind = "http://schemas.openxmlformats.org/officeDocument/2006/relationships/hyperlink"
	part, end := fmt.Sprintf("xl/worksheets/_rels/sheet%d.xml.rels", n), []byte("</Relationships>")
	var b bytes.Buffer
	if others, ok := p[part]; ok {
		b.Write(bytes.TrimSuffix(bytes.TrimSpace(others.Bytes()), end))
	} else {
		b.WriteString(xml.Header + `<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships">`)
	}
	for i, page := range l.pages {
		fmt.Fprintf(&b, `<Relationship Id="link%d" Type="%s" Target="%s" TargetMode="External"/>`, i+1, kind, escapeXML(page))
	}
	b.Write(end)
	p[part] = &b
}

func escapeXML(s string) string {
	var b strings.Builder
	xml.EscapeText(&b, []byte(s)) // never fails into a Builder
	return b.String()
}

// linkable returns an address in the form that Excel takes, é as %C3%A9. It refuses what
// Excel would repair, and what is no web page.
func linkable(address string) (string, bool) {
	u, err := url.Parse(address)
	if err != nil || u.Scheme != "http" && u.Scheme != "https" || u.Host == "" {
		return "", false
	}
	plain := u.String()
	return plain, len(plain) <= maxAddress && !strings.ContainsAny(plain, " \"<>\\^`{|}") && strings.Count(plain, "#") <= 1
}
