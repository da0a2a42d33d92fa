package resolve

import (
	"slices"

	"vigie"
)

// Heard is what analysts say of refusals. A decision is on what would have been stated:
// right says that the source does state it and that it was refused wrongly, wrong that
// the refusal is right. Either way no fact comes of it: what the words state is for the
// rules to read.
type Heard struct {
	On      map[string][]vigie.Decision // each reviewer's last word, by [vigie.RowKey] of a refusal's row and quote
	Doubts  []vigie.RefusalDoubt        // in the order of the refusals
	Waiting []vigie.Decision            // those that are on no refusal either
}

// Hear finds among decisions whose row no record has those on refusals.
func Hear(refusals []vigie.Refusal, waiting []vigie.Decision) Heard {
	h := Heard{On: map[string][]vigie.Decision{}}
	byRow := map[string][]vigie.Decision{}
	for _, d := range waiting {
		byRow[d.RowID()] = append(byRow[d.RowID()], d)
	}
	heard, asked := map[string]bool{}, map[string]bool{}
	for _, r := range refusals {
		on := byRow[r.Row()]
		key := vigie.RowKey(r.Row(), r.Quote)
		if on == nil || h.On[key] != nil {
			continue
		}
		var said []vigie.Decision
		for _, d := range on {
			if d.About(r.Quote) {
				said = append(said, d)
				heard[d.ID] = true
			}
		}
		if said = latest(slices.SortedFunc(slices.Values(said), inTime)); said != nil {
			h.On[key] = said
			h.doubt(r, said)
		}
	}
	for _, r := range refusals {
		row := r.Row()
		again := slices.DeleteFunc(slices.Clone(byRow[row]), func(d vigie.Decision) bool { return heard[d.ID] || followed(byRow[row], heard, d) })
		if len(again) > 0 && !asked[row] {
			asked[row] = true
			h.Doubts = append(h.Doubts, vigie.RefusalDoubt{Refusal: r, Why: vigie.Restated, Decisions: latest(again)})
		}
		for _, d := range byRow[row] {
			heard[d.ID] = true
		}
	}
	h.Waiting = slices.DeleteFunc(slices.Clone(waiting), func(d vigie.Decision) bool { return heard[d.ID] })
	return h
}

// followed reports whether a decision's reviewer has had a later word that is heard.
func followed(all []vigie.Decision, heard map[string]bool, d vigie.Decision) bool {
	return slices.ContainsFunc(all, func(o vigie.Decision) bool { return heard[o.ID] && o.By == d.By && inTime(d, o) < 0 })
}

func (h *Heard) doubt(r vigie.Refusal, said []vigie.Decision) {
	unsure := slices.ContainsFunc(said, func(d vigie.Decision) bool { return d.Verdict == vigie.VerdictUnsure })
	differ := slices.ContainsFunc(said, func(d vigie.Decision) bool { return d.Verdict != said[0].Verdict })
	why := ""
	switch {
	case unsure:
		why = vigie.Unsure
	case differ:
		why = vigie.Disputed
	default:
		return
	}
	h.Doubts = append(h.Doubts, vigie.RefusalDoubt{Refusal: r, Why: why, Decisions: said})
}

// Wrongly reports whether all who decided on a refusal say that the source states it.
func Wrongly(said []vigie.Decision) bool {
	return len(said) > 0 && !slices.ContainsFunc(said, func(d vigie.Decision) bool { return d.Verdict != vigie.VerdictRight })
}
