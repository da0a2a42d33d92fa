package main

import (
	"fmt"
	"slices"
	"strings"

	"vigie"
	"vigie/transform/resolve"
)

type reviewUndoCmd struct {
	configFlags `embed:""`
	byFlag      `embed:""`
	IDs         []string `arg:"" name:"id" help:"Decisions, by the ids that vigie review list shows; their beginnings do."`
	Why         string   `help:"The reason." placeholder:"TEXT"`
}

// Run takes decisions back: all that are named, or none. Nothing leaves the journal; to
// take back a taking back, name it.
func (c *reviewUndoCmd) Run(s *session) error {
	by, err := c.reviewer()
	if err != nil {
		return err
	}
	r, err := s.review(c.configFlags)
	if err != nil {
		return err
	}
	defer r.store.Close()
	return r.alone(func() error {
		var undone []vigie.Decision
		for _, id := range c.IDs {
			d, err := r.named(id)
			if err != nil {
				return err
			}
			if !slices.ContainsFunc(undone, func(o vigie.Decision) bool { return o.ID == d.ID }) {
				undone = append(undone, d)
			}
		}
		at := r.moment()
		var undoing []vigie.Decision
		for n, d := range undone {
			undoing = append(undoing, vigie.Decision{ID: fmt.Sprintf("%s-%d", runID(at), n+1), Key: d.Key, Why: c.Why, By: by, At: at, Undoes: d.ID})
		}
		if err := r.store.PutDecisions(r.ctx, undoing...); err != nil {
			return fmt.Errorf("review undo: %w", err)
		}
		for _, d := range undone {
			s.say("taken back: %s, %s, %s of %s", d.ID, d.By, d.Verdict.French(), dayOf(d.At))
		}
		return nil
	})
}

// named finds the decision of an id or of the beginning of one, which must be in force,
// or be a taking back that is.
func (r *review) named(id string) (vigie.Decision, error) {
	var found []vigie.Decision
	for _, d := range r.journal {
		if d.ID == id {
			found = []vigie.Decision{d}
			break
		}
		if len(id) >= 4 && strings.HasPrefix(d.ID, id) {
			found = append(found, d)
		}
	}
	switch {
	case len(found) == 0:
		return vigie.Decision{}, misusef("%s: no such decision; vigie review list --all shows them", id)
	case len(found) > 1:
		return vigie.Decision{}, misusef("%s: %s begin so; give the whole id", id, count(len(found), "decision", "decisions"))
	case !resolve.Stands(r.journal, found[0].ID):
		return vigie.Decision{}, misusef("%s is taken back already", found[0].ID)
	}
	return found[0], nil
}
