package atlas

import (
	"fmt"
	"image"
	"image/color"
	"image/draw"
	"image/png"
	"io"
	"math"

	"golang.org/x/image/font"
	"golang.org/x/image/font/gofont/gobold"
	"golang.org/x/image/font/gofont/goregular"
	"golang.org/x/image/font/opentype"
	"golang.org/x/image/math/fixed"
	"golang.org/x/image/vector"
)

// PNG writes the scene as a picture of scale pixels a dot.
func (s *Scene) PNG(w io.Writer, scale float64) error {
	c, err := newCanvas(s, scale)
	if err != nil {
		return err
	}
	for _, i := range s.items {
		switch i := i.(type) {
		case Shape:
			c.shape(i)
		case Disc:
			c.shape(Shape{Rings: [][]point{circle(i)}, Fill: i.Fill, Stroke: i.Stroke, Width: 1})
		case Text:
			if err := c.text(i); err != nil {
				return err
			}
		}
	}
	return png.Encode(w, c.image)
}

// A canvas is what a scene is painted on.
type canvas struct {
	scale         float64
	image         *image.RGBA
	regular, bold *opentype.Font
}

func newCanvas(s *Scene, scale float64) (*canvas, error) {
	c := &canvas{scale: scale, image: image.NewRGBA(image.Rect(0, 0, int(math.Ceil(s.Width*scale)), int(math.Ceil(s.Height*scale))))}
	draw.Draw(c.image, c.image.Bounds(), image.White, image.Point{}, draw.Src)
	var err error
	if c.regular, err = opentype.Parse(goregular.TTF); err != nil {
		return nil, fmt.Errorf("embedded font: %w", err)
	}
	if c.bold, err = opentype.Parse(gobold.TTF); err != nil {
		return nil, fmt.Errorf("embedded font: %w", err)
	}
	return c, nil
}

func (c *canvas) shape(s Shape) {
	switch {
	case s.Hatched:
		c.paint(s.Rings, hatching{rgb(s.Fill), hatch * c.scale})
	case s.Fill != "":
		c.paint(s.Rings, image.NewUniform(rgb(s.Fill)))
	}
	if s.Stroke != "" {
		c.paint(outlined(s.Rings, s.Width/2), image.NewUniform(rgb(s.Stroke)))
	}
}

// paint fills rings; the rasteriser is no larger than they are, which is most of the time saved.
func (c *canvas) paint(rings [][]point, src image.Image) {
	b := box{math.Inf(1), math.Inf(1), math.Inf(-1), math.Inf(-1)}
	for _, ring := range rings {
		for _, p := range ring {
			b.left, b.right = min(b.left, p.x*c.scale), max(b.right, p.x*c.scale)
			b.top, b.bottom = min(b.top, p.y*c.scale), max(b.bottom, p.y*c.scale)
		}
	}
	at := image.Rect(int(math.Floor(b.left))-1, int(math.Floor(b.top))-1, int(math.Ceil(b.right))+1, int(math.Ceil(b.bottom))+1)
	if len(rings) == 0 || at.Empty() {
		return
	}
	r := vector.NewRasterizer(at.Dx(), at.Dy())
	dot := func(p point) (float32, float32) {
		return float32(p.x*c.scale - float64(at.Min.X)), float32(p.y*c.scale - float64(at.Min.Y))
	}
	for _, ring := range rings {
		r.MoveTo(dot(ring[0]))
		for _, p := range ring[1:] {
			r.LineTo(dot(p))
		}
		r.ClosePath()
	}
	r.Draw(c.image, at, src, at.Min)
}

// outlined are the lines along rings: a small quadrilateral for each stretch, all turning
// the same way, so that they add up where they meet.
func outlined(rings [][]point, half float64) [][]point {
	var quads [][]point
	for _, ring := range rings {
		for i, p := range ring {
			q := ring[(i+1)%len(ring)]
			length := math.Hypot(q.x-p.x, q.y-p.y)
			if length == 0 {
				continue
			}
			dx, dy := (q.x-p.x)/length*half, (q.y-p.y)/length*half
			quads = append(quads, []point{
				{p.x - dx - dy, p.y - dy + dx}, {q.x + dx - dy, q.y + dy + dx}, {q.x + dx + dy, q.y + dy - dx}, {p.x - dx + dy, p.y - dy - dx},
			})
		}
	}
	return quads
}

func circle(d Disc) []point {
	const corners = 48
	ring := make([]point, corners)
	for i := range ring {
		sin, cos := math.Sincos(2 * math.Pi * float64(i) / corners)
		ring[i] = point{d.X + d.Radius*cos, d.Y + d.Radius*sin}
	}
	return ring
}

func (c *canvas) text(t Text) error {
	typeface := c.regular
	if t.Bold {
		typeface = c.bold
	}
	// The page's font is narrower than this one: a size less keeps lines as long.
	face, err := opentype.NewFace(typeface, &opentype.FaceOptions{Size: (t.Size - 1) * c.scale, DPI: 72, Hinting: font.HintingNone})
	if err != nil {
		return fmt.Errorf("font of size %.0f: %w", t.Size, err)
	}
	defer face.Close()
	d := font.Drawer{Dst: c.image, Src: image.NewUniform(rgb(t.Fill)), Face: face}
	x := fixed.Int26_6(t.X * c.scale * 64)
	switch {
	case t.Middle:
		x -= d.MeasureString(t.Words) / 2
	case t.End:
		x -= d.MeasureString(t.Words)
	}
	d.Dot = fixed.Point26_6{X: x, Y: fixed.Int26_6(t.Y * c.scale * 64)}
	d.DrawString(t.Words)
	return nil
}

// rgb reads #RRGGBB.
func rgb(hex string) color.RGBA {
	c := color.RGBA{A: 0xFF}
	fmt.Sscanf(hex, "#%02x%02x%02x", &c.R, &c.G, &c.B)
	return c
}

// A hatching is an endless picture of slanted lines on white.
type hatching struct {
	line  color.RGBA
	apart float64 // pixels
}

func (h hatching) ColorModel() color.Model { return color.RGBAModel }

func (h hatching) Bounds() image.Rectangle { return image.Rect(-1e9, -1e9, 1e9, 1e9) }

func (h hatching) At(x, y int) color.Color {
	across := math.Mod(float64(x+y)/math.Sqrt2, h.apart)
	if across < h.apart*3/hatch {
		return h.line
	}
	return color.RGBA{0xFF, 0xFF, 0xFF, 0xFF}
}
