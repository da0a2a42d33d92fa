package main

import (
	"context"
	"fmt"
	"time"

	"vigie"
	"vigie/reports"
	"vigie/store"
	"vigie/transform/resolve"
)

// decide takes analysts' decisions into the report's records.
func (n *night) decide(ctx context.Context, d *reports.Data) error {
	journal, err := decisions(ctx, n.store, d.Known)
	if err != nil {
		return err
	}
	got := resolve.Decide(d.Records, journal)
	heard := resolve.Hear(d.Refused, got.Waiting)
	d.Records, d.Rejected, d.Doubts, d.Listed = got.Records, got.Rejected, got.Doubts, got.Listed
	d.Heard, d.Refuted, d.Waiting = heard.On, heard.Doubts, heard.Waiting
	return nil
}

// decisions are the journal as it was at a moment; zero: as it is.
func decisions(ctx context.Context, st *store.Store, known time.Time) ([]vigie.Decision, error) {
	var journal []vigie.Decision
	for d, err := range st.Decisions(ctx, known) {
		if err != nil {
			return nil, fmt.Errorf("read the journal of decisions: %w", err)
		}
		journal = append(journal, d)
	}
	return journal, nil
}

// refuted tells, in French, of refusals that analysts call wrong.
func refuted(heard map[string][]vigie.Decision) []string {
	n := 0
	for _, said := range heard {
		if resolve.Wrongly(said) {
			n++
		}
	}
	if n == 0 {
		return nil
	}
	return []string{fmt.Sprintf("Refusés à tort, selon des analystes : %d, voir « Lu mais refusé ». « vigie review export » en fait des cas pour les règles de lecture.", n)}
}

// waiting tells, in French, of decisions whose row nobody knows any more, or yet.
func waiting(all []vigie.Decision) []string {
	switch len(all) {
	case 0:
		return nil
	case 1:
		return []string{"Une décision attend que sa ligne revienne : « vigie review list » la montre."}
	}
	return []string{fmt.Sprintf("%d décisions attendent que leur ligne revienne : « vigie review list » les montre.", len(all))}
}
