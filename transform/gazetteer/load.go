package gazetteer

import (
	"encoding/csv"
	"fmt"
	"strconv"
	"strings"

	"vigie"
)

// A loader fills a gazetteer from the tables, class by class, each sorted by identifier.
type loader struct {
	g      *Gazetteer
	x      *index
	tokens []token
}

// begin opens a class and refuses a table that is not as wanted.
func (l *loader) begin(c class, table, columns string, each func(row string)) error {
	lines, err := rows(table, strings.Fields(columns)...)
	if err != nil {
		return err
	}
	l.g.classes[c] = len(l.g.entities)
	for row := range lines {
		each(row)
	}
	for k := c + 1; k <= nClasses; k++ {
		l.g.classes[k] = len(l.g.entities)
	}
	return nil
}

// entity appends the entity of a row: its name is the cell at n, its identifier the one
// before.
func (l *loader) entity(c class, row string, n int, population string) int32 {
	lo, idLo := 0, 0
	for range n {
		idLo, lo = lo, lo+strings.IndexByte(row[lo:], '\t')+1
	}
	inhabitants, _ := strconv.Atoi(population) // empty for the ended ones
	l.g.entities = append(l.g.entities, entity{
		row: row, class: c, population: int32(inhabitants),
		idLo: uint8(idLo), idHi: uint8(lo - 1), lo: uint8(lo), hi: uint8(lo + len(cell(row[lo:], 0))),
	})
	e := &l.g.entities[len(l.g.entities)-1]
	e.ended = e.readEnded()
	return int32(len(l.g.entities) - 1)
}

func (l *loader) places() error {
	l.g.entities = make([]entity, 0, 49_000)
	err := l.begin(classRegion, regionsTSV, "region name", func(row string) {
		l.add(cell(row, 1), name{entity: l.entity(classRegion, row, 1, "")})
	})
	if err != nil {
		return err
	}
	return l.begin(classDepartement, departementsTSV, "departement name region", func(row string) {
		l.g.regions[cell(row, 0)] = cell(row, 2)
		l.add(cell(row, 1), name{entity: l.entity(classDepartement, row, 1, "")})
	})
}

func (l *loader) communes() error {
	return l.begin(classCommune, communesTSV, "insee name kind departement epci population next until", func(row string) {
		i := l.entity(classCommune, row, 1, cell(row, communePopulation))
		l.add(l.g.entities[i].name(), name{entity: i, flags: strict})
	})
}

func (l *loader) epcis() error {
	return l.begin(classEPCI, epciTSV, "siren name kind since until departements population main next", func(row string) {
		i := l.entity(classEPCI, row, 1, cell(row, epciPopulation))
		l.add(l.g.entities[i].name(), name{entity: i})
		l.mainCommune(i, row)
	})
}

// mainCommune lets a town's name stand for its agglomeration, behind a legal form
// alone: "la métropole de Rouen", "l'agglomération d'Évreux". Not for communautés de
// communes: "la CC de Percy" is more often one that is no more.
func (l *loader) mainCommune(i int32, row string) {
	code, kind := cell(row, epciMain), cell(row, epciKind)
	if code == "" || kind == "CC" {
		return
	}
	if town, ok := l.g.find(vigie.Ref{Type: vigie.RefCommune, ID: code}); ok {
		l.add(l.g.entities[town].name(), name{entity: i, strength: derived, flags: needForm})
	}
}

func (l *loader) territories() error {
	g := l.g
	g.memberOf = make(map[vigie.Ref][]int32)
	return l.begin(classTerritory, territoriesTSV, "id name other programme phase regions departements since members", func(row string) {
		i := l.entity(classTerritory, row, 1, "")
		l.add(g.entities[i].name(), name{entity: i})
		l.parts(g.entities[i].name(), name{entity: i, strength: derived, flags: needForm})
		l.add(cell(row, territoryOther), name{entity: i, strength: former})
		var members []vigie.Ref
		for _, s := range list(row, territoryMembers) {
			kind, id, _ := strings.Cut(s, ":")
			r := vigie.Ref{Type: kind, ID: id}
			members = append(members, r)
			g.memberOf[r] = append(g.memberOf[r], i)
		}
		g.members = append(g.members, members)
	})
}

