package markup

import "golang.org/x/net/html/atom"

const whitespace = " \t\r\n\f"

// classes tell what a byte may be in a tag.
var classes = func() (table [256]uint8) {
	for _, c := range []byte(whitespace) {
		table[c] = space | nameEnd
	}
	for c := byte('a'); c <= 'z'; c++ {
		table[c], table[c-'a'+'A'] = letter, letter|capital
	}
	table['/'], table['>'], table['='] = nameEnd, nameEnd, equals
	return table
}()

const (
	space   uint8 = 1 << iota
	letter        // of ASCII
	capital       // likewise
	nameEnd       // ends a tag's name, or an attribute's
	equals
)

func isSpace(c byte) bool { return classes[c]&space != 0 }

func isLetter(c byte) bool { return classes[c]&letter != 0 }

func endsName(c byte) bool { return classes[c]&nameEnd != 0 }

// isRaw reports the elements whose text has no tags.
func isRaw(a atom.Atom) bool {
	switch a {
	case atom.Iframe, atom.Noembed, atom.Noframes, atom.Noscript, atom.Plaintext, atom.Script, atom.Style,
		atom.Textarea, atom.Title, atom.Xmp:
		return true
	}
	return false
}

// lower is s in lower case, ASCII alone; nearly all names are.
func lower(s string) string {
	for i := range len(s) {
		if classes[s[i]]&capital == 0 {
			continue
		}
		b := []byte(s)
		for ; i < len(b); i++ {
			if classes[b[i]]&capital != 0 {
				b[i] += 'a' - 'A'
			}
		}
		return string(b)
	}
	return s
}
