package scrapers

import (
	"context"
	"fmt"
	"net/url"
	"regexp"
	"slices"
	"strings"

	"github.com/PuerkitoBio/goquery"

	"vigie"
	"vigie/internal/french"
	"vigie/scrapers/fetch"
)

// A Proposal is what a probe of an unknown site found: a source to be completed by hand,
// and what was tried on the way.
type Proposal struct {
	Source vigie.Source // Discover is empty where nothing gave dated items
	Trials []Trial      // in the order tried; the last is the one proposed, where any is
}

// A Trial is one way to discover and what it gave.
type Trial struct {
	Discovery vigie.Discovery
	Links     int
	Dated     int
	Newest    vigie.Date
	Err       error

	found []vigie.DocumentID
}

// Probe asks an unknown site how its pages are to be found, the most telling way first,
// and stops at the first that gives dated items: feeds that its pages name, WordPress where
// they say that its API is and where it usually is, feeds and sitemaps likewise, lists of news.
func Probe(ctx context.Context, g Getter, home string) (Proposal, error) {
	if _, err := vigie.CanonicalURL(home); err != nil {
		return Proposal{}, err
	}
	u, _ := url.Parse(home)
	if u.Path == "" {
		u.Path = "/"
	}
	p := prober{site: newSite(g, vigie.Source{Home: u.String()}), home: u}
	if err := p.front(ctx); err != nil {
		return Proposal{}, err
	}
	p.source = vigie.Source{ID: siteSlug(u.Host), Home: u.String(), Publisher: vigie.Publisher{Name: p.title, Kind: kindOf(u.Host)}}
	for _, d := range p.ways(ctx) {
		if ctx.Err() != nil {
			return Proposal{}, ctx.Err()
		}
		if p.try(ctx, d) {
			p.source.Discover = []vigie.Discovery{d}
			break
		}
	}
	return Proposal{p.source, p.trials}, nil
}

// A prober is a probe under way.
type prober struct {
	site   ownSite
	home   *url.URL
	source vigie.Source
	known  []vigie.Discovery // not to be tried
	trials []Trial

	title string
	feeds []string // that pages name
	apis  []string // likewise, of WordPress: their posts
	news  []string // pages of news
}

// An ownSite is a [Getter] that knows which addresses are its own.
type ownSite interface {
	Getter
	has(address string) bool
}

const (
	maxNewsPages  = 2
	maxProbeLinks = 500
)

// newsWords stand in the address or the words of links to news.
var newsWords = []string{"actualite", "actus", "presse", "communique", "news", "a la une"}

// front reads the first page, then the pages of news that it leads to.
func (p *prober) front(ctx context.Context) error {
	doc, base, err := p.page(ctx, p.home.String())
	if err != nil {
		return err
	}
	p.title = strings.Join(strings.Fields(doc.Find("title").First().Text()), " ")
	doc.Find("a[href]").Each(func(_ int, a *goquery.Selection) {
		address := resolve(base, a.AttrOr("href", ""))
		text := french.Fold(a.Text() + " " + address)
		isNews := slices.ContainsFunc(newsWords, func(w string) bool { return strings.Contains(text, w) })
		if isNews && p.site.has(address) && address != p.home.String() && !slices.Contains(p.news, address) && len(p.news) < maxNewsPages {
			p.news = append(p.news, address)
		}
	})
	for _, n := range p.news {
		if _, _, err := p.page(ctx, n); err != nil && ctx.Err() != nil {
			return err
		}
	}
	return nil
}

// page reads a page, and takes in what it names.
func (p *prober) page(ctx context.Context, address string) (*goquery.Document, *url.URL, error) {
	resp, err := p.site.Get(ctx, fetch.Request{URL: address, Accept: "text/html"})
	if err != nil {
		return nil, nil, err
	}
	base, err := finalURL(resp)
	if err != nil {
		return nil, nil, err
	}
	doc, err := takeApart(resp)
	if err != nil {
		return nil, nil, err
	}
	p.named(doc, base)
	for _, posts := range wordPressAPIs(resp.Capture, doc, base) {
		if !slices.Contains(p.apis, posts) {
			p.apis = append(p.apis, posts)
		}
	}
	return doc, base, nil
}

// named takes in the feeds that a page's head names.
func (p *prober) named(doc *goquery.Document, base *url.URL) {
	doc.Find("link[rel~=alternate][type][href]").Each(func(_ int, l *goquery.Selection) {
		kind := strings.ToLower(l.AttrOr("type", ""))
		address := resolve(base, l.AttrOr("href", ""))
		isFeed := strings.Contains(kind, "rss") || strings.Contains(kind, "atom") || strings.Contains(kind, "feed+json")
		if isFeed && address != "" && !slices.Contains(p.feeds, address) && !strings.Contains(address, "comments") {
			p.feeds = append(p.feeds, address)
		}
	})
}

