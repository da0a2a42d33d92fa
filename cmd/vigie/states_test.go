package main

import (
	"encoding/json"
	"fmt"
	"net/http"
	"net/http/httptest"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"vigie"
)

// A press room is a site that answers each path alike until it is told otherwise.
type pressRoom struct {
	*httptest.Server
	status int
	feed   string
	page   string
}

func newPressRoom(t *testing.T) *pressRoom {
	r := &pressRoom{status: http.StatusOK, page: `<html lang="fr"><head><title>Un contrat</title></head><body><main><h1>Territoires d'industrie : un contrat</h1><p>` +
		strings.Repeat("Le contrat a été signé par les intercommunalités du territoire. ", 8) + `</p></main></body></html>`}
	r.Server = httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, req *http.Request) {
		switch {
		case req.URL.Path == "/robots.txt":
			http.NotFound(w, req)
		case r.status != http.StatusOK:
			w.WriteHeader(r.status)
		case req.URL.Path == "/rss":
			fmt.Fprint(w, r.feed)
		default:
			w.Header().Set("Content-Type", "text/html; charset=utf-8")
			fmt.Fprint(w, r.page)
		}
	}))
	t.Cleanup(r.Close)
	r.feed = `<rss version="2.0"><channel><title>A</title><item><title>Territoires d'industrie : un contrat</title><link>` + r.URL +
		`/contrat</link><pubDate>Fri, 20 Feb 2026 09:00:00 +0100</pubDate></item></channel></rss>`
	return r
}

// TestStatesOfANight has a site for each state, and finds all of them in the summary, in
// the status and in the sheet, with the age of what is newest; then nobody answers at all.
func TestStatesOfANight(t *testing.T) {
	states := []struct{ id, french, told string }{
		{"ok", "à jour", ""},
		{"quiet", "calme", ""},
		{"unreachable", "injoignable", "unreachable: unreachable"},
		{"blocked", "bloquée", "blocked: refuses us"},
		{"changed", "forme changée", "changed: is not as its file says"},
		{"browser", "navigateur requis", "browser: needs a browser"},
	}
	rooms := map[string]*pressRoom{}
	w := &watch{t: t, dir: t.TempDir(), now: time.Date(2026, 3, 2, 4, 15, 0, 0, time.UTC)}
	w.config = filepath.Join(w.dir, "vigie.yaml")
	config := "contact: essais@vigie.example\ndb: " + filepath.Join(w.dir, "vigie.db") + "\nout: " + filepath.Join(w.dir, "rapports") +
		"\nnetwork: {allow: [127.0.0.1/32], delay: 0s}\nsources:\n"
	for _, s := range states {
		rooms[s.id] = newPressRoom(t)
		config += fmt.Sprintf("  - {id: %s, publisher: {name: Site %s, kind: epci}, scope: region:28, home: '%s/', discover: [{method: feed, url: rss}]}\n", s.id, s.id, rooms[s.id].URL)
	}
	w.write("vigie.yaml", config)
	w.run(0, "run")

	w.later(8)
	rooms["ok"].page = strings.Replace(rooms["ok"].page, "signé", "prolongé", 1)
	rooms["blocked"].status = http.StatusForbidden
	rooms["unreachable"].feed = "<html><head><title>Site en maintenance</title></head><body>Nous revenons bientôt.</body></html>"
	rooms["changed"].feed = "<html><body>Notre nouveau site</body></html>"
	rooms["browser"].page = `<html><head><title>App</title></head><body><div id="root"></div><script src="/app.js"></script></body></html>`
	out := w.run(3, "run")
	sheet := map[string]map[string]string{}
	for _, row := range w.table("csv/normandie/sources.csv") {
		sheet[row["Identifiant"]] = row
	}
	status := w.status()
	for _, s := range states {
		if s.told != "" && !strings.Contains(out, s.told) || s.told == "" && strings.Contains(out, "- "+s.id+":") {
			t.Errorf("summary of %s: want %q in\n%s", s.id, s.told, out)
		}
		if got := status[s.id]; got.State != s.id || got.French != s.french || got.Age == nil || *got.Age != 18 || got.Latest != "2026-02-20" {
			t.Errorf("status of %s: %+v", s.id, got)
		}
		if row := sheet[s.id]; row["État"] != s.french || row["Âge (jours)"] != "18" || (row["Difficulté"] != "") != (s.told != "") {
			t.Errorf("sheet, %s: %v", s.id, row)
		}
	}

	for _, id := range []string{"ok", "quiet"} {
		rooms[id].Close()
	}
	if out := w.run(3, "run", "--source", "ok", "--source", "quiet"); !strings.Contains(out, "none of 2 sources answered: look at this machine's network") {
		t.Errorf("nobody answers:\n%s", out)
	}
	status = w.status()
	for _, id := range []string{"ok", "quiet"} {
		if status[id].State != "network" || status[id].French != "notre réseau" {
			t.Errorf("nobody answers, %s: %+v", id, status[id])
		}
	}
}

// TestAgeOfTomorrow: what is dated tomorrow is of today.
func TestAgeOfTomorrow(t *testing.T) {
	now := time.Date(2026, 3, 2, 5, 0, 0, 0, time.UTC)
	for day, want := range map[vigie.Date]int{"2026-02-20": 10, "2026-03-03": 0} {
		l := sourceStatus{}
		l.published(day, now)
		if l.age(now); l.AgeDays == nil || *l.AgeDays != want {
			t.Errorf("%s: %+v, want %d days", day, l, want)
		}
	}
}

type statusLine struct {
	ID     string `json:"id"`
	State  string `json:"state"`
	French string `json:"state_fr"`
	Age    *int   `json:"newest_age_days"`
	Latest string `json:"latest"`
}

// status is what vigie status tells to programs, by source.
func (w *watch) status() map[string]statusLine {
	w.t.Helper()
	var told struct{ Sources []statusLine }
	if err := json.Unmarshal([]byte(w.run(0, "status", "--json")), &told); err != nil {
		w.t.Fatal(err)
	}
	all := map[string]statusLine{}
	for _, s := range told.Sources {
		all[s.ID] = s
	}
	return all
}
