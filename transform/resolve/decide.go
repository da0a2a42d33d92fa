package resolve

import (
	"cmp"
	"encoding/json"
	"slices"

	"vigie"
)

// Decided is what records are once analysts' decisions are taken in. Nothing is lost in
// it: each record that came in is in Records or in Rejected, and of each row each
// reviewer's last word is in one place or another.
type Decided struct {
	Records  []vigie.Record              // with the decisions in force on each, corrected where all who decided agree
	Rejected []vigie.Record              // that all who decided call wrong
	Doubts   []vigie.Doubt               // what is to be asked again, in the order of Records
	Listed   map[string][]vigie.Decision // on rows that only an official list gives, by row
	Waiting  []vigie.Decision            // whose row no record has: they are kept until one has
}

// Decide takes the decisions of a journal in. It is pure, and the order of the journal's
// lines does not matter: their times do. Records come back in the order of [Records],
// those that a correction made equal as one.
func Decide(records []vigie.Record, journal []vigie.Decision) Decided {
	d := Judge(records, journal)
	d.Records = joined(d.Records)
	return d
}

// Judge is [Decide] without joining what has become equal: one record out for each in.
func Judge(records []vigie.Record, journal []vigie.Decision) Decided {
	inForce := Standing(journal)
	byRow := map[string][]vigie.Decision{}
	for _, d := range inForce {
		byRow[d.RowID()] = append(byRow[d.RowID()], d)
	}
	out := Decided{Listed: map[string][]vigie.Decision{}}
	heard := map[string]bool{} // decisions that some record's words are those of
	stated := map[string]vigie.Record{}
	for _, r := range records {
		row := r.Row()
		if on := byRow[row]; on != nil {
			if was, ok := stated[row]; !ok || applies(was) && !applies(r) {
				stated[row] = r
			}
			r.Decisions = latest(about(r, on, heard))
		}
		out.settle(r)
	}
	out.keepOthers(inForce, heard, stated)
	slices.SortStableFunc(out.Doubts, func(a, b vigie.Doubt) int {
		return cmp.Or(inOrder(a.Record, b.Record), cmp.Compare(a.Why, b.Why))
	})
	return out
}

// applies reports a label that is only asked for: where the official list has the
// territory, its row shows the list and not the application.
func applies(r vigie.Record) bool {
	l, ok := r.Detail.(vigie.Label)
	return ok && l.Status == vigie.Candidate
}

// onList reports a decision on a row that only an official list gave.
func onList(d vigie.Decision) bool {
	_, words, ok := vigie.CutRowKey(d.Key)
	return ok && words == vigie.ListKey || !ok && d.Quote == ""
}

// Standing are the decisions that nobody has taken back, in the order of their times; one
// that takes another back is none of them. To take that one back again puts the first in
// force.
func Standing(journal []vigie.Decision) []vigie.Decision {
	stands := standing(journal)
	var all []vigie.Decision
	for _, d := range journal {
		if d.Undoes == "" && stands(d.ID) {
			all = append(all, d)
		}
	}
	slices.SortStableFunc(all, inTime)
	return all
}

// Stands reports whether nobody has taken back a line of the journal, be it a decision or
// one that takes another back.
func Stands(journal []vigie.Decision, id string) bool { return standing(journal)(id) }

func standing(journal []vigie.Decision) func(id string) bool {
	undoing := map[string][]string{}
	for _, d := range journal {
		if d.Undoes != "" {
			undoing[d.Undoes] = append(undoing[d.Undoes], d.ID)
		}
	}
	var stands func(id string, depth int) bool
	stands = func(id string, depth int) bool { // depth: a damaged journal may go in a circle
		return depth > len(journal) || !slices.ContainsFunc(undoing[id], func(id string) bool { return stands(id, depth+1) })
	}
	return func(id string) bool { return stands(id, 0) }
}

func inTime(a, b vigie.Decision) int { return cmp.Or(a.At.Compare(b.At), cmp.Compare(a.ID, b.ID)) }

