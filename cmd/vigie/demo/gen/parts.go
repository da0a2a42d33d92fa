package main

import (
	"bufio"
	"bytes"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"io/fs"
	"net/http"
	"net/textproto"
	"os"
	"path/filepath"
	"strconv"
	"strings"

	"github.com/rogpeppe/go-internal/txtar"

	"vigie"
	"vigie/scrapers/warc"
)

// readWeb reads the txtar files of a folder, by name. Each file within one is an
// answer: its name the address, its text status, header lines, an empty line, body.
func readWeb(dir string) ([]answer, error) {
	names, err := filepath.Glob(filepath.Join(dir, "*.txtar"))
	if err != nil || len(names) == 0 {
		return nil, fmt.Errorf("%s holds no txtar file", dir)
	}
	var answers []answer
	for _, name := range names {
		web, err := txtar.ParseFile(name)
		if err != nil {
			return nil, err
		}
		for _, f := range web.Files {
			r, err := parseAnswer(f.Data)
			if err != nil {
				return nil, fmt.Errorf("%s: %s: %w", name, f.Name, err)
			}
			answers = append(answers, answer{f.Name, r})
		}
	}
	return answers, nil
}

func parseAnswer(text []byte) (warc.Response, error) {
	r := bufio.NewReader(bytes.NewReader(text))
	line, err := r.ReadString('\n')
	if err != nil {
		return warc.Response{}, fmt.Errorf("status %q: %w", line, err)
	}
	status, err := strconv.Atoi(strings.TrimSpace(line))
	if err != nil {
		return warc.Response{}, err
	}
	header, err := textproto.NewReader(r).ReadMIMEHeader()
	if err != nil {
		return warc.Response{}, fmt.Errorf("header: %w", err)
	}
	body, err := io.ReadAll(r)
	return warc.Response{Status: status, Header: http.Header(header), Body: body}, err
}

// A doc is a line of the corpus's docs.jsonl, as far as it matters here.
type doc struct{ File, URL, Encoding string }

// readCorpus reads the pages of the corpus, each as its server would send it. Where
// own holds a page of the same name, that one is taken.
func readCorpus(dir, own string) ([]answer, error) {
	list, err := os.ReadFile(filepath.Join(dir, "docs.jsonl"))
	if err != nil {
		return nil, err
	}
	var answers []answer
	for line := range bytes.Lines(list) {
		var d doc
		if err := json.Unmarshal(line, &d); err != nil {
			return nil, fmt.Errorf("docs.jsonl: %w", err)
		}
		body, err := os.ReadFile(filepath.Join(own, filepath.Base(d.File)))
		if errors.Is(err, fs.ErrNotExist) {
			body, err = os.ReadFile(filepath.Join(dir, d.File))
		}
		if err != nil {
			return nil, err
		}
		answers = append(answers, answer{d.URL, page(d, body)})
	}
	return answers, nil
}

func page(d doc, body []byte) warc.Response {
	return warc.Response{Status: http.StatusOK, Body: body, Header: http.Header{
		"Content-Type": {"text/html; charset=" + d.Encoding},
		"Etag":         {`"` + vigie.Digest(body)[:16] + `"`},
	}}
}
