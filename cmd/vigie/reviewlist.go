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

// standings are the journal's lines with what has become of each.
func (r *review) standings() ([]standing, error) {
	var facts []vigie.Fact
	for f, err := range r.store.Facts(r.ctx, time.Time{}) {
		if err != nil {
			return nil, fmt.Errorf("read the facts: %w", err)
		}
		facts = append(facts, f)
	}
	judged := resolve.Judge(resolve.Records(facts), r.journal)
	state, about := map[string]string{}, map[string]string{}
	for _, d := range r.journal {
		state[d.ID] = stateUndone
		if d.Undoes != "" {
			state[d.ID] = stateUndoing
		}
	}
	note := func(ds []vigie.Decision, s string) {
		for _, d := range ds {
			state[d.ID] = s
		}
	}
	note(resolve.Standing(r.journal), stateLater)
	for _, rec := range slices.Concat(judged.Records, judged.Rejected) {
		note(rec.Decisions, stateInForce)
		for _, d := range rec.Decisions {
			about[d.ID] = said(rec.Detail) + " · " + rec.Scope.String()
		}
	}
	for _, q := range judged.Doubts {
		why := q.Why
		if why == vigie.Restated {
			why = stateAskAgain
		}
		note(q.Decisions, why)
	}
	for _, ds := range judged.Listed {
		note(ds, stateListed)
	}
	refused, err := refusals(r.ctx, r.store)
	if err != nil {
		return nil, err
	}
	heard := resolve.Hear(refused, judged.Waiting)
	for _, ds := range heard.On {
		note(ds, stateInForce)
	}
	for _, q := range heard.Doubts {
		why := q.Why
		if why == vigie.Restated {
			why = stateAskAgain
		}
		note(q.Decisions, why)
	}
	note(heard.Waiting, stateWaiting)
	for _, refusal := range refused {
		for _, d := range heard.On[vigie.RowKey(refusal.Row(), refusal.Quote)] {
			about[d.ID] = fmt.Sprintf("refused: %s %s (%s)", refusal.Kind, refusal.What, refusal.Reason)
		}
	}
	all := make([]standing, 0, len(r.journal))
	for _, d := range r.journal {
		l := standing{
			ID: d.ID, At: d.At.UTC(), By: d.By, Verdict: d.Verdict, French: d.Verdict.French(), Correction: d.Correction, Why: d.Why,
			State: state[d.ID], Row: d.RowID(), Sheet: d.Sheet, About: about[d.ID], Quote: d.Quote, Undoes: d.Undoes,
		}
		all = append(all, l)
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
