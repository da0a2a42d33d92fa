package charset

import (
	"strings"
	"testing"
	"unicode/utf8"
)

// HAZARDS C1: header, meta, prolog and mark of byte order that disagree.

const (
	sound = "L\u2019\u00e9t\u00e9 \u00e0 B\u0153uf"
	latin = "L\x92\xe9t\xe9 \xe0 B\x9cuf"             // windows-1252
	nine  = "L'\xe9t\xe9 \xe0 B\xbduf"                // ISO-8859-15
	wide  = "\xff\xfeL\x00'\x00\xe9\x00t\x00\xe9\x00" // UTF-16
)

func TestText(t *testing.T) {
	late := "<!--" + strings.Repeat("x", 2000) + "-->"
	tests := []struct{ name, mediaType, head, text, want string }{
		{"nobody tells", "text/html", "", sound, sound},
		{"the meta far below", "text/html", late + `<meta charset="utf-8">`, sound, sound},
		{"the header lies of UTF-8", "text/html; charset=iso-8859-1", `<meta charset="utf-8">`, sound, sound},
		{"the meta lies of UTF-8", "", `<meta charset="iso-8859-1">`, sound, sound},
		{"header", "text/html; charset=windows-1252", `<meta charset="utf-8">`, latin, sound},
		{"header calls it Latin-1", "text/html; charset=ISO-8859-1", "", latin, sound},
		{"meta", "text/html", `<meta charset="iso-8859-1">`, latin, sound},
		{"called UTF-8 by both", "text/html; charset=utf-8", `<meta charset="utf-8">`, latin, sound},
		{"called UTF-16", "text/html; charset=utf-16", "", latin, sound},
		{"nobody tells of windows-1252", "", "", latin, sound},
		{"meta of ISO-8859-15", "text/html", `<meta charset="iso-8859-15">`, nine, "L'\u00e9t\u00e9 \u00e0 B\u0153uf"},
		{"header before meta", "text/html; charset=iso-8859-15", `<meta charset="utf-8">`, nine, "L'\u00e9t\u00e9 \u00e0 B\u0153uf"},
		{"a stray byte, undeclared", "text/html", "", sound + " caf\xe9", sound + " caf\ufffd"},
		{"a stray byte, declared otherwise", "text/html; charset=iso-8859-1", "", sound + " caf\xe9", sound + " caf\ufffd"},
		{"a mark of UTF-8", "text/html; charset=iso-8859-1", "\ufeff", sound, sound},
	}
	for _, tt := range tests {
		got := Text([]byte(tt.head+tt.text), tt.mediaType)
		if want := strings.TrimPrefix(tt.head, "\ufeff") + tt.want; got != want {
			t.Errorf("%s: %q, want %q", tt.name, got, want)
		}
	}
	if got := Text([]byte(wide), "text/html; charset=utf-8"); got != "L'\u00e9t\u00e9" {
		t.Errorf("UTF-16: %q", got)
	}
}

// A page's head is decoded by what the whole of it is in; sound UTF-8 it is taken as it is.
func TestHead(t *testing.T) {
	body := []byte("\xc9\xbb " + strings.Repeat("\xe9t\xe9 ", 9)) // in UTF-8 the first two would be a letter
	if got := Head(body, 2, "text/html"); got != "\u027b" {
		t.Errorf("two bytes that are sound: %q", got)
	}
	if got := Head(body, 4, "text/html; charset=iso-8859-1"); got != "\u00c9\u00bb \u00e9" {
		t.Errorf("four bytes: %q", got)
	}
	if got := Head(body, 1000, ""); utf8.RuneCountInString(got) != len(body) {
		t.Errorf("all: %q", got)
	}
}

func TestXML(t *testing.T) {
	tests := []struct{ name, mediaType, prolog, text, want, kept string }{
		{"header alone", "application/rss+xml; charset=ISO-8859-1", `<?xml version="1.0"?>`, latin, sound, ""},
		{"header over a prolog that lies", "application/rss+xml; charset=windows-1252", `<?xml version="1.0" encoding="UTF-8"?>`, latin, sound, `<?xml version="1.0" encoding="UTF-8"?>`},
		{"prolog", "text/xml", `<?xml version='1.0' encoding='iso-8859-15' standalone='yes'?>`, nine, "L'\u00e9t\u00e9 \u00e0 B\u0153uf", `<?xml version='1.0' standalone='yes'?>`},
		{"prolog before the server's default", "text/xml; charset=iso-8859-1", `<?xml version="1.0" encoding="iso-8859-15"?>`, nine, "L'\u00e9t\u00e9 \u00e0 B\u0153uf", ""},
		{"nobody tells", "text/xml", "", latin, sound, ""},
		{"an unknown name", "text/xml; charset=ici", ` <?xml version="1.0" encoding="l&#224;"?>`, latin, sound, ` <?xml version="1.0"?>`},
		{"UTF-8 that the prolog belies", "text/xml", `<?xml version="1.0" encoding="ISO-8859-1"?>`, sound, sound, ""},
		{"a stray byte in UTF-8", "text/xml", `<?xml version="1.0" encoding="UTF-8"?>`, sound + " caf\xe9", sound + " caf\ufffd", `<?xml version="1.0" encoding="UTF-8"?>`},
		{"a stray byte alone", "text/xml", `<?xml version="1.0"?>`, "caf\xe9", "caf\u00e9", ""},
		{"UTF-8 as it should be", "text/xml; charset=iso-8859-1", `<?xml version="1.0" encoding="utf-8"?>`, sound, sound, `<?xml version="1.0" encoding="utf-8"?>`},
	}
	for _, tt := range tests {
		if tt.kept == "" && tt.prolog != "" {
			tt.kept = `<?xml version="1.0"?>`
		}
		if got, want := string(XML([]byte(tt.prolog+"<a>"+tt.text+"</a>"), tt.mediaType)), tt.kept+"<a>"+tt.want+"</a>"; got != want {
			t.Errorf("%s: %q, want %q", tt.name, got, want)
		}
	}
}

func FuzzText(f *testing.F) {
	for _, s := range []string{sound, latin, nine, wide, `<meta charset="utf-16">` + latin, `<?xml version="1.0" encoding="x"?>` + latin} {
		f.Add([]byte(s), "text/html; charset=utf-16", 9)
	}
	f.Fuzz(func(t *testing.T, body []byte, mediaType string, n int) {
		if !utf8.ValidString(Text(body, mediaType)) || !utf8.ValidString(Head(body, max(n, 0), mediaType)) || !utf8.Valid(XML(body, mediaType)) {
			t.Errorf("%q as %q is no UTF-8", body, mediaType)
		}
	})
}
