package xlsxcheck

import (
	"net/url"
	"path"
	"strings"
)

// maxFormats is how many formats of cells Excel takes.
const maxFormats = 64_000

// maxAddress is the longest address of a link that Excel takes.
const maxAddress = 2079

// checkTypes checks that each part has a content type and each type its part.
func (b *book) checkTypes() {
	const list = "[Content_Types].xml"
	var types struct {
		Default []struct {
			Extension string `xml:",attr"`
		}
		Override []struct {
			PartName string `xml:",attr"`
		}
	}
	if !b.decode(list, &types) {
		b.report("%s: missing or unreadable", list)
		return
	}
	typed := map[string]bool{}
	for _, d := range types.Default {
		if typed["."+d.Extension] {
			b.report("%s: extension %s twice", list, d.Extension)
		}
		typed["."+d.Extension] = true
	}
	for _, o := range types.Override {
		name := strings.TrimPrefix(o.PartName, "/")
		if typed[name] {
			b.report("%s: %s twice", list, o.PartName)
		}
		if b.parts[name] == nil {
			b.report("%s: part %s is not there", list, o.PartName)
		}
		typed[name] = true
	}
	for _, name := range b.names {
		if name != list && !typed[name] && !typed[path.Ext(name)] {
			b.report("%s: no content type", name)
		}
	}
}

// A relation leads from a part to another, or out of the workbook.
type relation struct {
	ID         string `xml:"Id,attr"`
	Type       string `xml:",attr"`
	Target     string `xml:",attr"`
	TargetMode string `xml:",attr"`
}

// readRelations reads the relations of all parts and checks that they lead somewhere.
func (b *book) readRelations() {
	for _, name := range b.names {
		if path.Ext(name) != ".rels" {
			continue
		}
		folder, file := path.Split(name)
		part := path.Join(path.Dir(path.Clean(folder)), strings.TrimSuffix(file, ".rels"))
		if b.parts[part] == nil && part != "." {
			b.report("%s: belongs to %s, which is not there", name, part)
		}
		var list struct {
			Relationship []relation
		}
		b.decode(name, &list)
		b.rels[part] = map[string]relation{}
		for _, r := range list.Relationship {
			if _, twice := b.rels[part][r.ID]; twice || r.ID == "" {
				b.report("%s: relation id %q is empty or there twice", name, r.ID)
			}
			r.Target = b.resolve(name, part, r)
			b.rels[part][r.ID] = r
		}
	}
	if len(b.rels["."]) == 0 {
		b.report("_rels/.rels: the workbook says nowhere where it begins")
	}
}

// resolve returns the part that a relation leads to, or its address, and reports one
// that leads nowhere.
func (b *book) resolve(name, part string, r relation) string {
	if r.TargetMode == "External" {
		u, err := url.Parse(r.Target)
		if err != nil || u.Scheme == "" || len(r.Target) > maxAddress || strings.ContainsAny(r.Target, " \"<>") {
			b.report("%s: %s leads to no address: %.80q", name, r.ID, r.Target)
		}
		return r.Target
	}
	target := strings.TrimPrefix(r.Target, "/")
	if target == r.Target {
		target = path.Join(path.Dir(part), r.Target)
	}
	if b.parts[target] == nil {
		b.report("%s: %s leads to %s, which is not there", name, r.ID, target)
	}
	return target
}

// readStyles counts the formats of cells and checks that what they refer to exists.
func (b *book) readStyles() {
	const part = "xl/styles.xml"
	type format struct {
		Font   int  `xml:"fontId,attr"`
		Fill   int  `xml:"fillId,attr"`
		Border int  `xml:"borderId,attr"`
		Named  *int `xml:"xfId,attr"`
		Number int  `xml:"numFmtId,attr"`
	}
	var s struct {
		Numbers []struct {
			ID int `xml:"numFmtId,attr"`
		} `xml:"numFmts>numFmt"`
		Fonts       []struct{} `xml:"fonts>font"`
		Fills       []struct{} `xml:"fills>fill"`
		Borders     []struct{} `xml:"borders>border"`
		Named       []format   `xml:"cellStyleXfs>xf"`
		Cells       []format   `xml:"cellXfs>xf"`
		Conditional []struct{} `xml:"dxfs>dxf"`
		Names       []struct {
			Name string `xml:"name,attr"`
			Xf   int    `xml:"xfId,attr"`
		} `xml:"cellStyles>cellStyle"`
	}
	if !b.decode(part, &s) {
		b.report("%s: missing or unreadable", part)
		return
	}
	b.formats, b.conditions = len(s.Cells), len(s.Conditional)
	if b.formats > maxFormats {
		b.report("%s: %d formats of cells", part, b.formats)
	}
	custom := map[int]bool{}
	for _, n := range s.Numbers {
		custom[n.ID] = true
	}
	for i, f := range append(s.Named, s.Cells...) {
		if f.Font >= len(s.Fonts) || f.Fill >= len(s.Fills) || f.Border >= len(s.Borders) || f.Named != nil && *f.Named >= len(s.Named) {
			b.report("%s: format %d refers to a font, fill, border or named format that is not there", part, i)
		}
		if f.Number >= 164 && !custom[f.Number] {
			b.report("%s: format %d refers to number format %d, which is not there", part, i, f.Number)
		}
	}
	seen := map[string]bool{}
	for _, n := range s.Names {
		if n.Xf >= len(s.Named) || seen[n.Name] {
			b.report("%s: named style %q refers to nothing, or is there twice", part, n.Name)
		}
		seen[n.Name] = true
	}
}

// readStrings counts the shared strings.
func (b *book) readStrings() {
	var s struct {
		SI []struct{} `xml:"si"`
	}
	b.decode("xl/sharedStrings.xml", &s)
	b.strings = len(s.SI)
}
