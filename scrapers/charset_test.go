package scrapers

import (
	"fmt"
	"net/url"
	"strings"
	"testing"

	"golang.org/x/text/encoding/charmap"

	"vigie"
	"vigie/internal/charset"
	"vigie/scrapers/fetch"
)

func windows1252(t *testing.T, s string) string {
	t.Helper()
	encoded, err := charmap.Windows1252.NewEncoder().String(s)
	if err != nil {
		t.Fatal(err)
	}
	return encoded
}

// TestHazardC1Lists: a title comes out as it was written, whatever the header, the meta
// element and the prolog say of its letters.
func TestHazardC1Lists(t *testing.T) {
	const title = "L’été des pôles : 3 € l’œuvre"
	list := func(meta string) string {
		return "<html><head>" + strings.Repeat("<!-- du vide -->", 100) + meta + "</head><body><main><a href=/un>" + title + "</a></main></body></html>"
	}
	for name, r := range map[string]struct{ body, kind string }{
		"late meta":      {list("<meta charset=utf-8>"), "text/html"},
		"nothing said":   {list(""), "text/html"},
		"a lying header": {list(""), "text/html; charset=iso-8859-1"},
		"old":            {windows1252(t, list("")), "text/html; charset=iso-8859-1"},
		"old, unsaid":    {windows1252(t, list("")), "text/html"},
	} {
		got, err := parseListing(&fetch.Response{Body: []byte(r.body), Capture: vigie.Capture{FinalURL: "https://a.test/", MediaType: r.kind}}, vigie.Discovery{})
		if err != nil || len(got.links) != 1 || got.links[0].Title != title {
			t.Errorf("%s: %+v, %v", name, got.links, err)
		}
	}
}

func TestHazardC1Feeds(t *testing.T) {
	const title = "L’été des pôles : 3 € l’œuvre"
	feed := func(prolog, title string) string {
		return prolog + "<rss version=\"2.0\"><channel><title>Actualités</title><item><title>" + title + "</title><link>https://a.test/un</link></item></channel></rss>"
	}
	for name, r := range map[string]struct{ body, kind, want string }{
		"utf-8":                      {feed(`<?xml version="1.0" encoding="UTF-8"?>`, title), "application/rss+xml", title},
		"the prolog":                 {windows1252(t, feed(`<?xml version="1.0" encoding="windows-1252"?>`, title)), "text/xml", title},
		"the header":                 {windows1252(t, feed(`<?xml version="1.0"?>`, title)), "text/xml; charset=windows-1252", title},
		"a prolog that lies":         {windows1252(t, feed(`<?xml version="1.0" encoding="utf-8" standalone="yes"?>`, title)), "text/xml; charset=ISO-8859-1", title},
		"neither says":               {windows1252(t, feed("", title)), "text/xml", title},
		"one byte that is no letter": {feed(`<?xml version="1.0" encoding="utf-8"?>`, title+" \xe9"), "text/xml", title + " \ufffd"},
	} {
		links, _, err := parseFeed(charset.XML([]byte(r.body), r.kind), &url.URL{Scheme: "https", Host: "a.test", Path: "/rss"})
		if err != nil || len(links) != 1 || links[0].Title != r.want {
			t.Errorf("%s: %+v, %v", name, links, err)
		}
	}
}

// TestSignsInOldLetters: what a page says of itself is known in the letters of old too.
func TestSignsInOldLetters(t *testing.T) {
	page := fmt.Sprintf("<html><head><title>%[1]s</title></head><body><h1>%[1]s</h1></body></html>", "Page non trouvée")
	for _, body := range []string{page, windows1252(t, page)} {
		r := &fetch.Response{Body: []byte(body), Capture: vigie.Capture{URL: "https://a.test/x", FinalURL: "https://a.test/x", MediaType: "text/html; charset=iso-8859-1"}}
		if err := judge(r, "https://a.test/"); err == nil || !strings.Contains(err.Error(), "missing") {
			t.Errorf("%q: %v", body[:60], err)
		}
	}
}
