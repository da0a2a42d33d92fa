package reports

import (
	"bytes"
	"encoding/csv"
	"encoding/json"
	"path/filepath"
	"slices"
	"strconv"
	"strings"
	"testing"
	"time"

	"github.com/santhosh-tekuri/jsonschema/v6"

	"vigie"
)

// The description of the files for programs is valid by the standard's own schemas, and
// each file is as described, value by value.
func TestDataPackage(t *testing.T) {
	dir := t.TempDir()
	if _, err := Write(t.Context(), dir, normandie(t)); err != nil {
		t.Fatal(err)
	}
	folder := filepath.Join(dir, "donnees", "normandie")
	text := content(t, filepath.Join(folder, "datapackage.json"))
	validate(t, "data-package.json", text)
	var p struct{ Resources []json.RawMessage }
	if err := json.Unmarshal(text, &p); err != nil {
		t.Fatal(err)
	}
	for _, raw := range p.Resources {
		var r resource
		if err := json.Unmarshal(raw, &r); err != nil {
			t.Fatal(err)
		}
		if r.Profile != "tabular-data-resource" {
			content(t, filepath.Join(folder, r.Path))
			continue
		}
		validate(t, "tabular-data-resource.json", raw)
		checkFile(t, r, content(t, filepath.Join(folder, r.Path)))
	}
	if len(p.Resources) < 12 {
		t.Errorf("%d files described", len(p.Resources))
	}
}

func validate(t *testing.T, schema string, document []byte) {
	t.Helper()
	s, err := jsonschema.NewCompiler().Compile(filepath.Join("../testdata/datapackage", schema))
	if err != nil {
		t.Fatal(err)
	}
	value, err := jsonschema.UnmarshalJSON(bytes.NewReader(document))
	if err != nil {
		t.Fatal(err)
	}
	if err := s.Validate(value); err != nil {
		t.Errorf("%s: %v", schema, err)
	}
}

// checkFile holds a file to its schema.
func checkFile(t *testing.T, r resource, file []byte) {
	t.Helper()
	rows, err := csv.NewReader(bytes.NewReader(file)).ReadAll()
	if err != nil {
		t.Errorf("%s: %v", r.Path, err)
		return
	}
	for i, f := range r.Schema.Fields {
		if rows[0][i] != f.Name || strings.Trim(f.Name, "abcdefghijklmnopqrstuvwxyz_") != "" || f.Description == "" {
			t.Errorf("%s: column %q is described as %q (%q)", r.Path, rows[0][i], f.Name, f.Description)
		}
		for _, row := range rows[1:] {
			if v := row[i]; v != "" && !fits(v, f) {
				t.Errorf("%s: %s holds %q, want a %s of %v", r.Path, f.Name, v, f.Type, f.Constraints)
			}
		}
	}
}

func fits(v string, f schemaField) bool {
	var err error
	switch f.Type {
	case "number":
		_, err = strconv.ParseFloat(v, 64)
	case "date":
		_, err = time.Parse(time.DateOnly, v)
	case "datetime":
		_, err = time.Parse("2006-01-02T15:04:05Z", v)
	case "boolean":
		_, err = strconv.ParseBool(v)
	}
	return err == nil && (f.Constraints == nil || slices.Contains(f.Constraints.Enum, v))
}

// Each record about the region is a line that reads back as the fact it is.
func TestFactsForPrograms(t *testing.T) {
	d := normandie(t)
	long := strings.Repeat("et encore bien des mots, ", 20) + "le Sud Manche."
	for i, r := range d.Records {
		if first(r).Publisher == "L'Écho du littoral" {
			d.Records[i].Mentions[0].Quote = long
		}
	}
	corrected := d.ofKind(vigie.KindFigure)[0].Key()
	for i, r := range d.Records {
		if r.Key() == corrected {
			f := figure(r)
			d.Records[i].Read, d.Records[i].ReadScope = f, r.Scope
			f.Value++
			d.Records[i].Detail = f
			d.Records[i].Decisions = []vigie.Decision{{Verdict: vigie.VerdictCorrect, Correction: "8", By: "A. Martin", At: decidedOn}}
		}
	}
	var b bytes.Buffer
	if err := writeFacts(t.Context(), &b, d); err != nil {
		t.Fatal(err)
	}
	want := d.ofKind(vigie.Kinds...)
	lines := strings.Split(strings.TrimSpace(b.String()), "\n")
	if len(lines) != len(want) {
		t.Fatalf("%d lines for %d records", len(lines), len(want))
	}
	for i, l := range lines {
		var fact vigie.Fact
		var more factLine
		if err := json.Unmarshal([]byte(l), &fact); err != nil {
			t.Fatalf("%s: %v", l, err)
		}
		if err := json.Unmarshal([]byte(l), &more); err != nil {
			t.Fatalf("%s: %v", l, err)
		}
		r := want[i]
		if fact.Key() != r.Key() || more.Row != r.Row() || len(more.Mentions) != len(r.Mentions) || len(more.Decisions) != len(r.Decisions) {
			t.Errorf("line %d is %s", i, l)
		}
		if strings.Contains(l, long) || more.Cut != (first(r).Quote == long) {
			t.Errorf("line %d: the newspaper's words are whole: %s", i, l)
		}
	}
}

// Both kinds of CSV hold the same values, each in its own way.
func TestMachineValues(t *testing.T) {
	var b bytes.Buffer
	at := time.Date(2025, 7, 15, 4, 30, 0, 0, time.FixedZone("CEST", 2*60*60))
	err := writeMachineCSV(t.Context(), &b, fill(Table{}, []int{0}, nil, []field[int]{
		{named("Jour", Day, 1), func(int) Cell { return day("2019-02-01") }},
		{named("Moment", Moment, 1), func(int) Cell { return Cell{Type: Moment, Day: at} }},
		{named("Écart", Count, 1), func(int) Cell { return Cell{Type: Count, Number: -12.5} }},
		{named("Mois", Text, 1), func(int) Cell { return stated("2019-02") }},
		{named("Statut", Text, 1), func(int) Cell { return coded(statusWords, vigie.Labelled) }},
		{named("Code", Code, 1), func(int) Cell { return text("01001") }},
		{named("Texte", Text, 1), func(int) Cell { return text("=1, dit-il") }},
		{entryColumn("decision", "Décision", 1, "", nil), func(int) Cell { return Cell{} }},
	}))
	want := "jour,moment,ecart,mois,statut,code,texte\n2019-02-01,2025-07-15T02:30:00Z,-12.5,2019-02,labelled,01001,\"'=1, dit-il\"\n"
	if err != nil || b.String() != want {
		t.Errorf("got %q, %v\nwant %q", b.String(), err, want)
	}
}
