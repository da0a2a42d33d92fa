package extract

import (
	"sort"
	"strings"

	"vigie"
	"vigie/internal/french"
	"vigie/transform/programme"
)

// A Passage is what a rule looks at: a sentence of a paragraph, or a whole list item,
// table row, heading, term or definition, with what stands above it.
type Passage struct {
	Doc    *Doc
	Kind   vigie.BlockKind
	Level  int
	Lo, Hi int // bytes of the article's text
	Block  int // index of the block in Article.Blocks

	Prev    *Passage // the passage before it in reading order
	Heading *Passage // the heading of the section; nil above the first
	Parent  *Passage // of an item: the item above, else the sentence that leads the list in; of a definition: its term
	Columns []string // of a row: the table's column names, where it has a header
	First   bool     // the first passage of its block

	Tokens  []french.Token // of Doc.Tokens
	Numbers []french.Number
	Dates   []french.Date
	Names   []Name

	index     int               // in Doc.Passages
	happened  [][]hit           // see told
	said      map[*cue]bool     // see says
	clauseEnd []bool            // see ends
	statuses  map[[2]int]string // what a clause says of a name in it, by its tokens
	reasons   map[[2]int]string // why what stands in a clause is no fact, by its tokens
	memory    memory
	Programme *programme.Programme // in force; nil where none is, or another policy is
	Other     bool                 // another policy is in force: its figures are not the programme's
	Phase     string               // of the programme, in force
	turned    bool                 // see turns
}

// Text returns the passage's words.
func (p *Passage) Text() string { return p.Doc.Article.Text[p.Lo:p.Hi] }

// cut makes the passages.
func (d *Doc) cut() {
	c := cutter{doc: d}
	for i, b := range d.Article.Blocks {
		c.block(i, b)
	}
}

// A cutter walks the blocks in reading order and remembers what stands above.
type cutter struct {
	doc      *Doc
	headings []*Passage // the chain of headings in force
	items    []*Passage // the chain of list items in force
	lead     *Passage   // the last passage outside a list: what may lead one in
	term     *Passage
	columns  []string
	lastKind vigie.BlockKind
}

func (c *cutter) block(i int, b vigie.Block) {
	if b.Kind != vigie.Item {
		c.items = nil
	}
	if b.Kind != vigie.Row && b.Kind != vigie.Header {
		c.columns = nil
	}
	kind := b.Kind
	if b.Hi-b.Lo > longestPassage {
		kind = vigie.Paragraph
	}
	switch kind {
	case vigie.DateLine:
	case vigie.Heading:
		for len(c.headings) > 0 && c.headings[len(c.headings)-1].Level >= b.Level {
			c.headings = c.headings[:len(c.headings)-1]
		}
		p := c.add(i, b, b.Lo, b.Hi)
		c.headings = append(c.headings, p)
		c.lead = p
	case vigie.Item:
		for len(c.items) > 0 && c.items[len(c.items)-1].Level >= b.Level {
			c.items = c.items[:len(c.items)-1]
		}
		p := c.add(i, b, b.Lo, b.Hi)
		p.Parent = c.lead
		if len(c.items) > 0 {
			p.Parent = c.items[len(c.items)-1]
		}
		c.items = append(c.items, p)
	case vigie.Header:
		c.columns = strings.Split(c.doc.Article.Text[b.Lo:b.Hi], "\t")
		if p := c.add(i, b, b.Lo, b.Hi); len(c.columns) < 2 { // a title across the table
			c.columns, c.lead = nil, p
		}
	case vigie.Row:
		if cells := strings.Split(c.doc.Article.Text[b.Lo:b.Hi], "\t"); c.columns == nil && namesColumns(cells) {
			c.columns, b.Kind = cells, vigie.Header
			c.add(i, b, b.Lo, b.Hi)
			break
		}
		p := c.add(i, b, b.Lo, b.Hi)
		p.Columns, p.Parent = c.columns, c.lead
	case vigie.Term:
		if c.lastKind == vigie.Term { // several terms in a row share what follows
			c.term = nil
		}
		c.term = c.add(i, b, b.Lo, b.Hi)
	case vigie.Definition:
		c.add(i, b, b.Lo, b.Hi).Parent = c.term
	default:
		c.sentences(i, b)
	}
	c.lastKind = b.Kind
}

