// Package xlsxcheck looks for what makes a spreadsheet program repair a workbook, or
// refuse it. Tests hand it the bytes of an .xlsx file; it reads them as what they are, a
// zip of XML parts, without the library that wrote them.
package xlsxcheck

import (
	"archive/zip"
	"bytes"
	"encoding/xml"
	"errors"
	"fmt"
	"io"
	"path"
	"strings"
)

// Check returns all that is wrong with a workbook, joined, or nil. Merged cells count
// as wrong: sorting, filtering and screen readers trip over them.
func Check(workbook []byte) error {
	b := &book{parts: map[string][]byte{}, rels: map[string]map[string]relation{}}
	if err := b.open(workbook); err != nil {
		return err
	}
	b.checkTypes()
	b.readRelations()
	b.readStyles()
	b.readStrings()
	b.checkSheets()
	return errors.Join(b.problems...)
}

// A book is a workbook being checked.
type book struct {
	parts      map[string][]byte              // by name without leading slash
	names      []string                       // of parts, in the order of the zip
	rels       map[string]map[string]relation // by part, by id
	formats    int                            // of cells, in the styles
	strings    int                            // shared ones
	tables     map[string]bool                // names seen, folded
	sheets     map[string]bool                // names, folded
	conditions int                            // formats that cells have on a condition
	problems   []error
}

func (b *book) report(format string, args ...any) {
	b.problems = append(b.problems, fmt.Errorf(format, args...))
}

// open reads all parts, and reports those that are no XML.
func (b *book) open(workbook []byte) error {
	archive, err := zip.NewReader(bytes.NewReader(workbook), int64(len(workbook)))
	if err != nil {
		return fmt.Errorf("workbook: %w", err)
	}
	for _, f := range archive.File {
		if path.Clean(f.Name) != f.Name || strings.HasPrefix(f.Name, "/") || strings.HasPrefix(f.Name, "..") {
			b.report("%s: a part's name must be a plain relative path", f.Name)
		}
		if b.parts[f.Name] != nil {
			b.report("%s: twice in the zip", f.Name)
		}
		content, err := read(f)
		if err != nil {
			return fmt.Errorf("workbook part %s: %w", f.Name, err)
		}
		b.parts[f.Name] = content
		b.names = append(b.names, f.Name)
		if ext := path.Ext(f.Name); ext == ".xml" || ext == ".rels" {
			if err := wellFormed(content); err != nil {
				b.report("%s: %w", f.Name, err)
			}
		}
	}
	return nil
}

func read(f *zip.File) ([]byte, error) {
	r, err := f.Open()
	if err != nil {
		return nil, err
	}
	defer r.Close()
	return io.ReadAll(r) // a wrong checksum is an error here
}

func wellFormed(content []byte) error {
	d := xml.NewDecoder(bytes.NewReader(content))
	depth, roots := 0, 0
	for {
		token, err := d.Token()
		if err == io.EOF {
			if roots != 1 {
				return fmt.Errorf("%d root elements", roots)
			}
			return nil
		}
		if err != nil {
			return err
		}
		switch t := token.(type) {
		case xml.StartElement:
			if depth++; depth == 1 {
				roots++
			}
			if name := repeated(t.Attr); name != "" {
				return fmt.Errorf("element %s has attribute %s twice", t.Name.Local, name)
			}
		case xml.EndElement:
			depth--
		}
	}
}

// repeated names an attribute that stands twice, which encoding/xml lets pass.
func repeated(attrs []xml.Attr) string {
	seen := map[xml.Name]bool{}
	for _, a := range attrs {
		if seen[a.Name] {
			return a.Name.Local
		}
		seen[a.Name] = true
	}
	return ""
}

// decode reads a part that open found to be XML; it reports false where the part is not there.
func (b *book) decode(part string, into any) bool {
	content, ok := b.parts[part]
	return ok && xml.Unmarshal(content, into) == nil
}
