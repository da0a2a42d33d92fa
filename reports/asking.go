package reports

import (
	"cmp"
	"fmt"
	"slices"
	"strings"
	"time"

	"vigie"
)

// asking is the table of what an analyst's word would settle, first what changes most of
// the delivered cells. A row has the key of the row that it asks about: an answer given
// here is one given there.
func asking(d *Data, delivered []Table) Table {
	a := asker{d: d, effect: weigh(delivered), byRow: map[string]int{}}
	inRegion := d.inRegion()
	for _, doubt := range d.Doubts {
		if inRegion(doubt.Record) {
			a.ask(doubt.Record, a.effect.cells[doubt.Record.Row()], doubtWords(doubt), "")
		}
	}
	a.refusals()
	a.unknownNames()
	a.conflicts()
	a.unsure()
	a.documents()
	slices.SortStableFunc(a.questions, func(p, q question) int {
		return cmp.Or(cmp.Compare(q.cells, p.cells), cmp.Compare(p.about, q.about))
	})
	return a.table()
}

const askingSheet = "À relire"

// A question is a row of the table.
type question struct {
	Row
	asks       []string
	about      string // what the row says
	sheet      string // that it stands in
	candidates string
	cells      int // delivered, that an answer would change
}

// An effect says how many cells of the delivered tables hang on what.
type effect struct {
	cells   map[string]int           // filled ones of a row, by its ID
	sheet   map[string]string        // of a row
	named   map[vigie.Ref]int        // rows that are about somebody
	showing map[vigie.DocumentID]int // rows that quote a document
}

func weigh(delivered []Table) effect {
	e := effect{map[string]int{}, map[string]string{}, map[vigie.Ref]int{}, map[vigie.DocumentID]int{}}
	for _, t := range delivered {
		for row := range t.Rows {
			if row.ID == "" {
				continue
			}
			for i, c := range row.Cells {
				if !c.IsEmpty() && !t.Columns[i].Hidden {
					e.cells[row.ID]++
				}
			}
			e.sheet[row.ID] = t.Name
			if row.Record != nil {
				e.named[row.Record.Scope]++
				e.showing[first(*row.Record).Document]++
			}
		}
	}
	return e
}

// An asker gathers questions, one for each row.
type asker struct {
	d *Data
	effect
	questions []question
	byRow     map[string]int
}

// ask adds a question about a record's row to those that there are on it.
func (a *asker) ask(r vigie.Record, cells int, words, candidates string) {
	row := r.Row()
	i, known := a.byRow[row]
	if !known {
		i = len(a.questions)
		a.byRow[row] = i
		a.questions = append(a.questions, question{Row: Row{ID: row, Record: &r}, about: a.d.inShortWords(r), sheet: a.effect.sheet[row]})
	}
	q := &a.questions[i]
	q.asks = append(q.asks, unbroken.Replace(words))
	q.cells = max(q.cells, cells)
	q.candidates = cmp.Or(q.candidates, candidates)
}

// refusals asks about those that analysts' decisions leave open.
func (a *asker) refusals() {
	local := map[vigie.DocumentID]bool{}
	for _, p := range a.d.Pages {
		local[p.ID] = p.Local
	}
	for _, doubt := range a.d.Refuted {
		r := refusal{Refusal: doubt.Refusal}
		if local[r.Document] || len(a.d.Pages) == 0 {
			a.questions = append(a.questions, question{
				Row: r.shown(), asks: []string{unbroken.Replace(doubtWords(vigie.Doubt{Why: doubt.Why, Decisions: doubt.Decisions}))},
				about: unbroken.Replace("Refusé : " + word(kindWords, string(r.Kind)) + ", " + r.named()), sheet: refusedSheet,
			})
		}
	}
}

// inShortWords say what a record states, and of whom.
func (d *Data) inShortWords(r vigie.Record) string {
	what, words := inWords(r.Detail)
	switch t := r.Detail.(type) {
	case vigie.Label:
		words = t.Territory + ", " + words
	case vigie.Member:
		words += ", " + t.Territory
	default:
		words += ", " + d.place(r.Scope)
	}
	return unbroken.Replace(what + " : " + words)
}

func doubtWords(d vigie.Doubt) string {
	var said []string
	for _, v := range d.Decisions {
		said = append(said, fmt.Sprintf("« %s » (%s)", strings.TrimSpace(v.Verdict.French()+" "+v.Correction), cmp.Or(v.By, "un analyste")))
	}
	told := strings.Join(said, ", ")
	switch d.Why {
	case vigie.Disputed:
		return "Des analystes ne sont pas d'accord : " + told + ". La ligne reste comme lue ; que dit la source ?"
	case vigie.Restated:
		return "La source a changé ses mots depuis la décision " + told + " : tient-elle toujours ?"
	}
	return "Un analyste n'est pas sûr : " + told + ". Que dit la source ?"
}

// unknownNames asks who it is that no official list knows: an answer gives an identifier,
// and a name as it should be, to every row about them.
func (a *asker) unknownNames() {
	asked := map[vigie.Ref]bool{}
	for _, r := range a.d.ofKind(vigie.Kinds...) {
		if m, ok := r.Detail.(vigie.Member); ok && m.MemberID == "" {
			a.ask(r, 3, fmt.Sprintf("« %s » n'a pas d'identifiant : quelle intercommunalité ou commune est-ce ?", m.Member),
				a.candidates(m.Member, r.Programme, vigie.RefEPCI, vigie.RefCommune))
		}
		if _, known := a.d.entity(r.Scope); known || r.Scope.Type != vigie.RefTerritory || asked[r.Scope] {
			continue
		}
		asked[r.Scope] = true
		a.ask(r, 2*a.effect.named[r.Scope]+2, fmt.Sprintf("Aucune liste officielle ne connaît « %s » : quel territoire est-ce ?", r.Scope.ID),
			a.candidates(r.Scope.ID, r.Programme, vigie.RefTerritory))
	}
}

