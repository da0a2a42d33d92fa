package scrapers

import (
	"fmt"
	"net/url"
	"regexp"
	"slices"
	"strings"
	"time"

	"github.com/andybalholm/cascadia"

	"vigie"
)

// A sourceYAML is a source as its file writes it, and also what a family lends.
type sourceYAML struct {
	ID        string          `yaml:"id"` // only of a source within a configuration
	Publisher publisherYAML   `yaml:"publisher"`
	Scope     string          `yaml:"scope"`
	Family    string          `yaml:"family"`
	Home      string          `yaml:"home"`
	Hosts     []string        `yaml:"hosts"`
	Discover  []discoveryYAML `yaml:"discover"`
	Content   contentYAML     `yaml:"content"`
	Keywords  *[]string       `yaml:"keywords"`
	Platform  string          `yaml:"platform"`
	Delay     string          `yaml:"delay"`
	Expect    int             `yaml:"expect_days"`
	TLS       tlsYAML         `yaml:"tls"`
	Disabled  string          `yaml:"disabled"`
	Verified  bool            `yaml:"verified"`
	List      string          `yaml:"list"`
	Mining    miningYAML      `yaml:"mining"`
}

type tlsYAML struct {
	Accept string `yaml:"accept"`
	Until  string `yaml:"until"`
	Reason string `yaml:"reason"`
}

type miningYAML struct {
	Rule   string `yaml:"rule"`
	Reason string `yaml:"reason"`
}

type publisherYAML struct {
	Name string `yaml:"name"`
	Kind string `yaml:"kind"`
}

type discoveryYAML struct {
	Method   string   `yaml:"method"`
	URL      string   `yaml:"url"`
	URLs     []string `yaml:"urls"`
	Match    string   `yaml:"match"`
	Item     string   `yaml:"item"`
	Next     string   `yaml:"next"`
	Search   string   `yaml:"search"`
	MaxPages int      `yaml:"max_pages"`
}

type contentYAML struct {
	Article   string `yaml:"article"`
	Title     string `yaml:"title"`
	Published string `yaml:"published"`
}

// A sourceReader turns one source's YAML into a Source and gathers its faults.
type sourceReader struct {
	yamlNode
	errs []error
}

func (r *sourceReader) fault(field, text string) {
	r.errs = append(r.errs, r.yamlNode.fault(field, text))
}

var (
	slug           = regexp.MustCompile(`^[a-z0-9]+(-[a-z0-9]+)*$`)
	listName       = regexp.MustCompile(`^[a-z0-9]+(-[a-z0-9]+)*(@[0-9]{4})?$`)
	publisherKinds = []string{"agence", "association", "cci", "epci", "etat", "presse", "region"}
)

func (r *sourceReader) source(y sourceYAML, id string) vigie.Source {
	if !slug.MatchString(id) {
		r.fault("id", fmt.Sprintf("%q: want lower-case letters, digits and single hyphens", id))
	}
	if y.Publisher.Name == "" {
		r.fault("publisher.name", "missing")
	}
	if !slices.Contains(publisherKinds, y.Publisher.Kind) {
		r.fault("publisher.kind", fmt.Sprintf("%q: want one of %s", y.Publisher.Kind, strings.Join(publisherKinds, ", ")))
	}
	scope, err := vigie.ParseRef(y.Scope)
	if err != nil {
		r.fault("scope", err.Error())
	}
	home := r.home(y)
	s := vigie.Source{
		ID: id, Family: y.Family, Publisher: vigie.Publisher(y.Publisher), Scope: scope,
		Home: home.String(), Hosts: r.hosts(y.Hosts), Discover: r.discover(y, home),
		Content: vigie.Selectors(y.Content), Keywords: programmes, Platform: y.Platform,
		Delay: r.delay(y.Delay), Disabled: y.Disabled, Verified: y.Verified, List: y.List,
		Mining: r.mining(y.Mining), Expect: r.expect(y.Expect), TLS: r.tls(y.TLS),
	}
	if y.Keywords != nil {
		s.Keywords = *y.Keywords
	}
	if y.List != "" && !listName.MatchString(y.List) {
		r.fault("list", fmt.Sprintf("%q: want a programme, or programme@phase", y.List))
	}
	r.content(y.Content)
	return s
}

func (r *sourceReader) content(y contentYAML) {
	r.selector("content.article", y.Article)
	r.selector("content.title", y.Title)
	r.selector("content.published", y.Published)
}

func (r *sourceReader) expect(days int) time.Duration {
	if days < 0 || days > 3650 {
		r.fault("expect_days", fmt.Sprintf("%d: want days between two items of its feeds, ten years at most", days))
	}
	return time.Duration(days) * 24 * time.Hour
}

// tls is a fault of the site's certificate, borne until a day and for a reason.
func (r *sourceReader) tls(y tlsYAML) vigie.TLSException {
	faults := []string{string(vigie.TLSExpired), string(vigie.TLSIncompleteChain)}
	until, err := vigie.ParseDate(y.Until)
	switch {
	case y == (tlsYAML{}):
	case !slices.Contains(faults, y.Accept):
		r.fault("tls.accept", fmt.Sprintf("%q: want one of %s", y.Accept, strings.Join(faults, ", ")))
	case err != nil || until.Precision() != vigie.DayPrecision:
		r.fault("tls.until", fmt.Sprintf("%q: want the last day of the exception, such as 2026-12-31", y.Until))
	case strings.TrimSpace(y.Reason) == "":
		r.fault("tls.reason", "missing: who was told of it, and when?")
	}
	return vigie.TLSException{Accept: vigie.TLSFault(y.Accept), Until: until, Reason: y.Reason}
}

