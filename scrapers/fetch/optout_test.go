package fetch

import (
	"io"
	"net/http"
	"testing"
)

func TestOptOut(t *testing.T) {
	tests := []struct {
		name, robots, header, value, body, want string
	}{
		{"none", "User-agent: *\nContent-Signal: search=yes, ai-train=yes", "X-Robots-Tag", "noindex", `<meta name="robots" content="noindex,follow">`, ""},
		{"header", "", "X-Robots-Tag", "noindex, NoAI", "page", "x-robots-tag: noai"},
		{"header for us", "", "X-Robots-Tag", "vigie: noai", "page", "x-robots-tag: noai"},
		{"header for another", "", "X-Robots-Tag", "otherbot: noai", "page", ""},
		{"protocol", "", "TDM-Reservation", "1", "page", "tdm-reservation: 1"},
		{"protocol, without a reservation", "", "TDM-Reservation", "0", "page", ""},
		{"meta", "", "", "", `<html><head><META NAME="Robots" CONTENT="noai, noimageai"></head>`, "meta robots: noai"},
		{"meta of the protocol", "", "", "", `<head><meta name="tdm-reservation" content="1">`, "meta tdm-reservation: 1"},
		{"meta in the text", "", "", "", `<body><meta name="robots" content="noai">`, ""},
		{"robots", "User-agent: *\nContent-Signal: search=yes, ai-train=no", "", "", "page", "robots.txt: content-signal: search=yes, ai-train=no"},
		{"robots for another", "User-agent: otherbot\nContent-Usage: train-ai=n", "", "", "page", ""},
		{"robots and header", "User-agent: *\nContent-Usage: train-ai=n", "X-Robots-Tag", "noai", "page", "robots.txt: content-usage: train-ai=n; x-robots-tag: noai"},
	}
	for _, tt := range tests {
		base := site(t, map[string]http.HandlerFunc{"/robots.txt": text(tt.robots), "/": func(w http.ResponseWriter, _ *http.Request) {
			if tt.header != "" {
				w.Header().Set(tt.header, tt.value)
			}
			w.Header().Set("Content-Type", "text/html")
			io.WriteString(w, tt.body)
		}})
		r, err := newClient(t, nil).Get(t.Context(), Request{URL: base + "/"})
		if err != nil || r.Capture.OptOut != tt.want {
			t.Errorf("%s: %v, opt-out %q, want %q", tt.name, err, r.Capture.OptOut, tt.want)
		}
	}
}
