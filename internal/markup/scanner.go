// Package markup reads web pages fast: a [Scanner] cuts one into tags and texts without
// copying it, and [Parse] makes its tree.
//
// Both stand in for golang.org/x/net/html, and give what it gives: pages are sound for the
// most part, and of a sound page the whole of HTML's rules for mending is not needed.
// Where one is not sound, Parse leaves it to that package. Tests compare the two.
package markup

import (
	"strings"
	"unsafe"

	"golang.org/x/net/html"
	"golang.org/x/net/html/atom"
)

// A Kind says what a token is.
type Kind uint8

// The kinds of tokens.
const (
	End      Kind = iota // of the page
	Text                 // between tags
	StartTag             //
	EndTag               //
	Comment              //
	Doctype              //
)

// A Scanner goes through a page, token by token. Its fields describe the one under way.
type Scanner struct {
	Atom   atom.Atom // of a tag; zero for one that HTML does not know
	Name   string    // of a tag, in lower case
	Text   string    // of a text, comment or doctype, as it stands in the page
	Closed bool      // a start tag that ends in "/>"
	Raw    bool      // a text that has no entities: a script's, a style's

	// Odd is set once something stood in the page that is read here in a simpler way than
	// browsers do: a broken comment, a tag that does not end.
	Odd bool

	page  string
	pos   int
	at    int    // where the attributes of the tag begin
	attrs []Attr // of the tag, once they are read
	eager bool   // they are read with it: else they are stepped over, and few are asked for
	raw   string // the element whose text comes next, which ends with its end tag only
	met   [64]struct {
		name string
		atom atom.Atom
	} // names met before: a page has few
}

// An Attr is an attribute of a tag.
type Attr struct {
	Key   string // in lower case
	Value string // as it stands in the page
}

// NewScanner returns a Scanner at the beginning of a page.
func NewScanner(page string) *Scanner { return &Scanner{page: page} }

// ScanBytes returns a Scanner at the beginning of a page that is not copied: it must not
// change as long as anything that the scanner gave is in use.
func ScanBytes(page []byte) *Scanner {
	return NewScanner(unsafe.String(unsafe.SliceData(page), len(page)))
}

// Read returns how many bytes of the page stand before the next token.
func (s *Scanner) Read() int { return s.pos }

// Attrs returns the attributes of a start tag; they are valid until the next token.
func (s *Scanner) Attrs() []Attr {
	if !s.eager {
		s.attrs = s.attrs[:0]
		for i := s.skipSpace(s.at); s.page[i] != '>'; i = s.skipSpace(i) {
			i, _ = s.attr(i, true)
		}
	}
	return s.attrs
}

// Attr returns an attribute's value as it is meant; empty where the tag has none.
func (s *Scanner) Attr(key string) string {
	for _, a := range s.Attrs() {
		if a.Key == key {
			return html.UnescapeString(a.Value)
		}
	}
	return ""
}

// Next goes to the next token and returns what it is.
func (s *Scanner) Next() Kind {
	s.Raw = false
	if s.raw != "" && s.rawText() {
		return Text
	}
	lo := s.pos
	for i := lo; ; {
		j := strings.IndexByte(s.page[i:], '<')
		if j < 0 || i+j+1 == len(s.page) {
			return s.text(lo, len(s.page))
		}
		i += j
		c := s.page[i+1]
		switch {
		case !isLetter(c) && c != '/' && c != '!' && c != '?':
			i++ // "a < b"
		case i > lo:
			return s.text(lo, i)
		case isLetter(c):
			return s.tag(StartTag, i+1)
		case c == '/' && i+2 < len(s.page) && isLetter(s.page[i+2]):
			return s.tag(EndTag, i+2)
		default:
			return s.declaration(i)
		}
	}
}

func (s *Scanner) text(lo, hi int) Kind {
	s.pos = hi
	if lo == hi {
		return End
	}
	s.Text = s.page[lo:hi]
	return Text
}

