package scrapers

import (
	"context"
	"hash/fnv"
	"net/url"
	"strings"

	"vigie"
	"vigie/scrapers/fetch"
)

// A doubter knows the soft 404s that say nothing of themselves: sites that show one page,
// mostly their first, for every address. It asks twice in a turn at most, and only once
// two pages bear one title, or a page says nothing of what its link promised.
type doubter struct {
	asked  bool
	blanks []map[uint64]bool // the home page, and the page of an address that cannot be
	titles map[string]*found // the first page of each title; nil: the page for any address bears it
}

// sameShare is how much of their prose two pages share when they are one: less than all,
// for clocks and counters; more than a short text on a page full of everything else.
const sameShare = 0.98

// wholeProse is as much as is compared of a page.
const wholeProse = 200_000

// doubt returns a [*PageError] where a page is what the site shows for any address. The
// page of the same title that was believed before is then asked for again.
func (t *turn) doubt(ctx context.Context, f *found, resp *fetch.Response) error {
	if !isPage(resp) || f.canonical == t.site.home {
		return nil
	}
	p := t.site.shapeOf(resp)
	before, twice := t.doubter.titles[p.title]
	if !twice && (p.title != "" && t.saysSo(f, p)) {
		t.doubter.note(p.title, f)
		return nil
	}
	if !t.isBlank(ctx, resp) {
		t.doubter.note(p.title, f)
		return nil
	}
	if before != nil {
		t.again = append(t.again, before)
		t.doubter.titles[p.title] = nil // what bears it from now on is compared too
	}
	return &PageError{vigie.FaultSoft404, "the page for any address", resp}
}

func (d *doubter) note(title string, f *found) {
	if d.titles == nil {
		d.titles = map[string]*found{}
	}
	if _, ok := d.titles[title]; !ok && title != "" {
		d.titles[strings.Clone(title)] = f // which would keep the page alive
	}
}

// saysSo reports whether a page holds its link's title, or a keyword; a link without a
// title promises nothing.
func (t *turn) saysSo(f *found, p *shape) bool {
	promised := squeeze(strings.TrimRight(f.Title, " .…"))
	if promised == "" {
		return true
	}
	topic := newTopic(t.source.Keywords)
	says := func(text string) bool {
		text = squeeze(text)
		return strings.Contains(text, promised) || topic.in(text)
	}
	return says(p.title+" "+p.heading) || says(p.title+" "+p.heading+" "+p.plain())
}

// isBlank compares a page with what the site shows at its home and at an address that
// cannot be. An answer that is an error shows nothing.
func (t *turn) isBlank(ctx context.Context, r *fetch.Response) bool {
	d := &t.doubter
	if !d.asked {
		d.asked = true
		for _, address := range []string{t.source.Home, nowhere(t.source.Home)} {
			if resp, err := t.site.Get(ctx, fetch.Request{URL: address, Accept: "text/html"}); err == nil && isPage(resp) {
				d.blanks = append(d.blanks, shingles(resp))
			}
		}
	}
	page := shingles(r)
	for _, b := range d.blanks {
		if share(page, b) >= sameShare {
			return true
		}
	}
	return false
}

// nowhere is an address of the site that no page has.
func nowhere(home string) string {
	u, err := url.Parse(home)
	if err != nil {
		return home
	}
	return u.JoinPath("page-qui-n-existe-pas-" + string(vigie.NewDocumentID(home, nil))).String()
}

func canonicalOr(address string) string {
	if c, err := vigie.CanonicalURL(address); err == nil {
		return c
	}
	return address
}

// shingles are the runs of three words of a page's prose.
func shingles(r *fetch.Response) map[uint64]bool {
	words := readProse(r, wholeProse).words()
	set := map[uint64]bool{}
	for i := 0; i+3 <= len(words); i++ {
		h := fnv.New64a()
		for _, w := range words[i : i+3] {
			h.Write([]byte(w))
			h.Write([]byte{0})
		}
		set[h.Sum64()] = true
	}
	return set
}

// share is what two sets have in common, of all they have; two empty ones share nothing.
func share(a, b map[uint64]bool) float64 {
	both := 0
	for h := range a {
		if b[h] {
			both++
		}
	}
	if all := len(a) + len(b) - both; all > 0 {
		return float64(both) / float64(all)
	}
	return 0
}
