package extract

import (
	"fmt"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"vigie"
	"vigie/transform/article"
)

// A sentence of testdata/sentences, with all that it states of its file's kind. A file is
// one kind: cases parted by blank lines, their text first ("\n" and "\t" stand for line end and tab), then a line
// with "= " for each fact. "T: " sets the title of the cases below, "~ " marks a case that
// is not read as it should be yet: it fails once it is.
type sentence struct {
	title, text string
	want        []string
	open        bool
}

func readSentences(t *testing.T, file string) []sentence {
	t.Helper()
	data, err := os.ReadFile(file)
	if err != nil {
		t.Fatal(err)
	}
	var all []sentence
	title := "Territoires d'industrie : le point"
	for c := range strings.SplitSeq(string(data), "\n\n") {
		var s sentence
		for line := range strings.Lines(c) {
			line = strings.TrimSpace(line)
			switch {
			case line == "" || strings.HasPrefix(line, "#"):
			case strings.HasPrefix(line, "T: "):
				title = line[3:]
			case strings.HasPrefix(line, "= "):
				s.want = append(s.want, line[2:])
			default:
				s.text, s.open = strings.CutPrefix(line, "~ ")
			}
		}
		if s.title = title; s.text != "" {
			slices.Sort(s.want)
			all = append(all, s)
		}
	}
	return all
}

// TestSheets reads whole texts whose layout says what belongs together: testdata/sheets, the
// text first, then a line with "= " for each label, member and role, with its scope.
func TestSheets(t *testing.T) {
	gr := theGrammar(t)
	files, _ := filepath.Glob("testdata/sheets/*")
	if len(files) == 0 {
		t.Fatal("no sheets")
	}
	for _, file := range files {
		data, err := os.ReadFile(file)
		if err != nil {
			t.Fatal(err)
		}
		body, wanted, _ := strings.Cut(string(data), "\n= ")
		media := map[string]string{".txt": "text/plain", ".html": "text/html"}[filepath.Ext(file)]
		a, err := article.Read(article.Input{Body: []byte(body), MediaType: media, Published: "2024-03-12"})
		if err != nil {
			t.Fatalf("%s: %v", file, err)
		}
		facts, _ := gr.Facts(a)
		var got []string
		for _, f := range facts {
			switch kind := f.Detail.Kind(); kind {
			case vigie.KindLabel, vigie.KindMember:
				got = append(got, string(kind)+" "+inShort(f))
			case vigie.KindRole:
				got = append(got, "role "+inShort(f)+" "+f.Scope.String())
			}
		}
		want := strings.Split(strings.TrimSpace(wanted), "\n= ")
		slices.Sort(got)
		slices.Sort(want)
		if !slices.Equal(got, want) {
			t.Errorf("%s:\n got %s\nwant %s", file, strings.Join(got, "\n     "), strings.Join(want, "\n     "))
		}
	}
}

func TestSentences(t *testing.T) {
	gr := theGrammar(t)
	files, _ := filepath.Glob("testdata/sentences/*.txt")
	if len(files) == 0 {
		t.Fatal("no sentences")
	}
	n, unread := 0, 0
	for _, file := range files {
		kind := vigie.Kind(strings.TrimSuffix(filepath.Base(file), "s.txt"))
		for _, s := range readSentences(t, file) {
			n++
			got, right := gr.stated(t, s, kind)
			switch {
			case right && s.open:
				t.Errorf("%s: %q is read now: take its ~ away", file, s.text)
			case s.open:
				unread++
			case !right:
				t.Errorf("%s: %q\n got %q\nwant %q", file, s.text, got, s.want)
			}
		}
	}
	t.Logf("%d sentences, %d of them not read as they should be", n, unread)
	if n < 150 {
		t.Errorf("%d sentences, want 150", n)
	}
}

// stated returns the facts of a kind that a sentence states, and whether they are those wanted.
func (g *Grammar) stated(t *testing.T, s sentence, kind vigie.Kind) ([]string, bool) {
	t.Helper()
	body := s.title + "\n\n" + strings.NewReplacer(`\n`, "\n", `\t`, "\t").Replace(s.text)
	a, err := article.Read(article.Input{Body: []byte(body), MediaType: "text/plain", Published: "2024-03-01"})
	if err != nil {
		t.Fatalf("%q: %v", s.text, err)
	}
	facts, _ := g.Facts(a)
	var got []string
	for _, f := range facts {
		if f.Detail.Kind() == kind {
			got = append(got, inShort(f))
		}
	}
	slices.Sort(got)
	return got, slices.Equal(got, s.want)
}

// inShort writes what tells a fact from others.
func inShort(f vigie.Fact) string {
	switch d := f.Detail.(type) {
	case vigie.Label:
		return strings.TrimSpace(or(d.TerritoryID, d.Territory) + " " + strings.TrimPrefix(d.Status, vigie.Labelled))
	case vigie.Member:
		return or(d.TerritoryID, d.Territory) + " " + or(d.MemberID, d.Member)
	case vigie.Figure:
		s := fmt.Sprintf("%s %.0f", d.Measure, d.Value)
		if d.ValueMax != 0 {
			s += fmt.Sprintf("-%.0f", d.ValueMax)
		}
		return strings.TrimSpace(s + " " + f.Scope.String() + " " + d.Payer)
	case vigie.Event:
		s := d.Event + " " + string(d.Date)
		if d.DateEnd != "" {
			s += ".." + string(d.DateEnd)
		}
		return s + " " + f.Scope.String()
	case vigie.Period:
		return d.Subject + " " + string(d.Date) + ".." + string(d.DateEnd) + " " + f.Scope.String()
	case vigie.Role:
		return d.Role + " " + d.Holder
	case vigie.Theme:
		return d.Theme + " " + f.Scope.String()
	}
	return fmt.Sprint(f.Detail)
}

func or(a, b string) string {
	if a != "" {
		return a
	}
	return b
}
