package returned

import (
	"archive/zip"
	"encoding/xml"
	"errors"
	"fmt"
	"io"
	"strings"
)

// errBomb ends the reading of a file that unpacks to more than a workbook may.
var errBomb = errors.New("it unpacks to more than a workbook of its size would: it was not read")

func (w *Workbook) member(name string) *zip.File {
	for _, f := range w.zip.File {
		if strings.EqualFold(f.Name, name) {
			return f
		}
	}
	return nil
}

// open opens a part; the bytes that come out of it count.
func (w *Workbook) openPart(name string) (io.ReadCloser, error) {
	f := w.member(name)
	if f == nil {
		return nil, fmt.Errorf("part %s is missing: the file is damaged", name)
	}
	in, err := f.Open()
	if err != nil {
		return nil, fmt.Errorf("part %s: %w", name, err)
	}
	return &metered{in, w}, nil
}

// metered takes what is read from what may still be unpacked.
type metered struct {
	io.ReadCloser
	book *Workbook
}

func (m *metered) Read(p []byte) (int, error) {
	n, err := m.ReadCloser.Read(p)
	if m.book.left -= int64(n); m.book.left < 0 {
		return 0, errBomb
	}
	return n, err
}

// each calls f for every element that begins in a part; a part that is not there has none.
func (w *Workbook) each(part string, f func(*xml.Decoder, xml.StartElement) error) error {
	if w.member(part) == nil {
		return nil
	}
	in, err := w.openPart(part)
	if err != nil {
		return err
	}
	defer in.Close()
	d := xml.NewDecoder(in)
	var root string
	for {
		t, err := d.RawToken()
		if err != nil {
			return fmt.Errorf("part %s: %w", part, cutShort(err))
		}
		if end, ok := t.(xml.EndElement); ok && end.Name.Local == root {
			return nil
		}
		e, ok := t.(xml.StartElement)
		if !ok {
			continue
		}
		if root == "" {
			root = e.Name.Local
		}
		if err := f(d, e); err != nil {
			return fmt.Errorf("part %s: %w", part, err)
		}
	}
}

// cutShort makes the end of a file where more was due an error.
func cutShort(err error) error {
	if errors.Is(err, io.EOF) {
		return io.ErrUnexpectedEOF
	}
	return err
}

func attr(e xml.StartElement, name string) string {
	for _, a := range e.Attr {
		if a.Name.Local == name && a.Name.Space == "" {
			return a.Value
		}
	}
	return ""
}

// textIn gathers the text up to an element's end, without what is only its pronunciation.
func textIn(d *xml.Decoder, until xml.Name) (string, error) {
	var text strings.Builder
	for spoken := 0; ; {
		t, err := d.RawToken()
		if err != nil {
			return "", cutShort(err)
		}
		switch t := t.(type) {
		case xml.StartElement:
			if t.Name.Local == "rPh" {
				spoken++
			}
		case xml.EndElement:
			if t.Name == until {
				return unescape(text.String()), nil
			}
			if t.Name.Local == "rPh" {
				spoken--
			}
		case xml.CharData:
			if spoken == 0 {
				text.Write(t)
			}
			if text.Len() > maxText {
				return "", errBomb
			}
		}
	}
}

// unescape reads what spreadsheets write for characters that XML has not: _x000D_.
func unescape(s string) string {
	if !strings.Contains(s, "_x") {
		return s
	}
	var b strings.Builder
	for i := 0; i < len(s); {
		if r, ok := escaped(s[i:]); ok {
			b.WriteRune(r)
			i += len("_x000D_")
			continue
		}
		b.WriteByte(s[i])
		i++
	}
	return b.String()
}

func escaped(s string) (rune, bool) {
	if len(s) < len("_x000D_") || s[:2] != "_x" || s[6] != '_' {
		return 0, false
	}
	var r rune
	for _, c := range []byte(s[2:6]) {
		switch {
		case '0' <= c && c <= '9':
			r = r<<4 | rune(c-'0')
		case 'a' <= c|0x20 && c|0x20 <= 'f':
			r = r<<4 | rune(c|0x20-'a'+10)
		default:
			return 0, false
		}
	}
	return r, true
}
