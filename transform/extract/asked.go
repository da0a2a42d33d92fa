package extract

import (
	"vigie"
	"vigie/transform/programme"
)

// Rules ask the same of a passage, or of the text, many times over: each name of a list
// asks what its list is. What was answered once is remembered here, so that twice the text
// costs twice the time.

// farthest is how many passages may lie between two that have to do with each other,
// where nothing else bounds it: more than any article has in a section.
const farthest = 200

// memory is what a passage was asked already.
type memory struct {
	bearing, members runs
	hits             map[*cue][]hit
	clauses          map[clauseCue]bool
	holders          map[int]holderRead
	territory        struct {
		bearer   bearer
		ok, read bool
	}
	labelDate struct {
		date vigie.Date
		read bool
	}
	places []place
	placed bool
}

type runs struct {
	all  []series
	read bool
}

type holderRead struct {
	holder holder
	ok     bool
}

// bearing are the runs of names in the passage that may bear the label in force.
func (p *Passage) bearing() []series {
	if m := &p.memory.bearing; !m.read {
		m.all, m.read = p.series(p.bears), true
	}
	return p.memory.bearing.all
}

// membership are the runs of names that may compose a territory.
func (p *Passage) membership() []series {
	if m := &p.memory.members; !m.read {
		m.all, m.read = p.series(isMember), true
	}
	return p.memory.members.all
}

// found returns where the cues match in the passage, looked up once. The list must be a
// variable of the package.
func (p *Passage) found(cs []cue) []hit {
	hits, known := p.memory.hits[&cs[0]]
	if !known {
		hits = findCues(cs, p.Tokens)
		if p.memory.hits == nil {
			p.memory.hits = map[*cue][]hit{}
		}
		p.memory.hits[&cs[0]] = hits
	}
	return hits
}

// A clauseCue is a list of cues and the tokens of a clause where they are looked for.
type clauseCue struct {
	cue  *cue
	i, j int
}

// clauseSays reports whether any of the cues matches in the clause around the bytes
// [lo, hi), looked up once. The list must be a variable of the package.
func (p *Passage) clauseSays(cs []cue, lo, hi int) bool {
	i, j := p.clauseAt(lo, hi)
	key := clauseCue{&cs[0], i, j}
	said, known := p.memory.clauses[key]
	if !known {
		said = hasCue(cs, p.Tokens[i:j])
		if p.memory.clauses == nil {
			p.memory.clauses = map[clauseCue]bool{}
		}
		p.memory.clauses[key] = said
	}
	return said
}

// places lists the regions, départements, demonyms and words for the whole country.
func (p *Passage) places() []place {
	if !p.memory.placed {
		p.memory.places, p.memory.placed = p.listPlaces(), true
	}
	return p.memory.places
}

// itemsBelow returns the items that a passage leads in.
func (p *Passage) itemsBelow() []*Passage {
	d := p.Doc
	if d.items == nil {
		d.items = map[*Passage][]*Passage{}
		for _, q := range d.Passages {
			if q.Kind == vigie.Item && q.Parent != nil {
				d.items[q.Parent] = append(d.items[q.Parent], q)
			}
		}
	}
	return d.items[p]
}

// headings returns the headings of the text.
func (d *Doc) headings() []*Passage {
	if d.titles == nil {
		d.titles = []*Passage{}
		for _, q := range d.Passages {
			if q.Kind == vigie.Heading {
				d.titles = append(d.titles, q)
			}
		}
	}
	return d.titles
}

// An inquiry is a question about the text that each item, row or heading puts again.
type inquiry struct {
	about     string
	of        *Passage // nil: no one passage
	level     int
	programme *programme.Programme
}

// answer returns what f says, asked once.
func (d *Doc) answer(q inquiry, f func() bool) bool {
	said, known := d.answers[q]
	if !known {
		said = f()
		if d.answers == nil {
			d.answers = map[inquiry]bool{}
		}
		d.answers[q] = said
	}
	return said
}
