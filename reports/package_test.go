package reports

import (
	"archive/zip"
	"bytes"
	"encoding/xml"
	"errors"
	"io"
	"strings"
	"testing"

	"pgregory.net/rapid"
)

func TestPartsAreSorted(t *testing.T) {
	types := `<Types xmlns="http://schemas.openxmlformats.org/package/2006/content-types">` +
		`<Default Extension="xml" ContentType="x"></Default><Default Extension="png" ContentType="p"></Default>` +
		`<Override PartName="/b" ContentType="b"></Override><Override PartName="/a" ContentType="a"></Override></Types>`
	var b bytes.Buffer
	p := parts{}
	for name, content := range map[string]string{"xl/b.xml": "b", contentTypes: types, "xl/a.xml": "a", "_rels/.rels": "r"} {
		w, _ := p.Create(name)
		io.WriteString(w, content)
	}
	if err := assemble(t.Context(), &b, p, nil); err != nil {
		t.Fatal(err)
	}
	got := strings.Join(members(t, b.Bytes()), "\n")
	want := contentTypes + ` <?xml version="1.0" encoding="UTF-8"?>` + "\n" +
		`<Types xmlns="http://schemas.openxmlformats.org/package/2006/content-types">` +
		`<Default Extension="png" ContentType="p"></Default><Default Extension="xml" ContentType="x"></Default>` +
		`<Override PartName="/a" ContentType="a"></Override><Override PartName="/b" ContentType="b"></Override></Types>` +
		"\n_rels/.rels r\nxl/a.xml a\nxl/b.xml b"
	if got != want {
		t.Errorf("got\n%s\nwant\n%s", got, want)
	}
}

// A library that frames its sheets otherwise is noticed, not shipped without rows.
func TestFrameWithoutPlace(t *testing.T) {
	s := &sheet{table: Table{Name: "Essais", Layout: Grid}, links: newLinks(1)}
	for _, frame := range []string{"<sheetData/><pageMargins/>", "<sheetData></sheetData>"} {
		if err := s.fill(t.Context(), io.Discard, []byte(frame)); !errors.Is(err, errFrame) {
			t.Errorf("%s: got %v", frame, err)
		}
	}
}

// What the row writer escapes comes back from any XML reader, save for characters that
// XML does not know.
func TestTextsAreEscaped(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		s := rapid.StringOf(rapid.RuneFrom([]rune("ab&<>\"'\t\n\r_x0D\x00\x1f\ufffe\uffff𝄞é\u200b"))).Draw(t, "text")
		var back string
		if err := xml.Unmarshal([]byte("<t>"+string(appendText(nil, s))+"</t>"), &back); err != nil {
			t.Fatalf("%q: %v", s, err)
		}
		if got := strings.ReplaceAll(back, "_x005F_", "_"); got != legible(strings.ReplaceAll(s, "_x005F_", "_")) {
			t.Fatalf("%q came back as %q", s, got)
		}
	})
}

// members lists a zip's members in its order, each with what it holds.
func members(t *testing.T, archive []byte) []string {
	t.Helper()
	r, err := zip.NewReader(bytes.NewReader(archive), int64(len(archive)))
	if err != nil {
		t.Fatal(err)
	}
	var all []string
	for _, f := range r.File {
		m, err := f.Open()
		if err != nil {
			t.Fatal(err)
		}
		content, err := io.ReadAll(m)
		if err != nil {
			t.Fatal(err)
		}
		all = append(all, f.Name+" "+string(content))
	}
	return all
}
