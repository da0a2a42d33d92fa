package main

import (
	"cmp"
	"fmt"
	"math/rand/v2"
	"net/http"
	"net/http/httptest"
	"os"
	"os/exec"
	"path/filepath"
	"strconv"
	"sync"
	"testing"
	"time"

	gocmp "github.com/google/go-cmp/cmp"
)

// TestBackfillKill kills a backfill at random moments and begins it again: it ends with the
// documents, digests and facts of one that nothing broke, and no kill cost more than the
// one request that was under way. VIGIE_KILLS=10 makes it ten rounds of two kills.
func TestBackfillKill(t *testing.T) {
	rounds, err := strconv.Atoi(cmp.Or(os.Getenv("VIGIE_KILLS"), "3"))
	if err != nil {
		t.Fatalf("VIGIE_KILLS: %v", err)
	}
	site := newPastSite(t, 6, 5)
	whole := filepath.Join(t.TempDir(), "whole")
	began := time.Now()
	site.backfill(t, whole)
	took := time.Since(began)
	asked := site.count()
	want := readFacts(t, site.config, whole)
	if len(want.documents) != 31 || len(want.facts) < 30 || asked != 37 {
		t.Fatalf("%d documents, %d facts, %d requests: a test of nothing", len(want.documents), len(want.facts), asked)
	}
	random := rand.New(rand.NewPCG(3, 4))
	const kills = 2
	for round := range rounds {
		dir := filepath.Join(t.TempDir(), fmt.Sprint(round))
		site.count()
		made, allowed := 0, asked
		for range kills {
			c := site.command(t, dir)
			if err := c.Start(); err != nil {
				t.Fatal(err)
			}
			<-time.After(time.Duration(random.Float64() * float64(took))) // the moment is what the test is about
			c.Process.Kill()
			c.Wait()
			made += site.count()
			allowed++
			if made >= asked { // the blow came too late: the next start is another backfill, which looks what is new
				allowed += site.lists + 1
			}
		}
		site.backfill(t, dir)
		if made += site.count(); made < asked || made > allowed {
			t.Errorf("round %d: %d requests, an unbroken backfill makes %d, want %d at most", round, made, asked, allowed)
		}
		if diff := gocmp.Diff(want, readFacts(t, site.config, dir), gocmp.AllowUnexported(outcome{})); diff != "" {
			t.Fatalf("round %d, -unbroken +killed:\n%s", round, diff)
		}
	}
	t.Logf("%d rounds of %d kills, an unbroken backfill takes %v", rounds, kills, took.Round(time.Millisecond))
}

// A pastSite has lists that lead from one to the next, and pages; one is gone.
type pastSite struct {
	lists, each int
	config      string

	mu    sync.Mutex
	asked int
}

func newPastSite(t *testing.T, lists, each int) *pastSite {
	s := &pastSite{lists: lists, each: each}
	server := httptest.NewServer(s)
	t.Cleanup(server.Close)
	s.config = filepath.Join(t.TempDir(), "vigie.yaml")
	write(t, s.config, `
contact: essais@vigie.example
network: {allow: [127.0.0.1/32], delay: 0s}
sources:
  - id: lettres
    publisher: {name: Les lettres, kind: etat}
    scope: region:28
    home: `+server.URL+`/
    discover: [{method: listing, url: 'listes/0', item: main a, next: a.suite}]
`)
	return s
}

// ServeHTTP takes its time, so that a blow may fall in the middle of a request.
func (s *pastSite) ServeHTTP(w http.ResponseWriter, r *http.Request) {
	if r.URL.Path != "/robots.txt" && r.URL.Path != "/.well-known/tdmrep.json" { // once a day; of these others tell
		s.mu.Lock()
		s.asked++
		s.mu.Unlock()
	}
	<-time.After(3 * time.Millisecond)
	var n int
	if _, err := fmt.Sscanf(r.URL.Path, "/listes/%d", &n); err == nil && n < s.lists {
		s.list(w, n)
		return
	}
	if _, err := fmt.Sscanf(r.URL.Path, "/lettres/%d", &n); err != nil {
		http.NotFound(w, r)
		return
	}
	w.Header().Set("Content-Type", "text/html; charset=utf-8")
	fmt.Fprintf(w, `<html lang="fr"><head><title>Lettre %d</title></head><body><main><h1>Territoires d'industrie, lettre %d</h1>
<p>Le territoire Sud Manche est labellisé Territoires d'industrie.</p><p>Le contrat de Territoire d'industrie compte %d actions.</p></main></body></html>`, n, n, n+2)
}

func (s *pastSite) list(w http.ResponseWriter, n int) {
	w.Header().Set("Content-Type", "text/html; charset=utf-8")
	fmt.Fprint(w, "<html><title>Actualités</title><main>")
	for i := range s.each {
		fmt.Fprintf(w, "<a href='/lettres/%d'>Territoires d'industrie, lettre %d</a> ", n*s.each+i, n*s.each+i)
	}
	if n == 0 {
		fmt.Fprint(w, "<a href='/partie'>Territoires d'industrie, une lettre partie</a>")
	}
	fmt.Fprint(w, "</main>")
	if n+1 < s.lists {
		fmt.Fprintf(w, "<a class=suite href='/listes/%d'>suite</a>", n+1)
	}
}

// count returns the requests since it was last called.
func (s *pastSite) count() int {
	s.mu.Lock()
	defer s.mu.Unlock()
	n := s.asked
	s.asked = 0
	return n
}

func (s *pastSite) command(t *testing.T, dir string) *exec.Cmd {
	return startVigie(t, "backfill", "--config", s.config, "--db", filepath.Join(dir, "vigie.db"), "--since", "2018")
}

func (s *pastSite) backfill(t *testing.T, dir string) {
	t.Helper()
	if out, err := s.command(t, dir).CombinedOutput(); err != nil {
		t.Fatalf("%v\n%s", err, out)
	}
}

// readFacts does what the night after a backfill does, but for asking the web, and tells
// what is known then.
func readFacts(t *testing.T, config, dir string) outcome {
	t.Helper()
	if out, err := startVigie(t, "transform", "--config", config, "--db", filepath.Join(dir, "vigie.db")).CombinedOutput(); err != nil {
		t.Fatalf("%v\n%s", err, out)
	}
	if err := os.MkdirAll(filepath.Join(dir, "rapports"), 0o755); err != nil { // no report is made
		t.Fatal(err)
	}
	return outcomeOf(t, dir)
}

// startVigie is this program as its users start it.
func startVigie(t *testing.T, args ...string) *exec.Cmd {
	t.Helper()
	self, err := os.Executable()
	if err != nil {
		t.Fatal(err)
	}
	c := exec.CommandContext(t.Context(), self)
	c.Args = append([]string{"vigie"}, args...)
	return c
}
