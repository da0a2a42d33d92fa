package article

import (
	"bufio"
	"encoding/json"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"vigie"
)

const corpusDir = "../../../shared/corpus"

// A corpusDoc is a line of the development corpus's docs.jsonl.
type corpusDoc struct{ Doc, File, URL, Title, Published, Publisher string }

func corpus(t testing.TB) []corpusDoc {
	t.Helper()
	f, err := os.Open(filepath.Join(corpusDir, "docs.jsonl"))
	if err != nil {
		t.Skip("development corpus absent: ", err)
	}
	defer f.Close()
	var docs []corpusDoc
	for s := bufio.NewScanner(f); s.Scan(); {
		var d corpusDoc
		if err := json.Unmarshal(s.Bytes(), &d); err != nil {
			t.Fatal(err)
		}
		docs = append(docs, d)
	}
	return docs
}

func corpusFile(t testing.TB, name string) []byte {
	t.Helper()
	b, err := os.ReadFile(filepath.Join(corpusDir, name))
	if err != nil {
		t.Fatal(err)
	}
	return b
}

func TestCorpusText(t *testing.T) {
	same := 0
	docs := corpus(t)
	for _, d := range docs {
		a, err := Read(Input{Body: corpusFile(t, d.File), URL: d.URL})
		if err != nil {
			t.Errorf("%s: %v", d.Doc, err)
			continue
		}
		want := strings.TrimSpace(string(corpusFile(t, "text/"+d.Doc+".txt")))
		if a.Text == want {
			same++
			continue
		}
		f1 := tokenF1(a.Text, want)
		t.Logf("%s: F1 %.4f\n%s", d.Doc, f1, lineDiff(a.Text, want))
		if f1 < 0.98 {
			t.Errorf("%s: F1 %.4f, want at least 0.98", d.Doc, f1)
		}
	}
	t.Logf("%d of %d texts are identical", same, len(docs))
}

func TestCorpusCitation(t *testing.T) {
	publishers := 0
	docs := corpus(t)
	for _, d := range docs {
		a, err := Read(Input{Body: corpusFile(t, d.File), URL: d.URL})
		if err != nil {
			t.Errorf("%s: %v", d.Doc, err)
			continue
		}
		if a.Title != d.Title {
			t.Errorf("%s: title %q, want %q", d.Doc, a.Title, d.Title)
		}
		if a.Published != vigie.Date(d.Published) {
			t.Errorf("%s: published %s, want %s; %+v", d.Doc, a.Published, d.Published, a.Dates)
		}
		if a.Publisher == d.Publisher {
			publishers++
		} else {
			t.Logf("%s: publisher %q, want %q", d.Doc, a.Publisher, d.Publisher)
		}
	}
	t.Logf("%d of %d publishers", publishers, len(docs))
	if publishers < len(docs)-2 {
		t.Errorf("%d of %d publishers, want all but two", publishers, len(docs))
	}
}

// TestCorpusTextFiles reads the texts themselves as files: they come out as they are.
func TestCorpusTextFiles(t *testing.T) {
	for _, d := range corpus(t) {
		want := strings.TrimSpace(string(corpusFile(t, "text/"+d.Doc+".txt")))
		a, err := Read(Input{Body: []byte(want)})
		if err != nil {
			t.Errorf("%s: %v", d.Doc, err)
			continue
		}
		if a.Text != want {
			t.Errorf("%s:\n%s", d.Doc, lineDiff(a.Text, want))
		}
		if a.Title != d.Title {
			t.Errorf("%s: title %q, want %q", d.Doc, a.Title, d.Title)
		}
	}
}

func tokenF1(got, want string) float64 {
	count := map[string]int{}
	for w := range strings.FieldsSeq(want) {
		count[w]++
	}
	both := 0
	for w := range strings.FieldsSeq(got) {
		if count[w] > 0 {
			count[w]--
			both++
		}
	}
	return 2 * share(both, len(strings.Fields(got))+len(strings.Fields(want)))
}

func lineDiff(got, want string) string {
	var b strings.Builder
	in := func(l, text string) bool { return strings.Contains("\n"+text+"\n", "\n"+l+"\n") }
	for l := range strings.SplitSeq(want, "\n") {
		if !in(l, got) {
			b.WriteString("- " + l + "\n")
		}
	}
	for l := range strings.SplitSeq(got, "\n") {
		if !in(l, want) {
			b.WriteString("+ " + l + "\n")
		}
	}
	if b.Len() == 0 {
		b.WriteString("same lines, other blanks between\n")
	}
	return b.String()
}
