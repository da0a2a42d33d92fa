package warc

import (
	"bytes"
	"context"
	"errors"
	"io"
	"net/http"
	"strings"
	"testing"
	"time"

	"vigie"
)

func replay(t *testing.T, records ...Record) *Replay {
	t.Helper()
	b, _ := file(t, records...)
	p, err := NewReplay(bytes.NewReader(b))
	if err != nil {
		t.Fatal(err)
	}
	return p
}

func get(t *testing.T, p *Replay, url string, header ...string) (int, string) {
	t.Helper()
	req, err := http.NewRequest(http.MethodGet, url, nil)
	if err != nil {
		t.Fatal(err)
	}
	for i := 0; i < len(header); i += 2 {
		req.Header.Set(header[i], header[i+1])
	}
	resp, err := p.RoundTrip(req)
	if err != nil {
		t.Fatal(err)
	}
	defer resp.Body.Close()
	body, err := io.ReadAll(resp.Body)
	if err != nil {
		t.Fatal(err)
	}
	return resp.StatusCode, string(body)
}

func TestReplayAnswersAsRecorded(t *testing.T) {
	moved := Response{Status: 301, Header: http.Header{"Location": {"/nouveau"}}}
	gone := Response{Status: 404, Body: []byte("perdu")}
	down := Response{Status: 503, Header: http.Header{"Retry-After": {"120"}}}
	p := replay(t,
		page("https://a.example/nouveau", "un"),
		moved.Record("https://a.example/ancien", day),
		gone.Record("https://a.example/perdu", day),
		down.Record("https://b.example/", day),
		page("https://p.example/index.php/Actualites?b=2&a=1", "deux"),
	)
	for _, c := range []struct {
		url    string
		status int
		body   string
	}{
		{"https://a.example/nouveau", 200, "un"},
		{"https://a.example/nouveau#contenu", 200, "un"},
		{"https://A.example/nouveau?utm_source=rss", 200, "un"},
		{"http://a.example/nouveau", 200, "un"},
		{"https://a.example/ancien", 301, ""},
		{"https://a.example/perdu", 404, "perdu"},
		{"https://b.example", 503, ""},
		{"https://p.example/Actualites?a=1&b=2", 200, "deux"},
	} {
		if status, body := get(t, p, c.url); status != c.status || body != c.body {
			t.Errorf("%s: %d %q, want %d %q", c.url, status, body, c.status, c.body)
		}
	}
	resp, err := (&http.Client{Transport: p}).Get("https://a.example/ancien")
	if err != nil || resp.Request.URL.Path != "/nouveau" || resp.StatusCode != 200 {
		t.Errorf("a client does not follow the recorded redirect: %v, %v", resp, err)
	}
}

func TestReplayRefuses(t *testing.T) {
	p := replay(t, page("https://a.example/", "un"))
	for _, url := range []string{"https://a.example/autre", "https://b.example/", "https://a.example/?page=2", "http://127.0.0.1/"} {
		req, _ := http.NewRequest(http.MethodGet, url, nil)
		if _, err := p.RoundTrip(req); !errors.Is(err, ErrNotArchived) || !errors.Is(err, vigie.ErrNotFound) || !strings.Contains(err.Error(), url) {
			t.Errorf("%s: %v, want ErrNotArchived with the address", url, err)
		}
	}
	req, _ := http.NewRequest(http.MethodPost, "https://a.example/", strings.NewReader("x"))
	if _, err := p.RoundTrip(req); err == nil {
		t.Error("a POST was answered")
	}
	ctx, cancel := context.WithCancel(context.Background())
	cancel()
	req, _ = http.NewRequestWithContext(ctx, http.MethodGet, "https://a.example/", nil)
	if _, err := p.RoundTrip(req); !errors.Is(err, context.Canceled) {
		t.Errorf("a request that was called off: %v", err)
	}
}

