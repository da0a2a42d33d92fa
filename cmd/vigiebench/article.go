package main

import (
	"context"
	"encoding/json"
	"fmt"
	"os"
	"path/filepath"
	"strings"

	"vigie"
	"vigie/transform/article"
)

// runArticle reads every page of a folder, several times over, and writes what it found as
// {"page": {"articleBody": text}}. The first pass, which warms up, is left out of the figures.
func runArticle(ctx context.Context, args []string) error {
	f := flags("article", "")
	dir := f.String("dir", ".", "folder of *.html")
	out := f.String("out", "", "file for the texts, as JSON")
	passes := f.Int("passes", 3, "times that all pages are read")
	if _, err := parse(f, args, 0); err != nil {
		return err
	}
	pages, err := readPages(*dir)
	if err != nil {
		return err
	}
	texts := map[string]map[string]string{}
	var wall, cpu []float64
	unread := 0
	for range max(2, *passes) {
		unread = 0
		w := startWatch()
		for _, p := range pages {
			if ctx.Err() != nil {
				return ctx.Err()
			}
			text, err := bodyOf(p.body)
			if err != nil {
				unread++
			}
			texts[p.name] = map[string]string{"articleBody": text}
		}
		s, c := w.stop()
		wall, cpu = append(wall, s), append(cpu, c)
	}
	report("units", len(pages), "core_s", median(wall[1:]), "core_cpu", median(cpu[1:]), "cold_s", wall[0], "errors", unread)
	if *out == "" {
		return nil
	}
	data, err := json.Marshal(texts)
	if err != nil {
		return err
	}
	return os.WriteFile(*out, data, 0o666)
}

// A savedPage is a page in a folder.
type savedPage struct {
	name string // of the file, without its ending
	body []byte
}

func readPages(dir string) ([]savedPage, error) {
	files, err := filepath.Glob(filepath.Join(dir, "*.html"))
	if err != nil {
		return nil, err
	}
	if len(files) == 0 {
		return nil, fmt.Errorf("%s: no *.html", dir)
	}
	var pages []savedPage
	for _, path := range files {
		body, err := os.ReadFile(path)
		if err != nil {
			return nil, err
		}
		pages = append(pages, savedPage{strings.TrimSuffix(filepath.Base(path), ".html"), body})
	}
	return pages, nil
}

// bodyOf reads a page and returns its text, without title and date line.
func bodyOf(page []byte) (string, error) {
	a, err := article.Read(article.Input{Body: page, MediaType: "text/html"})
	if a == nil {
		return "", err
	}
	return runningText(a), err
}

// runningText joins the blocks of an article, a line each, but its title and its date.
func runningText(a *vigie.Article) string {
	var b strings.Builder
	for i, block := range a.Blocks {
		if block.Kind == vigie.DateLine || i == 0 && block.Kind == vigie.Heading && block.Level == 1 {
			continue
		}
		if b.Len() > 0 {
			b.WriteByte('\n')
		}
		b.WriteString(a.Text[block.Lo:block.Hi])
	}
	return b.String()
}