// candidates names those that a name may mean, with their identifiers.
func (a *asker) candidates(name, programme string, kinds ...string) string {
	if a.d.Candidates == nil {
		return ""
	}
	var all []string
	for _, e := range a.d.Candidates(name, programme, kinds) {
		all = append(all, fmt.Sprintf("%s (%s)", e.Name, e.ID))
	}
	return strings.Join(all, "\n")
}

// sameTime is how near two publications are that should give one figure: what changes from
// one year to the next is no conflict.
const sameTime = 183 * 24 * time.Hour

// conflicts asks about figures of one thing that were published at about the same time and
// differ.
func (a *asker) conflicts() {
	type thing struct {
		programme, measure, payer string
		scope                     vigie.Ref
	}
	byThing := map[thing][]vigie.Record{}
	var things []thing
	for _, r := range a.d.ofKind(vigie.KindFigure) {
		f := figure(r)
		t := thing{r.Programme, f.Measure, f.Payer, r.Scope}
		if byThing[t] == nil {
			things = append(things, t)
		}
		byThing[t] = append(byThing[t], r)
	}
	for _, t := range things {
		for _, r := range byThing[t] {
			if others := disagreeing(r, byThing[t]); len(others) > 0 {
				a.ask(r, a.effect.cells[r.Row()], "D'autres documents du même moment disent autre chose : "+strings.Join(others, " ; ")+". Lequel a raison ?", "")
			}
		}
	}
}

// mostOthers is how many figures that disagree are told: of more, the sheet has them all.
const mostOthers = 5

func disagreeing(r vigie.Record, all []vigie.Record) []string {
	var others []string
	m, f := first(r), figure(r)
	for _, o := range all {
		if len(others) == mostOthers {
			return append(others, "et d'autres")
		}
		n, g := first(o), figure(o)
		apart := m.Published.First().Sub(n.Published.First()).Abs()
		if (f.Value != g.Value || f.ValueMax != g.ValueMax) && f.Unit == g.Unit && apart <= sameTime && m.Document != n.Document {
			others = append(others, fmt.Sprintf("%s (%s, %s)", amountWords(g), n.Publisher, dateWords(n.Published)))
		}
	}
	return others
}

// doubtful is below which confidence a reading asks to be checked.
const doubtful = 0.75

func (a *asker) unsure() {
	for _, r := range a.d.ofKind(vigie.Kinds...) {
		best := 0.0
		for _, m := range r.Mentions {
			best = max(best, m.Confidence)
		}
		if best < doubtful && len(r.Decisions) == 0 {
			a.ask(r, a.effect.cells[r.Row()], fmt.Sprintf("Lecture peu sûre (%.0f %%) : est-ce bien ce que dit la source ?", 100*best), "")
		}
	}
}

// documents asks what documents leave open: the row is that of a figure which the question
// is about, where one is delivered.
func (a *asker) documents() {
	figures := map[vigie.DocumentID][]vigie.Record{}
	for _, r := range a.d.ofKind(vigie.KindFigure) {
		for _, m := range r.Mentions {
			figures[m.Document] = append(figures[m.Document], r)
		}
	}
	for _, q := range a.d.Asked {
		if r, ok := figureIn(q, figures[q.Document]); ok {
			a.ask(r, a.effect.showing[q.Document], q.Words, "")
			continue
		}
		a.questions = append(a.questions, question{
			Row:  Row{Record: &vigie.Record{Detail: vigie.Theme{}, Mentions: []vigie.Mention{{Citation: q.Citation}}}},
			asks: []string{unbroken.Replace(q.Words)}, about: "Document : " + q.Title, cells: a.effect.showing[q.Document],
		})
	}
}

// figureIn is that of a document's figures whose number stands in a question about it.
func figureIn(q AskedLine, figures []vigie.Record) (vigie.Record, bool) {
	words := searchIn(q.Words)
	for _, r := range figures {
		inDocument := slices.ContainsFunc(r.Mentions, func(m vigie.Mention) bool {
			return m.Document == q.Document && strings.Contains(q.Words, m.Quote[:min(len(m.Quote), 20)])
		})
		if inDocument && len(words.number(figure(r).Value)) > 0 {
			return r, true
		}
	}
	return vigie.Record{}, false
}

func (a *asker) table() Table {
	frame := func(q question) Row { return q.Row }
	return fill(Table{
		Name: askingSheet, Title: "À relire",
		Note: "Une ligne par question, d'abord celles dont la réponse changerait le plus de cases du classeur. La décision prise ici vaut pour la ligne de la feuille indiquée.",
	}, a.questions, frame, slices.Concat([]field[question]{
		{column("question", "Question", Text, 50, "Ce qu'il faut trancher."), func(q question) Cell { return text(strings.Join(q.asks, "\n")) }},
		{column("cells", "Cases", Count, 8, "Combien de cases du classeur la réponse changerait."), func(q question) Cell { return count(q.cells) }},
		{column("about", "Ligne", Text, 32, "Ce que dit la ligne en question."), func(q question) Cell { return text(q.about) }},
		{column("sheet", "Feuille", Text, 14, "La feuille de cette ligne."), func(q question) Cell { return sheetLink(q.sheet) }},
		{column("candidates", "Candidats", Text, 20, "Qui le nom peut désigner, avec l'identifiant officiel."), func(q question) Cell { return text(q.candidates) }},
	}, evidence(a.d, frame)))
}

// sheetLink names a sheet and leads to it.
func sheetLink(name string) Cell {
	if name == "" {
		return Cell{}
	}
	return Cell{Text: name, Link: "#" + name}
}
