package reports

import (
	"fmt"
	"io"
	"strings"

	"vigie"
	"vigie/reports/atlas"
)

// cartography reports the maps: a picture, and beside it what it shows, row by row.
type cartography struct{}

func (cartography) Name() string { return "map" }

func (cartography) Tables(d *Data) []Table {
	a, err := atlas.New()
	if err != nil {
		panic(err) // the outlines are part of the program
	}
	maps := d.maps(a)
	if len(maps) == 0 {
		return nil
	}
	type entry struct {
		number int
		list   string
		atlas.Territory
	}
	var rows []entry
	for _, m := range maps {
		for i, t := range m.Territories {
			rows = append(rows, entry{i + 1, m.Title, t})
		}
	}
	t := fill(Table{
		Name: "Carte", Title: "Carte des territoires labellisés",
		Note: "Une ligne par territoire porté sur la carte, sous son numéro. Les labels de communes et de quartiers n'y sont pas. " + atlas.Credit,
	}, rows, nil, []field[entry]{
		{column("list", "Liste", Text, 36, "Le dispositif et la phase dont la carte montre les territoires."), func(e entry) Cell { return text(e.list) }},
		{column("number", "Numéro", Count, 9, "Le numéro du territoire sur la carte de sa liste."), func(e entry) Cell { return count(e.number) }},
		{column("territory", "Territoire", Text, 34, "Le nom du territoire dans la liste officielle."), func(e entry) Cell { return text(e.Name) }},
		{column("basis", "Sur la carte", Text, 26, "Plein : une source lue annonce le label. Hachuré : seule la liste officielle le donne."), func(e entry) Cell { return text(drawnAs(e.Territory)) }},
	})
	t.Picture = &Picture{Words: strings.Join(mapsWords(maps), "\n"), Draw: func(w io.Writer) error {
		scene, _ := a.Draw(maps)
		return scene.PNG(w, pictureScale)
	}}
	return []Table{t}
}

// pictureScale is how many pixels a dot of the map has: sharp on paper too.
const pictureScale = 1.5

// maps are the region's labelled territories, list by list, as far as an outline of any
// of them is known: labels of towns and quarters have none.
func (d *Data) maps(a *atlas.Atlas) []atlas.Map {
	var maps []atlas.Map
	index := map[string]int{}
	for _, t := range labelledTerritories(d) {
		if t.status() != vigie.Labelled || t.scope.Type != vigie.RefTerritory {
			continue
		}
		title := strings.TrimSuffix(d.programme(t.programme)+", "+word(phaseWords, t.phase), ", ")
		i, ok := index[title]
		if !ok {
			i = len(maps)
			index[title] = i
			maps = append(maps, atlas.Map{Title: title, Region: d.Region.ID})
		}
		maps[i].Territories = append(maps[i].Territories, atlas.Territory{ID: t.id, Name: t.name, Members: t.entity.Members, Stated: t.main() != nil})
	}
	return a.Drawable(maps)
}

func drawnAs(t atlas.Territory) string {
	if t.Stated {
		return "plein : label annoncé"
	}
	return "hachuré : liste officielle seule"
}

func mapsWords(maps []atlas.Map) []string {
	words := make([]string, len(maps))
	for i, m := range maps {
		words[i] = mapWords(m)
	}
	return words
}

// mapWords tell a map to those who do not see it.
func mapWords(m atlas.Map) string {
	names := make([]string, len(m.Territories))
	for i, t := range m.Territories {
		names[i] = fmt.Sprintf("%d %s", i+1, t.Name)
		if !t.Stated {
			names[i] += " (liste officielle seule)"
		}
	}
	return m.Title + " : " + strings.Join(names, ", ") + "."
}
