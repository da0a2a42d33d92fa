package reports

import (
	"archive/zip"
	"bytes"
	"io"
	"strings"
	"testing"
)

// A splice is made wherever the chunks of a member happen to be cut.
func TestSpliceAcrossChunks(t *testing.T) {
	const whole, want = "<a><m/><m/></a>", "<a><L/><m/><m/></a>"
	for size := 1; size <= len(whole); size++ {
		var b bytes.Buffer
		z := newSortedZip(&b, map[string]splice{"a.xml": {"<m", "<L/>"}})
		w, err := z.Create("a.xml")
		if err != nil {
			t.Fatal(err)
		}
		for rest := whole; rest != ""; {
			n := min(size, len(rest))
			if _, err := io.WriteString(w, rest[:n]); err != nil {
				t.Fatal(err)
			}
			rest = rest[n:]
		}
		if err := z.Close(); err != nil {
			t.Fatal(err)
		}
		if got := members(t, b.Bytes())[0]; got != "a.xml "+want {
			t.Errorf("chunks of %d: got %q, want %q", size, got, want)
		}
	}
}

func TestSpliceWithoutPlace(t *testing.T) {
	z := newSortedZip(io.Discard, map[string]splice{"a.xml": {"<m", "<L/>"}})
	w, _ := z.Create("a.xml")
	io.WriteString(w, "<a></a>")
	if err := z.Close(); err == nil || !strings.Contains(err.Error(), "a.xml") {
		t.Errorf("links that found no place: got %v", err)
	}
}

func TestMembersAreSorted(t *testing.T) {
	types := `<Types xmlns="http://schemas.openxmlformats.org/package/2006/content-types">` +
		`<Default Extension="xml" ContentType="x"></Default><Default Extension="png" ContentType="p"></Default>` +
		`<Override PartName="/b" ContentType="b"></Override><Override PartName="/a" ContentType="a"></Override></Types>`
	var b bytes.Buffer
	z := newSortedZip(&b, nil)
	for name, content := range map[string]string{"xl/b.xml": "b", contentTypes: types, "xl/a.xml": "a", "_rels/.rels": "r"} {
		w, _ := z.Create(name)
		io.WriteString(w, content)
	}
	if err := z.Close(); err != nil {
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
