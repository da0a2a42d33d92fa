package atlas

import (
	"bufio"
	"fmt"
	"html"
	"io"
	"math"
)

// SVG writes the scene for a page to hold: a picture under a name, whose description
// is the page's to give. It bears no style that a strict policy would refuse.
func (s *Scene) SVG(w io.Writer, name string) error {
	b := bufio.NewWriter(w)
	fmt.Fprintf(b, `<svg xmlns="http://www.w3.org/2000/svg" width="%[1]d" viewBox="0 0 %[1]d %[2]d" role="img" aria-label="%[3]s" font-family="Calibri, Carlito, Arial, sans-serif">`,
		int(math.Ceil(s.Width)), int(math.Ceil(s.Height)), html.EscapeString(name))
	fmt.Fprintf(b, `<defs><pattern id="liste" width="%[1]d" height="%[1]d" patternUnits="userSpaceOnUse" patternTransform="rotate(45)">`+
		`<rect width="%[1]d" height="%[1]d" fill="%[2]s"/><rect width="3" height="%[1]d" fill="%[3]s"/></pattern></defs>`, hatch, white, shade)
	b.WriteString("\n")
	for _, i := range s.items {
		switch i := i.(type) {
		case Shape:
			i.svg(b)
		case Disc:
			fmt.Fprintf(b, `<circle cx="%.1f" cy="%.1f" r="%.0f" fill="%s" stroke="%s"/>`, i.X, i.Y, i.Radius, i.Fill, i.Stroke)
		case Text:
			i.svg(b)
		}
		b.WriteString("\n")
	}
	b.WriteString("</svg>")
	return b.Flush()
}

func (s Shape) svg(b *bufio.Writer) {
	b.WriteString(`<path d="`)
	for _, ring := range s.Rings {
		for k, p := range ring {
			command := "L"
			if k == 0 {
				command = "M"
			}
			fmt.Fprintf(b, "%s%.1f %.1f", command, p.x, p.y)
		}
		b.WriteString("Z")
	}
	fill := s.Fill
	switch {
	case s.Hatched:
		fill = "url(#liste)"
	case fill == "":
		fill = "none"
	}
	fmt.Fprintf(b, `" fill="%s" fill-rule="evenodd"`, fill)
	if s.Stroke != "" {
		fmt.Fprintf(b, ` stroke="%s" stroke-width="%.1f" stroke-linejoin="round"`, s.Stroke, s.Width)
	}
	if s.Name == "" {
		b.WriteString("/>")
		return
	}
	fmt.Fprintf(b, "><title>%s</title></path>", html.EscapeString(s.Name))
}

func (t Text) svg(b *bufio.Writer) {
	anchor, weight := "", ""
	switch {
	case t.Middle:
		anchor = ` text-anchor="middle"`
	case t.End:
		anchor = ` text-anchor="end"`
	}
	if t.Bold {
		weight = ` font-weight="bold"`
	}
	fmt.Fprintf(b, `<text x="%.1f" y="%.1f" font-size="%.0f" fill="%s"%s%s>%s</text>`, t.X, t.Y, t.Size, t.Fill, anchor, weight, html.EscapeString(t.Words))
}
