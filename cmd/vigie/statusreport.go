package main

import (
	"context"
	"fmt"
	"slices"
	"time"

	"vigie"
	"vigie/reports"
	"vigie/store"
)

// A reportStatus is how a region's reports are: the last that was published, and one since
// that was refused.
type reportStatus struct {
	Region    string     `json:"region"` // INSEE code
	Published vigie.Date `json:"last_published,omitempty"`
	Edition   string     `json:"edition,omitempty"`
	Refused   vigie.Date `json:"refused,omitempty"` // since the last published
	Reasons   []string   `json:"reasons,omitempty"` // why, in French
	CutOff    vigie.Date `json:"cut_off,omitempty"` // a delivery that was killed: the files in place may be of two editions

	Checks []checkStatus `json:"checks,omitempty"` // those of the gate that ever spoke
}

// A checkStatus is how often a check of the gate stopped a report, and how often somebody
// let it pass all the same: one that is let pass most of the time guards nothing.
type checkStatus struct {
	Check   string `json:"check"`
	Refused int    `json:"refused"`
	LetPass int    `json:"let_pass"`
}

// count adds what the checks said of an edition.
func (r *reportStatus) count(e vigie.Edition) {
	for _, check := range e.Checks {
		i := slices.IndexFunc(r.Checks, func(c checkStatus) bool { return c.Check == check })
		if i < 0 {
			i = len(r.Checks)
			r.Checks = append(r.Checks, checkStatus{Check: check})
		}
		switch {
		case e.State == vigie.EditionRefused:
			r.Checks[i].Refused++
		case e.State == vigie.EditionPublished && e.Accepted != (vigie.Acceptance{}):
			r.Checks[i].LetPass++
		}
	}
}

// doubtful is how often a check is let pass before that is told as a fault of the check.
const doubtful = 3

func (c checkStatus) words() string {
	line := fmt.Sprintf("%s: %s refused, %d let pass", c.Check, count(c.Refused, "report", "reports"), c.LetPass)
	if c.LetPass >= doubtful && 2*c.LetPass >= c.Refused {
		line += " (it seldom holds: look at what it checks)"
	}
	return line
}

// reportStatuses are those of all regions that a report was made for, by code.
func reportStatuses(ctx context.Context, st *store.Store) ([]reportStatus, error) {
	editions, err := st.Editions(ctx, "", time.Time{})
	if err != nil {
		return nil, err
	}
	regions := map[string]*reportStatus{}
	for _, e := range slices.Backward(editions) { // the oldest first
		r := regions[e.Region]
		if r == nil {
			r = &reportStatus{Region: e.Region}
			regions[e.Region] = r
		}
		switch e.State {
		case vigie.EditionPublished:
			*r = reportStatus{Region: e.Region, Published: e.Day, Edition: e.ID, Checks: r.Checks}
		case vigie.EditionRefused:
			r.Refused, r.Reasons = e.Day, e.Reasons
		case vigie.EditionPrepared:
			r.CutOff = e.Day
		}
		r.count(e)
	}
	all := []reportStatus{}
	for _, id := range sorted(regions) {
		all = append(all, *regions[id])
	}
	return all, nil
}

// printReports tells of them in a line each.
func (s *session) printReports(all []reportStatus) {
	for _, r := range all {
		line := fmt.Sprintf("report of region %s: ", r.Region)
		if r.Published == "" {
			line += "none was published"
		} else {
			line += "the last is of " + string(r.Published)
		}
		if r.Refused != "" {
			line += fmt.Sprintf("; that of %s is emptier and was not published: %s says why", r.Refused, reports.RefusedFolder(r.Refused))
		}
		if r.CutOff != "" {
			line += fmt.Sprintf("; the delivery of %s is under way or was cut off, and the files in place may be of two reports: vigie report puts that right", r.CutOff)
		}
		s.say("%s", line)
		for _, c := range r.Checks {
			s.say("  check %s", c.words())
		}
	}
}
