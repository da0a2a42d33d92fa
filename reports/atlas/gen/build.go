package main

import (
	"encoding/csv"
	"encoding/json"
	"fmt"
	"math"
	"os"
	"path/filepath"
	"strings"

	"vigie/reports/atlas"
)

// phases are the lists of Territoires d'industrie that have outlines of their own.
var phases = []string{"2018", "2023"}

// build joins the outlines of EPCI, which share their borders, those of départements,
// and those of territories that EPCI do not compose alone. All lie on one grid.
func build(reference string) (atlas.Topology, error) {
	var t atlas.Topology
	var full struct {
		atlas.Topology
		Objects struct {
			EPCI struct {
				Geometries []struct {
					Type       string
					Arcs       json.RawMessage
					Properties struct{ Siren, Dep, Reg string }
				}
			} `json:"epci_full"`
		} `json:"objects"`
	}
	if err := read(filepath.Join(reference, "boundaries", "epci.topo.json"), &full); err != nil {
		return t, err
	}
	t = full.Topology
	t.Objects = atlas.Objects{}
	known := map[string]bool{}
	for _, g := range full.Objects.EPCI.Geometries {
		o, err := outline(g.Type, g.Arcs)
		if err != nil {
			return t, fmt.Errorf("EPCI %s: %w", g.Properties.Siren, err)
		}
		o.ID, o.Region = g.Properties.Siren, g.Properties.Reg
		t.Objects.EPCI = append(t.Objects.EPCI, o)
		known[o.ID] = true
	}
	var err error
	if t.Objects.Departements, err = own(&t, filepath.Join(reference, "boundaries", "departements.geojson"), func(p properties) (string, string) { return p.Departement, p.Region }); err != nil {
		return t, err
	}
	for _, phase := range phases {
		composed, err := composedOfEPCI(filepath.Join(reference, "territoires_industrie_"+phase+"_membres.csv"), known)
		if err != nil {
			return t, err
		}
		outlines, err := own(&t, filepath.Join(reference, "boundaries", "territoires_industrie_"+phase+".geojson"), func(p properties) (string, string) {
			if composed[p.ID] {
				return "", ""
			}
			return p.ID + "@" + phase, p.Region
		})
		if err != nil {
			return t, err
		}
		t.Objects.Territories = append(t.Objects.Territories, outlines...)
	}
	return t, nil
}

func read(file string, into any) error {
	b, err := os.ReadFile(file)
	if err != nil {
		return err
	}
	if err := json.Unmarshal(b, into); err != nil {
		return fmt.Errorf("%s: %w", file, err)
	}
	return nil
}

// outline reads the arcs of a Polygon or MultiPolygon as rings: what parts polygons is
// of no use to what is filled by winding.
func outline(kind string, arcs json.RawMessage) (atlas.Outline, error) {
	var o atlas.Outline
	switch kind {
	case "Polygon":
		return o, json.Unmarshal(arcs, &o.Rings)
	case "MultiPolygon":
		var polygons [][][]int
		err := json.Unmarshal(arcs, &polygons)
		for _, p := range polygons {
			o.Rings = append(o.Rings, p...)
		}
		return o, err
	}
	return o, fmt.Errorf("geometry %s", kind)
}

type properties struct {
	Departement, Region string
	ID                  string `json:"id_ti"`
}

// own adds the outlines of a GeoJSON file, each ring an arc of its own; those without an
// id are left out.
func own(t *atlas.Topology, file string, id func(properties) (id, region string)) ([]atlas.Outline, error) {
	var collection struct {
		Features []struct {
			Properties properties
			Geometry   struct {
				Type        string
				Coordinates json.RawMessage
			}
		}
	}
	if err := read(file, &collection); err != nil {
		return nil, err
	}
	var all []atlas.Outline
	for _, f := range collection.Features {
		o := atlas.Outline{}
		if o.ID, o.Region = id(f.Properties); o.ID == "" {
			continue
		}
		polygons := make([][][][2]float64, 1)
		var err error
		if f.Geometry.Type == "Polygon" {
			err = json.Unmarshal(f.Geometry.Coordinates, &polygons[0])
		} else {
			err = json.Unmarshal(f.Geometry.Coordinates, &polygons)
		}
		if err != nil {
			return nil, fmt.Errorf("%s: %s: %w", file, o.ID, err)
		}
		for _, p := range polygons {
			for _, ring := range p {
				if arc := snapped(t, ring); len(arc) > 3 {
					o.Rings = append(o.Rings, []int{len(t.Arcs)})
					t.Arcs = append(t.Arcs, arc)
				}
			}
		}
		all = append(all, o)
	}
	return all, nil
}

// snapped puts a ring on the topology's grid, as differences.
func snapped(t *atlas.Topology, ring [][2]float64) [][2]int {
	var arc [][2]int
	var last [2]int
	for i, p := range ring {
		var q [2]int
		for k := range q {
			q[k] = int(math.Round((p[k] - t.Transform.Translate[k]) / t.Transform.Scale[k]))
		}
		if i == 0 || q != last {
			arc = append(arc, [2]int{q[0] - last[0], q[1] - last[1]})
		}
		last = q
	}
	return arc
}

// composedOfEPCI are the territories of a list whose members are all EPCI of today.
func composedOfEPCI(file string, known map[string]bool) (map[string]bool, error) {
	f, err := os.Open(file)
	if err != nil {
		return nil, err
	}
	defer f.Close()
	rows, err := csv.NewReader(f).ReadAll()
	if err != nil {
		return nil, fmt.Errorf("%s: %w", file, err)
	}
	column := map[string]int{}
	for i, name := range rows[0] {
		column[strings.TrimPrefix(name, "\ufeff")] = i
	}
	composed := map[string]bool{}
	for _, r := range rows[1:] {
		id := r[column["id_ti"]]
		if _, seen := composed[id]; !seen {
			composed[id] = true
		}
		composed[id] = composed[id] && known[r[column["siren"]]]
	}
	return composed, nil
}
