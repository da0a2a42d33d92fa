package vigie

import "unicode/utf8"

// A Citation says which document speaks.
type Citation struct {
	Document  DocumentID
	URL       string
	Publisher string
	Title     string
	Published Date
	Updated   Date
}

// An Article is what a capture says once menus, banners and footers are gone.
// [NewArticle] makes one; it does not change afterwards.
type Article struct {
	Citation
	Dates  []DateCandidate // every publication date that was considered, the one taken first
	Text   string          // UTF-8, NFC; what offsets count in and quotes are cut from
	Blocks []Block         // in reading order, without overlap
	Scope  Ref             // whom the source writes about unless the text says otherwise

	marks []int // code points of Text before byte i*markEvery
}

// A DateCandidate is a date found in a page that might have been the publication's.
type DateCandidate struct {
	Date   Date
	Rule   string // where it stood: json-ld, meta, time, byline, text, feed, given
	Text   string // the words or the attribute as found
	Reason string // why it was refused; empty for the one taken
}

// A BlockKind says what a stretch of text is in its page.
type BlockKind string

// The kinds of a [Block].
const (
	Heading    BlockKind = "heading"    // Level 1 to 6; the title is the first, of level 1
	Paragraph  BlockKind = "paragraph"  //
	Item       BlockKind = "item"       // of a list; Level 1 is the outermost
	Header     BlockKind = "header"     // a table's row of column names, cells parted by tabs
	Row        BlockKind = "row"        // of a table, cells parted by tabs
	Term       BlockKind = "term"       // of a definition list, or a key figure's number
	Definition BlockKind = "definition" // of the Term before it
	Quotation  BlockKind = "quotation"  //
	DateLine   BlockKind = "dateline"   // "Publié le 7 mars 2019": when, never what
)

// A Block is a stretch of the article's text, without the mark ("- ") of a list item.
type Block struct {
	Kind   BlockKind
	Level  int
	Lo, Hi int // bytes of Article.Text, half-open
	Page   int // of a PDF, from 1; 0 elsewhere
}

// A Span counts code points of an article's text, half-open.
type Span struct{ Start, End int }

// A Mention is the evidence: where a fact is stated, in which words, how sure we are.
type Mention struct {
	Citation
	Span
	Quote      string // Text[Start:End], in code points
	Page       int    // of a PDF, from 1; 0 elsewhere
	Confidence float64
	Rule       string // the rule that read it
}

const markEvery = 256

// NewArticle returns a with its text indexed for [Article.Mention].
func NewArticle(a Article) *Article {
	a.marks = make([]int, 0, len(a.Text)/markEvery+1)
	n := 0
	for i := range len(a.Text) {
		if i%markEvery == 0 {
			a.marks = append(a.marks, n)
		}
		if utf8.RuneStart(a.Text[i]) {
			n++
		}
	}
	return &a
}

// Mention turns a match's bytes [lo, hi) of Text into the evidence of a fact. It is
// the one place where bytes become code points.
func (a *Article) Mention(lo, hi int, confidence float64, rule string) Mention {
	return Mention{
		Citation: a.Citation, Span: a.Span(lo, hi), Quote: a.Text[lo:hi],
		Page: a.page(lo), Confidence: confidence, Rule: rule,
	}
}

// Span counts the code points before the bytes lo and hi of Text.
func (a *Article) Span(lo, hi int) Span { return Span{a.runesBefore(lo), a.runesBefore(hi)} }

func (a *Article) runesBefore(i int) int {
	if len(a.marks) == 0 {
		return utf8.RuneCountInString(a.Text[:i])
	}
	m := min(i/markEvery, len(a.marks)-1)
	n := a.marks[m]
	for j := m * markEvery; j < i; j++ {
		if utf8.RuneStart(a.Text[j]) {
			n++
		}
	}
	return n
}

func (a *Article) page(i int) int {
	for _, b := range a.Blocks {
		if b.Lo <= i && i < b.Hi {
			return b.Page
		}
	}
	return 0
}
