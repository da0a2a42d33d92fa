package scrapers

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"net/url"
	"path"
	"slices"
	"strings"
	"unicode"

	"github.com/PuerkitoBio/goquery"

	"vigie"
	"vigie/internal/french"
	"vigie/scrapers/fetch"
)

// seek looks on the source's own site for what is not where its file says: lists in the
// order in which an unknown site is probed, pages by the end of their address. What it
// finds is told with the evidence, for somebody to write into the file; nothing is read
// there. A site is searched once a week. The error is the archive's or the context's.
func (t *turn) seek(ctx context.Context, w vigie.Window) error {
	t.run.Moves = t.site.moves
	kept, ok := t.c.Archive.(Entries)
	if ok && w == (vigie.Window{}) && !t.bears.stops(t.source.Home) {
		s := &seeker{turn: t, kept: kept, web: archivedSite{t.site, kept}}
		for _, d := range t.lost {
			if err := s.once(ctx, d.Method+" "+d.URL, func() []vigie.Move { return s.list(ctx, d) }); err != nil {
				return err
			}
		}
		for _, address := range t.gone {
			if err := s.once(ctx, "page "+address, func() []vigie.Move { return s.page(ctx, address) }); err != nil {
				return err
			}
		}
	}
	for _, m := range t.run.Moves {
		t.run.Error = strings.TrimPrefix(fmt.Sprintf("%s ; nouvelle adresse proposée : %s, %s : à confirmer dans la fiche", t.run.Error, m.To, m.Why), " ; ")
	}
	return ctx.Err()
}

// names reports whether the source's file names a page.
func (t *turn) names(address string) bool {
	return slices.ContainsFunc(t.source.Discover, func(d vigie.Discovery) bool { return slices.Contains(d.URLs, address) })
}

// A seeker looks for what has moved on a site.
type seeker struct {
	*turn
	kept Entries
	web  archivedSite // what speaks for a proposal is archived like all else
}

// once looks unless it was looked this week; then what was found stands.
func (s *seeker) once(ctx context.Context, what string, look func() []vigie.Move) error {
	name := "moved: " + what
	text, when, err := s.kept.ListNote(ctx, s.source.ID, name)
	if err != nil && !errors.Is(err, vigie.ErrNotFound) {
		return &archiveError{err}
	}
	var moves []vigie.Move
	if err == nil && s.c.now().Sub(when) < recheck && json.Unmarshal(text, &moves) == nil {
		s.run.Moves = append(s.run.Moves, moves...)
		return nil
	}
	moves = look()
	if ctx.Err() != nil {
		return ctx.Err()
	}
	if text, err = json.Marshal(moves); err == nil {
		err = s.kept.PutListNote(ctx, s.source.ID, name, s.c.now(), text)
	}
	if err != nil {
		return &archiveError{err}
	}
	s.run.Moves = append(s.run.Moves, moves...)
	return nil
}

// list looks for another way to find the source's pages, with dates.
func (s *seeker) list(ctx context.Context, lost vigie.Discovery) []vigie.Move {
	home, err := url.Parse(s.source.Home)
	if err != nil {
		return nil
	}
	p := prober{site: s.web, home: home, known: s.source.Discover}
	if p.front(ctx) != nil {
		return nil
	}
	for _, d := range p.ways(ctx) {
		if ctx.Err() == nil && p.try(ctx, d) {
			last := p.trials[len(p.trials)-1]
			return []vigie.Move{{From: lost.URL, To: d.URL, Method: d.Method, Why: s.evidence(ctx, last)}}
		}
	}
	return nil
}

// evidence tells what a list gave, and what of it the archive has: the same pages make it
// the same list.
func (s *seeker) evidence(ctx context.Context, t Trial) string {
	why := fmt.Sprintf("%d liens, dont %d datés", t.Links, t.Dated)
	if t.Newest != "" {
		why += " (le plus récent : " + string(t.Newest) + ")"
	}
	if kept, ok := s.c.Archive.(Checks); ok {
		if known, err := kept.Known(ctx, t.found); err == nil {
			there := slices.DeleteFunc(slices.Clone(t.found), func(id vigie.DocumentID) bool { return !known[id] })
			why += fmt.Sprintf(", dont %d déjà archivés", len(there))
		}
	}
	return why
}

// page looks for a page whose address ends as the lost one's does, among those that the
// home page and the sitemap name, and asks for it: it must be one.
func (s *seeker) page(ctx context.Context, lost string) []vigie.Move {
	best, score := "", 0.0
	for _, address := range s.named(ctx) {
		if sc := alike(lost, address); sc > score && canonicalOr(address) != canonicalOr(lost) {
			best, score = address, sc
		}
	}
	if score < fewestAlike {
		return nil
	}
	resp, err := s.web.Get(ctx, fetch.Request{URL: best, Accept: pageTypes})
	if err != nil {
		return nil
	}
	return []vigie.Move{{From: lost, To: best, Why: s.likeness(ctx, lost, resp)}}
}

func (s *seeker) likeness(ctx context.Context, lost string, resp *fetch.Response) string {
	last, known, err := s.c.latest(ctx, vigie.NewDocumentID(canonicalOr(lost), nil))
	if err == nil && known && last.Digest == vigie.Digest(resp.Body) {
		return "la même page, octet pour octet"
	}
	doc, err := takeApart(resp)
	if err != nil {
		return "adresse de même fin"
	}
	return "adresse de même fin, titre « " + strings.Join(strings.Fields(doc.Find("title").First().Text()), " ") + " »"
}

// named are the addresses that the site's home page and sitemap name.
func (s *seeker) named(ctx context.Context) (all []string) {
	home, err := url.Parse(s.source.Home)
	if err != nil {
		return nil
	}
	p := prober{site: s.web, home: home}
	if doc, base, err := p.page(ctx, s.source.Home); err == nil {
		doc.Find("a[href]").Each(func(_ int, a *goquery.Selection) {
			if address := resolve(base, a.AttrOr("href", "")); s.site.has(address) {
				all = append(all, address)
			}
		})
	}
	for _, d := range p.ways(ctx) {
		if d.Method != "sitemap" {
			continue
		}
		d.MaxPages = maxNewsPages
		for l, err := range (sitemap{}).Discover(ctx, s.web, d, vigie.Window{}) {
			if err == nil && s.site.has(l.URL) {
				all = append(all, l.URL)
			}
		}
	}
	return all
}

// fewestAlike is how much of their words two addresses must share to be of one page, and
// fewWords are too few to say so unless they are the same and long: index, accueil.
const (
	fewestAlike = 0.75
	fewWords    = 3
	longEnough  = 12 // letters
)

// alike is which share of the words at the ends of two addresses they have in common.
func alike(a, b string) float64 {
	x, y := endWords(a), endWords(b)
	if min(len(x), len(y)) < fewWords && (!slices.Equal(x, y) || len(strings.Join(x, "")) < longEnough) {
		return 0
	}
	both := slices.DeleteFunc(slices.Clone(x), func(w string) bool { return !slices.Contains(y, w) })
	return float64(len(both)) / float64(len(x)+len(y)-len(both))
}

// endWords are the words of an address's last segment, without its ending: each once.
func endWords(address string) []string {
	u, err := url.Parse(address)
	if err != nil {
		return nil
	}
	end := path.Base(strings.TrimSuffix(u.Path, "/"))
	end = strings.TrimSuffix(end, path.Ext(end))
	words := strings.FieldsFunc(french.Fold(end), func(r rune) bool { return !unicode.IsLetter(r) && !unicode.IsDigit(r) })
	slices.Sort(words)
	return slices.Compact(words)
}
