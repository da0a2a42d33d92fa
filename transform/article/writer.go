package article

import (
	"strings"

	"vigie"
)

// A piece is one block before it has its place in the text.
type piece struct {
	kind  vigie.BlockKind
	level int
	group int    // pieces in a row of one group, if not 0, are parted by one line break
	mark  string // what stands before the block, outside its span
	text  string
}

// A writer lays pieces out as the text that [vigie.Block] offsets count in.
type writer struct {
	b      strings.Builder
	blocks []vigie.Block
	last   int // group of the piece before
	groups int
	page   int // of a PDF
}

func (w *writer) text() string { return w.b.String() }

// newGroup names pieces that belong together.
func (w *writer) newGroup() int {
	w.groups++
	return w.groups
}

// put appends a piece; one without a letter or digit says nothing and is left out.
func (w *writer) put(p piece) {
	if !says(p.text) {
		return
	}
	switch {
	case w.b.Len() == 0:
	case p.group != 0 && p.group == w.last:
		w.b.WriteString("\n")
	default:
		w.b.WriteString("\n\n")
	}
	w.b.WriteString(p.mark)
	lo := w.b.Len()
	w.b.WriteString(p.text)
	w.blocks = append(w.blocks, vigie.Block{Kind: p.kind, Level: p.level, Lo: lo, Hi: w.b.Len(), Page: w.page})
	w.last = p.group
}

// item returns the piece of a list's item. Level 1 is the outermost.
func item(level, group int, text string) piece {
	return piece{vigie.Item, level, group, indent(level-1) + "- ", text}
}

func indent(level int) string { return strings.Repeat("  ", level) }
