package scrapers

import (
	"embed"
	"errors"
	"fmt"
	"io/fs"
	"net/url"
	"path"
	"strings"

	"vigie"
)

//go:embed sources families
var embedded embed.FS

// Default returns the sources that vigie knows, by ID.
func Default() ([]vigie.Source, error) { return Load(embedded) }

// Load reads sources/*.yaml, one a source, and families/*.yaml, what sites of one kind
// share; it returns the sources by ID. A field that is unknown, missing or wrong is an
// error naming file, line and field; all are reported at once.
//
// A source's file:
//
//	publisher:             # who speaks
//	  name: Préfecture de l'Orne
//	  kind: etat           # etat, region, epci, cci, agence, presse, association
//	scope: departement:61  # whom its pages are about unless they say otherwise
//	family: prefecture     # lends every field below that the source leaves out
//	home: https://www.orne.gouv.fr/
//	hosts: [medias.orne.gouv.fr]  # beside home's
//	discover:              # tried in order, their links united; addresses relative to home
//	  - {method: feed, url: rss.xml, max_pages: 1}
//	  - {method: listing, url: /Actualites, item: .card a, next: a.next, match: "/Actualites/"}
//	  - {method: pages, urls: [/une-page]}
//	content: {article: main, title: h1, published: .date}  # CSS; empty: find out
//	keywords: [territoires d'industrie]  # default: the programmes' names; []: every link
//	platform: prefectures  # hosts that bear load together
//	delay: 5s              # between two requests to the platform
//	disabled: why it is not read
//	verified: true         # seen to answer as declared
//	list: territoires-industrie@2023  # its pages are an official list, to be compared and not read
//
// The methods are datagouv and opendatasoft (a dataset), feed, listing, pages, sitemap
// and wordpress (which takes search: words).
func Load(fsys fs.FS) ([]vigie.Source, error) {
	families, err := loadFamilies(fsys)
	if err != nil {
		return nil, err // sources would only repeat it, from lines of their own
	}
	names, err := fs.Glob(fsys, "sources/*.yaml")
	if err != nil {
		return nil, err
	}
	var sources []vigie.Source
	var errs []error
	for _, name := range names {
		s, err := loadSource(fsys, name, families)
		sources = append(sources, s)
		errs = append(errs, err)
	}
	if err := errors.Join(errs...); err != nil {
		return nil, err
	}
	return sources, nil // fs.Glob sorts
}

// programmes are the names that announcements are looked for by: those of all programmes
// that are read, which a test of the command holds together.
var programmes = []string{
	"territoires d'industrie", "action cœur de ville", "cités éducatives", "petites villes de demain", "villages d'avenir",
}

func loadFamilies(fsys fs.FS) (map[string]sourceYAML, error) {
	names, err := fs.Glob(fsys, "families/*.yaml")
	if err != nil {
		return nil, err
	}
	families := map[string]sourceYAML{}
	var errs []error
	for _, name := range names {
		root, err := parseYAML(fsys, name)
		if err != nil {
			errs = append(errs, err)
			continue
		}
		var f sourceYAML
		if err := root.decode(&f); err != nil {
			errs = append(errs, err)
			continue
		}
		if f.ID != "" || f.Publisher.Name != "" || f.Home != "" || f.Family != "" || f.Scope != "" || f.Verified {
			errs = append(errs, root.fault("", "a family lends hosts, discover, content, keywords, platform and delay; the rest is each source's own"))
		}
		families[base(name)] = f
		errs = append(errs, lent(root, f))
	}
	return families, errors.Join(errs...)
}

// lent checks what a family lends, as if some site had borrowed it.
func lent(root yamlNode, f sourceYAML) error {
	r := sourceReader{yamlNode: root}
	if len(f.Discover) > 0 {
		r.discover(f, &url.URL{Scheme: "https", Host: "site.invalid", Path: "/"})
	}
	r.hosts(f.Hosts)
	r.delay(f.Delay)
	r.expect(f.Expect)
	r.content(f.Content)
	return errors.Join(r.errs...)
}

func base(name string) string { return strings.TrimSuffix(path.Base(name), ".yaml") }

func loadSource(fsys fs.FS, name string, families map[string]sourceYAML) (vigie.Source, error) {
	root, err := parseYAML(fsys, name)
	if err != nil {
		return vigie.Source{}, err
	}
	return readSource(root, base(name), families)
}

// readSource reads the source at root. Its ID is id, or where that is empty the one
// that it states.
func readSource(root yamlNode, id string, families map[string]sourceYAML) (vigie.Source, error) {
	var y sourceYAML
	if err := root.decode(&y); err != nil {
		return vigie.Source{}, err
	}
	r := sourceReader{yamlNode: root}
	if id != "" && y.ID != "" && y.ID != id {
		r.fault("id", fmt.Sprintf("is %q, and the file's name says %q", y.ID, id))
	}
	if id == "" {
		id = y.ID
	}
	if y.Family != "" {
		lend, ok := families[y.Family]
		if !ok {
			r.fault("family", fmt.Sprintf("unknown family %q", y.Family))
		}
		y = borrow(y, lend)
	}
	s := r.source(y, id)
	return s, errors.Join(r.errs...)
}

// borrow fills what y leaves out with what its family lends.
func borrow(y, lend sourceYAML) sourceYAML {
	if len(y.Discover) == 0 {
		y.Discover = lend.Discover
	}
	if y.Content == (contentYAML{}) {
		y.Content = lend.Content
	}
	if y.Keywords == nil {
		y.Keywords = lend.Keywords
	}
	if y.Platform == "" {
		y.Platform = lend.Platform
	}
	if y.Delay == "" {
		y.Delay = lend.Delay
	}
	if y.Expect == 0 {
		y.Expect = lend.Expect
	}
	if y.Disabled == "" {
		y.Disabled = lend.Disabled
	}
	y.Hosts = append(y.Hosts, lend.Hosts...)
	return y
}
