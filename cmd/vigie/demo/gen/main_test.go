package main

import (
	"bytes"
	"os"
	"path/filepath"
	"regexp"
	"strings"
	"testing"

	"vigie/cmd/vigie/demo"
	"vigie/scrapers/warc"
)

const (
	demoDir = ".."
	corpus  = "../../../../../shared/corpus"
)

func needCorpus(t *testing.T) {
	t.Helper()
	if _, err := os.Stat(corpus); err != nil {
		t.Skip("the corpus is not here: ", corpus)
	}
}

func TestTheArchiveIsWhatItsPartsGive(t *testing.T) {
	needCorpus(t)
	for _, l := range layers {
		want, err := build(demoDir, corpus, l)
		if err != nil {
			t.Fatal(err)
		}
		got, err := os.ReadFile(filepath.Join(demoDir, l.file))
		if err != nil {
			t.Fatal(err)
		}
		if !bytes.Equal(got, want) {
			t.Errorf("%s (%d bytes) is not what its parts give (%d bytes): run this command again", l.file, len(got), len(want))
		}
	}
}

func TestBuild(t *testing.T) {
	dir := t.TempDir()
	for name, text := range map[string]string{
		"corpus/docs.jsonl": `{"file": "pages/01-a.html", "url": "https://a.example/1", "encoding": "utf-8", "title": "x"}` + "\n" +
			`{"file": "pages/02-b.html", "url": "https://b.example/2", "encoding": "iso-8859-1"}` + "\n",
		"corpus/pages/01-a.html": "theirs",
		"corpus/pages/02-b.html": "caf\xe9",
		"own/01-a.html":          "ours",
		"web/a.txtar":            "words\n-- https://a.example/feed --\n503\nRetry-After: 9\n\ndown\n-- https://a.example/robots.txt --\n404\n\n",
	} {
		path := filepath.Join(dir, name)
		if err := os.MkdirAll(filepath.Dir(path), 0o755); err != nil {
			t.Fatal(err)
		}
		if err := os.WriteFile(path, []byte(text), 0o644); err != nil {
			t.Fatal(err)
		}
	}
	l := layer{night: demo.Day, corpus: true, pages: "own", web: "web"}
	b, err := build(dir, filepath.Join(dir, "corpus"), l)
	if err != nil {
		t.Fatal(err)
	}
	var got []string
	for rec, err := range warc.NewReader(bytes.NewReader(b)).Records() {
		if err != nil {
			t.Fatal(err)
		}
		if rec.Type == warc.TypeResponse {
			r, err := rec.Response()
			if err != nil {
				t.Fatal(err)
			}
			got = append(got, strings.Join([]string{rec.URL, string(r.Body), r.Header.Get("Content-Type"), r.Header.Get("Retry-After")}, "|"))
		}
	}
	want := []string{
		"https://a.example/feed|down\n||9",
		"https://a.example/robots.txt|||",
		"https://a.example/1|ours|text/html; charset=utf-8|",
		"https://b.example/2|caf\xe9|text/html; charset=iso-8859-1|",
	}
	if strings.Join(got, "\n") != strings.Join(want, "\n") {
		t.Errorf("got\n%q\nwant\n%q", got, want)
	}
	again, err := build(dir, filepath.Join(dir, "corpus"), l)
	if err != nil || !bytes.Equal(b, again) {
		t.Errorf("built twice, the archive differs (%v)", err)
	}
	if _, err := build(dir, filepath.Join(dir, "corpus"), layer{night: demo.Day, web: "own"}); err == nil {
		t.Error("a folder without a web passed")
	}
}

// The page that stands in for the one that is not ours to publish tells it in other
// words: no run of eight words is the same. (Names of territories, and of a council,
// reach seven.) Nor do the feeds repeat it.
func TestOurPagesAreOurWords(t *testing.T) {
	needCorpus(t)
	pages, err := filepath.Glob(filepath.Join(demoDir, "pages", "*.html"))
	if err != nil || len(pages) == 0 {
		t.Fatal("no pages of ours", err)
	}
	web, err := filepath.Glob(filepath.Join(demoDir, "web", "*.txtar"))
	if err != nil {
		t.Fatal(err)
	}
	for _, page := range pages {
		name := strings.TrimSuffix(filepath.Base(page), ".html")
		theirs := runs(t, filepath.Join(corpus, "text", name+".txt"), 8)
		for _, file := range append(web, page) {
			for run := range runs(t, file, 8) {
				if theirs[run] {
					t.Errorf("%s: %q is in the original too", file, run)
				}
			}
		}
	}
}

var (
	tag  = regexp.MustCompile(`<[^>]*>`)
	word = regexp.MustCompile(`[\pL\pN]+`)
)

// runs returns each sequence of n words in a file, without its tags.
func runs(t *testing.T, file string, n int) map[string]bool {
	t.Helper()
	b, err := os.ReadFile(file)
	if err != nil {
		t.Fatal(err)
	}
	words := word.FindAllString(strings.ToLower(string(tag.ReplaceAll(b, []byte(" ")))), -1)
	set := map[string]bool{}
	for i := range len(words) - n + 1 {
		set[strings.Join(words[i:i+n], " ")] = true
	}
	return set
}
