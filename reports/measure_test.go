package reports

import (
	"testing"

	"vigie"
)

// How LibreOffice and Excel break lines of Calibri was looked at; a row that is a line too
// low cuts words, one that is a line too high is a hole in the table.
func TestLinesBreakAsTheyAreSet(t *testing.T) {
	for _, tt := range []struct {
		text  string
		width float64
		want  int
	}{
		{"", 10, 1},
		{"liste officielle", 13, 1},
		{"annonces et liste officielle", 13, 2},
		{"phase 1 (2018-2022)", 12, 2},
		{"Petites villes de demain", 21, 1},
		{"Les services de l'État en Seine-Maritime", 19, 2},
		{"première\nseconde", 40, 2},
		{"https://www.orne.gouv.fr/Actualites/Territoires-d-industrie", 20, 3},
		{"Anticonstitutionnellement", 10, 3},
	} {
		if got := wrappedLines(tt.text, tt.width); got != tt.want {
			t.Errorf("%q in a column of %v: %d lines, want %d", tt.text, tt.width, got, tt.want)
		}
	}
}

// widestPrint is what still reads on paper: an A4 page on its side holds 149 digits, and
// type of ten points that is set for half as many more is one of seven.
const widestPrint = 207

// What stands above a table is whole on paper: a note runs over one line, a heading over two.
func TestSheetsFitPaper(t *testing.T) {
	d := scaled(150)
	d.Reserved = []vigie.Reservation{{Publisher: "Le Réveil du bocage", Withheld: true}}
	for _, table := range Tables(d) {
		width := 0.0
		for i, c := range table.Columns {
			if i >= printed(table.Columns) || i == 0 && table.Layout == Notice {
				continue
			}
			width += c.Width
			if n := wrappedLines(c.Name, c.Width-0.5); table.Layout == Grid && n > 2 {
				t.Errorf("%s: heading %q runs over %d lines", table.Name, c.Name, n)
			}
		}
		if width > widestPrint {
			t.Errorf("%s: %.0f digits wide on paper, want %d at most", table.Name, width, widestPrint)
		}
		if table.Picture != nil {
			width += (1 + pictureColumns) * 9
		}
		if note := textWidth(table.Note, 10); note > width {
			t.Errorf("%s: the note is %.0f digits wide, the sheet %.0f", table.Name, note, width)
		}
	}
}