func TestReplayConditions(t *testing.T) {
	dated := Response{Status: 200, Header: http.Header{"Last-Modified": {"Thu, 14 Feb 2019 09:00:00 GMT"}}, Body: []byte("un")}
	gone := Response{Status: 404, Header: http.Header{"Etag": {`"v1"`}}}
	p := replay(t, page("https://a.example/", "un"), dated.Record("https://a.example/date", day), gone.Record("https://a.example/perdu", day))
	for _, c := range []struct {
		name, url, header, value string
		want                     int
	}{
		{"same tag", "https://a.example/", "If-None-Match", `"v1"`, 304},
		{"weak tag in a list", "https://a.example/", "If-None-Match", `"v0", W/"v1"`, 304},
		{"any tag", "https://a.example/", "If-None-Match", `*`, 304},
		{"other tag", "https://a.example/", "If-None-Match", `"v2"`, 200},
		{"a tag where there was none", "https://a.example/date", "If-None-Match", `""`, 200},
		{"since the same time", "https://a.example/date", "If-Modified-Since", "Thu, 14 Feb 2019 09:00:00 GMT", 304},
		{"since earlier", "https://a.example/date", "If-Modified-Since", "Wed, 13 Feb 2019 09:00:00 GMT", 200},
		{"no date to compare", "https://a.example/", "If-Modified-Since", "Wed, 13 Feb 2019 09:00:00 GMT", 200},
		{"a 404 stays one", "https://a.example/perdu", "If-None-Match", `"v1"`, 404},
	} {
		status, body := get(t, p, c.url, c.header, c.value)
		if status != c.want || status == 304 && body != "" {
			t.Errorf("%s: %d %q, want %d", c.name, status, body, c.want)
		}
	}
}

func TestReplayAtADay(t *testing.T) {
	next := day.AddDate(0, 0, 1)
	first, err := NewWriter(io.Discard).Write(page("https://a.example/", "un"))
	if err != nil {
		t.Fatal(err)
	}
	changed := Response{Status: 200, Body: []byte("deux")}.Record("https://a.example/", next)
	back := Response{Status: 304}.Revisit(next.AddDate(0, 0, 1), first)
	older, _ := file(t, first)
	newer, _ := file(t, changed, back)
	p, err := NewReplay(bytes.NewReader(older), bytes.NewReader(newer))
	if err != nil {
		t.Fatal(err)
	}
	for at, want := range map[time.Time]string{day: "un", next: "deux", next.AddDate(0, 0, 9): "un", {}: "un"} {
		p.At = at
		if _, body := get(t, p, "https://a.example/"); body != want {
			t.Errorf("at %v: %q, want %q", at, body, want)
		}
	}
	disorder, _ := file(t, changed, page("https://a.example/", "un"))
	if p, err := NewReplay(bytes.NewReader(disorder)); err != nil {
		t.Error(err)
	} else if _, body := get(t, p, "https://a.example/"); body != "deux" {
		t.Errorf("of a file in no order the last is %q, want deux", body)
	}
	p.At = day.AddDate(0, 0, -1)
	req, _ := http.NewRequest(http.MethodGet, "https://a.example/", nil)
	if _, err := p.RoundTrip(req); !errors.Is(err, ErrNotArchived) {
		t.Errorf("before the first record: %v, want ErrNotArchived", err)
	}
}

func TestReplayOfADamagedArchive(t *testing.T) {
	b, records := file(t, page("https://a.example/", "un"), page("https://a.example/2", "deux"))
	if _, err := NewReplay(bytes.NewReader(b[:len(b)-1])); !errors.Is(err, io.ErrUnexpectedEOF) {
		t.Errorf("a cut archive: %v", err)
	}
	orphan, _ := file(t, Response{Status: 304}.Revisit(day, records[0]))
	if _, err := NewReplay(bytes.NewReader(orphan)); err == nil || errors.Is(err, vigie.ErrTooLarge) {
		t.Errorf("a revisit of nothing: %v", err)
	}
}

func TestReplayURLs(t *testing.T) {
	p := replay(t, page("https://b.example/x", ""), page("https://a.example", ""), Info(day))
	got := strings.Join(p.URLs(), " ")
	if want := "https://a.example/ https://b.example/x"; got != want {
		t.Errorf("got %s, want %s", got, want)
	}
}
