// Package atlas draws maps of a region's territories from official outlines (IGN Admin
// Express; ANCT for territories that intercommunalités do not compose alone).
//
// A [Map] is drawn twice from one [Scene]: as a picture for the workbook, and as SVG for
// the page. Equal maps give equal bytes.
package atlas

import (
	"slices"
	"strconv"
	"strings"
	"unicode/utf8"

	"vigie"
)

// Credit names whose outlines these are, as their licences ask.
const Credit = "Contours : IGN Admin Express COG (intercommunalités, départements), ANCT (territoires). Licence Ouverte 2.0."

// A Map is one region with the territories of one list.
type Map struct {
	Title       string
	Region      string // INSEE code
	Territories []Territory
}

// A Territory is drawn with its number, which is its place in the list from 1.
type Territory struct {
	ID      string // in the official list: ti-2801@2018
	Name    string
	Members []vigie.Ref
	Stated  bool // whether an announcement states the label; the list alone is hatched
}

// Draw lays the maps out below each other, each with its legend; it returns the numbers
// of the territories that no outline is known of, by map.
func (a *Atlas) Draw(maps []Map) (*Scene, [][]int) {
	s := &Scene{}
	laid := make([]laidMap, len(maps))
	right := 0.0
	for i, m := range maps {
		laid[i] = a.layOut(m)
		right = max(right, laid[i].frame.right)
	}
	var missing [][]int
	for _, l := range laid {
		missing = append(missing, l.missing)
		s.put(a, l, right+margin)
	}
	s.Width = right + margin + legendWidth
	s.text(Text{X: margin, Y: s.Height + 4, Size: 11, Fill: grey, Words: Credit})
	s.Height += 24
	return s, missing
}

// Drawable are the maps that show anything: those with a territory whose outline is known.
func (a *Atlas) Drawable(maps []Map) []Map {
	return slices.DeleteFunc(maps, func(m Map) bool {
		return !slices.ContainsFunc(m.Territories, func(t Territory) bool { return len(a.shape(t).Rings) > 0 })
	})
}

// The measures of a map, in dots.
const (
	margin      = 24.0
	mapWidth    = 760.0
	mapHeight   = 520.0
	legendWidth = 352.0
	titleRoom   = 48.0
	lineRoom    = 25.0
	discRadius  = 12.0

	lineLength = 42 // of a name in the legend, in letters
)

// A laidMap is a map with the outlines that are drawn, in a frame of its own size.
type laidMap struct {
	Map
	region, shapes []Outline
	frame          frame
	missing        []int
}

func (a *Atlas) layOut(m Map) laidMap {
	l := laidMap{Map: m, region: a.within(m.Region)}
	framed := slices.Clone(l.region)
	for i, t := range m.Territories {
		o := a.shape(t)
		l.shapes = append(l.shapes, o)
		framed = append(framed, o)
		if len(o.Rings) == 0 {
			l.missing = append(l.missing, i+1)
		}
	}
	l.frame = a.frame(framed, box{margin, 0, margin + mapWidth, mapHeight})
	return l
}

// put draws one map under what the scene holds, its legend from x.
func (s *Scene) put(a *Atlas, l laidMap, x float64) {
	top := s.Height + titleRoom
	f := l.frame.lower(top)
	s.text(Text{X: margin, Y: s.Height + 30, Size: 19, Bold: true, Fill: ink, Words: l.Title})
	for _, d := range l.region {
		s.fill(Shape{Rings: f.rings(a, d), Fill: paper})
	}
	at := make([]point, 0, len(l.shapes))
	for i, o := range l.shapes {
		if len(o.Rings) == 0 {
			continue
		}
		rings := f.rings(a, o)
		at = append(at, inside(rings))
		s.fill(Shape{Name: l.Territories[i].Name, Rings: rings, Fill: shade, Hatched: !l.Territories[i].Stated, Stroke: ink, Width: 1.4})
	}
	for _, d := range l.region {
		s.fill(Shape{Rings: f.rings(a, d), Stroke: grey, Width: 1})
	}
	apart(at, 2*discRadius+2)
	for i, o := range l.shapes {
		if len(o.Rings) == 0 {
			continue
		}
		p := at[0]
		at = at[1:]
		s.disc(Disc{X: p.x, Y: p.y, Radius: discRadius, Fill: white, Stroke: ink})
		s.text(Text{X: p.x, Y: p.y + 4.6, Size: 13, Bold: true, Middle: true, Fill: ink, Words: strconv.Itoa(i + 1)})
	}
	s.Height = max(f.bottom, s.legend(l, x, top)) + margin
}

// legend names the territories beside the map, from x, and returns where it ends.
func (s *Scene) legend(l laidMap, x, top float64) float64 {
	y := top + 12
	for i, t := range l.Territories {
		words := t.Name
		if slices.Contains(l.missing, i+1) {
			words += " (sans contour connu)"
		}
		s.text(Text{X: x + 22, Y: y, Size: 14, Bold: true, End: true, Fill: ink, Words: strconv.Itoa(i + 1)})
		for _, line := range wrapped(words, lineLength) {
			s.text(Text{X: x + 32, Y: y, Size: 14, Fill: black, Words: line})
			y += lineRoom * 0.8
		}
		y += lineRoom * 0.2
	}
	y += 10
	for _, k := range []struct {
		hatched bool
		words   string
	}{{false, "label annoncé par une source lue"}, {true, "connu par la seule liste officielle"}} {
		if slices.ContainsFunc(l.Territories, func(t Territory) bool { return t.Stated != k.hatched }) {
			s.fill(Shape{Rings: [][]point{{{x, y - 12}, {x + 24, y - 12}, {x + 24, y + 3}, {x, y + 3}}}, Fill: shade, Hatched: k.hatched, Stroke: ink, Width: 1})
			s.text(Text{X: x + 32, Y: y, Size: 13, Fill: grey, Words: k.words})
			y += lineRoom
		}
	}
	return y
}

// wrapped parts words into lines of at most n letters.
func wrapped(words string, n int) []string {
	lines := []string{""}
	for _, w := range strings.Fields(words) {
		last := &lines[len(lines)-1]
		switch {
		case *last == "":
			*last = w
		case utf8.RuneCountInString(*last+" "+w) <= n:
			*last += " " + w
		default:
			lines = append(lines, w)
		}
	}
	return lines
}

// within are the départements of a region.
func (a *Atlas) within(region string) []Outline {
	return slices.DeleteFunc(slices.Clone(a.departements), func(d Outline) bool { return d.Region != region })
}

// shape is a territory's own outline where it has one, else that of its members
// together; empty where not all of them are known.
func (a *Atlas) shape(t Territory) Outline {
	if o, ok := a.territories[t.ID]; ok {
		return o
	}
	var members []Outline
	for _, m := range t.Members {
		o, ok := a.epci[m.ID]
		if !ok || m.Type != vigie.RefEPCI {
			return Outline{}
		}
		members = append(members, o)
	}
	if len(members) == 0 {
		return Outline{}
	}
	return union(members)[0]
}
