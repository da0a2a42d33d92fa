// Package atlas draws maps of a region's territories from official outlines (IGN Admin
// Express; ANCT for territories that intercommunalités do not compose alone).
//
// A [Map] is drawn twice from one [Scene]: as a picture for the workbook, and as SVG for
// the page. Equal maps give equal bytes.
package atlas

import (
	"cmp"
	"math"
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
	s := &Scene{Width: width}
	var missing [][]int
	for _, m := range maps {
		missing = append(missing, a.draw(s, m))
	}
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
	width     = 1160.0
	margin    = 24.0
	mapWidth  = 760.0
	mapHeight = 520.0
	titleRoom = 48.0
	lineRoom  = 25.0

	lineLength = 42 // of a name in the legend, in letters
)

// draw puts one map under what the scene holds.
func (a *Atlas) draw(s *Scene, m Map) (missing []int) {
	top := s.Height + titleRoom
	region := a.within(m.Region)
	shapes := make([]Outline, len(m.Territories))
	framed := slices.Clone(region)
	for i, t := range m.Territories {
		shapes[i] = a.shape(t)
		framed = append(framed, shapes[i])
	}
	f := a.frame(framed, box{margin, top, margin + mapWidth, top + mapHeight})
	s.text(Text{X: margin, Y: s.Height + 30, Size: 19, Bold: true, Fill: ink, Words: m.Title})
	for _, d := range region {
		s.fill(Shape{Rings: f.rings(a, d), Fill: paper})
	}
	for i, o := range shapes {
		if len(o.Rings) == 0 {
			missing = append(missing, i+1)
			continue
		}
		s.fill(Shape{Name: m.Territories[i].Name, Rings: f.rings(a, o), Fill: shade, Hatched: !m.Territories[i].Stated, Stroke: ink, Width: 1.4})
	}
	for _, d := range region {
		s.fill(Shape{Rings: f.rings(a, d), Stroke: grey, Width: 1})
	}
	for i, o := range shapes {
		if len(o.Rings) > 0 {
			at := inside(f.rings(a, o))
			s.disc(Disc{X: at.x, Y: at.y, Radius: 12, Fill: white, Stroke: ink})
			s.text(Text{X: at.x, Y: at.y + 4.6, Size: 13, Bold: true, Middle: true, Fill: ink, Words: strconv.Itoa(i + 1)})
		}
	}
	end := s.legend(m, top, missing)
	s.Height = max(f.bottom, end) + margin
	return missing
}

// legend names the territories beside the map and returns where it ends.
func (s *Scene) legend(m Map, top float64, missing []int) float64 {
	x, y := margin+mapWidth+margin, top+12
	for i, t := range m.Territories {
		words := t.Name
		if slices.Contains(missing, i+1) {
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
		if slices.ContainsFunc(m.Territories, func(t Territory) bool { return t.Stated != k.hatched }) {
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

// A frame turns degrees into dots: a degree of longitude is shorter by the cosine of
// the latitude, which within a region is all that a projection has to do.
type frame struct {
	west, north, perLon, perLat float64
	left, top, bottom           float64
}

type box struct{ left, top, right, bottom float64 }

func (a *Atlas) frame(outlines []Outline, room box) frame {
	b := box{math.Inf(1), math.Inf(1), math.Inf(-1), math.Inf(-1)}
	for _, o := range outlines {
		for _, ring := range a.rings(o) {
			for _, p := range ring {
				b.left, b.right = min(b.left, p.x), max(b.right, p.x)
				b.top, b.bottom = min(b.top, p.y), max(b.bottom, p.y)
			}
		}
	}
	if b.left >= b.right {
		return frame{left: room.left, top: room.top, bottom: room.top}
	}
	narrow := math.Cos((b.top + b.bottom) / 2 * math.Pi / 180)
	scale := min((room.right-room.left)/((b.right-b.left)*narrow), (room.bottom-room.top)/(b.bottom-b.top))
	return frame{b.left, b.bottom, scale * narrow, scale, room.left, room.top, room.top + scale*(b.bottom-b.top)}
}

func (f frame) rings(a *Atlas, outlines ...Outline) [][]point {
	var all [][]point
	for _, o := range outlines {
		for _, ring := range a.rings(o) {
			dots := make([]point, len(ring))
			for i, p := range ring {
				dots[i] = point{f.left + (p.x-f.west)*f.perLon, f.top + (f.north-p.y)*f.perLat}
			}
			all = append(all, dots)
		}
	}
	return all
}

// inside is a point well within the largest ring: the middle of the widest stretch of
// some lines across it.
func inside(rings [][]point) point {
	largest := slices.MaxFunc(rings, func(a, b []point) int { return cmp.Compare(math.Abs(area(a)), math.Abs(area(b))) })
	top, bottom := math.Inf(1), math.Inf(-1)
	for _, p := range largest {
		top, bottom = min(top, p.y), max(bottom, p.y)
	}
	const lines = 24
	var best point
	widest := -1.0
	for i := 1; i < lines; i++ {
		y := top + (bottom-top)*float64(i)/lines
		cuts := crossings(largest, y)
		for k := 0; k+1 < len(cuts); k += 2 {
			// A place is as good as the room around it, across and up and down.
			if room := min(cuts[k+1]-cuts[k], 2*min(y-top, bottom-y)); room > widest {
				widest, best = room, point{(cuts[k] + cuts[k+1]) / 2, y}
			}
		}
	}
	return best
}

// crossings are where a ring crosses a line across, from left to right.
func crossings(ring []point, y float64) []float64 {
	var xs []float64
	for i, p := range ring {
		q := ring[(i+1)%len(ring)]
		if p.y <= y != (q.y <= y) {
			xs = append(xs, p.x+(y-p.y)/(q.y-p.y)*(q.x-p.x))
		}
	}
	slices.Sort(xs)
	return xs
}

func area(ring []point) (sum float64) {
	for i, p := range ring {
		q := ring[(i+1)%len(ring)]
		sum += p.x*q.y - q.x*p.y
	}
	return sum / 2
}