// labels gives a name to those labels whose name is not simply that of their commune.
func (l *loader) labels() error {
	last := ""
	return l.begin(classLabel, labelsTSV, "programme id name commune then date", func(row string) {
		id := cell(row, labelID)
		l.g.lists.add(row, id != last)
		if id == last {
			return
		}
		last = id
		i := l.entity(classLabel, row, labelName, "")
		label := l.g.entities[i].name()
		town, ok := l.g.find(vigie.Ref{Type: vigie.RefCommune, ID: cell(row, labelCommune)})
		if ok && (label == l.g.entities[town].name() || l.bears(town, label)) {
			return
		}
		l.add(label, name{entity: i})
	})
}

// bears reports whether the entity has this name already.
func (l *loader) bears(entity int32, text string) bool {
	l.tokens = scan(text, l.tokens[:0], l.x.add)
	for _, p := range l.x.walk(l.tokens, 0, gapBreak, nil) {
		for n := l.x.heads[p.node]; n != 0 && p.next == len(l.tokens); n = l.x.names[n].next {
			if l.x.names[n].entity == entity {
				return true
			}
		}
	}
	return false
}

var strengths = map[string]uint8{"official": official, "long": official, "usual": usual, "acronym": usual, "former": former}

func (l *loader) names() error {
	lines, err := rows(namesTSV, "name", "kind", "ref", "departement", "region", "verified", "ambiguous")
	if err != nil {
		return err
	}
	for row := range lines {
		i, err := l.target(cell(row, 2))
		if err != nil {
			return fmt.Errorf("names.tsv: %w", err)
		}
		n := name{entity: i, strength: strengths[cell(row, 1)]}
		if cell(row, 1) == "acronym" {
			n.flags = acronym
		}
		l.add(cell(row, 0), n)
	}
	return nil
}

func (l *loader) target(ref string) (int32, error) {
	r, err := vigie.ParseRef(ref)
	if err != nil {
		return 0, err
	}
	i, ok := l.g.find(r)
	if !ok {
		return 0, fmt.Errorf("unknown entity %s", ref)
	}
	return i, nil
}

func (l *loader) communeNames() error {
	lines, err := rows(communeNamesTSV, "insee", "name", "until")
	if err != nil {
		return err
	}
	for row := range lines {
		i, ok := l.g.find(vigie.Ref{Type: vigie.RefCommune, ID: cell(row, 0)})
		if !ok {
			return fmt.Errorf("commune_names.tsv: unknown commune %s", cell(row, 0))
		}
		l.add(cell(row, 1), name{entity: i, strength: former, flags: strict})
	}
	return nil
}

func (l *loader) aliases() error {
	all, err := csv.NewReader(strings.NewReader(aliasesCSV)).ReadAll()
	if err != nil {
		return fmt.Errorf("aliases.csv: %w", err)
	}
	for _, r := range all[1:] {
		i, err := l.target(r[1])
		if err != nil {
			return fmt.Errorf("aliases.csv: %w", err)
		}
		l.add(r[0], name{entity: i, strength: alias})
	}
	return nil
}

func (l *loader) everyday() error {
	lines, err := rows(everydayTSV, "word", "rule")
	if err != nil {
		return err
	}
	for row := range lines {
		word := l.x.word(hashOf(cell(row, 0)))
		switch cell(row, 1) {
		case "start":
			l.x.rules[word] = startWord
		case "never":
			l.x.rules[word] = neverWord
		default:
			return fmt.Errorf("everyday.tsv: %q: unknown rule", row)
		}
	}
	l.x.rules[0] = plainWord // of words that no name has
	return nil
}
