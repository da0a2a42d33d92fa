package reports

import (
	"fmt"
	"strings"

	"vigie"
	"vigie/reports/atlas"
)

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
