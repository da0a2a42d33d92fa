package markup

import "strings"

// declaration reads what begins with "<!", "<?" or "</" and is no tag.
func (s *Scanner) declaration(i int) Kind {
	rest := s.page[i:]
	if strings.HasPrefix(rest, "<!--") {
		return s.comment(i + 4)
	}
	end := strings.IndexByte(rest, '>')
	if end < 0 {
		s.Odd, s.pos = true, len(s.page)
		return End
	}
	s.pos = i + end + 1
	if mark := "<!doctype"; len(rest) > len(mark) && strings.EqualFold(rest[:len(mark)], mark) {
		s.Text = strings.TrimLeft(rest[len(mark):end], whitespace)
		return Doctype
	}
	s.Odd, s.Text = true, rest[2:end]
	return Comment
}

// comment reads a comment whose text begins at i.
func (s *Scanner) comment(i int) Kind {
	text := s.page[i:]
	end := strings.Index(text, "-->")
	if end < 0 {
		s.Odd, s.pos = true, len(s.page)
		return End
	}
	s.Text, s.pos = text[:end], i+end+3
	if strings.HasPrefix(text, ">") || strings.HasPrefix(text, "->") || strings.Contains(s.Text, "--!>") {
		s.Odd = true
	}
	return Comment
}