// namesColumns tells a row of column names that the page does not mark as one: two cells
// or more, the first of which is what labels are borne by, in a word or two.
func namesColumns(cells []string) bool {
	if len(cells) < 2 {
		return false
	}
	first := french.Tokens(cells[0])
	return len(first) > 0 && len(first) <= 3 && matchAt(territoryColumn, first, 0) > 0
}

// sentences cuts a paragraph or quotation; a line that stands alone in a paragraph of
// several lines is an item of a list without bullets, led in by what came before.
func (c *cutter) sentences(i int, b vigie.Block) {
	text := c.doc.Article.Text[b.Lo:b.Hi]
	lead := c.lead
	bare := bareList(text)
	for _, r := range readable(text, french.Sentences(text)) {
		lo, hi := trim(c.doc.Article.Text, b.Lo+r.Lo, b.Lo+r.Hi)
		if lo == hi {
			continue
		}
		p := c.add(i, b, lo, hi)
		if bare {
			p.Kind, p.Level, p.Parent = vigie.Item, 1, lead
			continue
		}
		c.lead = p
	}
}

// longestPassage is how many bytes a passage may have. Rules look at a passage as a whole, more than
// once for each name in it; a line without an end is read in parts. A sentence that names
// every commune of a département is half as long.
const longestPassage = 4000

// readable cuts what is longer than a passage may be, at a blank.
func readable(text string, sentences []french.Range) []french.Range {
	var all []french.Range
	for _, r := range sentences {
		for r.Hi-r.Lo > longestPassage {
			cut := strings.LastIndexByte(text[r.Lo:r.Lo+longestPassage], ' ')
			if cut <= 0 {
				break
			}
			all = append(all, french.Range{Lo: r.Lo, Hi: r.Lo + cut})
			r.Lo += cut + 1
		}
		all = append(all, r)
	}
	return all
}

// bareList tells a list parted by line ends alone: at least three lines, all short, none
// of them a sentence.
func bareList(text string) bool {
	lines := strings.Split(strings.TrimSpace(text), "\n")
	if len(lines) < 3 {
		return false
	}
	for _, l := range lines {
		if l = strings.TrimSpace(l); len(l) > 80 || strings.HasSuffix(l, ".") || strings.HasSuffix(l, ":") {
			return false
		}
	}
	return true
}

func trim(text string, lo, hi int) (int, int) {
	for lo < hi && strings.IndexByte(" \t\n\r", text[lo]) >= 0 {
		lo++
	}
	for lo < hi && strings.IndexByte(" \t\n\r", text[hi-1]) >= 0 {
		hi--
	}
	return lo, hi
}

func (c *cutter) add(block int, b vigie.Block, lo, hi int) *Passage {
	d := c.doc
	r := d.tokenRange(lo, hi)
	p := &Passage{
		Doc: d, Kind: b.Kind, Level: b.Level, Lo: lo, Hi: hi, Block: block, First: lo == b.Lo,
		Tokens:  d.Tokens[r[0]:r[1]],
		Numbers: within(d.Numbers, lo, hi, func(n french.Number) (int, int) { return n.Lo, n.Hi }),
		Dates:   within(d.Dates, lo, hi, func(t french.Date) (int, int) { return t.Lo, t.Hi }),
		Names:   within(d.Names, lo, hi, func(n Name) (int, int) { return n.Lo, n.Hi }),
	}
	if len(c.headings) > 0 {
		p.Heading = c.headings[len(c.headings)-1]
	}
	if n := len(d.Passages); n > 0 {
		p.Prev = d.Passages[n-1]
	}
	p.index = len(d.Passages)
	d.Passages = append(d.Passages, p)
	return p
}

// token returns the index in p.Tokens of the token at or after a byte of the text.
func (p *Passage) token(at int) int {
	return sort.Search(len(p.Tokens), func(i int) bool { return p.Tokens[i].Hi > at })
}
