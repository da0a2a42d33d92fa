package pdfwords

import (
	"math"
	"strings"
	"unicode"

	"github.com/ledongthuc/pdf"

	"vigie/transform/article"
)

// A matrix is a PDF's [a b c d e f].
type matrix [6]float64

var identity = matrix{1, 0, 0, 1, 0, 0}

// times is m followed by n.
func (m matrix) times(n matrix) matrix {
	return matrix{
		m[0]*n[0] + m[1]*n[2], m[0]*n[1] + m[1]*n[3],
		m[2]*n[0] + m[3]*n[2], m[2]*n[1] + m[3]*n[3],
		m[4]*n[0] + m[5]*n[2] + n[4], m[4]*n[1] + m[5]*n[3] + n[5],
	}
}

func shift(x, y float64) matrix { return matrix{1, 0, 0, 1, x, y} }

// A state is what q saves and Q brings back.
type state struct {
	ctm                             matrix
	font                            *font
	size, tc, tw, tz, leading, rise float64
	invisible                       bool
}

// A painter follows a page's drawing instructions and takes down its words.
type painter struct {
	state
	stack     []state
	tm, tlm   matrix
	fonts     fontCache
	resources pdf.Value
	depth     int

	word    *article.Word // not yet complete
	hidden  bool          // the word in hand is invisible
	end     float64       // where it ends
	shown   []article.Word
	unshown []article.Word // as text recognition puts over the picture of a page
	letters int
}

// maxLetters is more than any page holds: a loop of forms, not a text.
const maxLetters = 200_000

// pageWords returns a page's words as they are drawn; where nothing on it is visible
// text, those put over its picture. What follows a broken instruction is lost.
func pageWords(page pdf.Page, fonts fontCache) []article.Word {
	p := &painter{fonts: fonts, resources: page.Resources()}
	p.ctm, p.tz = upright(page.V), 1
	p.draw(page.V.Key("Contents"))
	p.flush()
	if len(p.shown) == 0 {
		return p.unshown
	}
	return p.shown
}

// upright turns a page as its readers see it.
func upright(page pdf.Value) matrix {
	v := page
	for range 20 {
		if r := v.Key("Rotate"); !r.IsNull() {
			switch (r.Int64()%360 + 360) % 360 {
			case 90:
				return matrix{0, -1, 1, 0, 0, 0}
			case 180:
				return matrix{-1, 0, 0, -1, 0, 0}
			case 270:
				return matrix{0, 1, -1, 0, 0, 0}
			}
			break
		}
		v = v.Key("Parent")
	}
	return identity
}

func (p *painter) draw(contents pdf.Value) {
	defer func() { _ = recover() }() // a broken instruction ends this stream, not the page's others
	if contents.Kind() == pdf.Array {
		for i := range min(contents.Len(), 1000) {
			if part := contents.Index(i); part.Kind() == pdf.Stream {
				p.draw(part)
			}
		}
		return
	}
	if contents.Kind() != pdf.Stream {
		return
	}
	pdf.Interpret(contents, p.do)
}

