package main

import (
	"strings"
	"testing"

	"golang.org/x/text/encoding/charmap"
)

// TestListsComeBack reads and writes lists as spreadsheets and editors make them.
func TestListsComeBack(t *testing.T) {
	for _, tt := range []struct{ name, in, want string }{
		{"commas", "nom,a\nÉvreux,1\n", "nom,a,x\nÉvreux,1,\n"},
		{"semicolons and CRLF", "nom;a\r\nÉvreux, Eure;1\r\n", "nom;a;x\r\nÉvreux, Eure;1;\r\n"},
		{"tabs", "a\tnom\n1\tÉvreux; Eure\n", "a\tnom\tx\n1\tÉvreux; Eure\t\n"},
		{"one column", "nom\nCaen\n", "nom,x\nCaen,\n"},
		{"byte order mark", "\ufeffnom;a\nÉvreux;1\n", "\ufeffnom;a;x\nÉvreux;1;\n"},
		{"taken names", "nom,x,x_2\nCaen,1,2\n", "nom,x,x_2,x_3\nCaen,1,2,\n"},
		{"ragged rows", "nom,a\nCaen\nVire,1,2\n", "nom,a,,x\nCaen,,,\nVire,1,2,\n"},
		{"empty lines stay", "nom,a\n\nCaen,1\r\n\r\n\nVire,2\n\n", "nom,a,x\n\nCaen,1,\n\n\nVire,2,\n"},
		{"quoted cells", "nom,a\n\"Caen, la \"\"mer\"\"\",\"1\n2\"\n", "nom,a,x\n\"Caen, la \"\"mer\"\"\",\"1\n2\",\n"},
		{"quotation marks within a cell", "nom;a\nle \"Pays\" d'Auge;1\n", "nom;a;x\n\"le \"\"Pays\"\" d'Auge\";1;\n"},
		{"more commas than semicolons", "nom;a,b,c\nCaen;1,2,3\n", "nom;a,b,c;x\nCaen;1,2,3;\n"},
		{"no end of line", "nom,a\nCaen,1", "nom,a,x\nCaen,1,\n"},
	} {
		t.Run(tt.name, func(t *testing.T) {
			if got := through(t, tt.in); got != tt.want {
				t.Errorf("list %q comes back as %q, want %q", tt.in, got, tt.want)
			}
		})
	}
}

func TestListInWindows1252(t *testing.T) {
	in, err := charmap.Windows1252.NewEncoder().String("nom;a\r\nŒuf d’Évreux;1 €\r\n")
	if err != nil {
		t.Fatal(err)
	}
	if got, want := through(t, in), "\ufeffnom;a;x\r\nŒuf d’Évreux;1 €;\r\n"; got != want {
		t.Errorf("list comes back as %q, want %q", got, want)
	}
}

// through reads a list, adds an empty column x and writes it.
func through(t *testing.T, in string) string {
	t.Helper()
	l, err := readList([]byte(in), "nom")
	if err != nil {
		t.Fatal(err)
	}
	l.extend("x")
	for i, row := range l.rows {
		if row != nil {
			l.rows[i] = append(row, "")
		}
	}
	var out strings.Builder
	if err := l.write(&out); err != nil {
		t.Fatal(err)
	}
	return out.String()
}
