package markup

import (
	"sync"

	"golang.org/x/net/html"
)

// A room is where the nodes of a tree stand, and their attributes.
type room struct {
	nodes slabs[html.Node]
	attrs slabs[html.Attribute]
}

var rooms = sync.Pool{New: func() any { return new(room) }}

// empty makes room for the next tree.
func (r *room) empty() {
	r.nodes.empty()
	r.attrs.empty()
}

// slab is how many nodes or attributes are made at a time, and mostSlabs how many times as
// many are kept from one tree to the next: those of a large page are let go.
const slab, mostSlabs = 256, 32

// slabs hand out what they made, in order.
type slabs[T html.Node | html.Attribute] struct {
	made [][]T
	used int // of them, the last one in part
	left []T // of that one
}

// next returns n zero values, which stand together.
func (s *slabs[T]) next(n int) []T {
	for len(s.left) < n {
		if s.used == len(s.made) {
			s.made = append(s.made, make([]T, max(slab, n)))
		}
		s.left = s.made[s.used]
		s.used++
	}
	var out []T
	out, s.left = s.left[:n:n], s.left[n:]
	return out
}

func (s *slabs[T]) empty() {
	if len(s.made) > mostSlabs {
		*s = slabs[T]{}
		return
	}
	for _, one := range s.made[:s.used] {
		clear(one)
	}
	s.used, s.left = 0, nil
}
