package fetch

import (
	"net/url"
	"strings"
	"testing"
	"time"
)

func TestRobots(t *testing.T) {
	const all = "User-agent: *\n"
	tests := []struct {
		name, text, path string
		want             bool
	}{
		{"no file", "", "/a", true},
		{"no rule", all, "/a", true},
		{"everything forbidden", all + "Disallow: /", "/a", false},
		{"everything forbidden, home", all + "Disallow: /", "/", false},
		{"robots.txt is always allowed", all + "Disallow: /", "/robots.txt", true},
		{"empty disallow forbids nothing", all + "Disallow:", "/a", true},
		{"empty allow allows nothing", all + "Allow:\nDisallow: /", "/a", false},
		{"prefix", all + "Disallow: /prive", "/prive/a", false},
		{"prefix is not a folder", all + "Disallow: /prive", "/privee", false},
		{"folder only", all + "Disallow: /prive/", "/prive", true},
		{"case counts in paths", all + "Disallow: /Prive", "/prive", true},
		{"keys in any case", "USER-AGENT: *\nDISALLOW: /a", "/a", false},
		{"spaces round the colon", "User-agent : *\n  Disallow  :  /a  ", "/a", false},
		{"comment after a rule", all + "Disallow: /a # not b", "/b", true},
		{"comment after a rule, rule", all + "Disallow: /a # not b", "/a", false},
		{"line of comment between", all + "# here\nDisallow: /a", "/a", false},
		{"longest wins, allow", all + "Disallow: /a\nAllow: /a/b", "/a/b/c", true},
		{"longest wins, disallow", all + "Allow: /a\nDisallow: /a/b", "/a/b/c", false},
		{"order does not count", all + "Allow: /a/b\nDisallow: /a", "/a/b", true},
		{"a tie allows", all + "Disallow: /a\nAllow: /a", "/a", true},
		{"a tie allows, other order", all + "Allow: /a\nDisallow: /a", "/a", true},
		{"star", all + "Disallow: /*.pdf", "/doc/x.pdf", false},
		{"star, beyond", all + "Disallow: /*.pdf", "/doc/x.pdf?v=1", false},
		{"star, nothing to match", all + "Disallow: /*.pdf", "/doc/x.html", true},
		{"end", all + "Disallow: /*.pdf$", "/doc/x.pdf", false},
		{"end, beyond", all + "Disallow: /*.pdf$", "/doc/x.pdf?v=1", true},
		{"end, only the home", all + "Disallow: /$", "/", false},
		{"end, only the home, page", all + "Disallow: /$", "/a", true},
		{"dollar elsewhere is a letter", all + "Disallow: /a$b", "/a$b", false},
		{"star at the end changes nothing", all + "Disallow: /a*", "/abc", false},
		{"two stars go back", all + "Disallow: /*/x*y", "/a/x/b/xxy", false},
		{"star before the end, last one counts", all + "Disallow: /*a$", "/aba", false},
		{"query", all + "Disallow: /*?page=", "/l?page=2", false},
		{"query, without", all + "Disallow: /*?page=", "/l", true},
		{"octets encoded in the rule", all + "Disallow: /%C3%A9t%C3%A9", "/été", false},
		{"octets raw in the rule", all + "Disallow: /été", "/%C3%A9t%C3%A9", false},
		{"lower-case digits in the rule", all + "Disallow: /%c3%a9", "/%C3%A9", false},
		{"unreserved octets encoded", all + "Disallow: /%61", "/a", false},
		{"a slash encoded stays encoded", all + "Disallow: /a%2Fb", "/a/b", true},
		{"a slash encoded matches itself", all + "Disallow: /a%2fb", "/a%2Fb", false},
		{"another's group after all", all + "Disallow: /a\n\nUser-agent: x\nDisallow: /b", "/b", true},
		{"another's group after our own", "User-agent: vigie\nDisallow: /a\n\nUser-agent: x\nDisallow: /b", "/b", true},
		{"two names for one group", "User-agent: x\nUser-agent: vigie\nDisallow: /a", "/a", false},
		{"own group instead of all", all + "Disallow: /\nUser-agent: vigie\nDisallow: /a", "/b", true},
		{"own group instead of all, rule", all + "Disallow: /\nUser-agent: vigie\nDisallow: /a", "/a", false},
		{"own group without rules", all + "Disallow: /\nUser-agent: vigie\nDisallow:", "/b", true},
		{"own name in any case", "User-agent: ViGiE\nDisallow: /a", "/a", false},
		{"own name with a version", "User-agent: vigie/2.1\nDisallow: /a", "/a", false},
		{"a longer name is another's", "User-agent: vigie-bot\nDisallow: /", "/a", true},
		{"a shorter name is another's", "User-agent: vig\nDisallow: /", "/a", true},
		{"another's group", "User-agent: other\nDisallow: /", "/a", true},
		{"groups of one name are merged", "User-agent: vigie\nDisallow: /a\nUser-agent: x\nDisallow: /\nUser-agent: vigie\nDisallow: /b", "/b", false},
		{"groups for all are merged", all + "Disallow: /a\nUser-agent: x\nDisallow: /\n" + all + "Disallow: /b", "/a", false},
		{"two names, one group", "User-agent: x\nUser-agent: vigie\nDisallow: /a", "/a", false},
		{"a sitemap does not part names from rules", "User-agent: x\nSitemap: https://s.test/s.xml\nUser-agent: vigie\nDisallow: /a", "/a", false},
		{"rules before any name are nobody's", "Disallow: /\n" + all + "Disallow: /a", "/b", true},
		{"a path without its slash matches nothing", all + "Disallow: a", "/a", true},
		{"a web page has no rules", "<!DOCTYPE html><p>User-agent: none</p>", "/a", true},
		{"lines that make no sense are passed over", all + "Noindex\nCrawl-delay: soon\nDisallow: /a", "/a", false},
		{"byte order mark", "\ufeffUser-agent: *\nDisallow: /a", "/a", false},
		{"CR alone ends a line", "User-agent: *\rDisallow: /a\r", "/a", false},
		{"CRLF ends one line", "User-agent: *\r\nDisallow: /a\r\n", "/a", false},
		{"beyond 500 KiB nothing is read", all + strings.Repeat("#", maxRobots) + "\nDisallow: /", "/a", true},
	}
	for _, tt := range tests {
		u, err := url.Parse("https://site.test" + tt.path)
		if err != nil {
			t.Fatal(err)
		}
		if r := parseRobots([]byte(tt.text), "vigie"); r.allows(u) != tt.want {
			t.Errorf("%s: allows(%s) = %v, want %v, with\n%.300s", tt.name, tt.path, !tt.want, tt.want, tt.text)
		}
	}
}

