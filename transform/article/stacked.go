package article

import (
	"regexp"
	"strings"

	"vigie/internal/french"
)

// stacked makes rows of a table that was pasted or converted cell by cell, each in a
// line of its own: the names of the columns, then the cells of one row after the other.
//
//	Commune
//	Convention signée le
//	Aubusson
//	28 mai 2021
//
// How many columns there are, the names tell, or what repeats: each so many lines a
// date, an amount.
func stacked(lines []rawLine) []rawLine {
	var out []rawLine
	all := groups(lines)
	for i := 0; i < len(all); {
		n := evenGroups(all[i:])
		cells := flat(all[i : i+n])
		columns := 0
		if areCells(cells) {
			columns = columnsOf(cells, n, len(all[i]))
		}
		if columns > 0 {
			cells = stackedRows(cells, columns)
		} else if len(cells) >= 4 && n == 1 && areCells(cells) && areFigures(cells) {
			for c := range cells {
				cells[c].gap = c%2 == 0
			}
		}
		out = append(out, cells...)
		i += n
	}
	return out
}

// evenGroups counts the groups that follow each other with as many lines as the first.
func evenGroups(all [][]rawLine) int {
	n := 1
	if len(all[0]) == 1 && !namesColumn(all[0][0].bare()) {
		return n
	}
	for areCells(all[0]) && n < len(all) && len(all[n]) == len(all[0]) && len(all[0]) <= maxColumns && areCells(all[n]) {
		n++
	}
	return n
}

func flat(all [][]rawLine) []rawLine {
	var lines []rawLine
	for _, g := range all {
		lines = append(lines, g...)
	}
	return lines
}

const (
	maxColumns  = 8
	longestCell = 100 // characters
)

// areCells reports whether lines may each be a cell: short, and no sentence.
func areCells(g []rawLine) bool {
	for _, l := range g {
		s := l.bare()
		if l.isRow() || runes(s) > longestCell || endsSentence(s) || strings.HasSuffix(s, ":") || newLine(s).bullet {
			return false
		}
	}
	return true
}

// columnsOf is the number of columns that lines, in n groups of size each, are the cells
// of; 0 where they are none.
func columnsOf(cells []rawLine, n, size int) int {
	names := 0
	for names < len(cells) && names < maxColumns && namesColumn(cells[names].bare()) {
		names++
	}
	fits := func(k int) bool {
		return len(cells)%k == 0 && len(cells)/k >= 2 && (n == 1 || size == 1 || size == k)
	}
	switch {
	case names >= 2 && fits(names) && len(cells) >= 3*names:
		return names
	case names >= 3 && fits(names):
		return names
	case size == 1 && n > 1 && names < 2:
		return 0
	}
	for k := 3; k <= maxColumns; k++ {
		if fits(k) && len(cells) >= 4*k && names <= k && isPeriodic(cells, k) {
			return k
		}
	}
	return 0
}

// columnNames are words, folded, that name the column of a table.
var columnNames = phrases("action", "actions", "animateur", "animatrice", "annee", "avancement", "beneficiaire", "binome", "bourg", "budget", "chef", "chef(fe)", "cheffe", "code",
	"collectivite", "collectivites", "commune", "communes", "contact", "contrat", "convention", "cout", "date", "departement", "departements", "echeance", "elu", "elue", "elu(e)", "emplois", "epci", "etape",
	"etat", "etablissement", "financeur", "financeurs", "fonction", "industriel", "insee", "intercommunalite", "intercommunalites", "intitule", "interco",
	"label", "laureat", "laureats", "lieu", "maitre", "montant", "montants", "nom", "nombre", "numero", "n°", "operation", "partenaires", "perimetre", "phase", "pilote", "population", "porteur", "prefecture", "projet", "projets", "programme",
	"quartier", "referent", "referents", "region", "regions", "role", "signataire", "signature", "siren", "statut", "structure", "subvention", "territoire", "territoires", "thematique", "titre", "type", "ville", "villes", "vague")

// namesColumn reports whether a line looks like a column's name.
func namesColumn(s string) bool {
	words := strings.Fields(strings.ReplaceAll(french.Fold(s), "/", " "))
	if len(words) == 0 || len(words) > 7 || strings.ContainsAny(s, "0123456789,;") {
		return false
	}
	if !columnNames[words[0]] && !(len(words) > 1 && columnNames[words[1]] && len(words[0]) < 4) {
		return false
	}
	for _, w := range strings.Fields(s)[1:] { // "Région Normandie" is a value
		if w != strings.ToLower(w) && !isCapitals(w) {
			return false
		}
	}
	return true
}

// A shape is the kind of thing that a cell holds.
type shape int

const (
	wording shape = iota
	dated
	amount
	codeNumber
	interco
)

var (
	amountCell  = regexp.MustCompile(`^[\d .,]+ ?(?:€|k€|m€|euros?|millions? d'euros)$`)
	numberCell  = regexp.MustCompile(`^\d[\d .,]*%?$`)
	intercoCell = regexp.MustCompile(`^(?:cc|ca|cu|communaute|metropole|agglomeration|eurometropole|epci) `)
)

func shapeOf(s string) shape {
	f := french.Fold(s)
	switch {
	case amountCell.MatchString(f):
		return amount
	case numberCell.MatchString(f):
		return codeNumber
	case len(newSpots(s).dates) > 0:
		return dated
	case intercoCell.MatchString(f):
		return interco
	}
	return wording
}

// isPeriodic reports whether k lines make a row: one column at least holds the same kind
// of thing in most rows, and hardly any other column does.
func isPeriodic(cells []rawLine, k int) bool {
	counts := make([]map[shape]int, k)
	for c := range counts {
		counts[c] = map[shape]int{}
	}
	rows := 0
	for i := k; i < len(cells); i++ { // the first row may be names
		if i%k == 0 {
			rows++
		}
		counts[i%k][shapeOf(cells[i].bare())]++
	}
	for _, s := range []shape{dated, amount, codeNumber, interco} {
		full, rest := 0, 0
		for c := range counts {
			if counts[c][s]*3 >= rows*2 {
				full++
			} else {
				rest += counts[c][s]
			}
		}
		if full > 0 && full < k && rest*4 <= rows {
			return true
		}
	}
	return false
}

// areFigures reports whether lines are key figures one after the other: a number, its
// wording, a number, its wording.
func areFigures(g []rawLine) bool {
	if len(g)%2 != 0 {
		return false
	}
	for i, l := range g {
		if figureNumber.MatchString(french.Fold(l.bare())) != (i%2 == 0) {
			return false
		}
	}
	return true
}

func stackedRows(cells []rawLine, columns int) []rawLine {
	var rows []rawLine
	for i := 0; i < len(cells); i += columns {
		var texts []string
		for _, c := range cells[i : i+columns] {
			texts = append(texts, c.bare())
		}
		l := cells[i]
		l.text, l.gap = strings.Join(texts, "\t"), i == 0
		rows = append(rows, l)
	}
	return rows
}
