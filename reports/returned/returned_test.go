package returned

import (
	"archive/zip"
	"bytes"
	"compress/flate"
	"fmt"
	"io"
	"os"
	"path/filepath"
	"strings"
	"syscall"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"
)

const (
	typesPart = `<Types xmlns="http://schemas.openxmlformats.org/package/2006/content-types"/>`
	rootRels  = `<Relationships><Relationship Id="r1" Type="http://x/officeDocument" Target="xl/workbook.xml"/><Relationship Id="r2" Type="http://x/custom-properties" Target="/docProps/custom.xml"/></Relationships>`
	bookPart  = `<workbook xmlns:r="x"><workbookPr/><sheets><sheet name="Un &amp; deux" sheetId="7" r:id="a"/></sheets></workbook>`
	bookRels  = `<Relationships><Relationship Id="a" Type="http://x/worksheet" Target="worksheets/s.xml"/><Relationship Id="z" Type="http://x/externalLink" Target="file:///etc/passwd" TargetMode="External"/></Relationships>`
	styles    = `<styleSheet><numFmts><numFmt numFmtId="164" formatCode="dd/mm/yyyy"/><numFmt numFmtId="165" formatCode="mmm\-yy"/><numFmt numFmtId="166" formatCode="#,##0\ [$€-40C]"/><numFmt numFmtId="167" formatCode="yyyy"/><numFmt numFmtId="168" formatCode="[h]:mm"/><numFmt numFmtId="169" formatCode="dd/mm/yyyy\ hh:mm"/></numFmts><cellStyleXfs><xf numFmtId="14"/></cellStyleXfs><cellXfs><xf numFmtId="0"/><xf numFmtId="164"/><xf numFmtId="165"/><xf numFmtId="166"/><xf numFmtId="14"/><xf numFmtId="167"/><xf numFmtId="168"/><xf numFmtId="169"/></cellXfs></styleSheet>`
	shared    = `<sst><si><t>plain</t></si><si><r><t>rich </t></r><r><t xml:space="preserve">text</t></r><rPh><t>spoken</t></rPh></si><si/></sst>`
	custom    = `<Properties><property name="vigie édition"><vt:lpwstr>28-x</vt:lpwstr></property></Properties>`
)

// workbook writes a file of those parts and a sheet.
func workbook(t testing.TB, sheet string, others ...string) string {
	t.Helper()
	parts := []string{
		"[Content_Types].xml", typesPart, "_rels/.rels", rootRels, "xl/workbook.xml", bookPart, "xl/_rels/workbook.xml.rels", bookRels,
		"xl/styles.xml", styles, "xl/sharedStrings.xml", shared, "docProps/custom.xml", custom, "xl/worksheets/s.xml", sheet,
	}
	return file(t, append(parts, others...)...)
}

func file(t testing.TB, parts ...string) string {
	t.Helper()
	var b bytes.Buffer
	w := zip.NewWriter(&b)
	for i := 0; i < len(parts); i += 2 {
		to, err := w.Create(parts[i])
		if err != nil {
			t.Fatal(err)
		}
		if _, err := io.WriteString(to, parts[i+1]); err != nil {
			t.Fatal(err)
		}
	}
	if err := w.Close(); err != nil {
		t.Fatal(err)
	}
	return write(t, b.Bytes())
}

func write(t testing.TB, content []byte) string {
	t.Helper()
	name := filepath.Join(t.TempDir(), "retour.xlsx")
	if err := os.WriteFile(name, content, 0o644); err != nil {
		t.Fatal(err)
	}
	return name
}

func sheet(rows string) string {
	return `<x:worksheet xmlns:x="m"><x:sheetData>` + rows + `</x:sheetData></x:worksheet>`
}

// read returns the rows of the first sheet as texts, empty columns as nothing.
func read(t testing.TB, name string) (lines []string, err error) {
	t.Helper()
	w, err := Open(name)
	if err != nil {
		return nil, err
	}
	defer w.Close()
	for row, err := range w.Sheets[0].Rows() {
		if err != nil {
			return lines, err
		}
		line := fmt.Sprint(row.Number)
		for _, c := range row.Cells {
			line += fmt.Sprintf(" %d=%s", c.Column, c.Text)
		}
		lines = append(lines, line)
	}
	return lines, nil
}

