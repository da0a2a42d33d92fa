package main

import (
	"bytes"
	"mime"
	"net/http"
	"net/http/httptest"
	"os"
	"path/filepath"
	"strconv"
	"strings"
	"sync"

	"github.com/rogpeppe/go-internal/testscript"
)

// A site is a web site on the loopback: the files of a folder as they are when asked for,
// {{site}} in them replaced by its address. It can be told to answer otherwise.
type site struct {
	*httptest.Server
	folder string

	mu     sync.Mutex
	status map[string]int           // by path, what is answered in place of the file
	held   map[string]chan struct{} // by path, closed when the page is asked for: it is not answered
	asked  int
}

func newSite(folder string) *site {
	s := &site{folder: folder, status: map[string]int{}, held: map[string]chan struct{}{}}
	s.Server = httptest.NewServer(s)
	return s
}

func (s *site) ServeHTTP(w http.ResponseWriter, r *http.Request) {
	status, arrived := s.answer(r.URL.Path)
	if arrived != nil {
		close(arrived)
		<-r.Context().Done()
		return
	}
	if status != 0 {
		w.Header().Set("Retry-After", "3600") // past our patience: no test waits for it
		http.Error(w, http.StatusText(status), status)
		return
	}
	body, err := os.ReadFile(filepath.Join(s.folder, filepath.FromSlash(r.URL.Path)))
	if err != nil {
		http.NotFound(w, r)
		return
	}
	if kind := mime.TypeByExtension(filepath.Ext(r.URL.Path)); kind != "" {
		w.Header().Set("Content-Type", kind)
	} else {
		w.Header().Set("Content-Type", "application/json")
	}
	w.Write(bytes.ReplaceAll(body, []byte("{{site}}"), []byte(s.URL)))
}

// answer tells how to answer at a path: with a status, or once not at all.
func (s *site) answer(path string) (status int, arrived chan struct{}) {
	s.mu.Lock()
	defer s.mu.Unlock()
	s.asked++
	arrived = s.held[path]
	if arrived != nil {
		select {
		case <-arrived: // once is enough
			arrived = nil
		default:
		}
	}
	return s.status[path], arrived
}

// siteCommand is a script's site, a copy of testdata/script/site:
//
//	site start            puts it on the loopback, and vigie.yaml into the working folder
//	site status PATH CODE answers with that status from now on; 0: with the page again
//	site hold PATH        leaves the next request without an answer
//	site await PATH       waits for that request
//	site asked [N]        counts requests anew; there were so many since the line before
func siteCommand(ts *testscript.TestScript, neg bool, args []string) {
	if neg || len(args) == 0 {
		ts.Fatalf("usage: site start | status PATH CODE | hold PATH | await PATH | asked [N]")
	}
	if args[0] == "start" {
		startSite(ts)
		return
	}
	s := scriptSites.of(ts)
	switch {
	case args[0] == "status" && len(args) == 3:
		code, err := strconv.Atoi(args[2])
		ts.Check(err)
		s.mu.Lock()
		defer s.mu.Unlock()
		s.status[args[1]] = code
	case args[0] == "hold" && len(args) == 2:
		s.mu.Lock()
		defer s.mu.Unlock()
		s.held[args[1]] = make(chan struct{})
	case args[0] == "await" && len(args) == 2:
		s.mu.Lock()
		arrived := s.held[args[1]]
		s.mu.Unlock()
		<-arrived
	case args[0] == "asked" && len(args) <= 2:
		s.mu.Lock()
		defer s.mu.Unlock()
		if want := at(args, 1); want != "" && want != strconv.Itoa(s.asked) {
			ts.Fatalf("%d requests, want %s", s.asked, want)
		}
		s.asked = 0
	default:
		ts.Fatalf("site %s: unknown", strings.Join(args, " "))
	}
}

// scriptSites are the sites of the scripts under way.
var scriptSites siteTable

type siteTable struct{ sync.Map }

func (t *siteTable) of(ts *testscript.TestScript) *site {
	s, ok := t.Load(ts)
	if !ok {
		ts.Fatalf("site start comes first")
	}
	return s.(*site)
}

func startSite(ts *testscript.TestScript) {
	folder := ts.MkAbs("site")
	ts.Check(os.CopyFS(folder, os.DirFS("../../testdata/script/site")))
	s := newSite(folder)
	scriptSites.Store(ts, s)
	ts.Defer(func() {
		scriptSites.Delete(ts)
		s.CloseClientConnections()
		s.Close()
	})
	config, err := os.ReadFile("../../testdata/script/vigie.yaml")
	ts.Check(err)
	ts.Check(os.WriteFile(ts.MkAbs("vigie.yaml"), config, 0o644))
	fill(ts, false, []string{"vigie.yaml"})
	ts.Setenv("SITE", s.URL)
}

// fill FILE… puts the site's address in the place of {{site}}.
func fill(ts *testscript.TestScript, neg bool, args []string) {
	s := scriptSites.of(ts)
	for _, name := range args {
		text, err := os.ReadFile(ts.MkAbs(name))
		ts.Check(err)
		ts.Check(os.WriteFile(ts.MkAbs(name), bytes.ReplaceAll(text, []byte("{{site}}"), []byte(s.URL)), 0o644))
	}
}
