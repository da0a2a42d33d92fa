package reports

import (
	"slices"
	"strings"
)

// Columns by what a change in them means, by their keys.
var (
	// unfollowed change with every edit of a page, elsewhere in it too, or are the reader's.
	unfollowed = []string{"url", "digest", "decision", "correction", "why", "row"}
	// proofs say on what a row rests: other proofs of what it states are less than news.
	proofs = []string{"confidence", "documents", "published", "published_stated", "publisher", "quote", "repeated_by", "sources"}
	// besides are made of other records than the row's own, or of whose text repeats whose.
	besides = []string{"epci_stated", "others", "repeated_by", "sources"}
	// listed are made of the official tables, by ids that records have.
	listed = []string{
		"basis", "departements", "epci_listed", "in_force", "level", "member", "member_id", "member_id_current", "member_kind",
		"phase", "regions", "scope_name", "successor", "territory", "territory_id",
	}
	// daily are also made of the report's day.
	daily = []string{"in_force"}
)

// A pairing tells which column of a sheet was which in an edition.
type pairing struct {
	then, now SheetRows
	was       []int // for each column of now that is followed its place then; -1: none
}

func pair(then, now SheetRows) pairing {
	p := pairing{then, now, make([]int, len(now.Columns))}
	for i, name := range now.Columns {
		p.was[i] = -1
		switch {
		case slices.Contains(unfollowed, now.Keys[i]):
		case then.Keys != nil:
			p.was[i] = slices.Index(then.Keys, now.Keys[i])
		default:
			p.was[i] = slices.Index(then.Columns, name)
		}
	}
	return p
}

// differing are the cells of columns that both have and that are not the same.
func (p pairing) differing(old, row ContentRow) []Difference {
	var all []Difference
	for i, k := range p.was {
		if k >= 0 && k < len(old.Cells) && old.Cells[k] != row.Cells[i] {
			all = append(all, Difference{p.now.Columns[i], old.Cells[k], row.Cells[i], p.now.Keys[i]})
		}
	}
	return all
}

// news tells, in one line, of columns that are compared for the first time, are gone, or
// have another name: nothing in the world did that.
func (p pairing) news() []Change {
	var come, gone, renamed []string
	kept := map[int]bool{}
	for i, k := range p.was {
		switch {
		case slices.Contains(unfollowed, p.now.Keys[i]):
		case k < 0:
			come = append(come, p.now.Columns[i])
		case p.then.Columns[k] != p.now.Columns[i]:
			renamed = append(renamed, p.now.Columns[i]+" (avant : "+p.then.Columns[k]+")")
		}
		kept[k] = true
	}
	for k, name := range p.then.Columns {
		if !kept[k] && !p.asides(k) {
			gone = append(gone, name)
		}
	}
	var told []string
	for _, s := range []struct {
		what  string
		names []string
	}{{"comparées pour la première fois", come}, {"qui n'existent plus", gone}, {"qui ont changé de nom", renamed}} {
		if s.names != nil {
			told = append(told, s.what+" : "+strings.Join(s.names, ", "))
		}
	}
	if told == nil {
		return nil
	}
	return []Change{{
		Sheet: p.now.Name, Row: "colonnes", Label: "Colonnes de la feuille", How: Recast, Causes: []Cause{Vigie},
		Why: "Colonnes " + strings.Join(told, "\nColonnes "),
	}}
}

// asides reports whether a column of then is one that is not followed.
func (p pairing) asides(k int) bool {
	if p.then.Keys != nil {
		return slices.Contains(unfollowed, p.then.Keys[k])
	}
	i := slices.Index(p.now.Columns, p.then.Columns[k])
	return i >= 0 && slices.Contains(unfollowed, p.now.Keys[i])
}
