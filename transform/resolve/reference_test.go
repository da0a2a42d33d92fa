package resolve

import (
	"compress/gzip"
	"encoding/csv"
	"errors"
	"io"
	"io/fs"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"vigie"
)

// reference reads an official table as it lies beside the repository: each row by the
// names of its columns.
func reference(t *testing.T, file string) []map[string]string {
	t.Helper()
	f, err := os.Open(filepath.Join("../../../shared/reference", file))
	if errors.Is(err, fs.ErrNotExist) {
		t.Skip("the official tables lie in ../shared, which is absent")
	}
	if err != nil {
		t.Fatal(err)
	}
	defer f.Close()
	var in io.Reader = f
	if strings.HasSuffix(file, ".gz") {
		if in, err = gzip.NewReader(f); err != nil {
			t.Fatal(err)
		}
	}
	rows, err := csv.NewReader(in).ReadAll()
	if err != nil {
		t.Fatal(err)
	}
	var all []map[string]string
	for _, row := range rows[1:] {
		r := map[string]string{}
		for i, column := range rows[0] {
			r[column] = row[i]
		}
		all = append(all, r)
	}
	return all
}

// TestEveryNameOfTheReference: each name, of its type and in its place, is its entity's;
// one that the table calls ambiguous may be a homonym's, its own among the candidates.
func TestEveryNameOfTheReference(t *testing.T) {
	g := official(t)
	rows := reference(t, "names.csv")
	homonyms := 0
	for _, r := range rows {
		want := vigie.Ref{Type: r["target_type"], ID: r["target_id"]}
		phase, ofPhase := strings.CutPrefix(want.Type, "ti")
		if ofPhase {
			want = vigie.Ref{Type: vigie.RefTerritory, ID: want.ID + "@" + phase}
		}
		n := Names{Gazetteer: g, Types: []string{want.Type}, Phase: phase}
		if !ofPhase {
			n.Phase = ""
		}
		a := n.Settle(r["name"], r["departement"], r["region"])
		switch {
		case a.Ref == want:
		case r["ambiguous"] == "1" && slices.Contains(a.Candidates, want):
			homonyms++
		default:
			t.Errorf("Settle(%q, %s, %s) = %v (%s, of %v), want %v", r["name"], r["departement"], r["region"], a.Ref, a.Rule, a.Candidates, want)
		}
	}
	t.Logf("%d names, %d of them open or a homonym's", len(rows), homonyms)
	if len(rows) < 8_000 || homonyms*50 > len(rows) {
		t.Errorf("%d of %d names are open or a homonym's, want 1 in 50 at most", homonyms, len(rows))
	}
}

// TestEveryCommuneOfTheReference: each commune's name with its département. What shares a
// name with another of its département, a commune with one it has taken in, is a homonym.
func TestEveryCommuneOfTheReference(t *testing.T) {
	rows := reference(t, "communes.csv.gz")
	alike := map[string]map[string]bool{}
	key := func(r map[string]string) string { return strings.ToLower(plain(r["nom"])) + r["departement"] }
	for _, r := range rows {
		if alike[key(r)] == nil {
			alike[key(r)] = map[string]bool{}
		}
		alike[key(r)][r["insee"]] = true
	}
	n := Names{Gazetteer: official(t), Types: []string{vigie.RefCommune}}
	for i, r := range rows {
		if i%5 > 0 && os.Getenv("VIGIE_LONG") == "" {
			continue
		}
		want := vigie.Ref{Type: vigie.RefCommune, ID: r["insee"]}
		a := n.Settle(r["nom"], r["departement"], "")
		if a.Ref == want || len(alike[key(r)]) > 1 && slices.Contains(a.Candidates, want) {
			continue
		}
		t.Errorf("Settle(%q, %s) = %v (%s, of %v), want %v %s", r["nom"], r["departement"], a.Ref, a.Rule, a.Candidates, want, r["type"])
	}
	if len(rows) < 37_000 {
		t.Errorf("%d communes", len(rows))
	}
}
