package reports

import (
	"crypto/sha256"
	_ "embed"
	"encoding/base64"
	"fmt"
	"html/template"
	"io"
	"math"
	"slices"
	"strings"
	"time"

	"vigie"
	"vigie/reports/atlas"
)

// The page stands alone: its style is inside, and its policy lets in nothing else.
var (
	//go:embed page.gohtml
	pageWords string
	//go:embed page.css
	pageStyle string
)

// A page is what the template lays out.
type page struct {
	*Data
	Style    template.CSS
	Policy   string
	Map      template.HTML // inline SVG; empty where nothing can be drawn
	MapWords []string      // each map told in words
	Credit   string
	Brief    []brief
	Grids    map[string]grid // tables by the name of their sheet
	Chapters []chapter
	Facts    portion
}

// A brief is a number with what it counts.
type brief struct{ Item, Value, Remark string }

func (d *Data) brief() []brief {
	var all []brief
	for _, l := range d.inShort() {
		all = append(all, brief{l.item.Text, l.value.Shown(), l.remark})
	}
	return append(all, brief{"Documents lus", grouped(float64(d.Documents)), "Toutes régions confondues."})
}

// writePage writes the report as one HTML page: no script, no asset from elsewhere.
func writePage(w io.Writer, d *Data, tables []Table) error {
	t, err := template.New("page").Funcs(template.FuncMap{"link": webLink, "join": strings.Join, "nbsp": unbroken.Replace, "jour": dayWords, "phrase": capitalised, "rows": partOf}).Parse(pageWords)
	if err != nil {
		return err
	}
	p := page{
		Data: d, Style: template.CSS(pageStyle), Policy: policy(pageStyle), Credit: atlas.Credit,
		Brief: d.brief(), Grids: map[string]grid{},
	}
	p.Chapters, p.Facts = d.factsByPlace()
	for _, g := range pageGrids {
		if i := slices.IndexFunc(tables, func(t Table) bool { return t.Name == g.name }); i >= 0 {
			p.Grids[g.name] = pageGrid(tables[i], g.columns, g.headings)
		}
	}
	if p.Map, p.MapWords, err = d.drawn(); err != nil {
		return err
	}
	return t.Execute(w, p)
}

// policy lets the page's own style in and nothing else.
func policy(style string) string {
	sum := sha256.Sum256([]byte(style))
	return "default-src 'none'; style-src 'sha256-" + base64.StdEncoding.EncodeToString(sum[:]) + "'; base-uri 'none'; form-action 'none'"
}

// Shown is the value as the page shows it: 14/02/2019, 1 360 000 000 €, 95 %.
func (c Cell) Shown() string {
	switch c.Type {
	case Count:
		return grouped(c.Number)
	case Euro:
		return grouped(c.Number) + "\u00a0€"
	case Share:
		return grouped(math.Round(c.Number*100)) + "\u00a0%"
	}
	return c.String()
}

// Class is how the page lays the value out.
func (c Cell) Class() string {
	switch c.Type {
	case Count, Euro, Share:
		return "nombre"
	case Day:
		return "jour"
	}
	return ""
}

func dayWords(t time.Time) string { return dateWords(vigie.DateOf(t)) }

// drawn are the region's maps for the page.
func (d *Data) drawn() (svg template.HTML, words []string, err error) {
	a, err := atlas.New()
	if err != nil {
		return "", nil, err
	}
	maps := d.maps(a)
	if len(maps) == 0 {
		return "", nil, nil
	}
	words = mapsWords(maps)
	scene, _ := a.Draw(maps)
	var b strings.Builder
	if err := scene.SVG(&b, "Carte des territoires labellisés : "+d.Region.Name); err != nil {
		return "", nil, fmt.Errorf("draw the map: %w", err)
	}
	return template.HTML(b.String()), words, nil // made of escaped words only
}
