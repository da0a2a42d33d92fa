package resolve

import (
	"slices"

	"vigie"
)

// joined makes one record of those that corrections made equal. One that was read so
// leads those that were corrected to it.
func joined(records []vigie.Record) []vigie.Record {
	place := map[string]int{}
	var all []vigie.Record
	for _, r := range records {
		i, ok := place[r.Key()]
		if !ok {
			place[r.Key()] = len(all)
			all = append(all, r)
			continue
		}
		a, b := all[i], r
		if a.Read != nil && b.Read == nil {
			a, b = b, a
		}
		all[i] = join(a, b)
	}
	slices.SortStableFunc(all, inOrder)
	return all
}

// join adds to a what b says.
func join(a, b vigie.Record) vigie.Record {
	type said struct {
		vigie.Mention
		origin vigie.DocumentID
	}
	var all []said
	for _, r := range []vigie.Record{a, b} {
		for i, m := range r.Mentions {
			s := said{Mention: m}
			if i < len(r.Origins) {
				s.origin = r.Origins[i]
			}
			all = append(all, s)
		}
	}
	slices.SortStableFunc(all, func(x, y said) int { return oldestFirst(x.Mention, y.Mention) })
	marked := a.Origins != nil || b.Origins != nil
	a.Detail = fuller(a.Detail, b.Detail)
	a.Mentions, a.Origins = nil, nil
	for _, s := range all {
		a.Mentions = append(a.Mentions, s.Mention)
		if marked {
			a.Origins = append(a.Origins, s.origin)
		}
	}
	a.Decisions = slices.Concat(a.Decisions, b.Decisions)
	slices.SortStableFunc(a.Decisions, inTime)
	return a
}
