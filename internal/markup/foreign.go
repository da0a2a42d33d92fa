package markup

import (
	"strings"

	"golang.org/x/net/html"
	"golang.org/x/net/html/atom"
)

// foreign takes in a token of a drawing.
func (b *builder) foreign(kind Kind) bool {
	top := b.top()
	switch kind {
	case Text:
		b.text(html.UnescapeString(b.Text))
		return true
	case EndTag:
		if top.Data != b.Name {
			return false
		}
		b.pop()
		return true
	case StartTag:
		if top.DataAtom == atom.Title {
			return false
		}
		if b.Atom == atom.Title {
			return b.foreignTitle()
		}
		return isDrawing(b.Name) && b.pushForeign()
	}
	return false
}

// isDrawing tells the elements of SVG whose names need no capitals.
func isDrawing(name string) bool {
	switch name {
	case "svg", "g", "path", "use", "symbol", "circle", "rect", "line", "polygon", "polyline", "ellipse", "defs", "stop", "mask", "image":
		return true
	}
	return false
}

// pushForeign opens an element of a drawing.
func (b *builder) pushForeign() bool {
	n := b.add()
	if n == nil {
		return false
	}
	n.Namespace = "svg"
	for i := range n.Attr {
		if !adjust(&n.Attr[i]) {
			return false
		}
	}
	if !b.Closed {
		b.open = append(b.open, n)
	}
	return true
}

// foreignTitle adds a drawing's title; in one that holds tags they would be tags.
func (b *builder) foreignTitle() bool {
	if b.Closed || !b.pushForeign() {
		return false
	}
	kind := b.Next()
	if kind == Text {
		if strings.Contains(b.Text, "<") {
			return false
		}
		b.text(html.UnescapeString(b.Text))
		kind = b.Next()
	}
	if kind != EndTag || b.Atom != atom.Title {
		return false
	}
	b.pop()
	return true
}

// adjust gives an attribute of a drawing the name that SVG has for it; false for those
// that are not known to need nothing.
func adjust(a *html.Attribute) bool {
	switch a.Key {
	case "viewbox":
		a.Key = "viewBox"
	case "preserveaspectratio":
		a.Key = "preserveAspectRatio"
	case "xlink:href", "xmlns:xlink", "xml:space":
		a.Namespace, a.Key, _ = strings.Cut(a.Key, ":")
	case "class", "clip-rule", "color", "cx", "cy", "d", "enable-background", "fill", "fill-opacity", "fill-rule", "focusable", "height", "href", "id", "offset",
		"opacity", "points", "r", "role", "rx", "ry", "stop-color", "stroke", "stroke-linecap", "stroke-linejoin",
		"stroke-miterlimit", "stroke-width", "style", "tabindex", "transform", "vector-effect", "version", "width", "x", "x1", "x2", "xmlns", "y", "y1", "y2":
	default:
		return strings.HasPrefix(a.Key, "data-") || strings.HasPrefix(a.Key, "aria-")
	}
	return true
}