var sitemapLine = regexp.MustCompile(`(?mi)^\s*sitemap:\s*(\S+)`)

// ways are what to try, in order.
func (p *prober) ways(ctx context.Context) []vigie.Discovery {
	var ways []vigie.Discovery
	add := func(method string, addresses ...string) {
		for _, a := range addresses {
			d := vigie.Discovery{Method: method, URL: resolve(p.home, a), MaxPages: 1}
			same := func(o vigie.Discovery) bool { return o.Method == method && o.URL == d.URL }
			if d.URL != "" && p.site.has(d.URL) && !slices.ContainsFunc(ways, same) && !slices.ContainsFunc(p.known, same) {
				ways = append(ways, d)
			}
		}
	}
	add("feed", p.feeds...)
	for _, posts := range p.apis {
		if posts == p.home.JoinPath(wordPressPostsRoute).String() {
			posts = p.home.String() // where it is looked for all the same, and by more ways
		}
		add("wordpress", posts)
	}
	add("wordpress", p.home.String())
	add("feed", "feed/", "rss.xml", "rss")
	if resp, err := p.site.Get(ctx, fetch.Request{URL: resolve(p.home, "/robots.txt")}); err == nil {
		for _, m := range sitemapLine.FindAllStringSubmatch(string(resp.Body), maxNewsPages) {
			add("sitemap", m[1])
		}
	}
	add("sitemap", "/sitemap.xml", "/sitemap_index.xml")
	add("listing", p.news...)
	add("listing", p.home.String())
	return ways
}

// try reports whether a way gives dated items.
func (p *prober) try(ctx context.Context, d vigie.Discovery) bool {
	method, _ := discoverer(d.Method)
	t := Trial{Discovery: d}
	for l, err := range method.Discover(ctx, p.site, d, vigie.Window{}) {
		if err != nil {
			t.Err = err
			break
		}
		day := l.Published
		if day == "" && !l.Modified.IsZero() {
			day = dayOf(l.Modified)
		}
		t.Links++
		t.found = append(t.found, vigie.NewDocumentID(canonicalOr(l.URL), nil))
		if day != "" {
			t.Dated++
			if t.Newest == "" || day.Compare(t.Newest) > 0 {
				t.Newest = day
			}
		}
		if t.Links == maxProbeLinks {
			break
		}
	}
	p.trials = append(p.trials, t)
	return t.Dated > 0
}

// kindOf is what a host's name settles of who speaks; empty where it settles nothing.
func kindOf(host string) string {
	switch h := strings.TrimSuffix(host, "."); {
	case strings.HasSuffix(h, ".gouv.fr"):
		return "etat"
	case strings.HasSuffix(h, ".cci.fr"):
		return "cci"
	}
	return ""
}

var notSlug = regexp.MustCompile(`[^a-z0-9]+`)

func siteSlug(host string) string {
	host, _, _ = strings.Cut(strings.TrimPrefix(strings.ToLower(host), "www."), ":")
	if i := strings.LastIndex(host, "."); i > 0 {
		host = host[:i]
	}
	return strings.Trim(notSlug.ReplaceAllString(strings.TrimSuffix(host, ".gouv"), "-"), "-")
}

// String is the proposal as a source's file: what was tried as comments, then the fields,
// with those that only a reader can settle left open.
func (p Proposal) String() string {
	var b strings.Builder
	fmt.Fprintf(&b, "# scrapers/sources/%s.yaml, proposed by a probe of the site. Tried:\n", p.Source.ID)
	for _, t := range p.Trials {
		fmt.Fprintf(&b, "#   %s\n", t)
	}
	kind := p.Source.Publisher.Kind
	if kind == "" {
		kind = `"" # to be settled: ` + strings.Join(publisherKinds, ", ")
	}
	fmt.Fprintf(&b, "publisher:\n  name: %q\n  kind: %s\n", p.Source.Publisher.Name, kind)
	fmt.Fprintf(&b, "scope: \"\" # to be settled: whom its pages are about, region:28, departement:61, epci:SIREN, FR\nhome: %s\n", p.Source.Home)
	if len(p.Source.Discover) == 0 {
		b.WriteString("disabled: \"aucune liste datée trouvée par la sonde\"\n")
		return b.String()
	}
	b.WriteString("discover:\n")
	for _, d := range p.Source.Discover {
		fmt.Fprintf(&b, "  - {method: %s, url: %q}\n", d.Method, d.URL)
	}
	return b.String()
}

func (t Trial) String() string {
	outcome := fmt.Sprintf("%d links, %d dated", t.Links, t.Dated)
	if t.Newest != "" {
		outcome += ", the newest of " + string(t.Newest)
	}
	if t.Err != nil {
		outcome = strings.Join(strings.Fields(t.Err.Error()), " ")
	}
	return fmt.Sprintf("%s %s: %s", t.Discovery.Method, t.Discovery.URL, outcome)
}
