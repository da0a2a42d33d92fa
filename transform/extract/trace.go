package extract

import (
	"cmp"

	"vigie"
	"vigie/transform/gazetteer"
)

// A Trace tells how an article was read: for people, nothing hangs on it.
type Trace struct {
	Article  *vigie.Article
	Region   string    // INSEE code of the region that the text is about; empty where none stands out
	Subject  vigie.Ref // the territory that the whole text is about; zero where there is none
	Joke     bool      // the text says that it jokes: nothing in it is a fact
	Passages []TracedPassage
}

// A TracedPassage is a stretch of the article with what was in force there and what came of it.
type TracedPassage struct {
	Kind      vigie.BlockKind
	Lo, Hi    int       // bytes of the article's text
	Programme string    // in force; empty where none is
	Phase     string    // of the programme
	Other     bool      // another policy is in force
	OffTopic  bool      // too far from where the programme is spoken of: only labels are read
	Scope     vigie.Ref // the territory in force at its end; zero where there is none
	Names     []TracedName
	Matches   []TracedMatch // in the order in which the rules fired
}

// A TracedName is an official name found in a passage, and what it stands for there.
type TracedName struct {
	Text       string
	Resolution gazetteer.Resolution
}

// A TracedMatch is what one rule read.
type TracedMatch struct {
	Match
	Again bool // a fact that an earlier match states already
}

// Trace reads an article as [Grammar.Facts] does, and tells how.
func (g *Grammar) Trace(a *vigie.Article) *Trace {
	d := g.newDoc(a)
	matches := d.matches()
	t := &Trace{Article: a, Region: d.Region, Joke: d.isSatire()}
	if d.subject != nil {
		t.Subject = d.subject.scope
	}
	at := map[*Passage][]TracedMatch{}
	stated := map[string]bool{}
	for _, m := range matches {
		key := vigie.Key(m.Programme, cmp.Or(m.Scope, vigie.France), m.Detail)
		again := m.Refused == "" && stated[key]
		stated[key] = stated[key] || m.Refused == ""
		at[m.at] = append(at[m.at], TracedMatch{m, again})
	}
	for _, p := range d.Passages {
		t.Passages = append(t.Passages, p.trace(at[p]))
	}
	return t
}

func (p *Passage) trace(matches []TracedMatch) TracedPassage {
	t := TracedPassage{Kind: p.Kind, Lo: p.Lo, Hi: p.Hi, Other: p.Other, Matches: matches}
	for _, n := range p.Names {
		text := p.Doc.Article.Text[n.Lo:n.Hi]
		r := p.Doc.gazetteer.Resolve(text, p.Doc.context)
		if p.Programme != nil && p.bears(n) {
			if b := p.bearer(n); b.id != "" {
				r = gazetteer.Resolution{Ref: b.scope, Candidates: []vigie.Ref{b.scope}, Rule: gazetteer.RuleLabel}
			}
		}
		t.Names = append(t.Names, TracedName{text, r})
	}
	if p.Programme == nil {
		return t
	}
	t.Programme, t.Phase, t.OffTopic = p.Programme.Code, p.Phase, !p.onTopic()
	if b, ok := p.territory(p.Hi); ok {
		t.Scope = b.scope
	}
	return t
}
