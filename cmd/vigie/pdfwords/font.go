package pdfwords

import (
	"strings"
	"unicode/utf16"
	"unicode/utf8"

	"github.com/ledongthuc/pdf"
	"golang.org/x/text/encoding/charmap"
)

// A glyph is one code of a string that is shown.
type glyph struct {
	text  string
	width float64 // in thousandths of the size
	blank bool    // the one-byte code 32, which word spacing widens
}

// A font turns codes into glyphs. The library's own widths know one-byte fonts alone, and
// its texts leave the map to Unicode aside where there is an encoding.
type font struct {
	bold    bool
	twoByte bool
	unicode map[int]string
	enc     pdf.TextEncoding // of one-byte fonts
	widths  map[int]float64
	width   float64 // where widths has none
}

// A fontCache keeps fonts by what their dictionaries say; pages share them.
type fontCache map[string]*font

func (c fontCache) get(v pdf.Value) *font {
	key := v.String()
	if f, ok := c[key]; ok {
		return f
	}
	f := newFont(v)
	c[key] = f
	return f
}

func newFont(v pdf.Value) (f *font) {
	f = &font{widths: map[int]float64{}, width: 500}
	defer func() { _ = recover() }() // what is sound of it is used
	base := pdf.Font{V: v}
	f.bold = strings.Contains(strings.ToLower(base.BaseFont()), "bold") || strings.Contains(strings.ToLower(base.BaseFont()), "black")
	f.twoByte = v.Key("Subtype").Name() == "Type0"
	if f.twoByte {
		f.wide(v.Key("DescendantFonts").Index(0))
	} else {
		first := base.FirstChar()
		for i, w := range base.Widths() {
			f.widths[first+i] = w
		}
		if v.Key("Subtype").Name() == "Type3" { // widths in the font's own units
			if m := v.Key("FontMatrix"); m.Len() == 6 {
				for c := range f.widths {
					f.widths[c] *= m.Index(0).Float64() * 1000
				}
			}
		}
		f.enc = base.Encoder()
	}
	if m := v.Key("ToUnicode"); m.Kind() == pdf.Stream {
		f.unicode = unicodes(m)
	}
	return f
}

// wide reads the widths of a two-byte font: code [w w …], or first last w.
func (f *font) wide(v pdf.Value) {
	f.width = 1000
	if w := v.Key("DW"); !w.IsNull() {
		f.width = w.Float64()
	}
	all := v.Key("W")
	for i := 0; i+1 < all.Len(); {
		first := int(all.Index(i).Int64())
		if list := all.Index(i + 1); list.Kind() == pdf.Array {
			for j := range list.Len() {
				f.widths[first+j] = list.Index(j).Float64()
			}
			i += 2
			continue
		}
		last, w := int(all.Index(i+1).Int64()), all.Index(i+2).Float64()
		for c := first; c <= min(last, 0xffff); c++ {
			f.widths[c] = w
		}
		i += 3
	}
}

func (f *font) glyphs(s string) []glyph {
	step := 1
	if f.twoByte {
		step = 2
	}
	all := make([]glyph, 0, len(s)/step)
	for i := 0; i+step <= len(s); i += step {
		code := int(s[i])
		if f.twoByte {
			code = code<<8 | int(s[i+1])
		}
		g := glyph{text: f.text(code), width: f.width, blank: !f.twoByte && code == ' '}
		if w, ok := f.widths[code]; ok {
			g.width = w
		}
		all = append(all, g)
	}
	return all
}

// text is what a code stands for; U+FFFD where the file does not say.
func (f *font) text(code int) string {
	if t, ok := f.unicode[code]; ok {
		return strings.ReplaceAll(t, "\x00", "")
	}
	if f.enc == nil {
		return "\ufffd"
	}
	t := f.enc.Decode(string([]byte{byte(code)}))
	if r, n := utf8.DecodeRuneInString(t); n == len(t) && int(r) == code && code >= 0x80 && code < 0xa0 {
		return string(charmap.Windows1252.DecodeByte(byte(code))) // an encoding by its differences to that one
	}
	return t
}

// unicodes reads a font's map from codes to text.
func unicodes(v pdf.Value) (codes map[int]string) {
	codes = map[int]string{}
	defer func() { _ = recover() }() // what was read until there is right
	pdf.Interpret(v, func(stack *pdf.Stack, op string) {
		args := make([]pdf.Value, stack.Len())
		for i := len(args) - 1; i >= 0; i-- {
			args[i] = stack.Pop()
		}
		switch op {
		case "endbfchar":
			for ; len(args) >= 2; args = args[2:] {
				codes[codeOf(args[0])] = utf16Text(args[1].RawString())
			}
		case "endbfrange":
			for ; len(args) >= 3; args = args[3:] {
				addRange(codes, codeOf(args[0]), codeOf(args[1]), args[2])
			}
		case "findresource", "begincmap", "currentdict": // the programme's frame pushes what nobody here needs
			stack.Push(pdf.Value{})
		}
	})
	return codes
}

func addRange(codes map[int]string, lo, hi int, to pdf.Value) {
	for c := lo; c <= min(hi, lo+0xffff); c++ {
		if to.Kind() == pdf.Array {
			codes[c] = utf16Text(to.Index(c - lo).RawString())
			continue
		}
		t := []rune(utf16Text(to.RawString()))
		if len(t) == 0 {
			return
		}
		t[len(t)-1] += rune(c - lo)
		codes[c] = string(t)
	}
}

func codeOf(v pdf.Value) int {
	code := 0
	s := v.RawString()
	for i := range min(len(s), 4) {
		code = code<<8 | int(s[i])
	}
	return code
}

func utf16Text(s string) string {
	var units []uint16
	for i := 0; i+1 < len(s); i += 2 {
		units = append(units, uint16(s[i])<<8|uint16(s[i+1]))
	}
	return string(utf16.Decode(units))
}
