package main

import (
	"bytes"
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"math/rand/v2"
	"net/http"
	"net/http/httptest"
	"net/url"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"sync"
	"testing"
	"time"

	"github.com/alecthomas/kong"
	gocmp "github.com/google/go-cmp/cmp"

	"vigie/scrapers/fetch"
	"vigie/scrapers/warc"
	"vigie/store"
)

// TestBackfillPast runs backfills from the public archives, which a server on the loopback
// stands in for: each page comes with the archive's moment, and one that is killed and begun
// again ends with the same, and asks again for no more than was under way.
func TestBackfillPast(t *testing.T) {
	a := newPastArchive(t)
	for _, via := range []string{"wayback", "commoncrawl"} {
		t.Run(via, func(t *testing.T) {
			whole := filepath.Join(t.TempDir(), "whole")
			began := time.Now()
			a.backfill(t, via, whole, "%d pages archived, 0 there already, 1 not to be had, 0 left")
			took := time.Since(began)
			asked := a.count()
			want := readFacts(t, a.config, whole)
			if len(want.facts) < pastPages {
				t.Fatalf("%d facts: a test of nothing", len(want.facts))
			}
			checkPast(t, whole)
			dir := filepath.Join(t.TempDir(), "killed")
			random, made, allowed := rand.New(rand.NewPCG(5, 6)), 0, asked
			for range 3 {
				c := a.command(t, via, dir)
				if err := c.Start(); err != nil {
					t.Fatal(err)
				}
				<-time.After(time.Duration(random.Float64() * float64(took))) // the moment is what the test is about
				c.Process.Kill()
				c.Wait()
				made += a.count()
				if allowed++; made >= asked { // the blow came too late: the next start looks what is new
					allowed += pastLists
				}
			}
			a.backfill(t, via, dir, "0 left")
			if made += a.count(); made < asked || made > allowed {
				t.Errorf("%d requests, an unbroken backfill makes %d, want %d at most", made, asked, allowed)
			}
			if diff := gocmp.Diff(want, readFacts(t, a.config, dir), gocmp.AllowUnexported(outcome{})); diff != "" {
				t.Errorf("-unbroken +killed:\n%s", diff)
			}
		})
	}
}

// checkPast holds what is archived to what the archive said: whence, when, and that the
// moment says nothing of the day of publication.
func checkPast(t *testing.T, dir string) {
	t.Helper()
	st, err := store.Open(t.Context(), filepath.Join(dir, "vigie.db"))
	if err != nil {
		t.Fatal(err)
	}
	defer st.Close()
	n := 0
	for d, err := range st.Documents(t.Context()) {
		if err != nil {
			t.Fatal(err)
		}
		n++
		c := d.Captures[0]
		if !strings.HasSuffix(c.Via, ".org") || !c.Time.Equal(pastMoment) || d.Published != "" || len(d.Captures) != 1 || c.FinalURL != d.URL {
			t.Errorf("%s, published %q: %+v; want it as archived at %v", d.URL, d.Published, d.Captures, pastMoment)
		}
	}
	if n != pastPages {
		t.Errorf("%d documents, want %d", n, pastPages)
	}
}

const (
	pastSource = "https://lettres.test"
	pastPages  = 8 // that can be had
	pastLists  = 4 // requests of a backfill that finds all there: for the indexes, and for the page that is not
)

var pastMoment = time.Date(2019, 3, 1, 12, 0, 0, 0, time.UTC)

// A pastArchive stands in for the public archives, each under its own host: their indexes
// list the pages of a site and one that cannot be had.
type pastArchive struct {
	*httptest.Server
	config string
	file   []byte // of the records
	places [][2]int

	mu    sync.Mutex
	asked int
}

func newPastArchive(t *testing.T) *pastArchive {
	a := &pastArchive{}
	var b bytes.Buffer
	w := warc.NewWriter(&b)
	for i := range pastPages {
		begin := b.Len()
		r := warc.Response{Status: 200, Header: http.Header{"Content-Type": {"text/html; charset=utf-8"}}, Body: []byte(pastPage(i))}
		if _, err := w.Write(r.Record(pastAddress(i), pastMoment)); err != nil {
			t.Fatal(err)
		}
		a.places = append(a.places, [2]int{begin, b.Len() - begin})
	}
	a.file = b.Bytes()
	a.Server = httptest.NewServer(a)
	t.Cleanup(a.Close)
	a.config = filepath.Join(t.TempDir(), "vigie.yaml")
	write(t, a.config, `
contact: essais@vigie.example
network: {allow: [127.0.0.1/32], delay: 0s}
sources:
  - id: lettres
    publisher: {name: Les lettres, kind: etat}
    scope: region:28
    home: `+pastSource+`/
    discover: [{method: feed, url: rss.xml}]
`)
	return a
}

func pastAddress(n int) string { return fmt.Sprintf("%s/territoires-d-industrie/%d", pastSource, n) }

func pastPage(n int) string {
	return fmt.Sprintf(`<html lang="fr"><head><title>Lettre %d</title></head><body><main><h1>Territoires d'industrie, lettre %d</h1>
<p>Le territoire Sud Manche est labellisé Territoires d'industrie.</p><p>Le contrat de Territoire d'industrie compte %d actions.</p></main></body></html>`, n, n, n+2)
}

