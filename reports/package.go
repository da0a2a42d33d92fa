package reports

import (
	"archive/zip"
	"bytes"
	"cmp"
	"context"
	"encoding/xml"
	"errors"
	"fmt"
	"io"
	"io/fs"
	"maps"
	"slices"
	"strings"
	"time"

	"github.com/klauspost/compress/flate"
)

// parts are the parts of a workbook by name, as excelize writes them into what it takes
// for a zip: small ones, since its sheets are frames without rows.
type parts map[string]*bytes.Buffer

// Create begins a part; what it returns takes the part's bytes.
func (p parts) Create(name string) (io.Writer, error) {
	p[name] = &bytes.Buffer{}
	return p[name], nil
}

// AddFS is what excelize's interface asks for and never calls.
func (p parts) AddFS(fs.FS) error { return errors.ErrUnsupported }

// Close has nothing to do: [assemble] writes the zip.
func (p parts) Close() error { return nil }

const contentTypes = "[Content_Types].xml"

// assemble writes the parts as a zip, in an order of its own (excelize's is that of a map,
// and equal tables must give equal bytes), and the rows of each sheet into its frame while
// it passes: neither rows nor the file are ever held in memory. What depends on a sheet's
// rows, its links and the extent of its table, comes after it.
func assemble(ctx context.Context, w io.Writer, p parts, sheets []*sheet) error {
	sorted, err := sortTypes(p[contentTypes].Bytes())
	if err != nil {
		return err
	}
	p[contentTypes] = bytes.NewBuffer(sorted)
	z := newArchive(w)
	for i, s := range sheets {
		s.part = fmt.Sprintf("xl/worksheets/sheet%d.xml", i+1)
		frame := p[s.part].Bytes()
		delete(p, s.part)
		err := z.write(s.part, func(w io.Writer) error { return s.fill(ctx, w, frame) })
		if err != nil {
			return fmt.Errorf("sheet %s: %w", s.table.Name, err)
		}
		s.links.addRelations(p, i+1)
		s.extend(p)
	}
	for _, name := range slices.SortedFunc(maps.Keys(p), typesFirst) {
		if err := z.write(name, func(w io.Writer) error { _, err := p[name].WriteTo(w); return err }); err != nil {
			return fmt.Errorf("part %s: %w", name, err)
		}
	}
	return z.Close()
}

func typesFirst(a, b string) int {
	switch contentTypes {
	case a:
		return -1
	case b:
		return 1
	}
	return cmp.Compare(a, b)
}

// An archive is a zip being written.
type archive struct{ *zip.Writer }

// level weighs time against size: past it a workbook gets a twentieth smaller at most, for
// twice the time and more.
const level = 5

func newArchive(w io.Writer) archive {
	z := zip.NewWriter(w)
	var deflate *flate.Writer // one is enough: members come one after another
	z.RegisterCompressor(zip.Deflate, func(w io.Writer) (io.WriteCloser, error) {
		if deflate != nil {
			deflate.Reset(w)
			return deflate, nil
		}
		var err error
		deflate, err = flate.NewWriter(w, level)
		return deflate, err
	})
	return archive{z}
}

// firstZipDay is the oldest that a zip can tell, and what Excel writes.
var firstZipDay = time.Date(1980, 1, 1, 0, 0, 0, 0, time.UTC)

func (z archive) write(name string, content func(io.Writer) error) error {
	w, err := z.CreateHeader(&zip.FileHeader{Name: name, Method: zip.Deflate, Modified: firstZipDay})
	if err != nil {
		return err
	}
	return content(w)
}

// sortTypes orders the list of content types: excelize lists those of pictures in the
// order of a map.
func sortTypes(list []byte) ([]byte, error) {
	var types struct {
		XMLName   xml.Name      `xml:"http://schemas.openxmlformats.org/package/2006/content-types Types"`
		Defaults  []contentType `xml:"Default"`
		Overrides []contentType `xml:"Override"`
	}
	if err := xml.Unmarshal(list, &types); err != nil {
		return nil, err
	}
	for _, l := range [][]contentType{types.Defaults, types.Overrides} {
		slices.SortFunc(l, func(a, b contentType) int { return strings.Compare(a.Extension+a.PartName, b.Extension+b.PartName) })
	}
	sorted, err := xml.Marshal(types)
	return append([]byte(xml.Header), sorted...), err
}

type contentType struct {
	Extension   string `xml:",attr,omitempty"`
	PartName    string `xml:",attr,omitempty"`
	ContentType string `xml:",attr"`
}
