package main

import (
	"bytes"
	"context"
	"errors"
	"fmt"
	"io"
	"io/fs"
	"log/slog"
	"net/http"
	"strings"
	"syscall"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"vigie"
	"vigie/internal/guard"
	"vigie/scrapers"
	"vigie/scrapers/fetch"
	"vigie/transform"
	"vigie/transform/article"
)

func TestErrorsSayWhatToDo(t *testing.T) {
	for _, c := range []struct {
		err  error
		want string
	}{
		{fmt.Errorf("lock: %w", vigie.ErrLocked), "run again when it has ended"},
		{&fs.PathError{Op: "write", Path: "/x/a.xlsx", Err: syscall.ENOSPC}, "/x/a.xlsx: no space left on device: make room and run again"},
		{errors.New("store /x/vigie.db: archive: database or disk is full (13)"), "make room"},
		{errors.New("store /x/vigie.db: attempt to write a readonly database (8)"), "let this user write there"},
		{&fs.PathError{Op: "mkdir", Path: "/x", Err: fs.ErrPermission}, "--out or --db"},
		{errors.New("store /x/f: open: file is not a database (26)"), "left as it is"},
	} {
		if got := told(c.err); !strings.Contains(got, c.want) {
			t.Errorf("%v is told as %q, want %q in it", c.err, got, c.want)
		}
	}
	if got := told(errors.New("read a: b")); got != "read a: b" {
		t.Errorf("got %q, want the error and no more", got)
	}
}

func TestUnfetched(t *testing.T) {
	get := func(err error) error { return fmt.Errorf("get https://a.example/b: %w", err) }
	for _, c := range []struct {
		err  error
		want string
	}{
		{get(&fetch.StatusError{Status: http.StatusNotFound}), "https://a.example/b: status 404 Not Found: check the address"},
		{get(&fetch.StatusError{Status: http.StatusForbidden}), "https://a.example/b: status 403 Forbidden: ask the publisher, or look for a feed or open data, or in a public archive: vigie backfill --via wayback"},
		{get(&fetch.StatusError{Status: http.StatusBadGateway}), "https://a.example/b: status 502 Bad Gateway: the next run asks again"},
		{get(guard.ErrRefused), "https://a.example/b: not a public address: network: {allow: [...]} in the configuration opens private addresses"},
		{get(io.ErrUnexpectedEOF), "https://a.example/b: unexpected EOF: the next run asks again"},
	} {
		if diff := cmp.Diff(c.want, unfetched(c.err)); diff != "" {
			t.Error(diff)
		}
	}
}

// When nothing answers the network is down, not each site: that is one line.
func TestAllSourcesDownIsOneLine(t *testing.T) {
	down := errors.New("dial tcp: lookup a.example: no such host")
	n := &night{failures: map[string]scrapers.Event{}}
	for _, id := range []string{"a", "b", "c"} {
		n.failures[id] = scrapers.Event{Source: id, Err: fmt.Errorf("get https://%s.example/: %w", id, down)}
		n.run.Sources = append(n.run.Sources, vigie.SourceRun{Source: id, State: vigie.StateNetwork, Error: "le site ne répond pas"})
	}
	n.judge()
	want := []string{"none of 3 sources answered: look at this machine's network (https://a.example/: dial tcp: lookup a.example: no such host: the next run asks again)"}
	if diff := cmp.Diff(want, n.troubles); diff != "" {
		t.Error(diff)
	}
}

func TestJudgeSource(t *testing.T) {
	failure := errors.New("get https://a.example/1: broken")
	away := &scrapers.AwayError{Links: 3, Of: 4, Hosts: []string{"b.example"}}
	void := fmt.Errorf("https://a.example/rss: %w", scrapers.ErrVoid)
	for _, c := range []struct {
		name      string
		run       vigie.SourceRun
		err       error
		want, see string // trouble, note
		noted     []error
	}{
		{"links lead away", vigie.SourceRun{State: vigie.StateOK, Error: "x"}, nil, "",
			"a: 3 of 4 links on its topic lead to b.example: not named in its file, nothing was read there: add it under hosts if it is the same publisher's, vigie source probe looks at it", []error{away}},
		{"a page failed, a list is empty", vigie.SourceRun{State: vigie.StateOK, Failed: 1, Error: "x"}, failure,
			"a: 1 page not fetched: https://a.example/1: broken: the next run asks again", "a: https://a.example/rss: nothing is in it: check the address", []error{void}},
		{"nothing but an empty list", vigie.SourceRun{State: vigie.StateChanged, Error: "x"}, void, "a: is not as its file says: https://a.example/rss: nothing is in it: check the address", "", nil},
		{"all well", vigie.SourceRun{State: vigie.StateOK}, nil, "", "", nil},
		{"moved", vigie.SourceRun{State: vigie.StateQuiet, Error: "la source a déménagé"}, nil, "", "a: see its line in the sheet Sources", nil},
		{"another size", vigie.SourceRun{State: vigie.StateChanged, Error: "liste de 3 liens au lieu de 30"}, nil, "a: is not as its file says", "", nil},
		{"some pages", vigie.SourceRun{State: vigie.StateOK, Failed: 2, Error: "x"}, failure, "a: 2 pages not fetched: https://a.example/1: broken: the next run asks again", "", nil},
		{"one way of two", vigie.SourceRun{State: vigie.StateQuiet, Error: "x"}, failure, "a: one way to find its pages failed: https://a.example/1: broken: the next run asks again", "", nil},
		{"down", vigie.SourceRun{State: vigie.StateUnreachable, Error: "x"}, failure, "a: unreachable: https://a.example/1: broken: the next run asks again", "", nil},
	} {
		n := &night{failures: map[string]scrapers.Event{}, noted: map[string][]error{"a": c.noted}}
		c.run.Source = "a"
		if c.err != nil {
			n.failures["a"] = scrapers.Event{Err: c.err}
		}
		n.judgeSource(c.run)
		if got := strings.Join(n.troubles, "\n"); got != c.want {
			t.Errorf("%s: trouble %q, want %q", c.name, got, c.want)
		}
		if got := strings.Join(n.notes, "\n"); got != c.see {
			t.Errorf("%s: note %q, want %q", c.name, got, c.see)
		}
	}
}

