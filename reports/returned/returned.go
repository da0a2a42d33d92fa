// Package returned reads a workbook that comes back from other hands: sorted, filtered,
// with rows and columns of their own, saved by whatever program. A file comes in, rows
// of texts go out.
//
// Nothing in the file is run or followed: a formula is the text of a formula, links to
// other files are not looked at. What a file may cost is bounded before and while it is read.
package returned

import (
	"archive/zip"
	"bytes"
	"encoding/xml"
	"errors"
	"fmt"
	"io"
	"os"
	"path"
	"strings"
)

// What a file may be; past it reading ends with an error.
const (
	maxFile    = 256 << 20 // bytes of the file
	maxParts   = 10_000    // members of its zip
	maxXML     = 1 << 30   // bytes unpacked, of all parts that are read
	maxRatio   = 100       // and how often the file's own size they may be, past slack
	slack      = 16 << 20
	maxStrings = 256 << 20 // bytes of the texts that cells share, which are kept at hand
	maxText    = 1 << 20   // bytes of one text; a spreadsheet's cell holds 32,767 characters
	maxRows    = 1_048_576
	maxColumns = 16_384
)

const stringHeader = 16 // bytes that a text takes beside its own

// A Workbook is a file taken apart. Close it after use.
type Workbook struct {
	Properties map[string]string // custom document properties
	Sheets     []*Sheet          // in the workbook's order, hidden ones too

	file    *os.File
	zip     *zip.Reader
	left    int64 // bytes that may still be unpacked
	strings []string
	formats []format
	since   int // days before the serial number of 1 January 1900 in the workbook's calendar
}

// A Sheet is one of its grids.
type Sheet struct {
	Name string

	book *Workbook
	part string
}

// Open takes a file apart. What is no .xlsx is an error that says what it is, and what
// to do.
func Open(name string) (*Workbook, error) {
	if info, err := os.Stat(name); err != nil {
		return nil, err
	} else if !info.Mode().IsRegular() { // a pipe would keep us waiting
		return nil, fmt.Errorf("%s: no file", name)
	}
	f, err := os.Open(name)
	if err != nil {
		return nil, err
	}
	w := &Workbook{file: f, Properties: map[string]string{}}
	if err := w.open(); err != nil {
		return nil, fmt.Errorf("%s: %w", name, errors.Join(err, f.Close()))
	}
	return w, nil
}

// Close lets the file go.
func (w *Workbook) Close() error { return w.file.Close() }

func (w *Workbook) open() error {
	info, err := w.file.Stat()
	if err != nil {
		return err
	}
	if info.Size() > maxFile {
		return fmt.Errorf("%d MiB, more than the %d that a workbook may have", info.Size()>>20, maxFile>>20)
	}
	if err := recognise(w.file, info.Size()); err != nil {
		return err
	}
	if w.zip, err = zip.NewReader(w.file, info.Size()); err != nil {
		return fmt.Errorf("the file is damaged or cut short: %w", err)
	}
	if len(w.zip.File) > maxParts {
		return fmt.Errorf("%d parts in one file: that is no workbook of a spreadsheet program", len(w.zip.File))
	}
	w.left = min(maxXML, max(slack, info.Size()*maxRatio))
	return w.parts()
}

// parts reads all but the sheets.
func (w *Workbook) parts() error {
	if err := w.refuseOthers(); err != nil {
		return err
	}
	root, err := w.relations("")
	if err != nil {
		return err
	}
	book := root.target("/officeDocument", "xl/workbook.xml")
	if w.member(book) == nil {
		return errors.New("no workbook in it: want the .xlsx that vigie delivered, with the decisions filled in")
	}
	rels, err := w.relations(book)
	if err != nil {
		return err
	}
	if err := w.properties(root.target("/custom-properties", "docProps/custom.xml")); err != nil {
		return err
	}
	if err := w.sheets(book, rels); err != nil {
		return err
	}
	if err := w.styles(rels.target("/styles", "xl/styles.xml")); err != nil {
		return err
	}
	return w.sharedStrings(rels.target("/sharedStrings", "xl/sharedStrings.xml"))
}