// ServeHTTP takes its time, so that a blow may fall in the middle of a request.
func (a *pastArchive) ServeHTTP(w http.ResponseWriter, r *http.Request) {
	if r.URL.Path == "/robots.txt" || r.Host == "lettres.test" { // of these others tell
		http.NotFound(w, r)
		return
	}
	a.mu.Lock()
	a.asked++
	a.mu.Unlock()
	<-time.After(3 * time.Millisecond)
	switch {
	case r.Host == "web.archive.org" && r.URL.Path == "/cdx/search/cdx":
		a.cdx(w, r.URL.Query().Get("resumeKey"))
	case r.Host == "web.archive.org":
		a.replay(w, r)
	case r.Host == "index.commoncrawl.org" && r.URL.Path == "/collinfo.json":
		io.WriteString(w, `[{"id":"CC-MAIN-2019-09","cdx-api":"https://index.commoncrawl.org/CC-MAIN-2019-09-index"}]`)
	case r.Host == "index.commoncrawl.org":
		a.crawl(w, r.URL.Query().Has("showNumPages"))
	case r.Host == "data.commoncrawl.org" && r.Header.Get("Range") != "":
		http.ServeContent(w, r, "", time.Time{}, bytes.NewReader(a.file))
	default:
		http.NotFound(w, r)
	}
}

// cdx answers in two parts.
func (a *pastArchive) cdx(w io.Writer, key string) {
	rows := [][]string{{"timestamp", "original", "mimetype", "statuscode"}}
	for i := range pastPages + 1 { // the last one is not there
		if (i < pastPages/2) == (key == "") {
			rows = append(rows, []string{pastMoment.Format("20060102150405"), pastAddress(i), "text/html", "200"})
		}
	}
	if key == "" {
		rows = append(rows, []string{}, []string{"test%2Clettres%29%2Fterritoires+20190301120000%21"})
	}
	json.NewEncoder(w).Encode(rows)
}

func (a *pastArchive) replay(w http.ResponseWriter, r *http.Request) {
	var n int
	if _, err := fmt.Sscanf(r.URL.RequestURI(), "/web/20190301120000id_/"+pastSource+"/territoires-d-industrie/%d", &n); err != nil || n >= pastPages {
		http.NotFound(w, r)
		return
	}
	w.Header().Set("X-Archive-Orig-Content-Type", "text/html; charset=utf-8")
	io.WriteString(w, pastPage(n))
}

func (a *pastArchive) crawl(w io.Writer, howMany bool) {
	if howMany {
		io.WriteString(w, `{"pages": 1, "pageSize": 5, "blocks": 1}`)
		return
	}
	for i, place := range append(a.places, [2]int{len(a.file) + 100, 300}) { // the last one is not there
		fmt.Fprintf(w, `{"urlkey":"k","timestamp":%q,"url":%q,"mime":"text/html","status":"200","digest":"D","length":"%d","offset":"%d","filename":"crawl-data/x.warc.gz"}`+"\n",
			pastMoment.Format("20060102150405"), pastAddress(i), place[1], place[0])
	}
}

// count returns the requests since it was last called.
func (a *pastArchive) count() int {
	a.mu.Lock()
	defer a.mu.Unlock()
	n := a.asked
	a.asked = 0
	return n
}

func (a *pastArchive) command(t *testing.T, via, dir string) *exec.Cmd {
	c := startVigie(t, "backfill", "--config", a.config, "--db", filepath.Join(dir, "vigie.db"), "--since", "2018", "--until", "2019", "--via", via)
	c.Args[0] = "vigie-diverted"
	c.Env = append(os.Environ(), divertedTo+"="+a.URL)
	return c
}

func (a *pastArchive) backfill(t *testing.T, via, dir, want string) {
	t.Helper()
	out, err := a.command(t, via, dir).CombinedOutput()
	if strings.Contains(want, "%d") {
		want = fmt.Sprintf(want, pastPages)
	}
	if err != nil || !strings.Contains(string(out), want) {
		t.Fatalf("%v, want %q in\n%s", err, want, out)
	}
}

// divertedTo names the server that diverted asks in place of all others.
const divertedTo = "VIGIE_TEST_DIVERTED_TO"

// diverted is vigie backfill as its users start it, but for the way out, which leads to one
// server, and for the while that the public archives ask for between two requests.
func diverted() {
	var c cli
	if _, err := kong.Must(&c, kong.Vars{"version": "vigie"}).Parse(os.Args[1:]); err != nil {
		panic(err)
	}
	w := world{os.Stdin, os.Stdout, os.Stderr, time.Now}
	s := &session{ctx: context.Background(), world: w, cli: &c, output: newOutput(w, false, false)}
	err := c.Backfill.divert(s, os.Getenv(divertedTo))
	if err != nil {
		fmt.Fprintln(os.Stderr, err)
	}
	os.Exit(exitCode(err))
}

// divert does what Run does, with a client of its own.
func (c *backfillCmd) divert(s *session, server string) error {
	f, err := c.prepare(s)
	if err != nil {
		return err
	}
	to, err := url.Parse(server)
	if err != nil {
		return err
	}
	f.client, err = s.client(f.cfg, detour{to, &http.Transport{}})
	if err != nil {
		return err
	}
	f.fill.Client = hasty{f.client}
	if f.store, err = s.open(f.cfg.DB); err != nil {
		return err
	}
	defer f.store.Close()
	f.client.Keep(f.store)
	release, err := f.hold()
	defer release()
	return errors.Join(err, f.perform())
}

// A detour asks one server for what others are asked, under their names.
type detour struct {
	to   *url.URL
	next http.RoundTripper
}

func (d detour) RoundTrip(r *http.Request) (*http.Response, error) {
	out := r.Clone(r.Context())
	out.Host, out.URL.Scheme, out.URL.Host = r.URL.Host, d.to.Scheme, d.to.Host
	resp, err := d.next.RoundTrip(out)
	if err == nil {
		resp.Request = r
	}
	return resp, err
}

// A hasty client keeps no delay.
type hasty struct{ *fetch.Client }

func (h hasty) Get(ctx context.Context, r fetch.Request) (*fetch.Response, error) {
	r.Delay = 0
	return h.Client.Get(ctx, r)
}
