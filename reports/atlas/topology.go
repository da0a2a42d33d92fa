package atlas

import (
	"bytes"
	_ "embed"
	"encoding/json"
	"fmt"
	"slices"
	"sync"

	"github.com/klauspost/compress/gzip"
)

//go:generate go run ./gen --reference ../../../shared/reference --out data/outlines.json.gz
//go:embed data/outlines.json.gz
var outlines []byte

// A Topology is what data/outlines.json.gz holds: the parts of TopoJSON that the atlas
// needs. Arcs are shared by the outlines on their two sides.
type Topology struct {
	Transform struct {
		Scale     [2]float64 `json:"scale"`
		Translate [2]float64 `json:"translate"`
	} `json:"transform"`
	Objects Objects    `json:"objects"`
	Arcs    [][][2]int `json:"arcs"` // the first point, then differences, in steps of the grid
}

// Objects are the outlines by what they are of.
type Objects struct {
	EPCI         []Outline `json:"epci"`
	Departements []Outline `json:"departements"`
	Territories  []Outline `json:"territories"` // only those that EPCI do not compose alone
}

// An Outline is rings of arcs; arc ^n is arc n run backwards.
type Outline struct {
	ID     string  `json:"id"`
	Region string  `json:"region"`
	Rings  [][]int `json:"rings"`
}

// A point is a place: degrees east and north in an [Atlas], then dots of a picture, down.
type point struct{ x, y float64 }

// An Atlas holds the outlines of EPCI, départements and territories.
type Atlas struct {
	arcs         [][]point
	epci         map[string]Outline
	departements []Outline
	territories  map[string]Outline
}

// New returns the embedded outlines, which are unpacked once.
func New() (*Atlas, error) { return embedded() }

var embedded = sync.OnceValues(unpack)

func unpack() (*Atlas, error) {
	r, err := gzip.NewReader(bytes.NewReader(outlines))
	if err != nil {
		return nil, fmt.Errorf("embedded outlines: %w", err)
	}
	var t Topology
	if err := json.NewDecoder(r).Decode(&t); err != nil {
		return nil, fmt.Errorf("embedded outlines: %w", err)
	}
	a := &Atlas{epci: map[string]Outline{}, territories: map[string]Outline{}, departements: t.Objects.Departements}
	for _, arc := range t.Arcs {
		a.arcs = append(a.arcs, placed(t, arc))
	}
	for _, o := range t.Objects.EPCI {
		a.epci[o.ID] = o
	}
	for _, o := range t.Objects.Territories {
		a.territories[o.ID] = o
	}
	return a, nil
}

func placed(t Topology, arc [][2]int) []point {
	points := make([]point, len(arc))
	var x, y int
	for i, d := range arc {
		x, y = x+d[0], y+d[1]
		points[i] = point{float64(x)*t.Transform.Scale[0] + t.Transform.Translate[0], float64(y)*t.Transform.Scale[1] + t.Transform.Translate[1]}
	}
	return points
}

// union is the outline of several together: the arcs that only one of them has.
func union(outlines []Outline) []Outline {
	uses := map[int]int{}
	var all []int
	for _, o := range outlines {
		for _, ring := range o.Rings {
			for _, arc := range ring {
				uses[max(arc, ^arc)]++
				all = append(all, arc)
			}
		}
	}
	outer := slices.DeleteFunc(all, func(arc int) bool { return uses[max(arc, ^arc)] > 1 })
	return []Outline{{Rings: [][]int{outer}}}
}

// rings are the closed lines of an outline. Arcs of a union come in any order: each
// ring goes on with an arc that begins where it stands.
func (a *Atlas) rings(o Outline) [][]point {
	var closed [][]point
	for _, ring := range o.Rings {
		closed = append(closed, a.stitch(ring)...)
	}
	return closed
}

func (a *Atlas) stitch(arcs []int) [][]point {
	from := map[point][]int{}
	for _, arc := range arcs {
		first := a.arc(arc)[0]
		from[first] = append(from[first], arc)
	}
	var closed [][]point
	for _, arc := range arcs {
		first := a.arc(arc)[0]
		if !slices.Contains(from[first], arc) {
			continue // run along by an earlier ring
		}
		var ring []point
		for at := first; len(from[at]) > 0; {
			next := from[at][0]
			from[at] = from[at][1:]
			run := a.arc(next)
			ring = append(ring, run[:len(run)-1]...)
			at = run[len(run)-1]
		}
		closed = append(closed, ring)
	}
	return closed
}

// arc is an arc in the direction asked for.
func (a *Atlas) arc(n int) []point {
	if n >= 0 {
		return a.arcs[n]
	}
	run := slices.Clone(a.arcs[^n])
	slices.Reverse(run)
	return run
}
