// Command gen builds the archive of the demo from its parts: the pages of a corpus,
// our own pages that stand in for some of them (../pages), and what feeds, listings
// and robots.txt answer (../web). The same parts give the same bytes.
//
//	go run ./cmd/vigie/demo/gen --corpus DIR
//
// Each night is a layer: a file archive-2.warc.gz, and so on, with only what has
// changed since the night before, for a replay that lays one over the other.
package main

import (
	"bytes"
	"flag"
	"fmt"
	"log"
	"os"
	"path/filepath"
	"time"

	"vigie/cmd/vigie/demo"
	"vigie/scrapers/warc"
)

func main() {
	log.SetFlags(0)
	corpus := flag.String("corpus", "", "folder of docs.jsonl and pages")
	dir := flag.String("demo", "cmd/vigie/demo", "folder of the demo's parts, where the archive is written")
	flag.Parse()
	if *corpus == "" {
		log.Fatal("gen: --corpus is missing: the folder of docs.jsonl and pages")
	}
	for _, l := range layers {
		if err := write(*dir, *corpus, l); err != nil {
			log.Fatalf("gen: %v", err)
		}
	}
}

// A layer is one night of the demo's web.
type layer struct {
	file   string
	corpus bool   // whether it holds the corpus
	pages  string // our own pages, named as those of the corpus that they replace
	web    string // everything else that is answered, as txtar files
	night  time.Time
}

var layers = []layer{
	{file: "archive.warc.gz", corpus: true, pages: "pages", web: "web", night: demo.FirstNight},
	{file: "archive-2.warc.gz", web: "web-2", night: demo.Day},
}

func write(dir, corpus string, l layer) error {
	b, err := build(dir, corpus, l)
	if err != nil {
		return fmt.Errorf("%s: %w", l.file, err)
	}
	return os.WriteFile(filepath.Join(dir, l.file), b, 0o644)
}

// build returns the layer's archive.
func build(dir, corpus string, l layer) ([]byte, error) {
	answers, err := readWeb(filepath.Join(dir, l.web))
	if err != nil {
		return nil, err
	}
	if l.corpus {
		pages, err := readCorpus(corpus, filepath.Join(dir, l.pages))
		if err != nil {
			return nil, err
		}
		answers = append(answers, pages...)
	}
	var b bytes.Buffer
	w := warc.NewWriter(&b)
	info := warc.Info(l.night,
		warc.Field{Name: "software", Value: "vigie"},
		warc.Field{Name: "format", Value: "WARC File Format 1.1"},
		warc.Field{Name: "description", Value: "the web of vigie's demonstration; hosts under .example do not exist"})
	if _, err := w.Write(info); err != nil {
		return nil, err
	}
	for _, a := range answers {
		if _, err := w.Write(a.Record(a.url, l.night)); err != nil {
			return nil, err
		}
	}
	return b.Bytes(), nil
}

// An answer is what one address of the demo's web says.
type answer struct {
	url string
	warc.Response
}
