package reports

import (
	"bytes"
	"context"
	"errors"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"vigie"
	"vigie/internal/golden"
	"vigie/internal/xlsxcheck"
)

func TestWrite(t *testing.T) {
	dir := t.TempDir()
	files, err := Write(t.Context(), dir, normandie(t))
	if err != nil {
		t.Fatal(err)
	}
	want := []string{filepath.Join(dir, "territoires-normandie.xlsx"), filepath.Join(dir, "territoires-normandie.html")}
	sheets := []string{
		"sommaire", "depuis-la-derniere-fois", "territoires", "composition", "carte", "gouvernance", "chiffres", "calendrier", "themes", "a-relire",
		"ce-que-nous-ne-savons-pas", "lu-mais-refuse", "sources", "documents", "dictionnaire",
	}
	for _, s := range sheets {
		want = append(want, filepath.Join(dir, "csv/normandie", s+".csv"))
	}
	for _, s := range sheets[1:] {
		want = append(want, filepath.Join(dir, "donnees/normandie", s+".csv"))
	}
	want = append(want, filepath.Join(dir, "donnees/normandie/datapackage.json"), filepath.Join(dir, "donnees/normandie/faits.jsonl"))
	if diff := cmp.Diff(want, files); diff != "" {
		t.Error(diff)
	}
	for _, file := range files[2:] {
		name := strings.TrimPrefix(strings.TrimPrefix(file, filepath.Join(dir, "csv/normandie")), dir)
		golden.Check(t, filepath.Join("../testdata/reports", strings.Replace(name, "donnees/normandie", "donnees", 1)), content(t, file))
	}
	if err := xlsxcheck.Check(content(t, files[0])); err != nil {
		t.Error(err)
	}
}

func content(t testing.TB, file string) []byte {
	t.Helper()
	b, err := os.ReadFile(file)
	if err != nil {
		t.Fatal(err)
	}
	return b
}

func TestEqualDataGiveEqualBytes(t *testing.T) {
	write := func() map[string][]byte {
		dir := t.TempDir()
		files, err := Write(t.Context(), dir, normandie(t))
		if err != nil {
			t.Fatal(err)
		}
		contents := map[string][]byte{}
		for _, f := range files {
			contents[filepath.Base(f)] = content(t, f)
		}
		return contents
	}
	first := write()
	for range 3 { // what goes by the order of a map might agree once
		for name, got := range write() {
			if !bytes.Equal(got, first[name]) {
				t.Errorf("%s differs from the first time", name)
			}
		}
	}
}

func TestARegionWithoutAnything(t *testing.T) {
	dir := t.TempDir()
	files, err := Write(t.Context(), dir, &Data{Region: vigie.Entity{Ref: vigie.Ref{Type: vigie.RefRegion, ID: "94"}, Name: "Corse"}})
	if err != nil {
		t.Fatal(err)
	}
	if err := xlsxcheck.Check(content(t, files[0])); err != nil {
		t.Error(err)
	}
}

// What was delivered stays, whole, when the next report cannot be written.
func TestNothingHalfWrittenIsSeen(t *testing.T) {
	dir := t.TempDir()
	if _, err := Write(t.Context(), dir, normandie(t)); err != nil {
		t.Fatal(err)
	}
	before := tree(t, dir)
	for rows := 0; rows < 400; rows += 80 { // in the workbook, then in the CSV files
		d := normandie(t)
		d.Version = "0.2"
		ctx := &countdown{Context: t.Context(), left: rows}
		if _, err := Write(ctx, dir, d); !errors.Is(err, context.Canceled) {
			t.Fatalf("stopped after %d rows: got %v, want context canceled", rows, err)
		}
		if diff := cmp.Diff(before, tree(t, dir)); diff != "" {
			t.Fatalf("stopped after %d rows, the folder changed:\n%s", rows, diff)
		}
	}
}

// A countdown is cancelled after it was asked some times.
type countdown struct {
	context.Context
	left int
}

func (c *countdown) Err() error {
	if c.left--; c.left < 0 {
		return context.Canceled
	}
	return nil
}

// tree lists the files below dir with the digest of each.
func tree(t *testing.T, dir string) map[string]string {
	t.Helper()
	files := map[string]string{}
	for _, pattern := range []string{"*", ".*", "*/*/*", "*/*/.*"} {
		found, err := filepath.Glob(filepath.Join(dir, pattern))
		if err != nil {
			t.Fatal(err)
		}
		for _, f := range found {
			if info, err := os.Stat(f); err == nil && !info.IsDir() {
				files[strings.TrimPrefix(f, dir)] = vigie.Digest(content(t, f))
			}
		}
	}
	return files
}

func TestWhatACrashLeftIsCleared(t *testing.T) {
	dir := t.TempDir()
	left := []string{filepath.Join(dir, ".vigie-territoires-normandie.xlsx"), filepath.Join(dir, "csv", "normandie", ".vigie-themes.csv")}
	own := filepath.Join(dir, "csv", "normandie", "notes.csv")
	os.MkdirAll(filepath.Dir(own), 0o755)
	for _, f := range append(left, own) {
		if err := os.WriteFile(f, []byte("half"), 0o644); err != nil {
			t.Fatal(err)
		}
	}
	if _, err := Write(t.Context(), dir, normandie(t)); err != nil {
		t.Fatal(err)
	}
	for _, f := range left {
		if _, err := os.Stat(f); err == nil {
			t.Errorf("%s is still there", f)
		}
	}
	if got := string(content(t, own)); got != "half" {
		t.Errorf("the analyst's own file holds %q", got)
	}
}

func TestAFolderThatCannotBe(t *testing.T) {
	file := filepath.Join(t.TempDir(), "file")
	if err := os.WriteFile(file, nil, 0o644); err != nil {
		t.Fatal(err)
	}
	files, err := Write(t.Context(), filepath.Join(file, "rapport"), normandie(t))
	if err == nil || files != nil || strings.Contains(err.Error(), "\n") || !strings.Contains(err.Error(), file) || !strings.Contains(err.Error(), "Normandie") {
		t.Errorf("got %v, %v; want no files and one line that names region and folder", files, err)
	}
}

func BenchmarkWrite(b *testing.B) {
	d := normandie(b)
	for n := range 20_000 {
		r := d.Records[len(d.Records)-1-n%30]
		r.Detail = vigie.Figure{Measure: "jobs", Value: float64(n), Unit: vigie.UnitCount}
		d.Records = append(d.Records, r)
	}
	dir := b.TempDir()
	for b.Loop() {
		if _, err := Write(b.Context(), dir, d); err != nil {
			b.Fatal(err)
		}
	}
	b.ReportMetric(float64(len(d.Records)*b.N)/b.Elapsed().Seconds(), "records/s")
}
