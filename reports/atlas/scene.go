package atlas

// A Scene is what is drawn, in the order in which it is: dots from the top left corner.
type Scene struct {
	Width, Height float64
	items         []any // Shape, Disc or Text
}

func (s *Scene) fill(i Shape) { s.items = append(s.items, i) }
func (s *Scene) disc(i Disc)  { s.items = append(s.items, i) }
func (s *Scene) text(i Text)  { s.items = append(s.items, i) }

// A Shape is closed rings, filled by winding, with a line along them.
type Shape struct {
	Name    string // told to those who cannot see it
	Rings   [][]point
	Fill    string // as in #RRGGBB; empty: none
	Hatched bool   // in lines of the fill on white
	Stroke  string
	Width   float64
}

// A Disc lies under a number.
type Disc struct {
	X, Y, Radius float64
	Fill, Stroke string
}

// A Text stands on a line from X, about it or up to it.
type Text struct {
	X, Y, Size  float64
	Bold        bool
	Middle, End bool
	Fill, Words string
}

// Blues and greys of one hue: what tells shapes apart is a number and a pattern, so
// that nothing rests on seeing colours.
const (
	ink   = "#1F3864"
	shade = "#8FB0DC"
	paper = "#F1F3F6"
	grey  = "#595959"
	black = "#1A1A1A"
	white = "#FFFFFF"
)

// hatch is how far apart the lines of a pattern are, in dots.
const hatch = 7
