package webtest

import (
	"io"
	"net/http"
	"strings"
	"testing"
)

const file = `
-- https://site.test/feed --
200
Content-Type: application/rss+xml
ETag: "1"

<rss></rss>
-- https://site.test/flaky --
503

-- https://site.test/flaky --
200 OK

back
`

func get(t *testing.T, w *Web, url string, header ...string) (int, string, error) {
	t.Helper()
	req, err := http.NewRequest(http.MethodGet, url, nil)
	if err != nil {
		t.Fatal(err)
	}
	for i := 0; i+1 < len(header); i += 2 {
		req.Header.Set(header[i], header[i+1])
	}
	resp, err := w.RoundTrip(req)
	if err != nil {
		return 0, "", err
	}
	body, err := io.ReadAll(resp.Body)
	return resp.StatusCode, strings.TrimSpace(string(body)), err
}

func TestWeb(t *testing.T) {
	w, err := Parse(file)
	if err != nil {
		t.Fatal(err)
	}
	for _, tt := range []struct {
		url    string
		header []string
		status int
		body   string
	}{
		{"https://site.test/feed", nil, 200, "<rss></rss>"},
		{"https://site.test/feed", []string{"If-None-Match", `"1"`}, 304, ""},
		{"https://site.test/feed", []string{"If-None-Match", `"0"`}, 200, "<rss></rss>"},
		{"https://site.test/flaky", nil, 503, ""},
		{"https://site.test/flaky", nil, 200, "back"},
		{"https://site.test/flaky", nil, 200, "back"},
		{"https://site.test/robots.txt", nil, 404, ""},
	} {
		status, body, err := get(t, w, tt.url, tt.header...)
		if status != tt.status || body != tt.body || err != nil {
			t.Errorf("GET %s %v = %d %q, %v; want %d %q", tt.url, tt.header, status, body, err, tt.status, tt.body)
		}
	}
	for _, url := range []string{"https://site.test/other", "https://elsewhere.test/robots.txt"} {
		if _, _, err := get(t, w, url); err == nil {
			t.Errorf("GET %s was answered", url)
		}
	}
	if got := len(w.Asked()); got != 9 {
		t.Errorf("Asked has %d addresses, want 9", got)
	}
}

func TestParseRefuses(t *testing.T) {
	for _, text := range []string{"-- feed --\n200\n\nx\n", "-- https://a.test/ --\nOK\n\nx\n"} {
		if _, err := Parse(text); err == nil {
			t.Errorf("Parse(%q) found no fault", text)
		}
	}
}
