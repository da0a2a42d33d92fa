package reports

import (
	"bytes"
	"context"
	"os"
	"os/exec"
	"path/filepath"
	"regexp"
	"slices"
	"strconv"
	"strings"
	"testing"
	"time"

	"golang.org/x/net/html"

	"vigie"
)

func rendered(t *testing.T, d *Data) []byte {
	t.Helper()
	tables := Tables(d)
	var b bytes.Buffer
	if err := writePage(&b, d, tables); err != nil {
		t.Fatal(err)
	}
	return b.Bytes()
}

// elements are a page's, in order.
func elements(t *testing.T, page []byte) []*html.Node {
	t.Helper()
	root, err := html.Parse(bytes.NewReader(page))
	if err != nil {
		t.Fatal(err)
	}
	var all []*html.Node
	for n := range root.Descendants() {
		if n.Type == html.ElementNode {
			all = append(all, n)
		}
	}
	return all
}

func attribute(n *html.Node, name string) string {
	for _, a := range n.Attr {
		if a.Key == name {
			return a.Val
		}
	}
	return ""
}

func words(n *html.Node) string {
	var b strings.Builder
	for c := range n.Descendants() {
		if c.Type == html.TextNode {
			b.WriteString(c.Data)
		}
	}
	return strings.TrimSpace(b.String())
}

func TestPageSaysEachFactWithItsWords(t *testing.T) {
	d := normandie(t)
	page := string(rendered(t, d))
	for _, r := range d.ofKind(vigie.Kinds...) {
		if quote := html.EscapeString(d.quote(first(r), r)); !strings.Contains(strings.ReplaceAll(page, "&#43;", "+"), quote) {
			t.Errorf("the page lacks the words of %s: %s", r.Key(), quote)
		}
	}
	for _, want := range []string{"1\u202f360\u202f000\u202f000\u00a0€", "lancement en 2018", "annonce le 22 novembre 2018", "et un autre document", "1 Alençon, 2 Axe Seine (liste officielle seule)."} {
		if !strings.Contains(page, want) {
			t.Errorf("the page lacks %q", want)
		}
	}
	if !bytes.Equal(rendered(t, normandie(t)), []byte(page)) {
		t.Error("equal data give two pages")
	}
}

// TestPageIsAccessible holds the page to what RGAA asks of any page and a program can tell.
func TestPageIsAccessible(t *testing.T) {
	level, ids, targets := 0, map[string]bool{}, []string{}
	for _, n := range elements(t, rendered(t, normandie(t))) {
		if id := attribute(n, "id"); id != "" {
			if ids[id] {
				t.Errorf("two elements with id %s", id)
			}
			ids[id] = true
		}
		switch n.Data {
		case "html":
			if attribute(n, "lang") != "fr" {
				t.Error("the page does not say its language")
			}
		case "h1", "h2", "h3", "h4":
			next := int(n.Data[1] - '0')
			if next > level+1 || level > 0 && next == 1 {
				t.Errorf("<%s> %s follows a heading of level %d", n.Data, words(n), level)
			}
			level = next
		case "th":
			if attribute(n, "scope") == "" {
				t.Errorf("column or row? %s", words(n))
			}
		case "table":
			if n.FirstChild == nil || !slices.ContainsFunc(slices.Collect(n.ChildNodes()), func(c *html.Node) bool { return c.Data == "caption" }) {
				t.Error("a table without caption")
			}
		case "svg":
			if attribute(n, "role") != "img" || attribute(n, "aria-label") == "" {
				t.Error("the map has no name")
			}
		case "a":
			if words(n) == "" {
				t.Errorf("a link without words: %s", attribute(n, "href"))
			}
			if to, inside := strings.CutPrefix(attribute(n, "href"), "#"); inside {
				targets = append(targets, to)
			}
		}
	}
	for _, to := range targets {
		if !ids[to] {
			t.Errorf("a link leads to #%s, which is nowhere", to)
		}
	}
}

// TestPageColoursStandOut computes the contrast of each ink on the white of the page.
func TestPageColoursStandOut(t *testing.T) {
	for _, c := range regexp.MustCompile(`(?m)[^-]color: (#[0-9a-f]{3,6})`).FindAllStringSubmatch(pageStyle, -1) {
		if c[1] == "#fff" {
			continue // on the dark of the column names
		}
		if got := 1.05 / (luminance(t, c[1]) + 0.05); got < 4.5 {
			t.Errorf("%s has a contrast of %.1f on white, want 4.5 or more", c[1], got)
		}
	}
}

