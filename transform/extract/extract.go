// Package extract reads facts out of articles: which rule saw what in which words.
//
// An article comes in; facts with their quotes go out, and what was read and refused
// with the reason. Names are as the text writes them: package resolve links them.
package extract

import (
	"cmp"
	"maps"
	"slices"

	"vigie"
	"vigie/transform/gazetteer"
	"vigie/transform/programme"
)

// A Grammar holds what every article is read with. It is safe for concurrent use.
type Grammar struct {
	gazetteer     *gazetteer.Gazetteer
	wordings      []wording
	otherPolicies []cue
	demonyms      map[string]demonym
	themeCues     []themeCue
	extractors    []Extractor
	lists         officialLists
}

// A wording is a programme's cues, compiled.
type wording struct {
	programme              *programme.Programme
	names, weak, not, noun []cue
	phases                 map[string][]cue
}

// A themeCue holds the words that stand for a theme.
type themeCue struct {
	code string
	cues []cue
}

// New returns a grammar for the programmes.
func New(g *gazetteer.Gazetteer, programmes []*programme.Programme) (*Grammar, error) {
	demonyms, err := loadDemonyms()
	if err != nil {
		return nil, err
	}
	other, err := programme.OtherPolicies()
	if err != nil {
		return nil, err
	}
	themeWords, err := programme.Themes()
	if err != nil {
		return nil, err
	}
	gr := &Grammar{gazetteer: g, otherPolicies: cues(other...), demonyms: demonyms}
	for _, p := range programmes {
		w := wording{p, cues(p.Names...), cues(p.Weak...), cues(p.Not...), cues(p.Nouns...), map[string][]cue{}}
		for _, ph := range p.Phases {
			w.phases[ph.ID] = cues(ph.Names...)
		}
		gr.wordings = append(gr.wordings, w)
	}
	for _, code := range slices.Sorted(maps.Keys(themeWords)) {
		gr.themeCues = append(gr.themeCues, themeCue{code, cues(themeWords[code]...)})
	}
	gr.extractors = []Extractor{members{}, roles{}, figures{}, events{}, periods{}, themes{}}
	return gr, nil
}

// Facts reads an article. Facts come in reading order, each once; refusals likewise.
func (g *Grammar) Facts(a *vigie.Article) ([]vigie.Fact, []vigie.Refusal) {
	d := g.newDoc(a)
	return d.settle(d.matches())
}

// matches are what all extractors read, what they refuse included.
func (d *Doc) matches() []Match {
	matches := d.read(labels{})
	d.findSubject(matches) // what the other kinds are about hangs on who is labelled
	d.labelled = true
	for _, x := range d.extractors {
		matches = append(matches, d.read(x)...)
	}
	return withoutGuesses(matches)
}

// read runs one extractor over all passages.
func (d *Doc) read(x Extractor) []Match {
	var all []Match
	joke := d.isSatire()
	_, first := x.(labels) // what the text is about is known once they are read
	for _, p := range d.Passages {
		if p.Programme == nil || !first && !p.onTopic() {
			continue
		}
		for _, m := range x.Extract(p) {
			if m.Programme == "" && p.Programme != nil {
				m.Programme = p.Programme.Code
			}
			m.Lo, m.Hi = p.widen(m)
			m.at = p
			if joke && m.Refused == "" {
				m.Refused = satire
			}
			all = append(all, m)
		}
	}
	return all
}

// shortSentence is up to how many bytes a sentence is quoted whole.
const shortSentence = 260

// widen returns the bytes that a reader needs to see the fact stated: a number or a date
// alone states nothing, the sentence does, or its part between two commas where it is long.
func (p *Passage) widen(m Match) (lo, hi int) {
	switch m.Detail.Kind() {
	case vigie.KindFigure, vigie.KindEvent, vigie.KindPeriod:
	default:
		return m.Lo, m.Hi
	}
	if m.Lo < p.Lo || m.Hi > p.Hi || p.Kind == vigie.Row {
		return m.Lo, m.Hi
	}
	if p.Hi-p.Lo <= shortSentence {
		return p.Lo, p.Hi
	}
	lo, hi = p.part(m.Lo, m.Hi)
	return min(lo, m.Lo), max(hi, m.Hi)
}

// settle turns matches into facts: once each, quoting the fuller mention.
func (d *Doc) settle(matches []Match) ([]vigie.Fact, []vigie.Refusal) {
	var facts []vigie.Fact
	var refusals []vigie.Refusal
	at := map[string]int{} // key of a fact → its place in facts
	for _, m := range matches {
		mention := d.Article.Mention(m.Lo, m.Hi, m.Confidence, m.Rule)
		if m.Refused != "" {
			refusals = append(refusals, vigie.Refusal{Kind: m.Detail.Kind(), What: what(m.Detail), Reason: m.Refused, Mention: mention})
			continue
		}
		f := vigie.Fact{Programme: m.Programme, Scope: cmp.Or(m.Scope, vigie.France), Detail: m.Detail, Mention: mention}
		if i, ok := at[f.Key()]; ok {
			facts[i] = fuller(facts[i], f)
			continue
		}
		at[f.Key()] = len(facts)
		facts = append(facts, f)
	}
	slices.SortStableFunc(facts, func(a, b vigie.Fact) int { return cmp.Compare(a.Start, b.Start) })
	return facts, refusals
}

// fuller keeps the mention that quotes more, and of a label the one that says more.
func fuller(a, b vigie.Fact) vigie.Fact {
	if len(b.Quote) > len(a.Quote) && len(b.Quote) < 400 {
		return b
	}
	return a
}

// what names the thing that a refused detail would have stated.
func what(d vigie.Detail) string {
	switch d := d.(type) {
	case vigie.Label:
		return d.Territory
	case vigie.Member:
		return d.Member
	case vigie.Role:
		return d.Holder
	case vigie.Figure:
		return d.Measure
	case vigie.Event:
		return d.Event
	case vigie.Period:
		return d.Subject
	case vigie.Theme:
		return d.Theme
	}
	return ""
}
