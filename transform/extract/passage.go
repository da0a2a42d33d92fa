package extract

import (
	"slices"
	"sort"
	"strings"
	"unicode"

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

	flat   *flatRow // a table's row that begins here, its cells lost
	inFlat bool     // part of such a table

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
		if c.sheetEnds(i) {
			c.headings = c.headings[:len(c.headings)-1]
		}
		if b.Kind == vigie.Item && titledSheet(d.group(i)) {
			b.Kind, b.Level = vigie.Heading, sheetLevel
		}
		c.block(i, b)
	}
}

// sheetEnds reports whether the fields of a sheet have ended before the i-th block.
func (c *cutter) sheetEnds(i int) bool {
	n := len(c.headings)
	return n > 0 && c.headings[n-1].Level == sheetLevel && c.doc.parted(i)
}

// parted reports whether a blank line stands before the i-th block.
func (d *Doc) parted(i int) bool {
	return i == 0 || strings.Contains(d.Article.Text[d.Article.Blocks[i-1].Hi:d.Article.Blocks[i].Lo], "\n\n")
}

// group returns the lines from the i-th block on that no blank line parts; "" where the
// block does not begin them, or is marked as an item.
func (d *Doc) group(i int) string {
	blocks, text := d.Article.Blocks, d.Article.Text
	if !d.parted(i) || strings.HasSuffix(text[:blocks[i].Lo], "- ") {
		return ""
	}
	j := i + 1
	for j < len(blocks) && blocks[j].Kind == vigie.Item && !d.parted(j) {
		j++
	}
	return text[blocks[i].Lo:blocks[j-1].Hi]
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
		c.columns = joinedColumns(c.columns, strings.Split(c.doc.Article.Text[b.Lo:b.Hi], "\t"), c.lastKind)
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

// joinedColumns are the columns' names where they are told in two rows: "Binôme" above
// "Élu" and "Industriel".
func joinedColumns(above, names []string, last vigie.BlockKind) []string {
	if last != vigie.Header || len(above) < 2 || len(names) < 2 {
		return names
	}
	joined := slices.Clone(above)
	for i, n := range names {
		if i < len(joined) {
			joined[i] = strings.TrimSpace(joined[i] + " " + n)
		} else {
			joined = append(joined, n)
		}
	}
	return joined
}

// namesColumns tells a row of column names that the page does not mark as one: two cells
// or more, the first of which is what labels are borne by, in a word or two.
func namesColumns(cells []string) bool {
	if len(cells) < 2 || strings.Contains(cells[0], ":") {
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
	sheet := bare && titledSheet(text)
	for _, r := range readable(text, french.Sentences(text)) {
		lo, hi := trim(c.doc.Article.Text, b.Lo+r.Lo, b.Lo+r.Hi)
		if lo == hi {
			continue
		}
		p := c.add(i, b, lo, hi)
		if (sheet || r.Hi < len(text) && capitals(text[r.Lo:r.Hi]) && strings.HasPrefix(strings.TrimLeft(text[r.Hi:], " "), "\n")) && p.First { // the fields below are its own
			p.Kind, p.Level, lead = vigie.Heading, sheetLevel, p
			c.headings = append(c.headings, p)
			continue
		}
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

// sheetLevel is the level of a sheet's title: below every heading that a page marks.
const sheetLevel = 7

// titledSheet tells a name with its fields below: "Sud Vilaine", then "Élue référente : A".
func titledSheet(text string) bool {
	lines := strings.Split(strings.TrimSpace(text), "\n")
	fields := 0
	for _, l := range lines[1:] {
		if strings.Contains(l, " : ") {
			fields++
		}
	}
	if len(lines) > 2 && capitals(lines[0]) && !capitals(lines[1]) && !capitals(lines[2]) {
		return true
	}
	return !strings.Contains(lines[0], ":") && len(strings.TrimSpace(lines[0])) < 60 && fields > 1 && 2*fields >= len(lines)-1
}

// capitals reports whether a short line is written in capitals, a slip of the scanner aside.
func capitals(line string) bool {
	up, low := 0, 0
	for _, r := range line {
		switch {
		case unicode.IsUpper(r):
			up++
		case unicode.IsLower(r):
			low++
		}
	}
	return up > 4 && 10*low <= up && len(line) < 60
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
