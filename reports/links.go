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

// links are the links of one sheet. They are put into the sheet's XML on its way into
// the zip: excelize's call searches all links before for each, which took 18 of the 19
// seconds of a workbook with 20,000.
type links struct {
	left  int            // that the sheet may still hold
	cells bytes.Buffer   // hyperlink elements
	rels  bytes.Buffer   // Relationship elements
	ids   map[string]int // of addresses: a page cited twice is one relation
}

func newLinks(most int) *links { return &links{left: most, ids: map[string]int{}} }

// add makes a cell lead to a web page, or to a sheet of the workbook ("#Sources"). It
// reports whether it does: what Excel would take for damage stays text.
func (l *links) add(cell, target string) bool {
	sheet, inside := strings.CutPrefix(target, "#")
	address, isPage := linkable(target)
	switch {
	case l.left == 0 || target == "":
		return false
	case inside:
		fmt.Fprintf(&l.cells, `<hyperlink ref="%s" location="%s"/>`, cell, escapeXML("'"+sheet+"'!A1"))
	case isPage:
		fmt.Fprintf(&l.cells, `<hyperlink ref="%s" r:id="link%d"/>`, cell, l.relation(address))
	default:
		return false
	}
	l.left--
	return true
}

func (l *links) relation(address string) int {
	id, ok := l.ids[address]
	if !ok {
		id = len(l.ids) + 1
		l.ids[address] = id
		const kind = "http://schemas.openxmlformats.org/officeDocument/2006/relationships/hyperlink"
		fmt.Fprintf(&l.rels, `<Relationship Id="link%d" Type="%s" Target="%s" TargetMode="External"/>`, id, kind, escapeXML(address))
	}
	return id
}

// splice tells the zip where the links of the n-th sheet go. The list of relations is
// there where a grid's table needed one; a notice has links inside the workbook only.
func (l *links) splice(n int, splices map[string]splice) {
	if l.cells.Len() == 0 {
		return
	}
	sheet := fmt.Sprintf("sheet%d.xml", n)
	splices["xl/worksheets/"+sheet] = splice{"<pageMargins", "<hyperlinks>" + l.cells.String() + "</hyperlinks>"}
	if l.rels.Len() > 0 {
		splices["xl/worksheets/_rels/"+sheet+".rels"] = splice{"</Relationships>", l.rels.String()}
	}
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
