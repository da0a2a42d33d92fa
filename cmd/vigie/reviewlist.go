package main

import (
	"encoding/json"
	"fmt"
	"slices"
	"strings"
	"text/tabwriter"
	"time"

	"vigie"
	"vigie/transform/resolve"
)

type reviewListCmd struct {
	configFlags `embed:""`
	All         bool `help:"Also those that were taken back or followed by another."`
	JSON        bool `name:"json" help:"One JSON object a line, for programs."`
}

// A standing is a line of the journal with what has become of it.
type standing struct {
	ID         string        `json:"id"`
	At         time.Time     `json:"at"`
	By         string        `json:"by"`
	Verdict    vigie.Verdict `json:"verdict,omitempty"`
	French     string        `json:"verdict_fr,omitempty"`
	Correction string        `json:"correction,omitempty"`
	Why        string        `json:"why,omitempty"`
	State      string        `json:"state"`
	Row        string        `json:"row"`
	Sheet      string        `json:"sheet,omitempty"`
	About      string        `json:"about,omitempty"`
	Quote      string        `json:"quote,omitempty"`
	Undoes     string        `json:"undoes,omitempty"`
}

// States of a [standing].
const (
	stateInForce  = "in force"
	stateWaiting  = "waiting"   // no record has its row
	stateLater    = "followed"  // its reviewer has decided anew
	stateUndone   = "undone"    //
	stateUndoing  = "undoing"   // it takes another back
	stateListed   = "on a list" // its row is an official list's alone
	stateAskAgain = "asked again"
)

// Run prints the journal, or what of it is in force.
func (c *reviewListCmd) Run(s *session) error {
	r, err := s.review(c.configFlags)
	if err != nil {
		return err
	}
	defer r.store.Close()
	all, err := r.standings()
	if err != nil {
		return err
	}
	if !c.All {
		past := []string{stateLater, stateUndone, stateUndoing}
		all = slices.DeleteFunc(all, func(l standing) bool { return slices.Contains(past, l.State) })
	}
	if c.JSON {
		e := json.NewEncoder(s.results)
		e.SetEscapeHTML(false)
		for _, l := range all {
			if err := e.Encode(l); err != nil {
				return err
			}
		}
		return nil
	}
	return s.printStandings(all)
}

// fates are what has become of decisions, and what they are about, by their IDs.
type fates struct{ state, about map[string]string }

// fatesIn are what the journal itself tells: each is taken back, or followed by another
// word of its reviewer's, until something below says more.
func fatesIn(journal []vigie.Decision) fates {
	f := fates{map[string]string{}, map[string]string{}}
	for _, d := range journal {
		f.state[d.ID] = stateUndone
		if d.Undoes != "" {
			f.state[d.ID] = stateUndoing
		}
	}
	f.note(resolve.Standing(journal), stateLater)
	return f
}

func (f fates) note(ds []vigie.Decision, state string) {
	for _, d := range ds {
		f.state[d.ID] = state
	}
}

// asked notes decisions that do not settle what they are about, and why.
func (f fates) asked(ds []vigie.Decision, why string) {
	if why == vigie.Restated {
		why = stateAskAgain
	}
	f.note(ds, why)
}

func (f fates) judged(j resolve.Decided) {
	for _, rec := range slices.Concat(j.Records, j.Rejected) {
		f.note(rec.Decisions, stateInForce)
		for _, d := range rec.Decisions {
			f.about[d.ID] = said(rec.Detail) + " · " + rec.Scope.String()
		}
	}
	for _, q := range j.Doubts {
		f.asked(q.Decisions, q.Why)
	}
	for _, ds := range j.Listed {
		f.note(ds, stateListed)
	}
}

func (f fates) heard(h resolve.Heard, refused []vigie.Refusal) {
	for _, ds := range h.On {
		f.note(ds, stateInForce)
	}
	for _, q := range h.Doubts {
		f.asked(q.Decisions, q.Why)
	}
	f.note(h.Waiting, stateWaiting)
	for _, refusal := range refused {
		for _, d := range h.On[vigie.RowKey(refusal.Row(), refusal.Quote)] {
			f.about[d.ID] = fmt.Sprintf("refused: %s %s (%s)", refusal.Kind, refusal.What, refusal.Reason)
		}
	}
}

// standings are the journal's lines with what has become of each.
func (r *review) standings() ([]standing, error) {
	var facts []vigie.Fact
	for f, err := range r.store.Facts(r.ctx, time.Time{}) {
		if err != nil {
			return nil, fmt.Errorf("read the facts: %w", err)
		}
		facts = append(facts, f)
	}
	refused, err := refusals(r.ctx, r.store)
	if err != nil {
		return nil, err
	}
	judged, f := resolve.Judge(resolve.Records(facts), r.journal), fatesIn(r.journal)
	f.judged(judged)
	f.heard(resolve.Hear(refused, judged.Waiting), refused)
	all := make([]standing, 0, len(r.journal))
	for _, d := range r.journal {
		all = append(all, standing{
			ID: d.ID, At: d.At.UTC(), By: d.By, Verdict: d.Verdict, French: d.Verdict.French(), Correction: d.Correction, Why: d.Why,
			State: f.state[d.ID], Row: d.RowID(), Sheet: d.Sheet, About: f.about[d.ID], Quote: d.Quote, Undoes: d.Undoes,
		})
	}
	return all, nil
}

func (s *session) printStandings(all []standing) error {
	w := tabwriter.NewWriter(s.results, 0, 0, 2, ' ', 0)
	fmt.Fprintln(w, "ID\tDAY\tBY\tDECISION\tSTATE\tABOUT\tWHY")
	for _, l := range all {
		decision := strings.TrimSpace(l.French + " " + l.Correction)
		if l.Undoes != "" {
			decision = "takes back " + l.Undoes
		}
		about := l.About
		if about == "" {
			about = strings.TrimSpace(l.Sheet + " row " + l.Row)
		}
		fmt.Fprintf(w, "%s\t%s\t%s\t%s\t%s\t%s\t%s\n", l.ID, dayOf(l.At), l.By, shortened(decision, 50), l.State, shortened(about, 80), shortened(l.Why, 50))
	}
	return w.Flush()
}