func (p *painter) do(stack *pdf.Stack, op string) {
	args := make([]pdf.Value, stack.Len())
	for i := len(args) - 1; i >= 0; i-- {
		args[i] = stack.Pop()
	}
	n := func(i int) float64 {
		if i < len(args) {
			return args[i].Float64()
		}
		return 0
	}
	m := func() matrix { return matrix{n(0), n(1), n(2), n(3), n(4), n(5)} }
	switch op {
	case "q":
		if len(p.stack) < 500 {
			p.stack = append(p.stack, p.state)
		}
	case "Q":
		if last := len(p.stack) - 1; last >= 0 {
			p.state, p.stack = p.stack[last], p.stack[:last]
		}
	case "cm":
		p.ctm = m().times(p.ctm)
	case "Do":
		if len(args) == 1 {
			p.form(p.resources.Key("XObject").Key(args[0].Name()))
		}
	case "BT":
		p.tm, p.tlm = identity, identity
	case "Tf":
		if len(args) == 2 {
			p.font, p.size = p.fonts.get(p.resources.Key("Font").Key(args[0].Name())), n(1)
		}
	case "Tc":
		p.tc = n(0)
	case "Tw":
		p.tw = n(0)
	case "Tz":
		p.tz = n(0) / 100
	case "TL":
		p.leading = n(0)
	case "Ts":
		p.rise = n(0)
	case "Tr":
		p.invisible = n(0) == 3 || n(0) == 7
	case "Tm":
		p.tm = m()
		p.tlm = p.tm
	case "TD":
		p.leading = -n(1)
		p.move(n(0), n(1))
	case "Td":
		p.move(n(0), n(1))
	case "T*":
		p.move(0, -p.leading)
	case "\"":
		p.tw, p.tc = n(0), n(1)
		p.move(0, -p.leading)
		p.show(args[len(args)-1:])
	case "'":
		p.move(0, -p.leading)
		p.show(args)
	case "Tj":
		p.show(args)
	case "TJ":
		if len(args) == 1 {
			var parts []pdf.Value
			for i := range args[0].Len() {
				parts = append(parts, args[0].Index(i))
			}
			p.show(parts)
		}
	}
}

// form draws a form: a part of a page that is kept apart.
func (p *painter) form(x pdf.Value) {
	if x.Key("Subtype").Name() != "Form" || p.depth >= 8 {
		return
	}
	saved, stack, resources := p.state, p.stack, p.resources
	p.depth++
	if r := x.Key("Resources"); !r.IsNull() {
		p.resources = r
	}
	if m := x.Key("Matrix"); m.Len() == 6 {
		var f matrix
		for i := range f {
			f[i] = m.Index(i).Float64()
		}
		p.ctm = f.times(p.ctm)
	}
	p.stack = nil
	p.draw(x)
	p.depth--
	p.state, p.stack, p.resources = saved, stack, resources
}

func (p *painter) move(x, y float64) {
	p.tlm = shift(x, y).times(p.tlm)
	p.tm = p.tlm
}

// show draws strings; numbers between them move the next one, in thousandths.
func (p *painter) show(parts []pdf.Value) {
	for _, v := range parts {
		if v.Kind() != pdf.String {
			p.tm = shift(-v.Float64()/1000*p.size*p.tz, 0).times(p.tm)
			continue
		}
		if p.font == nil {
			continue
		}
		for _, g := range p.font.glyphs(v.RawString()) {
			w := g.width/1000*p.size + p.tc
			if g.blank {
				w += p.tw
			}
			p.letter(g)
			p.tm = shift(w*p.tz, 0).times(p.tm)
		}
	}
}

// letter adds a glyph to the word in hand, or begins another: after a space, and where it
// stands apart.
func (p *painter) letter(g glyph) {
	if p.letters++; p.letters > maxLetters {
		panic("too many letters")
	}
	at := matrix{p.size * p.tz, 0, 0, p.size, 0, p.rise}.times(p.tm).times(p.ctm)
	size := math.Hypot(at[2], at[3])
	if math.Abs(at[1]) > math.Abs(at[0]) || at[0] <= 0 || size < 1 || size > 1000 || math.IsNaN(at[4]+at[5]) {
		return // along the margin, mirrored, or no letter at all
	}
	if strings.TrimFunc(g.text, unicode.IsSpace) == "" {
		p.flush()
		return
	}
	x, y, w := at[4], at[5], g.width/1000*at[0]
	if p.word != nil && (math.Abs(y-p.word.Y) > 0.1*size || x-p.end > 0.16*size || x < p.end-0.5*size || math.Abs(size-p.word.Size) > 0.5 || p.hidden != p.invisible) {
		p.flush()
	}
	if p.word == nil {
		p.word = &article.Word{X: x, Y: y, Size: size, Bold: p.font.bold}
		p.hidden = p.invisible
	}
	p.word.Text += g.text
	p.end = x + w
	p.word.W = p.end - p.word.X
}

func (p *painter) flush() {
	switch w := p.word; {
	case w == nil:
	case p.hidden:
		p.unshown = append(p.unshown, *w)
	default:
		p.shown = append(p.shown, *w)
	}
	p.word = nil
}
