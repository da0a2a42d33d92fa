package main

import (
	"cmp"
	"errors"
	"fmt"
	"slices"
	"strings"

	"vigie"
	"vigie/reports"
	"vigie/reports/returned"
)

type verifyCmd struct {
	configFlags `embed:""`
	File        string `arg:"" help:"Workbook that vigie delivered, as it is now." type:"path"`
}

// Run checks every quote of a delivered workbook against the archived page that it names,
// and every other cell against what was delivered. It asks nobody.
func (c *verifyCmd) Run(s *session) error {
	st, cfg, err := s.openArchive(c.configFlags)
	if err != nil {
		return err
	}
	defer st.Close()
	v := verification{night: &night{s: s, job: "verify", cfg: cfg, store: st}}
	if err := v.read(c.File); err != nil {
		return fmt.Errorf("verify: %w", err)
	}
	if err := v.quotes(); err != nil {
		return fmt.Errorf("verify: %w", err)
	}
	return v.told()
}

// A verification is one workbook being checked.
type verification struct {
	*night
	reports.Comparison
	edition string // empty where its cells cannot be compared
	held    int    // quotes that are in their pages
	wrong   []string
}

// read compares the workbook with its edition.
func (v *verification) read(file string) error {
	w, err := returned.Open(file)
	if err != nil {
		return err
	}
	defer w.Close()
	id := w.Properties[reports.EditionProperty]
	if id == "" {
		return fmt.Errorf("%s does not say which edition it is: it is no workbook that vigie delivered, or its document properties were removed", file)
	}
	content, err := editionContent(v.s.ctx, v.store, id)
	if errors.Is(err, vigie.ErrNotFound) {
		return fmt.Errorf("%s is edition %s, which this database did not deliver: name its own with --db", file, id)
	}
	if err != nil {
		return err
	}
	if v.Comparison, err = reports.Verify(w, content); err != nil {
		return fmt.Errorf("%s: %w", file, err)
	}
	v.edition = id
	return nil
}

// quotes looks each quote up, page by page: each is read once, and let go.
func (v *verification) quotes() error {
	pages, err := v.openPages()
	if err != nil {
		return err
	}
	order := make([]int, len(v.Quotes))
	for i := range order {
		order[i] = i
	}
	slices.SortStableFunc(order, func(a, b int) int { return cmp.Compare(v.Quotes[a].Page(), v.Quotes[b].Page()) })
	problems := make([]string, len(order))
	for _, i := range order {
		if problems[i], err = pages.check(v.s.ctx, v.Quotes[i]); err != nil {
			return err
		}
	}
	for i, q := range v.Quotes {
		problem := problems[i]
		if problem == "" {
			v.held++
			continue
		}
		v.wrong = append(v.wrong, fmt.Sprintf("%s row %d, %s: %s: « %s »", q.Sheet, q.Row, q.Column, problem, shortened(q.Quote, 80)))
	}
	return nil
}

// mostTold is how many lines of one kind are printed.
const mostTold = 200

// told prints what was found. A cell that is not as delivered, or a quote that is not in
// its page, is an error; rows that are not there any more leave the check partial.
func (v *verification) told() error {
	v.s.say("%d of %d quotes are in the archived pages that they name", v.held, len(v.Quotes))
	v.list(v.wrong)
	var changed, missing []string
	for _, c := range v.Changed {
		if c.Column == "" {
			changed = append(changed, fmt.Sprintf("%s row %d was not delivered: « %s »", c.Sheet, c.Row, shortened(c.Is, 80)))
			continue
		}
		changed = append(changed, fmt.Sprintf("%s row %d, %s: delivered « %s », now « %s »", c.Sheet, c.Row, c.Column, shortened(c.Was, 80), shortened(c.Is, 80)))
	}
	for _, m := range v.Missing {
		what := "the sheet"
		if m.What != "" {
			what = "« " + shortened(m.What, 80) + " »"
		}
		missing = append(missing, m.Sheet+": "+what+" was delivered and is not there")
	}
	v.s.say("%d cells compared with edition %s: %s", v.Cells, v.edition, changes(len(changed), len(missing)))
	v.list(changed)
	v.list(missing)
	switch {
	case len(v.wrong) > 0 && len(changed) > 0:
		return fmt.Errorf("verify: %s not in the archive, %s changed", count(len(v.wrong), "quote is", "quotes are"), count(len(changed), "cell or row was", "cells or rows were"))
	case len(v.wrong) > 0:
		return fmt.Errorf("verify: %s not in the archive", count(len(v.wrong), "quote is", "quotes are"))
	case len(changed) > 0:
		return fmt.Errorf("verify: %s changed since it was delivered", count(len(changed), "cell or row was", "cells or rows were"))
	case len(missing) > 0:
		return errPartly
	}
	return nil
}

func changes(changed, missing int) string {
	var told []string
	if changed > 0 {
		told = append(told, fmt.Sprintf("%d not as delivered", changed))
	}
	if missing > 0 {
		told = append(told, count(missing, "row, column or sheet is not there", "rows, columns or sheets are not there"))
	}
	if told == nil {
		return "all as delivered"
	}
	return strings.Join(told, ", ")
}

func (v *verification) list(lines []string) {
	for i, line := range lines {
		if i == mostTold {
			v.s.say("  - and %d more", len(lines)-mostTold)
			return
		}
		v.s.say("  - %s", line)
	}
}
