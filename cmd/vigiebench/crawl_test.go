package main

import (
	"encoding/json"
	"fmt"
	"net/http"
	"net/http/httptest"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
)

// TestCrawl crawls a site of one article twice: the first night brings it, the second has
// nothing new.
func TestCrawl(t *testing.T) {
	const path, day, text = "/2024/03/07/atelier.html", "2024-03-07T08:30:00+01:00", "La commune ouvre un atelier. "
	mux := http.NewServeMux()
	var site *httptest.Server
	mux.HandleFunc("GET /liste/{$}", func(w http.ResponseWriter, _ *http.Request) {
		fmt.Fprintf(w, `<html><body><main><article><a href="%s">Un atelier ouvre ses portes</a><time datetime="%s"></time></article></main></body></html>`, path, day)
	})
	mux.HandleFunc("GET /sitemap.xml", func(w http.ResponseWriter, _ *http.Request) {
		fmt.Fprintf(w, "<urlset><url><loc>%s%s</loc><lastmod>%s</lastmod></url></urlset>", site.URL, path, day)
	})
	mux.HandleFunc("GET "+path, func(w http.ResponseWriter, _ *http.Request) {
		fmt.Fprintf(w, `<html><head><meta property="article:published_time" content="%s"></head><body><main><h1>Un atelier ouvre ses portes</h1><p>%s</p></main></body></html>`,
			day, strings.Repeat(text, 20))
	})
	site = httptest.NewServer(mux)
	defer site.Close()
	out, state := filepath.Join(t.TempDir(), "out.jsonl"), t.TempDir()
	want := articleLine{site.URL + path, "Un atelier ouvre ses portes", day, strings.TrimSpace(strings.Repeat(text, 20))}
	for night, lines := range []int{1, 0} {
		if err := run(t.Context(), []string{"crawl", "-state", state, "-out", out, site.URL + "/liste/"}); err != nil {
			t.Fatal(err)
		}
		got, err := os.ReadFile(out)
		if err != nil || strings.Count(string(got), "\n") != lines {
			t.Fatalf("night %d: %q, %v, want %d lines", night, got, err, lines)
		}
		var a articleLine
		if lines > 0 {
			if err := json.Unmarshal(got, &a); err != nil || a != want {
				t.Errorf("%v (-want +got):\n%s", err, cmp.Diff(want, a))
			}
		}
	}
}