func luminance(t *testing.T, hex string) float64 {
	t.Helper()
	var sum float64
	for i, weight := range []float64{0.2126, 0.7152, 0.0722} {
		n, err := strconv.ParseUint(hex[1+2*i:3+2*i], 16, 8)
		if err != nil {
			t.Fatal(err)
		}
		c := float64(n) / 255
		if c <= 0.03928 {
			sum += weight * c / 12.92
		} else {
			c = (c + 0.055) / 1.055
			sum += weight * c * c * c // a little darker than the 2.4th power: on the safe side of no ink here
		}
	}
	return sum
}

// hostilePage is the report of sources that try to get into the page.
func hostilePage(t *testing.T) []byte {
	const script = `</style></title></svg>"'><script>document.title="taken"</script><img src=x onerror="document.title='taken'">`
	d := normandie(t)
	for i := range d.Records {
		for k := range d.Records[i].Mentions {
			m := &d.Records[i].Mentions[k]
			m.Quote, m.Publisher, m.URL = m.Quote+script, script, `javascript:document.title="taken"`
		}
	}
	for i := range d.Official {
		d.Official[i].Name += script
	}
	d.Sources[0].Publisher, d.Sources[0].Error = script, script
	d.Region.Name = "Normandie " + script
	return rendered(t, d)
}

func TestF6NothingHostileGetsIntoThePage(t *testing.T) {
	for _, n := range elements(t, hostilePage(t)) {
		if slices.Contains([]string{"script", "img", "iframe", "object", "embed", "form", "base", "link"}, n.Data) {
			t.Errorf("a <%s> in the page", n.Data)
		}
		for _, a := range n.Attr {
			if strings.HasPrefix(a.Key, "on") || a.Key == "style" || strings.HasPrefix(strings.TrimSpace(strings.ToLower(a.Val)), "javascript:") {
				t.Errorf("<%s %s=%q>", n.Data, a.Key, a.Val)
			}
		}
	}
}

func TestPageAsksForNothingElse(t *testing.T) {
	page := rendered(t, normandie(t))
	for _, n := range elements(t, page) {
		for _, name := range []string{"src", "srcset", "poster", "data", "action", "background"} {
			if v := attribute(n, name); v != "" {
				t.Errorf("<%s %s=%q>: the page stands alone", n.Data, name, v)
			}
		}
	}
	if bytes.Contains(page, []byte("url(")) && !bytes.Contains(page, []byte(`fill="url(#liste)"`)) || bytes.Contains(page, []byte("@import")) {
		t.Error("the style asks for more")
	}
}

// TestPageInABrowser opens the pages in Chromium: the policy lets the style in, nothing
// hostile runs, nothing is refused, and the page prints.
func TestPageInABrowser(t *testing.T) {
	browser, err := exec.LookPath("chromium")
	if err != nil {
		t.Skip("chromium is not on this machine")
	}
	dir := t.TempDir()
	for name, page := range map[string][]byte{"sound": rendered(t, normandie(t)), "hostile": hostilePage(t)} {
		file := filepath.Join(dir, name+".html")
		if err := os.WriteFile(file, page, 0o644); err != nil {
			t.Fatal(err)
		}
		dom, log := browse(t, browser, "--dump-dom", file)
		if strings.Contains(dom, "<title>taken") || !strings.Contains(dom, "Faits et citations") {
			t.Errorf("%s page: a script ran, or nothing is shown", name)
		}
		if strings.Contains(log, "Refused to") || strings.Contains(log, "Content Security Policy") || strings.Contains(log, "CONSOLE") {
			t.Errorf("%s page: %s", name, log)
		}
	}
	paper := filepath.Join(dir, "page.pdf")
	browse(t, browser, "--print-to-pdf="+paper, filepath.Join(dir, "sound.html"))
	if pdf, err := os.ReadFile(paper); err != nil || !bytes.HasPrefix(pdf, []byte("%PDF")) {
		t.Errorf("the page does not print: %v", err)
	}
}

func browse(t *testing.T, browser, do, file string) (out, log string) {
	t.Helper()
	ctx, cancel := context.WithTimeout(t.Context(), time.Minute)
	defer cancel()
	cmd := exec.CommandContext(ctx, browser, "--headless", "--no-sandbox", "--disable-gpu", "--disable-dev-shm-usage", "--enable-logging=stderr",
		"--user-data-dir="+t.TempDir(), do, "file://"+file)
	var o, e bytes.Buffer
	cmd.Stdout, cmd.Stderr = &o, &e
	if err := cmd.Run(); err != nil {
		t.Fatalf("chromium %s: %v\n%s", do, err, e.String())
	}
	return o.String(), e.String()
}
