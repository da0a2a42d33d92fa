package reports

import (
	"archive/zip"
	"bytes"
	"encoding/xml"
	"errors"
	"hash/crc32"
	"io"
	"io/fs"
	"slices"
	"strings"

	"github.com/klauspost/compress/flate"
)

// sortedZip is the zip writer under a workbook. It compresses each member as it comes
// and writes them in the order of their names: excelize streams sheets in the order of
// a map, and equal tables must give equal bytes. [Content_Types].xml, which some
// readers want first, sorts first.
type sortedZip struct {
	w       io.Writer
	members []*member
}

type member struct {
	zip.FileHeader
	raw        bytes.Buffer // as it came, for the one member that is rewritten
	compressed bytes.Buffer
	deflate    *flate.Writer
	sum        uint32
}

const contentTypes = "[Content_Types].xml"

func newSortedZip(w io.Writer) *sortedZip { return &sortedZip{w: w} }

// Create begins a member; what it returns is done with when the next begins, or at Close.
func (z *sortedZip) Create(name string) (io.Writer, error) {
	m := &member{FileHeader: zip.FileHeader{Name: name, Method: zip.Deflate, ModifiedDate: 1<<5 | 1}} // 1980-01-01, as Excel writes
	var err error
	m.deflate, err = flate.NewWriter(&m.compressed, 6)
	z.members = append(z.members, m)
	return m, err
}

// AddFS is what excelize's interface asks for and never calls.
func (z *sortedZip) AddFS(fs.FS) error { return errors.ErrUnsupported }

func (m *member) Write(p []byte) (int, error) {
	if m.Name == contentTypes {
		return m.raw.Write(p)
	}
	return m.pack(p)
}

func (m *member) pack(p []byte) (int, error) {
	m.sum = crc32.Update(m.sum, crc32.IEEETable, p)
	m.UncompressedSize64 += uint64(len(p))
	return m.deflate.Write(p)
}

// Close writes the archive.
func (z *sortedZip) Close() error {
	slices.SortFunc(z.members, func(a, b *member) int { return strings.Compare(a.Name, b.Name) })
	archive := zip.NewWriter(z.w)
	for _, m := range z.members {
		if err := m.close(); err != nil {
			return err
		}
		w, err := archive.CreateRaw(&m.FileHeader)
		if err != nil {
			return err
		}
		if _, err := m.compressed.WriteTo(w); err != nil {
			return err
		}
	}
	return archive.Close()
}

func (m *member) close() error {
	if m.Name == contentTypes {
		sorted, err := sortTypes(m.raw.Bytes())
		if err != nil {
			return err
		}
		if _, err := m.pack(sorted); err != nil {
			return err
		}
	}
	if err := m.deflate.Close(); err != nil {
		return err
	}
	m.CRC32, m.CompressedSize64 = m.sum, uint64(m.compressed.Len())
	return nil
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