// refuseOthers names files that are zips and no .xlsx.
func (w *Workbook) refuseOthers() error {
	switch {
	case w.member("xl/workbook.bin") != nil:
		return errors.New("an .xlsb workbook: save it as .xlsx (Classeur Excel) and give that")
	case w.member("mimetype") != nil, w.member("content.xml") != nil:
		return errors.New("an OpenDocument file (.ods): save it as .xlsx (Excel 2007-365) and give that")
	}
	return nil
}

// recognise refuses by its first bytes what is no zip.
func recognise(in io.ReaderAt, size int64) error {
	head := make([]byte, min(size, 1<<20))
	if _, err := in.ReadAt(head, 0); err != nil && !errors.Is(err, io.EOF) {
		return err
	}
	switch {
	case size == 0:
		return errors.New("the file is empty")
	case bytes.HasPrefix(head, []byte("PK\x03\x04")):
		return nil
	case bytes.HasPrefix(head, []byte("\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1")):
		if bytes.Contains(head, []byte("E\x00n\x00c\x00r\x00y\x00p\x00t\x00e\x00d\x00P\x00a\x00c\x00k\x00a\x00g\x00e\x00")) {
			return errors.New("the workbook is locked with a password: save it without and give that")
		}
		return errors.New("an old .xls workbook: save it as .xlsx (Classeur Excel) and give that")
	case bytes.HasPrefix(head, []byte("%PDF-")):
		return errors.New("a PDF: want the .xlsx workbook")
	case bytes.IndexByte(head, 0) < 0:
		return errors.New("a text (.csv, .html?): decisions come back in the .xlsx workbook that vigie delivered")
	}
	return errors.New("no .xlsx workbook")
}

// A relation leads from one part to another.
type relation struct{ id, kind, target string }

type relations []relation

// target is the first of a kind, by the end of its name, since strict and usual files
// name kinds otherwise; usual is where it lies mostly.
func (rs relations) target(kind, usual string) string {
	for _, r := range rs {
		if strings.HasSuffix(r.kind, kind) {
			return r.target
		}
	}
	return usual
}

// relations reads those of a part; a part without any has none.
func (w *Workbook) relations(part string) (relations, error) {
	var rs relations
	folder, base := path.Split(part)
	err := w.each(path.Join(folder, "_rels", base+".rels"), func(_ *xml.Decoder, e xml.StartElement) error {
		if e.Name.Local != "Relationship" || attr(e, "TargetMode") == "External" {
			return nil
		}
		target := attr(e, "Target")
		if !strings.HasPrefix(target, "/") {
			target = path.Join(folder, target)
		}
		rs = append(rs, relation{attr(e, "Id"), attr(e, "Type"), strings.TrimPrefix(target, "/")})
		return nil
	})
	return rs, err
}

func (w *Workbook) sheets(book string, rels relations) error {
	return w.each(book, func(_ *xml.Decoder, e xml.StartElement) error {
		switch e.Name.Local {
		case "workbookPr":
			if v := attr(e, "date1904"); v == "1" || v == "true" {
				w.since = days1904
			}
		case "sheet":
			id := ""
			for _, a := range e.Attr { // r:id, whatever the prefix; sheetId is another
				if a.Name.Local == "id" {
					id = a.Value
				}
			}
			for _, r := range rels {
				if r.id == id && strings.HasSuffix(r.kind, "/worksheet") {
					w.Sheets = append(w.Sheets, &Sheet{attr(e, "name"), w, r.target})
				}
			}
		}
		return nil
	})
}

func (w *Workbook) properties(part string) error {
	return w.each(part, func(d *xml.Decoder, e xml.StartElement) error {
		if e.Name.Local != "property" {
			return nil
		}
		text, err := textIn(d, e.Name)
		w.Properties[attr(e, "name")] = text
		return err
	})
}
