package reports

import (
	"bytes"
	"encoding/csv"
	"io"
	"slices"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
)

func TestCSVReadsBack(t *testing.T) {
	var b bytes.Buffer
	if err := WriteCSV(t.Context(), &b, hostileTable()); err != nil {
		t.Fatal(err)
	}
	plain, found := strings.CutPrefix(b.String(), "\ufeff")
	if !found {
		t.Error("no byte order mark")
	}
	r := csv.NewReader(strings.NewReader(plain))
	r.Comma = ';'
	got, err := r.ReadAll()
	if err != nil {
		t.Fatal(err)
	}
	want := [][]string{{"Texte", "Code", "Citation", "Lien"}}
	for _, s := range hostile {
		// The reader, not the file, turns CRLF within quotes into LF.
		kept := strings.ReplaceAll(harmless(s), "\r\n", "\n")
		want = append(want, []string{kept, kept, kept, "https://a.example/" + strings.ReplaceAll(s, "\r\n", "\n")})
	}
	if diff := cmp.Diff(want, got); diff != "" {
		t.Error(diff)
	}
}

func TestHarmless(t *testing.T) {
	for in, want := range map[string]string{
		"": "", "Sud Manche": "Sud Manche", "Vallée = Seine": "Vallée = Seine", "– tiret": "– tiret",
		"=1": "'=1", "+33 2": "'+33 2", "-12": "'-12", "@x": "'@x", "\tx": "'\tx", "\rx": "'\rx", "\nx": "'\nx",
		"＝1": "'＝1", "＋1": "'＋1", "－1": "'－1", "＠x": "'＠x", "  =1": "'  =1", "\u00a0=1": "'\u00a0=1",
	} {
		if got := harmless(in); got != want {
			t.Errorf("harmless(%q) = %q, want %q", in, got, want)
		}
	}
}

// Numbers are never taken for formulas: an apostrophe would make a text of -12,5.
func TestCSVValues(t *testing.T) {
	var b bytes.Buffer
	err := WriteCSV(t.Context(), &b, fill(Table{}, []int{0}, nil, []field[int]{
		{named("Jour", Day, 1), func(int) Cell { return day("2019-02-01") }},
		{named("Écart", Count, 1), func(int) Cell { return Cell{Type: Count, Number: -12.5} }},
		{named("Euros", Euro, 1), func(int) Cell { return Cell{Type: Euro, Number: 1.36e9} }},
		{named("Vide", Count, 1), func(int) Cell { return Cell{} }},
		{named("Texte", Text, 1), func(int) Cell { return text(`dit "oui"; non`) }},
	}))
	want := "\ufeffJour;Écart;Euros;Vide;Texte\r\n01/02/2019;-12,5;1360000000;;\"dit \"\"oui\"\"; non\"\r\n"
	if err != nil || b.String() != want {
		t.Errorf("got %q, %v\nwant %q", b.String(), err, want)
	}
}

// BenchmarkCSV holds both writers against the standard library's, on the same cells.
func BenchmarkCSV(b *testing.B) {
	d := scaled(150)
	all := Tables(d)
	t := all[slices.IndexFunc(all, func(t Table) bool { return t.Name == "Chiffres" })]
	rows := slices.Collect(t.Rows)
	t.Rows = slices.Values(rows)
	b.Run("people", func(b *testing.B) {
		for b.Loop() {
			WriteCSV(b.Context(), io.Discard, t)
		}
	})
	b.Run("programs", func(b *testing.B) {
		for b.Loop() {
			writeMachineCSV(b.Context(), io.Discard, t)
		}
	})
	b.Run("encoding", func(b *testing.B) {
		line := make([]string, len(t.Columns))
		for b.Loop() {
			w := csv.NewWriter(io.Discard)
			for _, row := range rows {
				for i, c := range row.Cells {
					line[i] = c.String()
				}
				w.Write(line)
			}
			w.Flush()
		}
	})
}
