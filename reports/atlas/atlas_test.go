package atlas

import (
	"bytes"
	"encoding/xml"
	"errors"
	"image/png"
	"io"
	"math"
	"slices"
	"strings"
	"testing"

	"vigie"
)

// some is a map with a territory of EPCI, one with an outline of its own, and one that
// nothing is known of.
func some() Map {
	return Map{Title: "Phase d'essai & co", Region: "28", Territories: []Territory{
		{ID: "t1", Name: "Deux <voisins>", Members: epci("200065597", "200066728"), Stated: true},
		{ID: "ti-2706@2018", Name: "Avec des communes"},
		{ID: "t3", Name: "Inconnu", Members: epci("999999999")},
	}}
}

func epci(sirens ...string) (members []vigie.Ref) {
	for _, s := range sirens {
		members = append(members, vigie.Ref{Type: vigie.RefEPCI, ID: s})
	}
	return members
}

func drawn(t *testing.T, maps ...Map) (*Scene, [][]int) {
	t.Helper()
	a, err := New()
	if err != nil {
		t.Fatal(err)
	}
	return a.Draw(maps)
}

func TestWhatHasNoOutlineIsTold(t *testing.T) {
	s, missing := drawn(t, some())
	if len(missing) != 1 || !slices.Equal(missing[0], []int{3}) {
		t.Errorf("without outline: %v, want the third", missing)
	}
	told := slices.ContainsFunc(s.items, func(i any) bool {
		words, ok := i.(Text)
		return ok && strings.Contains(words.Words, "Inconnu (sans contour connu)")
	})
	if !told {
		t.Error("the legend does not say that a territory is not on the map")
	}
}

func TestEqualMapsGiveEqualBytes(t *testing.T) {
	var pictures, pages [2]bytes.Buffer
	for i := range pictures {
		s, _ := drawn(t, some(), some())
		if err := errors.Join(s.PNG(&pictures[i], 1), s.SVG(&pages[i], "Carte")); err != nil {
			t.Fatal(err)
		}
	}
	if !bytes.Equal(pictures[0].Bytes(), pictures[1].Bytes()) || !bytes.Equal(pages[0].Bytes(), pages[1].Bytes()) {
		t.Error("two drawings of one map differ")
	}
	img, err := png.Decode(&pictures[0])
	if s, _ := drawn(t, some(), some()); err != nil || float64(img.Bounds().Dx()) != math.Ceil(s.Width) {
		t.Errorf("picture: %v, want %v wide: %v", img.Bounds(), s.Width, err)
	}
}

// TestSVGIsStrict holds it to what a page under a strict policy may show.
func TestSVGIsStrict(t *testing.T) {
	s, _ := drawn(t, some())
	var b bytes.Buffer
	if err := s.SVG(&b, `Carte "de" <Normandie>`); err != nil {
		t.Fatal(err)
	}
	var titles []string
	d := xml.NewDecoder(bytes.NewReader(b.Bytes()))
	for {
		token, err := d.Token()
		if err == io.EOF {
			break
		}
		if err != nil {
			t.Fatal(err)
		}
		start, ok := token.(xml.StartElement)
		if !ok {
			continue
		}
		for _, a := range start.Attr {
			if a.Name.Local == "style" || a.Name.Local == "href" || strings.HasPrefix(a.Name.Local, "on") {
				t.Errorf("<%s %s=%q>", start.Name.Local, a.Name.Local, a.Value)
			}
			if start.Name.Local == "svg" && a.Name.Local == "aria-label" && a.Value != `Carte "de" <Normandie>` {
				t.Errorf("name %q", a.Value)
			}
		}
		if start.Name.Local == "title" {
			var words string
			if err := d.DecodeElement(&words, &start); err != nil {
				t.Fatal(err)
			}
			titles = append(titles, words)
		}
	}
	if !slices.Equal(titles, []string{"Deux <voisins>", "Avec des communes"}) {
		t.Errorf("named shapes: %q", titles)
	}
}

// TestNeighboursAreOne looks at the border between two EPCI of a territory: none is drawn.
func TestNeighboursAreOne(t *testing.T) {
	a, err := New()
	if err != nil {
		t.Fatal(err)
	}
	length := func(o ...Outline) (n int) {
		for _, ring := range union(o) {
			for _, r := range a.rings(ring) {
				n += len(r)
			}
		}
		return n
	}
	one, other := a.epci["200065597"], a.epci["200066728"]
	if together, apart := length(one, other), length(one)+length(other); together >= apart {
		t.Errorf("%d points about both, %d about each: the border between them is drawn", together, apart)
	}
}

// TestRingsAreClosed follows every outline there is, alone: its rings are those of the file.
func TestRingsAreClosed(t *testing.T) {
	a, err := New()
	if err != nil {
		t.Fatal(err)
	}
	for id, o := range a.epci {
		arcs, points := 0, 0
		for _, ring := range o.Rings {
			for _, arc := range ring {
				arcs += len(a.arc(arc)) - 1
			}
		}
		for _, ring := range a.rings(o) {
			points += len(ring)
		}
		if arcs != points || points == 0 {
			t.Errorf("EPCI %s: %d points on its rings, %d on its arcs", id, points, arcs)
		}
	}
}

func TestNumbersStandInside(t *testing.T) {
	corner := []point{{0, 0}, {100, 0}, {100, 10}, {10, 10}, {10, 100}, {0, 100}} // an L
	at := inside([][]point{{{200, 200}, {201, 200}, {201, 201}}, corner})
	if cuts := crossings(corner, at.y); len(cuts) != 2 || at.x <= cuts[0] || at.x >= cuts[1] {
		t.Errorf("the number of an L stands at %v", at)
	}
}

func TestLongNamesAreWrapped(t *testing.T) {
	got := wrapped("Pays de Bernay, de Conches, du Neubourg", 20)
	if want := []string{"Pays de Bernay, de", "Conches, du Neubourg"}; !slices.Equal(got, want) {
		t.Errorf("%q, want %q", got, want)
	}
}

func TestNumbersStandApart(t *testing.T) {
	at := []point{{100, 100}, {100, 100}, {110, 100}, {300, 300}}
	apart(at, 26)
	for i, p := range at {
		for _, q := range at[i+1:] {
			if far := math.Hypot(p.x-q.x, p.y-q.y); far < 25.9 {
				t.Errorf("%v and %v are %.1f apart, want 26", p, q, far)
			}
		}
	}
	if at[3] != (point{300, 300}) {
		t.Errorf("a number that nothing is near moved to %v", at[3])
	}
}

// TestLegendStandsBesideItsMap draws a region that is higher than wide: no white field
// parts its map from the names.
func TestLegendStandsBesideItsMap(t *testing.T) {
	m := some()
	m.Region = "94"
	m.Territories = nil
	if s, _ := drawn(t, m); s.Width > mapWidth {
		t.Errorf("a map of Corse with its legend is %.0f wide, want less than %.0f", s.Width, mapWidth)
	}
}
