package scrapers

import (
	"context"
	"errors"
	"fmt"
	"io"
	"net/http"
	"regexp"

	"vigie"
	"vigie/scrapers/fetch"
)

// A turn is one source's in a run: discover, then page after page.
type turn struct {
	c      *Collector
	source vigie.Source
	site   *site
	run    vigie.SourceRun

	worked  bool        // a way to discover did
	changed bool        // another no longer fits
	broken  error       // the archive: nothing goes on
	first   error       // that went wrong
	last    error       // likewise
	missed  func(error) // hears of lists that failed; nil: nobody does
	refused int         // pages in a row that were refused, or not answered at all
	unsound int         // pages in a row that came, and could not be used
	deaf    bool        // something was asked, and nobody answered
	doubter doubter
	fresh   freshness
	again   []*found          // believed too soon
	lost    []vigie.Discovery // lists that are not where the file says
	gone    []string          // pages that the file names, likewise
	notes   []error           // what failed nothing, and needs a look all the same
	checks  map[vigie.DocumentID]vigie.Check
	known   map[vigie.DocumentID]bool // to the archive; nil: it must be asked
	fails   failings
}

// maxRefused in a row, and the site is left alone until the next run.
const maxRefused = 3

// maxUnsound likewise: of broken pages a site may have a few, all of them are the site's.
const maxUnsound = 6

// leftAlone reports a site that is not to be asked further in this turn.
func (t *turn) leftAlone() bool { return t.refused >= maxRefused || t.unsound >= maxUnsound }

// bearsUs notes an answer that is in order.
func (t *turn) bearsUs() { t.refused, t.unsound = 0, 0 }

// discover returns the links of all the source's ways that are worth asking for.
func (t *turn) discover(ctx context.Context, w vigie.Window) []*found {
	set := linkSet{index: map[string]*found{}}
	ways := make([]way, len(t.source.Discover))
	for i, d := range t.source.Discover {
		ways[i].Discovery = d
		t.discoverBy(ctx, &ways[i], w, &set)
		if t.broken != nil {
			return nil
		}
		t.worked = t.worked || ways[i].errs == 0
	}
	if t.worked && ctx.Err() == nil {
		t.hearLists(ctx, ways, w)
		t.hearSilence(ctx, w)
		t.hearRhythm(w)
	}
	return t.choose(set.links)
}

// discoverBy adds the links of one way to the set, and to the way what came of it.
func (t *turn) discoverBy(ctx context.Context, by *way, w vigie.Window, set *linkSet) {
	d := by.Discovery
	method, ok := discoverer(d.Method)
	match, err := regexp.Compile(d.Match)
	if !ok || err != nil { // Load refuses both
		t.fail(d.URL, fmt.Errorf("discover: method %q, match %q: %w", d.Method, d.Match, err))
		by.errs++
		return
	}
	today := dayOf(t.c.now())
	for l, err := range method.Discover(ctx, t.getter(w), d, w) {
		if err == nil {
			l = believed(l, today)
			t.fresh.see(d, l)
			by.links++
		}
		switch {
		case ctx.Err() != nil:
			return
		case isArchive(err):
			t.broken = err
			return
		case err != nil:
			by.errs++
			t.changed = t.changed || errors.Is(err, ErrChanged) || errors.Is(err, ErrMoved)
			t.fail(d.URL, err)
			if errors.Is(err, ErrChanged) || errors.Is(err, vigie.ErrNotFound) {
				t.lost = append(t.lost, d)
			}
		case !match.MatchString(l.URL):
		default:
			t.worked = true
			t.bearsUs()
			if by.leaning.own == 0 {
				by.leaning.add(t.site.has(l.URL), l.URL)
			}
			if err := set.add(l, onTopic(d)); errors.Is(err, vigie.ErrTooLarge) {
				t.fail(d.URL, err)
				return
			} else if err != nil {
				t.skip(l) // an address that names no page
			}
		}
	}
}

func isArchive(err error) bool {
	_, ok := errors.AsType[*archiveError](err)
	return ok
}

