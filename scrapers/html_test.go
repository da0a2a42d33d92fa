package scrapers

import (
	"fmt"
	"strings"
	"testing"

	"vigie"
	"vigie/scrapers/fetch"
)

func TestIsPage(t *testing.T) {
	long := "<!-- " + strings.Repeat("Généré par un logiciel. ", 200) + "-->"
	for body, want := range map[string]bool{
		"<!doctype html><p>a": true, "<HTML lang=fr>": true, "\ufeff \n<html>": true,
		"<!-- page -->\n<!DOCTYPE html>": true, long + "<html>": true, "<!-- a --><!-- b --><html>": true,
		`<?xml version="1.0"?><!-- a --><!DOCTYPE html PUBLIC "-//W3C//DTD XHTML 1.0 Strict//EN">`: true,
		"<!-- <html> --><rss version='2.0'></rss>":                                                 false,
		`<?xml version="1.0"?><rss><description><html></description></rss>`:                        false,
		"<!-- <html>": false, "<?xml": false, "": false, "page un": false, "%PDF-1.7 <html>": false, `{"html": "<html>"}`: false,
	} {
		if got := isHTML([]byte(body)); got != want {
			t.Errorf("isHTML(%.40q) = %v", body, got)
		}
	}
	for body, want := range map[string]bool{"<p>Un texte.</p>": true, "Un texte": true, "%PDF-1.7\n<p>": false, "PK\x03\x04": false, "\x89PNG\r\n\x1a\n": false} {
		for kind, html := range map[string]bool{"text/html; charset=utf-8": want, "application/xhtml+xml": want, "application/pdf": false, "": false} {
			if got := isPage(&fetch.Response{Body: []byte(body), Capture: vigie.Capture{MediaType: kind}}); got != html {
				t.Errorf("isPage(%q as %q) = %v", body, kind, got)
			}
		}
	}
}

// What stands before a page's first tag hides it from nobody who judges it.
func TestPagesThatBeginOtherwise(t *testing.T) {
	for _, lead := range []string{"", "<!-- page générée -->\n", "\ufeff<!-- a -->", `<?xml version="1.0"?>`, "<div></div>"} {
		home := lead + "<!doctype html><html><title>Portail</title><main><p>" + strings.Repeat("Bienvenue dans la vallée, ses usines et ses champs. ", 9) + "</p></main></html>"
		web := map[string]string{"/": home, "/rss": "<rss version='2.0'><channel><title>T</title>"}
		for i := range 3 {
			web["/rss"] += fmt.Sprintf("<item><title>%s : article %d</title><link>/a%d</link></item>", industrie, i, i)
			web[fmt.Sprintf("/a%d", i)] = home
		}
		web["/rss"] += "</channel></rss>"
		s := newTown(t, web)
		src := source("s", s.URL, vigie.Discovery{Method: "feed", URL: "/rss"})
		if run := newCollector(t, &memory{}).Collect(t.Context(), src, vigie.Window{}); run.State != vigie.StateChanged || run.Failed != 3 {
			t.Errorf("%q before the home page for any address: %+v", lead, run)
		}
		s = newTown(t, map[string]string{"/un": lead + "<html><main><h1>Un titre</h1><p>Le contrat est signé.</p></main></html>"})
		src = source("s", s.URL, vigie.Discovery{Method: "pages", URLs: []string{"/un"}})
		src.Content.Article = ".corps"
		if run := newCollector(t, &memory{}).Collect(t.Context(), src, vigie.Window{}); run.State != vigie.StateChanged || !strings.Contains(run.Error, ".corps") {
			t.Errorf("%q before a page without what is declared: %+v", lead, run)
		}
	}
}
