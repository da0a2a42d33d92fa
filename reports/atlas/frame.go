package atlas

import (
	"cmp"
	"math"
	"slices"
)

// A frame turns degrees into dots: a degree of longitude is shorter by the cosine of
// the latitude, which within a region is all that a projection has to do.
type frame struct {
	west, north, perLon, perLat float64
	left, top, right, bottom    float64
}

// lower is the frame further down.
func (f frame) lower(by float64) frame {
	f.top += by
	f.bottom += by
	return f
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
		return frame{left: room.left, top: room.top, right: room.left, bottom: room.top}
	}
	narrow := math.Cos((b.top + b.bottom) / 2 * math.Pi / 180)
	scale := min((room.right-room.left)/((b.right-b.left)*narrow), (room.bottom-room.top)/(b.bottom-b.top))
	return frame{
		west: b.left, north: b.bottom, perLon: scale * narrow, perLat: scale,
		left: room.left, top: room.top, right: room.left + scale*narrow*(b.right-b.left), bottom: room.top + scale*(b.bottom-b.top),
	}
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

// apart moves points that are nearer to each other than least from each other, so that
// every number can be read: some a little out of their places, where these are small.
func apart(points []point, least float64) {
	for range 50 {
		moved := false
		for i := range points {
			for k := i + 1; k < len(points); k++ {
				p, q := &points[i], &points[k]
				dx, dy := q.x-p.x, q.y-p.y
				far := math.Hypot(dx, dy)
				if far >= least {
					continue
				}
				if far == 0 {
					dx, far = 1, 1
				}
				step := (least - far) / 2
				p.x, p.y = p.x-dx/far*step, p.y-dy/far*step
				q.x, q.y = q.x+dx/far*step, q.y+dy/far*step
				moved = true
			}
		}
		if !moved {
			return
		}
	}
}