// choose leaves aside what is not the source's own, leads round in circles, or holds no
// keyword.
func (t *turn) choose(links []*found) []*found {
	topic, leaning := newTopic(t.source.Keywords), leaning{}
	kept := links[:0]
	for _, f := range links {
		t.run.Found++
		own := t.site.has(f.URL)
		if trap(f.canonical) || !f.onTopic && !topic.holds(f.Link) {
			t.skip(f.Link)
			continue
		}
		if own || t.leadsAway(f.URL) {
			leaning.add(own, f.URL)
		}
		if !own {
			t.skip(f.Link)
			continue
		}
		if f.Published != "" && (t.run.Newest == "" || f.Published.Compare(t.run.Newest) > 0) {
			t.run.Newest = f.Published
		}
		kept = append(kept, f)
	}
	if err := leaning.err(); err != nil && !errors.Is(t.first, ErrAway) {
		t.notes = append(t.notes, err)
	}
	return kept
}

// visitAll asks for each page. The error is the archive's or the context's.
func (t *turn) visitAll(ctx context.Context, links []*found) error {
	if t.broken != nil {
		return t.broken
	}
	if err := t.readChecks(ctx, links); err != nil {
		return err
	}
	if err := t.fails.read(ctx, t.source.ID); err != nil {
		return err
	}
	links = t.fails.last(links)
	if len(links) > 0 {
		t.bearsUs() // lists that failed say nothing of pages; a platform at rest says so again, unasked
	}
	for i, f := range links {
		if t.leftAlone() {
			left := len(links) - i
			t.run.Failed += left
			t.c.log().Warn("source left alone after refusals", "source", t.source.ID, "pages", left)
			break
		}
		if err := t.visit(ctx, f); err != nil {
			return err
		}
	}
	for _, f := range t.again {
		if err := t.withdraw(ctx, f); err != nil {
			return err
		}
	}
	return ctx.Err()
}

// visit brings one page into the archive, unless it is as the archive has it.
func (t *turn) visit(ctx context.Context, f *found) error {
	id := vigie.NewDocumentID(f.canonical, nil)
	if hint := t.unchanged(id, f.Link); hint != "" {
		t.same(hint, f.URL)
		return nil
	}
	last, known, err := t.latest(ctx, id)
	if err != nil {
		return err
	}
	if last.Fault != "" && last.Fault != vigie.FaultData { // what was no content is asked for whole
		last.ETag, last.LastModified = "", ""
	}
	resp, err := t.site.Get(ctx, fetch.Request{URL: f.URL, ETag: last.ETag, LastModified: last.LastModified, Accept: pageTypes, Mine: true})
	if err == nil {
		err = t.doubt(ctx, f, resp)
	}
	switch {
	case ctx.Err() != nil:
		return ctx.Err()
	case errors.Is(err, vigie.ErrNotModified):
		t.same(hintOf(last), f.URL)
		if err := t.noteUnchanged(ctx, id, f.Link); err != nil {
			return err
		}
		return t.fails.came(ctx, id, t.c.now())
	case err != nil:
		t.run.Failed++
		t.fail(f.URL, err)
		if errors.Is(err, vigie.ErrNotFound) && t.names(f.URL) {
			t.gone = append(t.gone, f.URL)
		}
		return t.keepFaulty(ctx, f, err)
	}
	switch {
	case t.withhold(f, resp):
	case isData(t.source, resp.Capture):
		resp.Capture.Fault = vigie.FaultData
	default:
		t.checkContent(f.URL, resp)
	}
	if err := t.keep(ctx, f, resp); err != nil {
		return err
	}
	switch {
	case !known:
		t.count(StepNew, &t.run.New, f.URL)
	case vigie.Digest(resp.Body) == last.Digest:
		t.same(vigie.HintDigest, f.URL)
	default:
		t.count(StepChanged, &t.run.Changed, f.URL)
	}
	return t.fails.came(ctx, id, t.c.now())
}

// keep archives a page.
func (t *turn) keep(ctx context.Context, f *found, resp *fetch.Response) error {
	doc := vigie.Document{
		ID: vigie.NewDocumentID(f.canonical, nil), URL: f.canonical, Source: t.source.ID, Title: f.Title, Published: f.Published,
		Modified: f.Modified,
	}
	if err := t.c.Archive.Put(ctx, doc, resp.Capture, resp.Body); err != nil {
		return fmt.Errorf("archive: keep %s: %w", f.URL, err)
	}
	return nil
}