// mining is a decision, and the ground that it stands on.
func (r *sourceReader) mining(y miningYAML) vigie.Mining {
	rules := []string{string(vigie.MiningPermitted), string(vigie.MiningReserved)}
	switch {
	case y == (miningYAML{}):
	case !slices.Contains(rules, y.Rule):
		r.fault("mining.rule", fmt.Sprintf("%q: want one of %s", y.Rule, strings.Join(rules, ", ")))
	case strings.TrimSpace(y.Reason) == "":
		r.fault("mining.reason", "missing: on what ground? a licence, a law, an agreement with its date")
	}
	return vigie.Mining{Rule: vigie.MiningRule(y.Rule), Reason: y.Reason}
}

// home is the source's first page; only one that is not read may do without.
func (r *sourceReader) home(y sourceYAML) *url.URL {
	address := y.Home
	if address == "" {
		if y.Disabled == "" {
			r.fault("home", "missing")
		}
		return &url.URL{}
	}
	if _, err := vigie.CanonicalURL(address); err != nil {
		r.fault("home", err.Error())
		return &url.URL{}
	}
	u, _ := url.Parse(address)
	if u.Path == "" {
		u.Path = "/"
	}
	return u
}

func (r *sourceReader) hosts(hosts []string) []string {
	for i, h := range hosts {
		if u, err := url.Parse("//" + h); err != nil || u.Host != h || h == "" {
			r.fault(fmt.Sprintf("hosts[%d]", i), fmt.Sprintf("%q: want a host, such as medias.orne.gouv.fr", h))
		}
	}
	return hosts
}

func (r *sourceReader) delay(text string) time.Duration {
	if text == "" {
		return 0
	}
	d, err := time.ParseDuration(text)
	if err != nil || d <= 0 || d > time.Hour {
		r.fault("delay", fmt.Sprintf("%q: want a time such as 5s, an hour at most", text))
	}
	return d
}

func (r *sourceReader) discover(y sourceYAML, home *url.URL) []vigie.Discovery {
	if len(y.Discover) == 0 && y.Disabled == "" {
		r.fault("discover", "missing: how are the source's pages found?")
	}
	var out []vigie.Discovery
	for i, d := range y.Discover {
		field := func(name string) string { return fmt.Sprintf("discover[%d].%s", i, name) }
		if _, ok := discoverer(d.Method); !ok {
			r.fault(field("method"), fmt.Sprintf("%q: want one of %s", d.Method, methodNames()))
		}
		if d.Method != "opendatasoft" { // whose item is a field's name
			r.selector(field("item"), d.Item)
		}
		r.selector(field("next"), d.Next)
		if _, err := regexp.Compile(d.Match); err != nil {
			r.fault(field("match"), err.Error())
		}
		if d.MaxPages < 0 || d.MaxPages > 1000 {
			r.fault(field("max_pages"), fmt.Sprintf("%d: want 1 to 1000", d.MaxPages))
		}
		if d.Search != "" && d.Method != "wordpress" && d.Method != "opendatasoft" {
			r.fault(field("search"), "only methods wordpress and opendatasoft can be asked")
		}
		if d.Item != "" && d.Method != "listing" && d.Method != "opendatasoft" {
			r.fault(field("item"), "of methods listing and opendatasoft only")
		}
		if d.Next != "" && d.Method != "listing" {
			r.fault(field("next"), "of method listing only")
		}
		out = append(out, vigie.Discovery{
			Method: d.Method, URL: r.entry(field, d, home), URLs: r.named(field, d, home), Match: d.Match,
			Item: d.Item, Next: d.Next, Search: d.Search, MaxPages: d.MaxPages,
		})
	}
	return out
}

// entry is the address that a discovery starts from: home where it names none.
func (r *sourceReader) entry(field func(string) string, d discoveryYAML, home *url.URL) string {
	if d.Method == "pages" {
		if d.URL != "" {
			r.fault(field("url"), "method pages takes urls")
		}
		return ""
	}
	u := resolve(home, d.URL)
	if d.URL == "" {
		u = home.String()
	}
	if u == "" {
		r.fault(field("url"), fmt.Sprintf("%q: want an address, or a path from home", d.URL))
	}
	return u
}

func (r *sourceReader) named(field func(string) string, d discoveryYAML, home *url.URL) []string {
	if (d.Method == "pages") != (len(d.URLs) > 0) {
		r.fault(field("urls"), "method pages takes at least one, the others take url")
	}
	var out []string
	for i, a := range d.URLs {
		u := resolve(home, a)
		if u == "" {
			r.fault(field(fmt.Sprintf("urls[%d]", i)), fmt.Sprintf("%q: want an address, or a path from home", a))
		}
		out = append(out, u)
	}
	return out
}

func (r *sourceReader) selector(field, css string) {
	if css == "" {
		return
	}
	if _, err := cascadia.ParseGroup(css); err != nil {
		r.fault(field, fmt.Sprintf("%q is no CSS selector: %v", css, err))
	}
}