func TestCrawlDelay(t *testing.T) {
	tests := []struct {
		name, text string
		want       time.Duration
	}{
		{"none", "User-agent: *\nDisallow: /a", 0},
		{"seconds", "User-agent: *\nCrawl-delay: 7", 7 * time.Second},
		{"fraction", "User-agent: *\nCrawl-delay: 0.5", 500 * time.Millisecond},
		{"another's", "User-agent: x\nCrawl-delay: 7\n\nUser-agent: *\nDisallow:", 0},
		{"own before all", "User-agent: *\nCrawl-delay: 9\nDisallow:\nUser-agent: vigie\nCrawl-delay: 2", 2 * time.Second},
		{"negative", "User-agent: *\nCrawl-delay: -1", 0},
		{"no number", "User-agent: *\nCrawl-delay: NaN", 0},
		{"a day is too long to believe", "User-agent: *\nCrawl-delay: 86400", maxCrawlDelay},
		{"endless", "User-agent: *\nCrawl-delay: +Inf", maxCrawlDelay},
	}
	for _, tt := range tests {
		if r := parseRobots([]byte(tt.text), "vigie"); r.delay != tt.want {
			t.Errorf("%s: delay = %v, want %v", tt.name, r.delay, tt.want)
		}
	}
}

func TestRobotsMatchIsNotExponential(t *testing.T) {
	r := parseRobots([]byte("User-agent: *\nDisallow: /"+strings.Repeat("*a", 500)+"b"), "vigie")
	u := &url.URL{Path: "/" + strings.Repeat("a", 20000)}
	if !r.allows(u) {
		t.Error("a pattern that ends in b matched a path without one")
	}
}

func FuzzRobots(f *testing.F) {
	f.Add("User-agent: *\nDisallow: /a*b$\nCrawl-delay: 3", "/axb")
	f.Add("User-agent: vigie\nAllow: /%c3%a9\n", "/é?x=%")
	f.Fuzz(func(t *testing.T, text, path string) {
		r := parseRobots([]byte(text), "vigie")
		r.allows(&url.URL{Path: path})
		if n := normalise(path); normalise(n) != n {
			t.Errorf("normalise(%q) = %q, and again %q", path, n, normalise(n))
		}
	})
}
