// Package webtest is a web for tests: it answers from a txtar file and refuses
// everything else, so that no test reaches the network.
//
// Each file of the archive is one answer. Its name is the address, its text the
// status, header lines, an empty line and the body:
//
//	-- https://site.test/feed --
//	200
//	Content-Type: application/rss+xml
//	ETag: "1"
//
//	<rss>…</rss>
//
// A body that is no text stands as base64 under the header Fixture-Encoding: base64.
//
// An address given several times answers in that order, the last one for good.
// A request with the validators of an answer gets 304. A host that the file
// knows has no robots.txt unless the file gives one: it answers 404.
package webtest

import (
	"bufio"
	"bytes"
	"encoding/base64"
	"fmt"
	"io"
	"net/http"
	"net/textproto"
	"net/url"
	"strconv"
	"strings"
	"sync"

	"github.com/rogpeppe/go-internal/txtar"
)

// A Web is an [http.RoundTripper]. It is safe for concurrent use.
type Web struct {
	mu      sync.Mutex
	answers map[string][]answer
	hosts   map[string]bool
	asked   []string
}

type answer struct {
	status int
	header http.Header
	body   []byte
}

// Open reads the web in the txtar file of that name.
func Open(name string) (*Web, error) {
	a, err := txtar.ParseFile(name)
	if err != nil {
		return nil, err
	}
	return newWeb(a)
}

// Parse reads the web in the text of a txtar file.
func Parse(text string) (*Web, error) { return newWeb(txtar.Parse([]byte(text))) }

func newWeb(a *txtar.Archive) (*Web, error) {
	w := &Web{answers: map[string][]answer{}, hosts: map[string]bool{}}
	for _, f := range a.Files {
		u, err := url.Parse(f.Name)
		if err != nil || u.Host == "" {
			return nil, fmt.Errorf("web file %q: its name is no address", f.Name)
		}
		ans, err := parseAnswer(f.Data)
		if err != nil {
			return nil, fmt.Errorf("web file %q: %w", f.Name, err)
		}
		w.hosts[u.Host] = true
		w.answers[f.Name] = append(w.answers[f.Name], ans)
	}
	return w, nil
}

func parseAnswer(data []byte) (answer, error) {
	line, rest, _ := bytes.Cut(data, []byte("\n"))
	code, _, _ := strings.Cut(strings.TrimSpace(string(line)), " ")
	status, err := strconv.Atoi(code)
	if err != nil {
		return answer{}, fmt.Errorf("status line %q: want a number first", line)
	}
	r := bufio.NewReader(bytes.NewReader(rest))
	header, err := textproto.NewReader(r).ReadMIMEHeader()
	if err != nil && err != io.EOF {
		return answer{}, err
	}
	body, err := io.ReadAll(r)
	if header.Get("Fixture-Encoding") == "base64" {
		header.Del("Fixture-Encoding")
		body, err = base64.StdEncoding.DecodeString(strings.TrimSpace(string(body)))
	}
	return answer{status, http.Header(header), body}, err
}

// RoundTrip answers from the file; an address that is not in it is an error.
func (w *Web) RoundTrip(req *http.Request) (*http.Response, error) {
	if err := req.Context().Err(); err != nil {
		return nil, err
	}
	ans, err := w.next(req.URL)
	if err != nil {
		return nil, err
	}
	if unchanged(req.Header, ans.header) {
		ans.status, ans.body = http.StatusNotModified, nil
	}
	return &http.Response{
		Status: http.StatusText(ans.status), StatusCode: ans.status,
		Proto: "HTTP/1.1", ProtoMajor: 1, ProtoMinor: 1,
		Header: ans.header.Clone(), Body: io.NopCloser(bytes.NewReader(ans.body)),
		ContentLength: int64(len(ans.body)), Request: req,
	}, nil
}

func (w *Web) next(u *url.URL) (answer, error) {
	w.mu.Lock()
	defer w.mu.Unlock()
	w.asked = append(w.asked, u.String())
	list := w.answers[u.String()]
	switch {
	case len(list) > 1:
		w.answers[u.String()] = list[1:]
		return list[0], nil
	case len(list) == 1:
		return list[0], nil
	case u.Path == "/robots.txt" && w.hosts[u.Host]:
		return answer{http.StatusNotFound, http.Header{}, nil}, nil
	}
	return answer{}, fmt.Errorf("%s is not in the test's web", u)
}

func unchanged(asked, have http.Header) bool {
	if tag := asked.Get("If-None-Match"); tag != "" {
		return tag == have.Get("Etag")
	}
	since := asked.Get("If-Modified-Since")
	return since != "" && since == have.Get("Last-Modified")
}

// Asked returns every address asked for, in order, those refused included.
func (w *Web) Asked() []string {
	w.mu.Lock()
	defer w.mu.Unlock()
	return append([]string(nil), w.asked...)
}