// about are the decisions on a row that were made on words of the record.
func about(r vigie.Record, on []vigie.Decision, heard map[string]bool) []vigie.Decision {
	var all []vigie.Decision
	for _, d := range on {
		if slices.ContainsFunc(r.Mentions, func(m vigie.Mention) bool { return d.About(m.Quote) }) {
			all = append(all, d)
			heard[d.ID] = true
		}
	}
	return all
}

// latest keeps each reviewer's last word, of decisions in the order of their times.
func latest(all []vigie.Decision) []vigie.Decision {
	var kept []vigie.Decision
	for i, d := range all {
		if !slices.ContainsFunc(all[i+1:], func(later vigie.Decision) bool { return later.By == d.By }) {
			kept = append(kept, d)
		}
	}
	return kept
}

// settle puts a record where the decisions in force on it want it.
func (o *Decided) settle(r vigie.Record) {
	if len(r.Decisions) == 0 {
		o.Records = append(o.Records, r)
		return
	}
	first := stanceOf(r, r.Decisions[0])
	agree := !slices.ContainsFunc(r.Decisions, func(d vigie.Decision) bool { return stanceOf(r, d) != first })
	switch {
	case slices.ContainsFunc(r.Decisions, func(d vigie.Decision) bool { return stanceOf(r, d).why == vigie.Restated }):
		o.doubt(r, vigie.Restated)
	case slices.ContainsFunc(r.Decisions, func(d vigie.Decision) bool { return stanceOf(r, d).why == vigie.Unsure }):
		o.doubt(r, vigie.Unsure)
	case !agree:
		o.doubt(r, vigie.Disputed)
	case first.wrong:
		o.Rejected = append(o.Rejected, r)
		return
	case first != stance{detail: r.Detail, scope: r.Scope}:
		r.Read, r.ReadScope = r.Detail, r.Scope
		r.Detail, r.Scope = first.detail, first.scope
	}
	o.Records = append(o.Records, r)
}

func (o *Decided) doubt(r vigie.Record, why string) {
	o.Doubts = append(o.Doubts, vigie.Doubt{Record: r, Why: why, Decisions: r.Decisions})
}

// A stance is what a decision makes of a record; equal ones agree.
type stance struct {
	scope  vigie.Ref
	detail vigie.Detail
	wrong  bool
	why    string // vigie.Unsure, or vigie.Restated: it corrects a record that was not known then
}

func stanceOf(r vigie.Record, d vigie.Decision) stance {
	switch {
	case d.Verdict == vigie.VerdictWrong:
		return stance{wrong: true}
	case d.Verdict == vigie.VerdictUnsure:
		return stance{why: vigie.Unsure}
	case d.Corrected != "":
		var f vigie.Fact
		if err := json.Unmarshal([]byte(d.Corrected), &f); err == nil && f.Detail.Kind() == r.Detail.Kind() {
			return stance{scope: f.Scope, detail: f.Detail}
		}
	case d.Verdict == vigie.VerdictRight:
		return stance{scope: r.Scope, detail: r.Detail}
	}
	return stance{why: vigie.Restated}
}

// keepOthers sorts the decisions that no record's words are those of: they are asked
// again where their row is there, unless their reviewer has said more on it since.
func (o *Decided) keepOthers(inForce []vigie.Decision, heard map[string]bool, stated map[string]vigie.Record) {
	said := map[[2]string]int{} // row, reviewer → place of the last word
	for i, d := range inForce {
		said[[2]string{d.RowID(), d.By}] = i
	}
	restated := map[string][]vigie.Decision{}
	for i, d := range inForce {
		row := d.RowID()
		r, there := stated[row]
		switch {
		case heard[d.ID] || said[[2]string{row, d.By}] != i:
		case there && !(onList(d) && applies(r)):
			restated[row] = append(restated[row], d)
		case onList(d):
			o.Listed[row] = append(o.Listed[row], d)
		default:
			o.Waiting = append(o.Waiting, d)
		}
	}
	for row, ds := range restated {
		o.Doubts = append(o.Doubts, vigie.Doubt{Record: stated[row], Why: vigie.Restated, Decisions: ds})
	}
}
