package scrapers

import (
	"errors"
	"net/http"
	"strings"
	"testing"
	"time"

	"vigie"
	"vigie/scrapers/fetch"
)

const secretPage = `<html><head><title>Le site</title><meta property="og:title" content="Un accord signé"><meta property="article:published_time" content="2019-02-14T09:00:00+01:00"></head>
<main><h1>Un accord signé</h1><p>Des mots que leur éditeur réserve.</p></main></html>`

// Of a newspaper's page whose site reserves mining the address, title and day are kept, and
// no word of the text; a public body's page is read, and one that the file permits.
func TestWithheld(t *testing.T) {
	for _, tt := range []struct {
		name   string
		kind   string
		mining vigie.Mining
		kept   bool
	}{
		{"a newspaper", "presse", vigie.Mining{}, false},
		{"the State", "etat", vigie.Mining{}, true},
		{"an agreement", "presse", vigie.Mining{Rule: vigie.MiningPermitted, Reason: "accord du 3 mars 2026"}, true},
	} {
		s := newTown(t, map[string]string{"/un": secretPage, "/.well-known/tdmrep.json": `[{"location": "/", "tdm-reservation": 1}]`})
		src := source("s", s.URL, vigie.Discovery{Method: "pages", URLs: []string{"/un"}})
		src.Publisher.Kind, src.Mining = tt.kind, tt.mining
		archive := &memory{}
		c := newCollector(t, archive)
		run := c.Collect(t.Context(), src, vigie.Window{})
		if run.State != vigie.StateOK || run.New != 1 {
			t.Errorf("%s: %+v", tt.name, run)
		}
		for _, d := range archive.docs {
			got := d.Captures[0]
			if got.OptOut != "tdmrep.json: 1" || (got.Digest == vigie.Digest([]byte(secretPage))) != tt.kept || (got.Fault == "") != tt.kept {
				t.Errorf("%s: kept %+v", tt.name, got)
			}
			if !tt.kept && (d.Title != "Un accord signé" || d.Published != "2019-02-14" || got.Fault != vigie.FaultReserved || got.Size != 0) {
				t.Errorf("%s: %+v, want title, day and why", tt.name, d)
			}
		}
		if run := c.Collect(t.Context(), src, vigie.Window{}); run.State != vigie.StateQuiet || run.Same != 1 {
			t.Errorf("%s, the next night: %+v", tt.name, run)
		}
		s.pages["/.well-known/tdmrep.json"] = "[]"
		run = newCollector(t, archive).Collect(t.Context(), src, vigie.Window{})
		if changed := run.Changed == 1; changed == tt.kept {
			t.Errorf("%s, once nothing is reserved: %+v", tt.name, run)
		}
	}
}

// A public archive gives no right that the site does not.
func TestPastIsWithheldToo(t *testing.T) {
	const page = "https://s.test/un"
	replay := waybackBase + "/web/20190301120000id_/" + page
	for name, tt := range map[string]struct {
		header http.Header
		file   stubAnswer
		want   string
	}{
		"by the header it was archived with": {http.Header{"X-Archive-Orig-Tdm-Reservation": {"1"}}, stubAnswer{status: 404}, "tdm-reservation: 1"},
		"by the archive's own header":        {http.Header{"Tdm-Reservation": {"1"}}, stubAnswer{status: 404}, ""},
		"by its site today":                  {nil, stubAnswer{status: 200, body: `[{"location": "/", "tdm-reservation": 1}]`}, "tdmrep.json: 1"},
		"by both":                            {http.Header{"X-Archive-Orig-X-Robots-Tag": {"noai"}}, stubAnswer{status: 200, body: `[{"location": "/", "tdm-reservation": 1}]`}, "tdmrep.json: 1; x-robots-tag: noai"},
	} {
		s := &stub{answers: map[string]stubAnswer{replay: {200, tt.header, "<html><p>Texte"}, "https://s.test/.well-known/tdmrep.json": tt.file}}
		past, _ := NewPast("wayback")
		w := past.(wayback)
		w.delay = 0
		g := pastGetter{s.client(t), w, vigie.Window{}, map[string]string{page: "20190301120000"}}
		r, err := g.Get(t.Context(), fetch.Request{URL: page, Mine: true})
		if err != nil || r.Capture.OptOut != tt.want {
			t.Errorf("reserved %s: %v, %q, want %q", name, err, r.Capture.OptOut, tt.want)
		}
	}
	if _, err := (meter{}).Reserves(t.Context(), fetch.Request{URL: page}); err != nil || errors.Is(err, vigie.ErrNotFound) {
		t.Errorf("where nobody is asked: %v", err)
	}
}

func TestHeadOf(t *testing.T) {
	seen := time.Date(2024, 9, 1, 4, 0, 0, 0, time.UTC)
	for body, want := range map[string]string{
		"<title>\n Un  titre </title><body><meta property=og:title content=non>": "Un titre ",
		"<p>rien": " ",
		"<title>Demain</title><meta property='article:published_time' content='2062-02-14'>":          "Demain ",
		"<meta property='article:published_time' content='2019-02-14'>" + strings.Repeat("<meta>", 9): " 2019-02-14",
	} {
		title, day := headOf(&fetch.Response{Body: []byte(body), Capture: vigie.Capture{MediaType: "text/html; charset=utf-8", Time: seen}})
		if got := title + " " + string(day); got != want {
			t.Errorf("%s: %q, want %q", body, got, want)
		}
	}
}
