package vigie

import (
	"encoding/json"
	"unicode/utf8"
)

// A SentHeader is the header of a [Capture] on its way into JSON and back. Header values are
// bytes, of which old servers send some that are no UTF-8, and JSON has none: such a byte
// is written as a character of a private range, U+EF80 for 0x80 to U+EFFF for 0xFF. Those
// characters themselves, which nobody sends, are written as their bytes, so that all comes
// back as it was.
type SentHeader map[string][]string

const firstByte, lastByte = '\uef80', '\uefff'

// MarshalJSON implements [json.Marshaler].
func (h SentHeader) MarshalJSON() ([]byte, error) {
	return json.Marshal(mapped(h, asText))
}

// UnmarshalJSON implements [json.Unmarshaler].
func (h *SentHeader) UnmarshalJSON(text []byte) error {
	var m map[string][]string
	if err := json.Unmarshal(text, &m); err != nil {
		return err
	}
	*h = mapped(m, asBytes)
	return nil
}

// mapped gives h with each value as f does it; h itself where that changes nothing.
func mapped(h map[string][]string, f func(string) string) map[string][]string {
	var changed map[string][]string
	for name, values := range h {
		for i, v := range values {
			w := f(v)
			if w == v {
				continue
			}
			if changed == nil {
				changed = make(map[string][]string, len(h))
				for name, values := range h {
					changed[name] = append([]string(nil), values...)
				}
			}
			changed[name][i] = w
		}
	}
	if changed == nil {
		return h
	}
	return changed
}

func asText(value string) string {
	var text []byte
	plain := 0 // from where on nothing needs a change
	for i, n := 0, 0; i < len(value); i += n {
		r := rune(value[i])
		if n = 1; r >= utf8.RuneSelf {
			r, n = utf8.DecodeRuneInString(value[i:])
		}
		if (r != utf8.RuneError || n != 1) && (r < firstByte || r > lastByte) {
			continue
		}
		text = append(text, value[plain:i]...)
		for _, b := range []byte(value[i : i+n]) {
			text = utf8.AppendRune(text, firstByte+rune(b)-0x80)
		}
		plain = i + n
	}
	if text == nil {
		return value
	}
	return string(append(text, value[plain:]...))
}

func asBytes(text string) string {
	var value []byte
	plain := 0
	for i, r := range text {
		if r < firstByte || r > lastByte {
			continue
		}
		value = append(append(value, text[plain:i]...), byte(r-firstByte+0x80))
		plain = i + utf8.RuneLen(r)
	}
	if value == nil {
		return text
	}
	return string(append(value, text[plain:]...))
}

// MarshalJSON implements [json.Marshaler].
func (c Capture) MarshalJSON() ([]byte, error) {
	type plain Capture
	c.Header = mapped(c.Header, asText)
	return json.Marshal(plain(c))
}

// UnmarshalJSON implements [json.Unmarshaler].
func (c *Capture) UnmarshalJSON(text []byte) error {
	type plain Capture
	err := json.Unmarshal(text, (*plain)(c))
	c.Header = mapped(c.Header, asBytes)
	return err
}
