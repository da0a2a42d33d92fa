package main

import (
	"bytes"
	"context"
	"fmt"
	"time"

	"vigie"
	"vigie/store"
	"vigie/transform/resolve"
)

// A refusalCase is a line of refusals.jsonl: words that were read and refused, and whether
// the source states with them what is named.
type refusalCase struct {
	Doc      string        `json:"doc"`
	Stated   bool          `json:"stated"`
	Kind     vigie.Kind    `json:"kind"`
	What     string        `json:"what"`
	Reason   string        `json:"reason"` // for which it was refused
	Quote    string        `json:"quote"`
	Decision string        `json:"decision"`
	Verdict  vigie.Verdict `json:"verdict"`
	By       string        `json:"by"`
	Why      string        `json:"why,omitempty"`
}

// refusals are all that are known now.
func refusals(ctx context.Context, st *store.Store) (all []vigie.Refusal, err error) {
	for r, err := range st.Refusals(ctx, time.Time{}) {
		if err != nil {
			return nil, fmt.Errorf("read the refusals: %w", err)
		}
		all = append(all, r)
	}
	return all, nil
}

// collectRefusals makes cases of the refusals on which all agree who decided.
func (e *export) collectRefusals(waiting []vigie.Decision) error {
	all, err := refusals(e.s.ctx, e.store)
	if err != nil {
		return err
	}
	heard := resolve.Hear(all, waiting)
	open := map[string]bool{}
	for _, q := range heard.Doubts {
		open[vigie.RowKey(q.Refusal.Row(), q.Refusal.Quote)] = true
	}
	done := map[string]bool{}
	for _, r := range all {
		key := vigie.RowKey(r.Row(), r.Quote)
		said := heard.On[key]
		if said == nil || open[key] || done[key] {
			continue
		}
		done[key] = true
		d := said[len(said)-1]
		e.quotes[r.Document] = append(e.quotes[r.Document], r.Quote)
		e.refused = append(e.refused, refusalCase{
			Doc: string(r.Document), Stated: resolve.Wrongly(said), Kind: r.Kind, What: r.What, Reason: r.Reason, Quote: r.Quote,
			Decision: d.ID, Verdict: d.Verdict, By: d.By, Why: d.Why,
		})
	}
	return nil
}

func (e *export) writeRefusals() error {
	var lines bytes.Buffer
	for _, c := range e.refused {
		if err := encode(&lines, c); err != nil {
			return err
		}
	}
	return e.file("refusals.jsonl", lines.Bytes())
}