// withdraw marks a page that was archived as content and proved to be none.
func (t *turn) withdraw(ctx context.Context, f *found) error {
	resp, err := t.site.Get(ctx, fetch.Request{URL: f.URL, Accept: pageTypes})
	if err != nil || !t.isBlank(ctx, resp) {
		return ctx.Err()
	}
	if t.run.New > 0 { // one that the archive knew before is rare, and only miscounts the night
		t.run.New--
	}
	t.run.Failed++
	door := &PageError{vigie.FaultSoft404, "the page for any address", resp}
	t.fail(f.URL, door)
	return t.keepFaulty(ctx, f, door)
}

// same notes a page that is as the archive has it, and what told so.
func (t *turn) same(by vigie.Hint, address string) {
	if t.run.Hints == nil {
		t.run.Hints = map[vigie.Hint]int{}
	}
	t.run.Hints[by]++
	t.count(StepSame, &t.run.Same, address)
}

// hintOf is by what a site knew the page that it did not send again: of two validators it
// goes by the first (RFC 9110, 13.2.2).
func hintOf(last vigie.Capture) vigie.Hint {
	if last.ETag != "" {
		return vigie.HintETag
	}
	return vigie.HintLastModified
}

// count notes a page that went well.
func (t *turn) count(s Step, n *int, address string) {
	*n++
	t.bearsUs()
	t.tell(s, address)
}

const pageTypes = "text/html, application/xhtml+xml, application/pdf;q=0.9, */*;q=0.5"

// fail notes what went wrong and goes on.
func (t *turn) fail(address string, err error) {
	t.last = err
	if t.first == nil {
		t.first = err
		t.run.Error = advice(err, t.source.ID)
	}
	if t.missed != nil {
		t.missed(err)
	}
	t.weigh(err)
	t.c.log().Warn("page passed over", "source", t.source.ID, "url", address, "err", err)
	t.c.tell(Event{Source: t.source.ID, Step: StepFailed, URL: address, Err: err, Run: t.run})
}

// weigh notes what an error says of how the site bears us.
func (t *turn) weigh(err error) {
	_, resting := errors.AsType[*fetch.RestingError](err)
	door, isDoor := errors.AsType[*PageError](err)
	status, answered := errors.AsType[*fetch.StatusError](err)
	t.site.answered = t.site.answered || answered
	switch {
	case resting:
		t.refused = maxRefused
	case isDoor && door.refuses(), answered && refusesUs(status):
		t.refused++
	case answered && !errors.Is(err, vigie.ErrNotFound), isUnsound(err):
		t.site.answered = true
		t.unsound++
	case refusalOfOurs(err):
		t.bearsUs()
	default:
		t.deaf = true
		t.refused++ // no answer: some platforms refuse by hanging up
	}
}

// refusesUs reports a status that is the site's answer to us, not to the address.
func refusesUs(s *fetch.StatusError) bool {
	return errors.Is(s, vigie.ErrBlocked) || s.Status == http.StatusTooManyRequests || s.Status == http.StatusServiceUnavailable
}

// isUnsound reports an answer whose body is none: in a form that cannot be read, cut, empty.
func isUnsound(err error) bool {
	return errors.Is(err, fetch.ErrEncoding) || errors.Is(err, fetch.ErrEmpty) || errors.Is(err, io.ErrUnexpectedEOF)
}

// refusalOfOurs reports errors that say nothing of how the site bears us.
func refusalOfOurs(err error) bool {
	for _, e := range []error{vigie.ErrBlocked, vigie.ErrNotFound, vigie.ErrTooLarge, fetch.ErrElsewhere, ErrChanged, ErrMoved, ErrBrowser, ErrShort, ErrAway, ErrVoid} {
		if errors.Is(err, e) {
			return true
		}
	}
	return false
}

func (t *turn) skip(l vigie.Link) {
	t.run.Skipped++
	t.tell(StepSkipped, l.URL)
}

func (t *turn) tell(s Step, address string) {
	t.c.tell(Event{Source: t.source.ID, Step: s, URL: address, Run: t.run})
}
