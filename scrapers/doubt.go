package scrapers

import (
	"context"
	"hash/fnv"
	"strings"

	"vigie"
	"vigie/scrapers/fetch"
)

// A doubter knows the soft 404s that say nothing of themselves: sites that show one page,
// mostly their first, for every address. It judges each page alone, by what the site shows
// where there is no page (blank.go), so that one page a night, a turn that was stopped and a
// whole one come to the same.
type doubter struct {
	blanks blanks
	never  bool // it is no site that is asked
}

// sameShare is how much of their prose two pages share when they are one: less than all,
// for clocks and counters; more than a short text on a page full of everything else.
const sameShare = 0.98

// wholeProse is as much as is compared of a page.
const wholeProse = 200_000

// doubt returns a [*PageError] where a page is what the site shows for any address. One that
// bears its link's title is not. Of the others those are compared that bear the title of that
// page, or none, or say nothing of what their link promised. Another error is the archive's.
func (t *turn) doubt(ctx context.Context, f *found, resp *fetch.Response) error {
	if t.doubter.never || !isPage(resp) || f.canonical == t.site.home {
		return nil
	}
	p := t.site.shapeOf(resp)
	if bearsTitle(p, f.Title) {
		return nil
	}
	if err := t.learnBlanks(ctx, recheck); err != nil {
		return err
	}
	if p.title != "" && !t.doubter.blanks.bear(p.title) && t.saysSo(f, p) {
		return nil
	}
	page := shingles(resp)
	like := t.doubter.blanks.like(page)
	if !like { // unless the site shows something else by now
		if err := t.learnBlanks(ctx, stillSo); err != nil {
			return err
		}
		like = t.doubter.blanks.like(page)
	}
	if !like {
		return nil
	}
	return &PageError{vigie.FaultSoft404, "the page for any address", resp}
}

// ownWords are more than the name of a topic or a site has.
const ownWords = 4

// bearsTitle reports a page that is headed by the title of its link, where that is an article's.
func bearsTitle(p *shape, title string) bool {
	words := strings.FieldsFunc(title, func(r rune) bool { return !isWordy(r) })
	return len(words) >= ownWords && strings.Contains(squeeze(p.title+" "+p.heading), squeeze(title))
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
