package scrapers

import (
	"context"
	"encoding/json"
	"errors"
	"net/url"
	"slices"
	"strings"
	"time"

	"vigie"
	"vigie/scrapers/fetch"
)

// A blank is what a site shows at an address that is no page's.
type blank struct {
	Asked time.Time       // when the site said so; zero: it has not
	Title string          // folded
	Runs  map[uint64]bool // of its prose; none where that is an error
}

// blanks are the two of a source, its home page and that of an address that cannot be. They
// are noted, and asked for at most once in a turn.
type blanks struct {
	read  bool
	asked [2]bool
	known [2]blank
}

// stillSo is how long a page that is like none of them need not be compared with them anew.
// The titles are believed for as long as all that is not seen to change: [recheck].
const stillSo = 12 * time.Hour

// learnBlanks asks for those that were asked for longer ago than life. Of one that refused an
// answer, or gave none, stays what was known. The error is the archive's.
func (t *turn) learnBlanks(ctx context.Context, life time.Duration) error {
	b := &t.doubter.blanks
	if err := t.recallBlanks(ctx); err != nil {
		return err
	}
	for i, address := range []string{t.source.Home, nowhere(t.source.Home)} {
		if b.asked[i] || t.c.now().Sub(b.known[i].Asked) < life {
			continue
		}
		b.asked[i] = true
		resp, err := t.site.Get(ctx, fetch.Request{URL: address, Accept: "text/html"})
		switch {
		case err == nil && isPage(resp):
			b.known[i] = blank{t.c.now(), strings.Clone(t.site.shapeOf(resp).title), shingles(resp)}
		case err == nil || errors.Is(err, vigie.ErrNotFound):
			b.known[i] = blank{Asked: t.c.now()}
		default:
			continue
		}
		if err := t.noteBlanks(ctx); err != nil {
			return err
		}
	}
	return nil
}

// recallBlanks reads, once in a turn, what another turn has noted.
func (t *turn) recallBlanks(ctx context.Context) error {
	b, kept := &t.doubter.blanks, t.beyond()
	if b.read || kept == nil {
		return nil
	}
	text, _, err := kept.ListNote(ctx, t.source.ID, t.blanksName())
	if err != nil && !errors.Is(err, vigie.ErrNotFound) {
		return &archiveError{err}
	}
	if b.read = true; err != nil || json.Unmarshal(text, &b.known) != nil {
		b.known = [2]blank{} // none, or another version's
	}
	return nil
}

// noteBlanks notes them at once: a turn that is stopped asks for none of them again.
func (t *turn) noteBlanks(ctx context.Context) error {
	kept := t.beyond()
	if kept == nil {
		return nil
	}
	text, err := json.Marshal(t.doubter.blanks.known)
	if err == nil {
		err = kept.PutListNote(ctx, t.source.ID, t.blanksName(), t.c.now(), text)
	}
	if err != nil {
		return &archiveError{err}
	}
	return nil
}

// beyond is what keeps notes beyond the turn, a backfill's too; nil: nothing does.
func (t *turn) beyond() Entries {
	archive := t.c.Archive
	if b, ok := archive.(bare); ok {
		archive = b.Archive
	}
	kept, _ := archive.(Entries)
	return kept
}

// blanksName is the note's: another home page has others.
func (t *turn) blanksName() string { return "one page for any address of " + t.source.Home }

// bear reports whether a title is one of theirs.
func (b *blanks) bear(title string) bool {
	return slices.ContainsFunc(b.known[:], func(b blank) bool { return b.Title == title })
}

// like reports whether a page is one of them.
func (b *blanks) like(page map[uint64]bool) bool {
	return slices.ContainsFunc(b.known[:], func(b blank) bool { return share(page, b.Runs) >= sameShare })
}

// nowhere is an address of the site that no page has.
func nowhere(home string) string {
	u, err := url.Parse(home)
	if err != nil {
		return home
	}
	return u.JoinPath("page-qui-n-existe-pas-" + string(vigie.NewDocumentID(home, nil))).String()
}
