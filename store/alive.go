package store

import "slices"

// alive are the rows of one document that have not ended, by what they state: equal
// keys state the same. A document may say one thing twice in the same words, so each
// key has a queue, in the order of the text.
type alive[K comparable] map[K][]aliveRow

type aliveRow struct {
	id    int64
	place place
}

// A place is where a statement stands. It is no part of what is known: a paragraph
// added above moves every fact of a page and changes none.
type place struct {
	start, end, page int
	rule             string
}

// take returns a row that states k, and counts it as seen.
func (a alive[K]) take(k K) (aliveRow, bool) {
	rows := a[k]
	if len(rows) == 0 {
		return aliveRow{}, false
	}
	a[k] = rows[1:]
	return rows[0], true
}

// left returns the rows that nothing took.
func (a alive[K]) left() []int64 {
	var ids []int64
	for _, rows := range a {
		for _, r := range rows {
			ids = append(ids, r.id)
		}
	}
	slices.Sort(ids)
	return ids
}
