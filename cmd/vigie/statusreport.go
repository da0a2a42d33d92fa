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
			*r = reportStatus{Region: e.Region, Published: e.Day, Edition: e.ID}
		case vigie.EditionRefused:
			r.Refused, r.Reasons = e.Day, e.Reasons
		}
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
		s.say("%s", line)
	}
}
