package extract

import (
	"slices"
	"sort"

	"vigie"
	"vigie/internal/french"
	"vigie/transform/gazetteer"
	"vigie/transform/programme"
)

// A Doc is an article taken apart: its tokens, numbers, dates and names, each once, and
// the passages that rules look at. Offsets are bytes of the article's text.
type Doc struct {
	Article  *vigie.Article
	Tokens   []french.Token
	Numbers  []french.Number
	Dates    []french.Date
	Names    []Name
	Passages []*Passage

	Region string // INSEE code of the region that the text is about; empty where none stands out

	*Grammar
	mentions []mention
	bearers  []bearer          // whom the text gives a label, once its labels are read
	bearing  map[vigie.Ref]int // their places in bearers, by scope
	unlisted []bearer          // those that no list knows
	labelled bool              // who is labelled is known, and what the text is about
	titled   bool              // the title, or enough of the text, speaks of a programme
	sections []section         // of a text of many subjects, once its labels are read
	subject  *bearer           // the one that the whole text is about; nil where there is none
	context  gazetteer.Context
	resolved map[[4]string]bearer // by programme, phase, name, and the départements that a commune may lie in
	items    map[*Passage][]*Passage
	titles   []*Passage
	capitals map[string][]int
	answers  map[inquiry]bool
	givers   map[*programme.Programme]int // the first passage that gives a label, -1 for none
}

// A Name is an official name in the text.
type Name struct {
	gazetteer.Hit
	tok [2]int // its tokens: Doc.Tokens[tok[0]:tok[1]]
}

// An Extractor finds one kind of fact; it gives every match that the passage states, and
// those that it would state but for a negation or a condition, with the reason.
type Extractor interface {
	Extract(p *Passage) []Match
}

// A Match is what a rule read: the words [Lo, Hi) of the article's text and what they state.
type Match struct {
	Detail     vigie.Detail
	Scope      vigie.Ref // zero: France
	Programme  string    // empty: the one in force in the passage
	Lo, Hi     int
	Confidence float64
	Rule       string
	Refused    string // why it is no fact after all; empty for a fact

	at *Passage // where the rule looked
}

// newDoc takes the article apart.
func (g *Grammar) newDoc(a *vigie.Article) *Doc {
	d := &Doc{Article: a, Grammar: g}
	d.Tokens = french.Tokens(a.Text)
	d.Numbers = french.Numbers(a.Text, d.Tokens)
	d.Dates = french.Dates(a.Text, d.Tokens, a.Published)
	for _, h := range g.gazetteer.Find(a.Text) {
		d.Names = append(d.Names, Name{h, d.tokenRange(h.Lo, h.Hi)})
	}
	d.findMentions()
	d.findPlace()
	d.cut()
	d.force()
	d.flatten()
	return d
}

// tokenRange returns the tokens that touch the bytes [lo, hi).
func (d *Doc) tokenRange(lo, hi int) [2]int {
	i := sort.Search(len(d.Tokens), func(i int) bool { return d.Tokens[i].Hi > lo })
	j := sort.Search(len(d.Tokens), func(i int) bool { return d.Tokens[i].Lo >= hi })
	return [2]int{i, max(i, j)}
}

// within returns the elements of a list sorted by place that lie in [lo, hi).
func within[T any](all []T, lo, hi int, place func(T) (int, int)) []T {
	i := sort.Search(len(all), func(i int) bool { l, _ := place(all[i]); return l >= lo })
	j := i
	for j < len(all) {
		if _, h := place(all[j]); h > hi {
			break
		}
		j++
	}
	return all[i:j]
}

// findPlace settles which region the text is about: the source's own, and what the text
// names most, a département counting for its region.
func (d *Doc) findPlace() {
	votes := map[string]int{}
	departements := map[string]int{}
	vote := func(r vigie.Ref, n int) {
		e, ok := d.gazetteer.Entity(r)
		if !ok {
			return
		}
		for _, code := range e.Regions() {
			votes[code] += n
		}
		if r.Type == vigie.RefDepartement {
			departements[r.ID] += n
		}
	}
	if d.Article.Scope.Type != "" && d.Article.Scope != vigie.France {
		vote(d.Article.Scope, 2)
	}
	for _, n := range d.Names {
		if r, ok := sole(n.Refs, vigie.RefRegion); ok {
			vote(r, 3)
		} else if r, ok := sole(n.Refs, vigie.RefDepartement); ok {
			vote(r, 2)
		} else if len(n.Refs) == 1 && !n.Acronym {
			vote(n.Refs[0], 1)
		}
	}
	for _, t := range d.Tokens {
		if r, ok := d.demonyms[t.Fold]; ok {
			vote(r.ref, 3)
		}
	}
	d.Region = most(votes)
	d.context = gazetteer.Context{Date: d.Article.Published}
	if d.Region != "" {
		d.context.Regions = []string{d.Region}
	}
	for code := range departements {
		d.context.Departements = append(d.context.Departements, code)
	}
	slices.Sort(d.context.Departements)
}

func sole(refs []vigie.Ref, kind string) (vigie.Ref, bool) {
	if len(refs) > 0 && refs[0].Type == kind {
		return refs[0], len(refs) == 1
	}
	return vigie.Ref{}, false
}

// most returns the key with the most votes; the smaller key where two have as many.
func most(votes map[string]int) string {
	best := ""
	for code, n := range votes {
		if best == "" || n > votes[best] || n == votes[best] && code < best {
			best = code
		}
	}
	return best
}
