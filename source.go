package vigie

import "time"

// A Source is one place that publishes announcements, as its YAML file declares it.
type Source struct {
	ID        string        // stable slug, also the file's name
	Family    string        // a family lends what the source leaves out
	Publisher Publisher     // who speaks
	Scope     Ref           // whom its pages are about unless they say otherwise
	Home      string        // its first page: resolves relative addresses, names the host
	Hosts     []string      // hosts whose pages count, beside Home's
	Discover  []Discovery   // tried in order, their links united
	Content   Selectors     // where a page keeps its parts; empty means find out
	Keywords  []string      // a link is fetched only where its title, address or summary holds one; empty: all
	Platform  string        // hosts that bear load together; empty: the host alone
	Delay     time.Duration // between two requests to the platform; zero: the client's default
	Expect    time.Duration `json:",omitzero"` // longer than that without a new item in its feeds is told; zero: never
	TLS       TLSException  `json:",omitzero"` // a fault of its certificate that is borne
	Disabled  string        // why the source is not read; empty: it is
	Verified  bool          // seen to answer as declared
	Mining    Mining        `json:",omitzero"` // whether its pages may be read by machine, where its file says so
	List      string        // its pages are an official list: programme, or programme@phase; empty: they are articles
}

// A Publisher is who speaks on a source's pages.
type Publisher struct {
	Name string
	Kind string // etat, region, epci, cci, agence, presse, association
}

// A Discovery is one way to find a source's pages; Method names a scrapers.Discoverer.
type Discovery struct {
	Method   string // feed, sitemap, listing, wordpress, pages
	URL      string
	URLs     []string // the pages named outright, for method pages
	Match    string   // pattern that an address must match; empty: any
	Item     string   // CSS selector of a listing's links, or field of a dataset that holds an address; empty: links of the main part, the dataset itself
	Next     string   // CSS selector of the next page's link
	Search   string   // words asked of an API
	MaxPages int      // lists read on a night, of which a window may need more; zero: the method's default
}

// Selectors say where a page keeps its parts, as CSS.
type Selectors struct{ Article, Title, Published string }

// A Link is a page that discovery found and nothing has fetched yet.
type Link struct {
	Source, URL, Title string
	Summary            string // what the listing says of it beside the title: lead, categories
	Published          Date   // zero where the listing is silent
	Modified           time.Time
}

// A Window bounds publication dates; a zero end is open.
type Window struct{ Since, Until Date }

// Holds reports whether the date may lie in the window. An unknown date may.
func (w Window) Holds(d Date) bool {
	if d.First().IsZero() {
		return true
	}
	if !w.Since.First().IsZero() && d.Last().Before(w.Since.First()) {
		return false
	}
	return w.Until.First().IsZero() || !d.First().After(w.Until.Last())
}