func TestRows(t *testing.T) {
	name := workbook(t, sheet(`
		<x:row r="2"><x:c r="B2" t="s"><x:v>0</x:v></x:c><x:c r="AA2" t="s"><x:v>1</x:v></x:c><x:c r="AB2" t="s"><x:v>2</x:v></x:c></x:row>
		<x:row><x:c t="inlineStr"><x:is><x:t>a_x000D_b_x0041_</x:t></x:is></x:c><x:c><x:v>1.36E9</x:v></x:c></x:row>
		<x:row r="9" hidden="1"><x:c r="A9" s="1"><x:v>43510</x:v></x:c><x:c r="B9" s="2"><x:v>43497</x:v></x:c><x:c r="C9" s="3"><x:v>0.95</x:v></x:c><x:c r="D9" s="4"><x:v>43510.5</x:v></x:c><x:c r="E9" s="5"><x:v>43510</x:v></x:c><x:c r="F9" s="6"><x:v>1.5</x:v></x:c><x:c r="G9" s="7"><x:v>43510.1249999999</x:v></x:c></x:row>
		<x:row r="10"><x:c r="A10" t="b"><x:v>0</x:v></x:c><x:c r="B10" t="b"><x:f>FALSE()</x:f><x:v>0</x:v></x:c><x:c r="C10" t="e"><x:v>#NAME?</x:v></x:c><x:c r="D10" t="str"><x:f>HYPERLINK("http://evil.example","ok")</x:f><x:v>ok</x:v></x:c><x:c r="E10"><x:f>[1]Feuil1!A1</x:f></x:c></x:row>
		<x:row r="11"/><x:row r="1048576"><x:c r="XFD1048576"><x:v>7</x:v></x:c></x:row>`))
	got, err := read(t, name)
	want := []string{
		"2 1=plain 26=rich text", "3 0=a\rbA 1=1360000000",
		"9 0=14/02/2019 1=février 2019 2=0,95 3=14/02/2019 4=2019 5=1,5 6=14/02/2019 03:00",
		`10 0=faux 1=faux 2=#NAME? 3==HYPERLINK("http://evil.example","ok") 4==[1]Feuil1!A1`, "1048576 16383=7",
	}
	if diff := cmp.Diff(want, got); diff != "" || err != nil {
		t.Errorf("%v\n%s", err, diff)
	}
	w, err := Open(name)
	if err != nil {
		t.Fatal(err)
	}
	defer w.Close()
	if w.Properties["vigie édition"] != "28-x" || w.Sheets[0].Name != "Un & deux" {
		t.Errorf("properties %v, sheet %q", w.Properties, w.Sheets[0].Name)
	}
}

// TestHazardG3Files: what is no workbook, or a hostile one, is an error that says so, at
// no cost.
func TestHazardG3Files(t *testing.T) {
	utf16 := func(s string) string { return strings.Join(strings.Split(s, ""), "\x00") + "\x00" }
	ole := "\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + strings.Repeat("\x00", 600)
	for _, c := range []struct{ name, file, want string }{
		{"empty", write(t, nil), "empty"},
		{"csv", write(t, []byte("Clé;Décision\n1;exact\n")), "a text"},
		{"pdf", write(t, []byte("%PDF-1.7\n\x00")), "PDF"},
		{"xls", write(t, []byte(ole)), "old .xls"},
		{"locked", write(t, []byte(ole+utf16("EncryptedPackage"))), "password"},
		{"bytes", write(t, []byte{0, 1, 2}), "no .xlsx"},
		{"ods", file(t, "mimetype", "application/vnd.oasis.opendocument.spreadsheet", "content.xml", "<x/>"), ".ods"},
		{"xlsb", file(t, "xl/workbook.bin", "x"), ".xlsb"},
		{"another zip", file(t, "a.txt", "x"), "no workbook in it"},
		{"cut short", write(t, []byte("PK\x03\x04 and no more")), "damaged or cut short"},
		{"a folder", t.TempDir(), "no file"},
		{"absent", "/nulle/part.xlsx", "no such file"},
		{"many parts", file(t, manyParts()...), "parts in one file"},
		{"not XML", workbook(t, `<worksheet><sheetData><row r="1"><c r="A1"><v>1`), "EOF"},
		{"cut between rows", workbook(t, `<worksheet><sheetData><row r="1"></row>`), "EOF"},
		{"an entity", workbook(t, `<!DOCTYPE x [<!ENTITY a "aaaa">]><sheetData><row r="1"><c r="A1" t="str"><v>&a;</v></c></row></sheetData>`), "entity"},
		{"row twice", workbook(t, sheet(`<row r="2"/><row r="2"/>`)), "row \"2\""},
		{"row past the end", workbook(t, sheet(`<row r="1048577"><c><v>1</v></c></row>`)), "1048577"},
		{"row of minus one", workbook(t, sheet(`<row r="-1"/>`)), "-1"},
		{"column past the end", workbook(t, sheet(`<row r="1"><c r="XFE1"><v>1</v></c></row>`)), "out of place"},
		{"columns back", workbook(t, sheet(`<row r="1"><c r="B1"><v>1</v></c><c r="A1"><v>1</v></c></row>`)), "out of place"},
		{"no such text", workbook(t, sheet(`<row r="1"><c r="A1" t="s"><v>3</v></c></row>`)), "text number \"3\" of 3"},
		{"no number", workbook(t, sheet(`<row r="1"><c r="A1"><v>beaucoup</v></c></row>`)), "beaucoup"},
	} {
		if _, err := read(t, c.file); err == nil || !strings.Contains(err.Error(), c.want) {
			t.Errorf("%s: %v; want an error with %q", c.name, err, c.want)
		}
	}
}

