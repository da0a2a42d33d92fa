package extract

import (
	"slices"
	"sort"
	"strings"

	"vigie"
	"vigie/internal/french"
	"vigie/transform/programme"
)

// A mention is a programme named in the text, or another policy (nil programme).
type mention struct {
	lo, hi    int // bytes
	i, j      int // tokens
	programme *programme.Programme
	weak      bool // counts only beside a full name of the same programme
	plural    bool // "Territoires d'industrie": the programme; the singular may be one territory
}

// findMentions lists where programmes and other policies are named, in order, the longer
// wording first where two begin together.
func (d *Doc) findMentions() {
	var all []mention
	inFull := map[*programme.Programme]bool{}
	for _, w := range d.wordings {
		of := d.mentionsOf(nil, w.programme, w.names, false)
		of = withoutThose(d.mentionsOf(of, w.programme, w.weak, true), findCues(w.not, d.Tokens))
		inFull[w.programme] = slices.ContainsFunc(of, func(m mention) bool { return !m.weak })
		all = append(all, of...)
	}
	all = d.mentionsOf(all, nil, d.otherPolicies, false)
	all = d.schemes(all)
	sort.SliceStable(all, func(i, j int) bool {
		a, b := all[i], all[j]
		return a.i < b.i || a.i == b.i && a.j > b.j
	})
	for _, m := range all {
		if n := len(d.mentions); n > 0 && m.i < d.mentions[n-1].j {
			if d.mentions[n-1].programme != nil || m.programme == nil {
				continue // inside a longer wording
			}
			d.mentions = d.mentions[:n-1] // "contrat de territoire d'industrie" names the programme
		}
		if m.weak && !inFull[m.programme] {
			continue
		}
		d.mentions = append(d.mentions, m)
	}
}

// withoutThose drops the mentions that lie in one of the hits, which are sorted.
func withoutThose(all []mention, hits []hit) []mention {
	return slices.DeleteFunc(all, func(m mention) bool {
		k := sort.Search(len(hits), func(k int) bool { return hits[k].i > m.i }) - 1
		return k >= 0 && m.j <= hits[k].j
	})
}

// schemeHeads are what aid schemes are called before their own names.
var schemeHeads = cues("dispositif|dispositifs", "plan", "pass", "pret|prets", "programme", "cheque", "appel|appels a projets|projet", "appel|appels a manifestation d' interet|interets")
var withinScheme = cues("cadre du|de|d'", "partie du|de", "integre|integree au|a")

// schemes adds the schemes that bear a name of their own, which is no programme's: "prêts
// Rebond", "l'appel à projets « Zones bas carbone »".
func (d *Doc) schemes(all []mention) []mention {
	for _, h := range findCues(schemeHeads, d.Tokens) {
		if hasCue(withinScheme, d.Tokens[max(0, h.i-4):h.i]) {
			continue // where something belongs is not what is spoken of
		}
		k := h.j
		for k < len(d.Tokens) && isQuote(d.Tokens[k]) {
			k++
		}
		if head := d.Article.Text[d.Tokens[h.i].Lo:d.Tokens[h.i].Hi]; len(head) > 1 && strings.ToUpper(head) == head { // a heading in capitals
			continue
		}
		if k >= len(d.Tokens) || strings.HasSuffix(d.Tokens[k].Fold, "'") || d.Tokens[k].Kind != french.Word || !french.IsCapital(d.Article.Text, d.Tokens[k]) || d.Tokens[k].Lo-d.Tokens[h.j-1].Hi > 3 {
			continue
		}
		if k == h.j && d.namesPerson(k) { // "a désigné comme référente du programme Mme Hélène Kerrien"
			continue
		}
		if strings.ContainsRune(d.Article.Text[d.Tokens[h.j-1].Hi:d.Tokens[k].Lo], '\n') || slices.ContainsFunc(all, func(m mention) bool { return m.i <= k && k < m.j }) {
			continue
		}
		all = append(all, mention{lo: d.Tokens[h.i].Lo, hi: d.Tokens[k].Hi, i: h.i, j: k + 1})
	}
	return all
}

// namesPerson: a title stands at token k, or a first name before another capital.
func (d *Doc) namesPerson(k int) bool {
	t := d.Tokens[k]
	if _, title := titles[t.Fold]; title {
		return true
	}
	_, known := d.gazetteer.FirstName(d.Article.Text[t.Lo:t.Hi])
	return known && k+1 < len(d.Tokens) && d.Tokens[k+1].Kind == french.Word && french.IsCapital(d.Article.Text, d.Tokens[k+1])
}

