package main

import (
	"bytes"
	"encoding/csv"
	"fmt"
	"slices"
	"strings"
	"time"

	"vigie"
	"vigie/cmd/vigie/demo"
	"vigie/reports"
	"vigie/store"
)

// A remark is what one of the demo's analysts writes beside a row, which is known by what
// some of its cells hold.
type remark struct {
	by, sheet       string
	cells           []string
	verdict         vigie.Verdict
	correction, why string
}

func remarks() ([]remark, error) {
	lines, err := csv.NewReader(bytes.NewReader(demo.Decisions())).ReadAll()
	if err != nil {
		return nil, fmt.Errorf("the demo's decisions: %w", err)
	}
	var all []remark
	for _, l := range lines[1:] {
		i := slices.IndexFunc(vigie.Verdicts, func(v vigie.Verdict) bool { return v.French() == l[3] })
		if i < 0 {
			return nil, fmt.Errorf("the demo's decisions: no verdict %q", l[3])
		}
		all = append(all, remark{by: l[0], sheet: l[1], cells: strings.Split(l[2], "|"), verdict: vigie.Verdicts[i], correction: l[4], why: l[5]})
	}
	return all, nil
}

// review takes in what analysts made of the first night's workbook, each in a file of
// their own, the day after. Another region's report has other rows: what is said of rows
// that are not there is left out.
func (c *demoCmd) review(s *session, st *store.Store) error {
	s.now = func() time.Time { return demo.FirstNight.Add(30 * time.Hour) }
	editions, err := st.Editions(s.ctx, c.Region, time.Time{})
	if err != nil || len(editions) == 0 {
		return err
	}
	content, err := editionContent(s.ctx, st, editions[0].ID)
	if err != nil {
		return err
	}
	all, err := remarks()
	if err != nil {
		return err
	}
	for len(all) > 0 {
		by := all[0].by
		var answers []reports.Answer
		for _, r := range all {
			if a, ok := r.on(content); ok && r.by == by {
				answers = append(answers, a)
			}
		}
		all = slices.DeleteFunc(all, func(r remark) bool { return r.by == by })
		if len(answers) == 0 {
			continue
		}
		i := intake{review: &review{session: s, store: st}, by: by, digest: vigie.Digest([]byte(editions[0].ID + by))}
		if i.journal, err = decisions(s.ctx, st, time.Time{}); err != nil {
			return err
		}
		if err := i.take(answers, editions[0].ID); err != nil {
			return err
		}
	}
	return nil
}

// on finds the row that the remark is about.
func (r remark) on(content reports.Content) (reports.Answer, bool) {
	sheet := content.Sheet(r.sheet)
	key := slices.Index(sheet.Columns, reports.KeyColumn)
	for n, row := range sheet.Rows {
		there := func(cell string) bool { return slices.Contains(row.Cells, cell) }
		if key >= 0 && !slices.ContainsFunc(r.cells, func(cell string) bool { return !there(cell) }) {
			return reports.Answer{
				Sheet: r.sheet, Row: n + 1, Key: row.Cells[key], What: strings.Join(r.cells, ", "),
				Verdict: r.verdict, Correction: r.correction, Why: r.why,
			}, true
		}
	}
	return reports.Answer{}, false
}
