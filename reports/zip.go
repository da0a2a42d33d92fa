package reports

import (
	"archive/zip"
	"bytes"
	"encoding/xml"
	"errors"
	"fmt"
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
	splices map[string]splice // by member
	members []*member
}

// A splice is text to be put into a member before the first place that holds some words.
type splice struct{ before, text string }

const contentTypes = "[Content_Types].xml"

func newSortedZip(w io.Writer, splices map[string]splice) *sortedZip {
	return &sortedZip{w: w, splices: splices}
}

// Create begins a member; what it returns is done with when the next begins, or at Close.
func (z *sortedZip) Create(name string) (io.Writer, error) {
	m := &member{splice: z.splices[name]}
	m.Name, m.Method, m.ModifiedDate = name, zip.Deflate, 1<<5|1 // 1980-01-01, as Excel writes
	var err error
	m.deflate, err = flate.NewWriter(&m.compressed, 6)
	z.members = append(z.members, m)
	return m, err
}

// AddFS is what excelize's interface asks for and never calls.
func (z *sortedZip) AddFS(fs.FS) error { return errors.ErrUnsupported }

// Close writes the archive.
func (z *sortedZip) Close() error {
	slices.SortFunc(z.members, func(a, b *member) int { return strings.Compare(a.Name, b.Name) })
	archive := zip.NewWriter(z.w)
	for _, m := range z.members {
		if err := m.close(); err != nil {
			return fmt.Errorf("zip member %s: %w", m.Name, err)
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

// A member is compressed into memory.
type member struct {
	zip.FileHeader
	splice     splice // still to be made
	held       []byte // written and not yet compressed: a splice's place may begin in it
	compressed bytes.Buffer
	deflate    *flate.Writer
}

func (m *member) Write(p []byte) (int, error) {
	if m.splice.before == "" && m.Name != contentTypes {
		return len(p), m.pack(p)
	}
	m.held = append(m.held, p...)
	if m.Name == contentTypes {
		return len(p), nil
	}
	return len(p), m.release()
}

// release compresses what is held: all where the splice can be made, else all but what
// may be the beginning of its place.
func (m *member) release() error {
	held := m.held
	if before, after, found := bytes.Cut(held, []byte(m.splice.before)); found {
		text := m.splice.text + m.splice.before
		m.splice, m.held = splice{}, nil
		return errors.Join(m.pack(before), m.pack([]byte(text)), m.pack(after))
	}
	n := max(0, len(held)-len(m.splice.before)+1)
	err := m.pack(held[:n])
	m.held = append(held[:0], held[n:]...)
	return err
}

func (m *member) pack(p []byte) error {
	m.CRC32 = crc32.Update(m.CRC32, crc32.IEEETable, p)
	m.UncompressedSize64 += uint64(len(p))
	_, err := m.deflate.Write(p)
	return err
}

func (m *member) close() error {
	if m.splice.before != "" {
		return fmt.Errorf("no %s to put text before", m.splice.before)
	}
	if m.Name == contentTypes {
		sorted, err := sortTypes(m.held)
		if err != nil {
			return err
		}
		if err := m.pack(sorted); err != nil {
			return err
		}
	}
	err := m.deflate.Close()
	m.CompressedSize64 = uint64(m.compressed.Len())
	return err
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