func (d *Doc) mentionsOf(all []mention, p *programme.Programme, wordings []cue, weak bool) []mention {
	for _, h := range findCues(wordings, d.Tokens) {
		first := d.Tokens[h.i].Fold
		if h.j == h.i+1 && len(first) <= 4 && !upper(d.Article.Text[d.Tokens[h.i].Lo:d.Tokens[h.i].Hi]) {
			continue // an acronym is written in capitals
		}
		all = append(all, mention{
			lo: d.Tokens[h.i].Lo, hi: d.Tokens[h.j-1].Hi, i: h.i, j: h.j,
			programme: p, weak: weak, plural: first[len(first)-1] == 's',
		})
	}
	return all
}

func upper(s string) bool {
	for _, r := range s {
		if r >= 'a' && r <= 'z' {
			return false
		}
	}
	return true
}

// named reports whether the text names the programme in full anywhere.
func (d *Doc) named(p *programme.Programme) bool {
	return slices.ContainsFunc(d.mentions, func(m mention) bool { return m.programme == p && !m.weak })
}

// mentionsIn returns the mentions inside the bytes [lo, hi).
func (d *Doc) mentionsIn(lo, hi int) []mention {
	return within(d.mentions, lo, hi, func(m mention) (int, int) { return m.lo, m.hi })
}

// mentionAt returns the mention that begins at a byte.
func (d *Doc) mentionAt(lo int) (mention, bool) {
	i, found := sort.Find(len(d.mentions), func(i int) int { return lo - d.mentions[i].lo })
	if !found {
		return mention{}, false
	}
	return d.mentions[i], true
}

// force settles for each passage which programme and phase it speaks of: the one it
// names, else what it continues (its parent, its section, the passage before), else
// the text's first.
func (d *Doc) force() {
	main := d.main()
	for _, p := range d.Passages {
		p.Programme, p.Other = d.programmeOf(p, main)
		p.Phase = d.phaseOf(p)
		p.turned = d.turns(p)
	}
}

// main is the programme that the title names, else the one named most.
func (d *Doc) main() *programme.Programme {
	if len(d.Passages) > 0 {
		for _, m := range d.mentionsIn(d.Passages[0].Lo, d.Passages[0].Hi) {
			if m.programme != nil {
				return m.programme
			}
		}
	}
	count := map[*programme.Programme]int{}
	var best *programme.Programme
	for _, m := range d.mentions {
		if m.programme == nil || m.weak {
			continue
		}
		count[m.programme]++
		if best == nil || count[m.programme] > count[best] {
			best = m.programme
		}
	}
	return best
}

func (d *Doc) programmeOf(p *Passage, main *programme.Programme) (*programme.Programme, bool) {
	own := d.mentionsIn(p.Lo, p.Hi)
	for _, m := range own {
		if m.programme != nil {
			return m.programme, false
		}
	}
	if len(own) > 0 {
		return nil, true
	}
	if p.Parent != nil && (p.Parent.Programme != nil || p.Parent.Other) {
		return p.Parent.Programme, p.Parent.Other
	}
	prev := p.Prev
	switch {
	case prev == nil:
		return main, false
	case p.Kind == vigie.Heading:
		return d.headingProgramme(p, main), false
	case !p.First && prev.Block == p.Block: // the same paragraph goes on
		return prev.Programme, prev.Other
	case prev.Other && continues(p): // "Ces contrats, ..."
		return nil, true
	}
	return d.lastNamed(p, main), false
}

// onTopic reports whether the passage stands where the programme is spoken of: in a text
// whose title names it, or near a sentence that does. A letter of many subjects names it in
// one paragraph, and is about something else in the next.
func (p *Passage) onTopic() bool {
	d := p.Doc
	if s := p.section(); s != nil && (s.numbered || s.early) {
		return s.headed || s.named && p.nearby()
	}
	return d.titled || p.nearby()
}

// nearby: the programme is named in the passage or near it.
func (p *Passage) nearby() bool {
	if p.names(p.Programme) || p.says(ownBodies) {
		return true
	}
	for q, n := p.Prev, 0; q != nil && n < 6 && q.Block >= p.Block-1; q, n = q.Prev, n+1 {
		if q.names(p.Programme) || q.labels() {
			return true
		}
	}
	for q, n := p.next(), 0; q != nil && n < farthest && q.Block == p.Block; q, n = q.next(), n+1 {
		if q.names(p.Programme) || q.labels() {
			return true
		}
	}
	for q := p.Parent; q != nil; q = q.Parent {
		if q.names(p.Programme) || q.labels() {
			return true
		}
	}
	return p.labels() || p.Heading != nil && p.Heading != p && (p.Heading.names(p.Programme) || p.Heading.labels())
}

// ownBodies are bodies that only such programmes have.
var ownBodies = cues("comite|comites de projet|pilotage", "binome|binomes")

