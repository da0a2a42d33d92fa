// Package resolve turns the facts of many documents into records: equal facts become
// one, with every mention.
package resolve

import (
	"cmp"
	"slices"

	"vigie"
)

// Records merges equal facts. Records come in the order of kind, programme, scope and
// key; their mentions oldest first, and of those the fuller first. A record's detail is
// the fullest of its facts'.
func Records(facts []vigie.Fact) []vigie.Record {
	byKey := map[string]*vigie.Record{}
	var keys []string
	for _, f := range facts {
		key := f.Key()
		r, ok := byKey[key]
		if !ok {
			r = &vigie.Record{Programme: f.Programme, Scope: f.Scope, Detail: f.Detail}
			byKey[key] = r
			keys = append(keys, key)
		}
		r.Detail = fuller(r.Detail, f.Detail)
		r.Mentions = append(r.Mentions, f.Mention)
	}
	records := make([]vigie.Record, 0, len(keys))
	for _, key := range keys {
		slices.SortStableFunc(byKey[key].Mentions, oldestFirst)
		records = append(records, *byKey[key])
	}
	slices.SortStableFunc(records, inOrder)
	return records
}

func oldestFirst(a, b vigie.Mention) int {
	return cmp.Or(
		a.Published.Compare(b.Published),
		cmp.Compare(b.Confidence, a.Confidence),
		cmp.Compare(a.Document, b.Document),
		cmp.Compare(a.Start, b.Start),
	)
}

func inOrder(a, b vigie.Record) int {
	return cmp.Or(
		cmp.Compare(slices.Index(vigie.Kinds, a.Detail.Kind()), slices.Index(vigie.Kinds, b.Detail.Kind())),
		cmp.Compare(a.Programme, b.Programme),
		cmp.Compare(a.Scope.String(), b.Scope.String()),
		cmp.Compare(a.Key(), b.Key()),
	)
}

// fuller keeps what one detail states and the other leaves out, for the fields that are
// no part of a fact's key.
func fuller(a, b vigie.Detail) vigie.Detail {
	switch a := a.(type) {
	case vigie.Label:
		b := b.(vigie.Label)
		a.Date, a.Region = cmp.Or(a.Date, b.Date), cmp.Or(a.Region, b.Region)
		return a
	case vigie.Member:
		a.MemberIDCurrent = cmp.Or(a.MemberIDCurrent, b.(vigie.Member).MemberIDCurrent)
		return a
	case vigie.Role:
		a.Function = cmp.Or(a.Function, b.(vigie.Role).Function)
		return a
	case vigie.Event:
		b := b.(vigie.Event)
		a.Place, a.Planned = cmp.Or(a.Place, b.Place), a.Planned && b.Planned
		return a
	}
	return a
}