func manyParts() (parts []string) {
	for i := range maxParts + 1 {
		parts = append(parts, fmt.Sprintf("x/%d", i), "")
	}
	return parts
}

// A pipe would keep us waiting for ever.
func TestPipe(t *testing.T) {
	name := filepath.Join(t.TempDir(), "pipe")
	if err := syscall.Mkfifo(name, 0o600); err != nil {
		t.Fatal(err)
	}
	if _, err := Open(name); err == nil {
		t.Error("a pipe was opened")
	}
}

// TestHazardG3Bombs: a small file that unpacks to more than any workbook would is left at
// its bound, wherever the bulk is.
func TestHazardG3Bombs(t *testing.T) {
	for name, part := range map[string]struct{ part, before, bulk, after string }{
		"rows":         {"xl/worksheets/s.xml", "<sheetData>", "<row><c><v>1</v></c></row>", "</sheetData>"},
		"empty rows":   {"xl/worksheets/s.xml", "<sheetData>", "<row/>", "</sheetData>"},
		"one text":     {"xl/worksheets/s.xml", `<sheetData><row><c t="str"><v>`, "aaaaaaaaaaaaaaaa", "</v></c></row></sheetData>"},
		"shared texts": {"xl/sharedStrings.xml", "<sst>", "<si><t>aaaaaaaaaaaaaaaa</t></si>", "</sst>"},
		"styles":       {"xl/styles.xml", "<styleSheet><cellXfs>", `<xf numFmtId="1"/>`, "</cellXfs></styleSheet>"},
	} {
		var b bytes.Buffer
		w := zip.NewWriter(&b)
		w.RegisterCompressor(zip.Deflate, func(out io.Writer) (io.WriteCloser, error) { return flate.NewWriter(out, flate.BestSpeed) })
		add := func(name, text string) {
			to, err := w.Create(name)
			if err != nil {
				t.Fatal(err)
			}
			io.WriteString(to, text)
		}
		add("_rels/.rels", rootRels)
		add("xl/workbook.xml", bookPart)
		add("xl/_rels/workbook.xml.rels", bookRels)
		to, err := w.Create(part.part)
		if err != nil {
			t.Fatal(err)
		}
		io.WriteString(to, part.before)
		block := strings.Repeat(part.bulk, 1<<20/len(part.bulk))
		for range 20 {
			io.WriteString(to, block)
		}
		io.WriteString(to, part.after)
		if part.part != "xl/worksheets/s.xml" {
			add("xl/worksheets/s.xml", "<sheetData/>")
		}
		if err := w.Close(); err != nil {
			t.Fatal(err)
		}
		began := time.Now()
		_, err = read(t, write(t, b.Bytes()))
		if err == nil || !strings.Contains(err.Error(), "unpacks to more") && !strings.Contains(err.Error(), "row says it is row") {
			t.Errorf("%s: a bomb of %d bytes: %v", name, b.Len(), err)
		}
		t.Logf("%s: %v", name, time.Since(began))
	}
}

func FuzzRows(f *testing.F) {
	f.Add(`<row r="2"><c r="B2" t="s"><v>0</v></c></row>`)
	f.Add(`<row><c t="inlineStr"><is><t>a_x000D_</t></is></c></row>`)
	f.Add(`<row r="9"><c r="A9" s="1"><f>1+1</f><v>43510</v></c></row>`)
	f.Fuzz(func(t *testing.T, rows string) {
		w := &Workbook{left: 1 << 20, strings: []string{"a"}, formats: []format{number, day}}
		var b bytes.Buffer
		z := zip.NewWriter(&b)
		to, _ := z.Create("s")
		io.WriteString(to, rows)
		z.Close()
		var err error
		if w.zip, err = zip.NewReader(bytes.NewReader(b.Bytes()), int64(b.Len())); err != nil {
			t.Skip()
		}
		last := 0
		for row, err := range (&Sheet{"s", w, "s"}).Rows() {
			if err != nil {
				return
			}
			if row.Number <= last {
				t.Fatalf("row %d after row %d", row.Number, last)
			}
			last = row.Number
		}
	})
}

func TestReadFormat(t *testing.T) {
	for code, want := range map[string]format{
		"General": number, "0.00": number, "@": number, "#,##0 [$€-40C]": number, "dd/mm/yyyy": day, "jj/mm/aaaa": day, "[$-40C]d mmmm yyyy;@": day,
		"mmm-yy": month, "[$-F800]mmmm yyyy": month, "yyyy": year, `"an "yyyy`: year, `0" jours"`: number, "hh:mm": number, "[h]:mm": number,
		`"`: number, "d": day, "": number, "dd/mm/yyyy hh:mm": moment, "h:mm AM/PM": number,
	} {
		if got := readFormat(code); got != want {
			t.Errorf("%q: %v, want %v", code, got, want)
		}
	}
}