// A page that makes the rules stumble is that page's trouble, and no other's.
func TestAPanicIsOnePagesTrouble(t *testing.T) {
	got, err := readArticle(nil, article.Input{Body: []byte("Une page.\n\nDes mots.")}) // no pipeline: a nil dereference
	if err == nil || !strings.Contains(err.Error(), "stumbled") {
		t.Errorf("error %v, want one that says so", err)
	}
	if diff := cmp.Diff(transform.Reading{}, got); diff != "" {
		t.Error(diff)
	}
}

// An unreadable page's day is its list's, unless no page can have it.
func TestTheDayOfAnUnreadablePage(t *testing.T) {
	n := &night{s: &session{world: world{now: time.Now}}}
	for listed, want := range map[vigie.Date]vigie.Date{"2019-02-14": "2019-02-14", "2062-02-20": ""} {
		u := unit{doc: vigie.Document{Published: listed}, capture: vigie.Capture{Time: time.Date(2026, 3, 2, 5, 0, 0, 0, time.UTC)}, body: []byte("Une page.")}
		n.read(t.Context(), nil, &u) // no pipeline: it cannot be read
		if u.reading.Error == "" || u.reading.Citation.Published != want {
			t.Errorf("listed as of %s: %+v, want %q", listed, u.reading.Citation, want)
		}
	}
}

func TestProgressGivesWayToLines(t *testing.T) {
	var screen bytes.Buffer
	o := newOutputAt(world{stdout: io.Discard, stderr: &screen}, false, slog.LevelWarn)
	o.progress("never seen")
	o.terminal = true
	o.progress("1 page")
	o.progress("2 pages")
	o.log.Warn("odd")
	o.progress("3 pages")
	o.line("done")
	o.end(exitDone)
	got := screen.String()
	const wipe = "\r\x1b[K"
	if before, after, ok := strings.Cut(got, "odd"); !ok || !strings.HasPrefix(before, "1 page"+wipe+"2 pages"+wipe) || after != "\n3 pages"+wipe+"done\n" {
		t.Errorf("the screen got %q", got)
	}
}

func TestQuietHoldsBack(t *testing.T) {
	for _, code := range []int{exitDone, exitFailed, exitPartly} {
		var out, err bytes.Buffer
		o := newOutputAt(world{stdout: &out, stderr: &err}, true, slog.LevelWarn)
		o.line("a step")
		o.say("a result")
		o.log.Warn("odd")
		o.end(code)
		if told := strings.Contains(err.String(), "a step\na result\n"); out.Len() > 0 || told != (code != exitDone) {
			t.Errorf("exit %d: standard output %q, standard error %q", code, out.String(), err.String())
		}
	}
}

// A schedule logs how a night ended; only what failed is an error to the engine.
func TestScheduledNightsEnd(t *testing.T) {
	var log bytes.Buffer
	w := world{stdin: strings.NewReader(""), stdout: io.Discard, stderr: &log, now: time.Now}
	s := &session{ctx: t.Context(), world: w, cli: &cli{DB: t.TempDir() + "/vigie.db"}, output: newOutput(w, false, false)}
	out := newOutputAt(w, false, slog.LevelInfo)
	c := &scheduleCmd{}
	if err := c.perform(t.Context(), s, out.log, "report"); exitCode(err) != exitMisused {
		t.Errorf("without a database: error %v", err)
	}
	last, err := lastRun(t.Context(), s.cli.DB, "report")
	if err != nil || !last.IsZero() {
		t.Errorf("before the first night: %v, %v", last, err)
	}
	log.Reset()
	c.Out = t.TempDir()
	if err := c.perform(t.Context(), s, out.log, "report"); err != nil || !strings.Contains(log.String(), "job ended job=report exit=0") {
		t.Errorf("error %v, log:\n%s", err, log.String())
	}
	if last, err = lastRun(t.Context(), s.cli.DB, "report"); err != nil || time.Since(last) > time.Minute || last.After(time.Now()) {
		t.Errorf("after a night: %v, %v", last, err)
	}
	stopped, stop := context.WithCancel(t.Context())
	stop()
	if err := c.perform(stopped, s, out.log, "report"); err == nil {
		t.Error("an interrupted night is told as one that was done")
	}
}

// Many sources with a word on them are one line; those in trouble are named all the same.
func TestManyOddSourcesAreOneLine(t *testing.T) {
	for _, odd := range []int{fewOdd, fewOdd + 1} {
		n := &night{failures: map[string]scrapers.Event{"down": {Err: errors.New("broken")}}}
		for i := range odd {
			n.run.Sources = append(n.run.Sources, vigie.SourceRun{Source: fmt.Sprint("s", i), State: vigie.StateQuiet, Error: "silence inhabituel"})
		}
		n.run.Sources = append(n.run.Sources, vigie.SourceRun{Source: "down", State: vigie.StateUnreachable, Error: "x"})
		n.judge()
		if want := map[bool]int{false: odd, true: 1}[odd > fewOdd]; len(n.notes) != want || len(n.troubles) != 1 {
			t.Errorf("%d odd sources: notes %q, troubles %q", odd, n.notes, n.troubles)
		}
	}
}
