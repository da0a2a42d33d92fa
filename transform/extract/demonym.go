package extract

import (
	_ "embed"
	"encoding/csv"
	"fmt"
	"strings"

	"vigie"
)

//go:embed data/demonyms.csv
var demonymTable string

// A demonym is an adjective made of a place: "normand", "manchois".
type demonym struct {
	ref   vigie.Ref
	whole bool // stands for the whole of it: "lorrain" is only a part of Grand Est
}

// loadDemonyms maps each form, singular and plural of both genders, to its place.
func loadDemonyms() (map[string]demonym, error) {
	rows, err := csv.NewReader(strings.NewReader(demonymTable)).ReadAll()
	if err != nil {
		return nil, fmt.Errorf("read demonyms.csv: %w", err)
	}
	forms := make(map[string]demonym, 4*len(rows))
	for i, row := range rows[1:] {
		ref, err := vigie.ParseRef(row[1])
		if err != nil {
			return nil, fmt.Errorf("read demonyms.csv, row %d: %w", i+2, err)
		}
		d := demonym{ref, row[2] == "1"}
		stem := row[0]
		for _, end := range []string{"", "s", "e", "es", "ne", "nes"} {
			forms[stem+end] = d
		}
	}
	return forms, nil
}
