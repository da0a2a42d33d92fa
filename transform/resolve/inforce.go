package resolve

import (
	"cmp"
	"strings"
	"time"

	"vigie"
)

// InForce parts facts into those that are true on a day and labels that are not so any
// more, or not yet. All others that begin later are left out. A label is true from its
// stated date, else from its document's publication, until a later one ends it: a
// withdrawal ends label and candidature, a label ends a candidature and an earlier
// withdrawal. Members, roles, figures and themes are true from their publication; what
// happens or lasts from its date or its publication, whichever comes first: a plan is
// true as a plan. Silence ends nothing. A fact without any date is true from the day on
// which all of this was known.
func InForce(facts []vigie.Fact, day, known vigie.Date) (now, others []vigie.Fact) {
	ends := endings(facts, day, known)
	for _, f := range facts {
		_, label := f.Detail.(vigie.Label)
		from := trueFrom(f, known)
		switch begun := !from.After(day.First()); {
		case begun && !(label && ends[subjectOf(f)].end(f, from)):
			now = append(now, f)
		case label && (begun || !f.Published.First().After(day.First())):
			others = append(others, f)
		}
	}
	return now, others
}

// trueFrom is the first day on which a fact may be true; known is that of one without a date.
func trueFrom(f vigie.Fact, known vigie.Date) time.Time {
	published := f.Published
	switch d := f.Detail.(type) {
	case vigie.Label:
		return dayOf(known, d.Date, published)
	case vigie.Event:
		return earlier(d.Date, published, known)
	case vigie.Period:
		return earlier(d.Date, published, known)
	}
	return dayOf(known, published)
}

// dayOf is the first day of the first date that is known.
func dayOf(last vigie.Date, dates ...vigie.Date) time.Time {
	for _, d := range dates {
		if first := d.First(); !first.IsZero() {
			return first
		}
	}
	return last.First()
}

func earlier(a, b, last vigie.Date) time.Time {
	if a.First().IsZero() || !b.First().IsZero() && b.First().Before(a.First()) {
		return dayOf(last, b)
	}
	return a.First()
}

// A labelSubject is who bears or loses a label.
type labelSubject struct{ programme, territory, phase string }

func subjectOf(f vigie.Fact) labelSubject {
	l, _ := f.Detail.(vigie.Label)
	_, phase, _ := strings.Cut(l.TerritoryID, "@")
	return labelSubject{f.Programme, cmp.Or(l.TerritoryID, l.Territory), cmp.Or(l.Phase, phase)}
}

// An ending is when a subject was last labelled, and last lost its label.
type ending struct{ labelled, withdrawn time.Time }

// end reports whether the last label or withdrawal ends what a label's fact says from a day on.
func (e ending) end(f vigie.Fact, from time.Time) bool {
	switch f.Detail.(vigie.Label).Status {
	case vigie.Candidate:
		return !e.labelled.Before(from) || !e.withdrawn.Before(from)
	case vigie.Labelled:
		return !e.withdrawn.Before(from)
	}
	return e.labelled.After(from)
}

func endings(facts []vigie.Fact, day, known vigie.Date) map[labelSubject]ending {
	all := map[labelSubject]ending{}
	for _, f := range facts {
		l, ok := f.Detail.(vigie.Label)
		from := trueFrom(f, known)
		if !ok || from.After(day.First()) {
			continue
		}
		e := all[subjectOf(f)]
		switch {
		case l.Status == vigie.Labelled && from.After(e.labelled):
			e.labelled = from
		case l.Status == vigie.Withdrawn && from.After(e.withdrawn):
			e.withdrawn = from
		}
		all[subjectOf(f)] = e
	}
	return all
}