// rawText reads the text of an element that holds no tags; false where it is empty.
func (s *Scanner) rawText() bool {
	lo, name := s.pos, s.raw
	hi := s.rawEnd(name)
	s.raw, s.pos, s.Text = "", hi, s.page[lo:hi]
	s.Raw = name != "textarea" && name != "title"
	if name == "script" {
		if i := strings.Index(s.Text, "<!--"); i >= 0 && strings.Contains(strings.ToLower(s.Text[i:]), "<script") {
			s.Odd = true // one script hides in another
		}
	}
	return lo < hi
}

// rawEnd is where the end tag of the element begins.
func (s *Scanner) rawEnd(name string) int {
	for i := s.pos; name != "plaintext"; {
		j := strings.Index(s.page[i:], "</")
		if j < 0 {
			break
		}
		i += j
		rest := s.page[i+2:]
		if len(rest) > len(name) && strings.EqualFold(rest[:len(name)], name) && endsName(rest[len(name)]) {
			return i
		}
		i += 2
	}
	s.Odd = true
	return len(s.page)
}

// tag reads a tag whose name begins at i.
func (s *Scanner) tag(kind Kind, i int) Kind {
	lo := i
	for i < len(s.page) && classes[s.page[i]]&nameEnd == 0 {
		i++
	}
	s.name(s.page[lo:i])
	s.at, s.attrs = i, s.attrs[:0]
	last := 0 // where the last attribute's value ends
	for {
		i = s.skipSpace(i)
		if i >= len(s.page) {
			s.Odd, s.pos = true, len(s.page)
			return End
		}
		if s.page[i] == '>' {
			break
		}
		i, last = s.attr(i, s.eager)
	}
	s.pos = i + 1
	s.Closed = s.page[i-1] == '/' && last != i
	if kind == StartTag && isRaw(s.Atom) {
		s.raw = s.Name
	}
	return kind
}

func (s *Scanner) name(name string) {
	name = lower(name)
	met := &s.met[(int(name[0])*7+int(name[len(name)-1])+len(name)*31)%len(s.met)]
	if met.name != name {
		met.name, met.atom = name, lookup(name)
		if met.atom != 0 {
			met.name = met.atom.String() // keeps no page alive
		}
	}
	s.Atom, s.Name = met.atom, met.name
}

func lookup(name string) atom.Atom {
	var room [32]byte // an element's name is no longer
	if len(name) > len(room) {
		return 0
	}
	return atom.Lookup(room[:copy(room[:], name)])
}

// attr reads the attribute at i, or steps over it, and returns where it and its value end;
// the latter is 0 where it has none.
func (s *Scanner) attr(i int, read bool) (next, last int) {
	lo := i
	if i++; classes[s.page[lo]]&nameEnd != 0 { // a "/" that ends no tag
		i = lo
	}
	for i < len(s.page) && classes[s.page[i]]&(nameEnd|equals) == 0 {
		i++
	}
	key, value := s.page[lo:i], ""
	i = s.skipSpace(i)
	switch {
	case i < len(s.page) && s.page[i] == '/':
		i++
	case i < len(s.page) && s.page[i] == '=':
		lo, hi := 0, 0
		lo, hi, i = s.value(s.skipSpace(i + 1))
		value, last = s.page[lo:hi], hi
	}
	if read {
		s.add(lower(key), value)
	}
	return i, last
}

// value finds the value that begins at i, and where to go on.
func (s *Scanner) value(i int) (lo, hi, next int) {
	if i >= len(s.page) || s.page[i] == '>' {
		return i, i, i
	}
	if q := s.page[i]; q == '"' || q == '\'' {
		j := strings.IndexByte(s.page[i+1:], q)
		if j < 0 {
			return len(s.page), len(s.page), len(s.page)
		}
		return i + 1, i + 1 + j, i + 2 + j
	}
	for lo = i; i < len(s.page) && s.page[i] != '>' && !isSpace(s.page[i]); {
		i++
	}
	return lo, i, i
}

// add keeps an attribute, of several with one name the first.
func (s *Scanner) add(key, value string) {
	if key == "" {
		return
	}
	for _, a := range s.attrs {
		if a.Key == key {
			s.Odd = true
			return
		}
	}
	s.attrs = append(s.attrs, Attr{key, value})
}

func (s *Scanner) skipSpace(i int) int {
	for i < len(s.page) && isSpace(s.page[i]) {
		i++
	}
	return i
}