// labels reports whether the passage names what bears a label by this text.
func (p *Passage) labels() bool {
	for _, n := range p.Names {
		if p.Programme != nil && p.bears(n) && p.Doc.labels(n, p) {
			return true
		}
	}
	return false
}

// next is the passage after this one in reading order; nil after the last.
func (p *Passage) next() *Passage {
	if all := p.Doc.Passages; p.index+1 < len(all) {
		return all[p.index+1]
	}
	return nil
}

// headingProgramme: a heading that names none opens a section of what the chain of
// headings above is about, else of the text's programme.
func (d *Doc) headingProgramme(p *Passage, main *programme.Programme) *programme.Programme {
	for h := p.Heading; h != nil && h != p; h = h.Heading {
		if h.Level < p.Level && h.Programme != nil {
			return h.Programme
		}
	}
	return main
}

// lastNamed is the programme that the section's text named last, else its heading's.
func (d *Doc) lastNamed(p *Passage, main *programme.Programme) *programme.Programme {
	if main != nil && d.titleNames(main) && !d.turned(p) {
		return main
	}
	i := sort.Search(len(d.mentions), func(i int) bool { return d.mentions[i].lo >= p.Lo })
	for i--; i >= 0 && (p.Heading == nil || d.mentions[i].lo >= p.Heading.Hi); i-- {
		if pr := d.mentions[i].programme; pr != nil {
			return pr
		}
	}
	if p.Heading != nil && p.Heading.Programme != nil {
		return p.Heading.Programme
	}
	return main
}

// titleNames reports whether the title names the programme.
func (d *Doc) titleNames(pr *programme.Programme) bool {
	return len(d.Passages) > 0 && d.Passages[0].names(pr)
}

// turned reports whether the section before p turned to another programme for good: a
// heading names it, or a paragraph opens with it. A word in passing does not.
func (d *Doc) turned(p *Passage) bool {
	if p.Heading != nil && p.Heading != p && p.Heading.index > 0 && len(d.mentionsIn(p.Heading.Lo, p.Heading.Hi)) > 0 {
		return true
	}
	return p.Prev != nil && p.Prev != p.Heading && p.Prev.turned
}

// turns reports whether a passage, or one before it in its section, opens a paragraph
// with a programme's name.
func (d *Doc) turns(p *Passage) bool {
	if p.Prev != nil && p.Prev != p.Heading && p.Prev.Heading == p.Heading && p.Prev.turned {
		return true
	}
	ms := d.mentionsIn(p.Lo, p.Hi)
	return p.First && len(ms) > 0 && ms[0].programme != nil && ms[0].i-p.firstToken() < 8 && p.index > 0 && p.refusal(p.Lo, p.Hi) == ""
}

var continuing = cues("ces|ce|cet|cette|ses|son|sa|celui-ci|celle-ci|ceux-ci|il|elle|ils|elles")

// continues reports whether the passage begins by pointing back.
func continues(p *Passage) bool { return matchAt(continuing, p.Tokens, 0) > 0 }

// phaseOf is the phase that the passage names, else that of what it continues, else the
// one in force on the day of publication.
func (d *Doc) phaseOf(p *Passage) string {
	if p.Programme == nil || len(p.Programme.Phases) == 0 {
		return ""
	}
	if named := d.phaseNamed(p.Programme, p.Tokens); named != "" {
		return named
	}
	switch {
	case p.Parent != nil && p.Parent.Programme == p.Programme && p.Parent.Phase != "":
		return p.Parent.Phase
	case p.Prev != nil && p.Prev.Block == p.Block && p.Prev.Programme == p.Programme && p.Prev.Phase != "":
		return p.Prev.Phase
	case p.Heading != nil && p.Heading != p:
		if named := d.phaseNamed(p.Programme, p.Heading.Tokens); named != "" {
			return named
		}
	}
	return d.mainPhase(p.Programme)
}

// mainPhase is the phase that the title names, else the one in force at publication: the
// newest list announced by then, or the one just about to be where the text calls for it.
func (d *Doc) mainPhase(p *programme.Programme) string {
	if len(d.Passages) > 0 {
		if named := d.phaseNamed(p, d.Passages[0].Tokens); named != "" {
			return named
		}
	}
	return p.PhaseOn(d.Article.Published)
}

// phaseNamed returns the only phase that the tokens name.
func (g *Grammar) phaseNamed(p *programme.Programme, toks []french.Token) string {
	id := ""
	for _, w := range g.wordings {
		for phase, names := range w.phases {
			if w.programme == p && hasCue(names, toks) {
				if id != "" {
					return ""
				}
				id = phase
			}
		}
	}
	return id
}
