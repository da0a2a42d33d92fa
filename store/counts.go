package store

import (
	"context"
	"iter"
	"time"

	"vigie"
)

// DocumentsKnown yields the documents of one source, or of all where it is empty, as the
// archive had them at a moment, or has them now if known is zero: with the captures that
// it had got by then, the oldest first. A document's title and date are those of today.
func (s *Store) DocumentsKnown(ctx context.Context, source string, known time.Time) iter.Seq2[vigie.Document, error] {
	q := documentRows("WHERE ($1 = '' OR d.source = $1) AND c.noted <= $2", source, at(asOf(known)))
	return named(s, "documents", grouped(q.from(ctx, s, s.read)))
}

// DocumentCounts returns how many documents the archive holds of each source.
func (s *Store) DocumentCounts(ctx context.Context) (counts map[string]int, err error) {
	defer s.wrap(&err, "count documents")
	counts = map[string]int{}
	rows := selection[struct{}]{
		query: `SELECT source, count(*) FROM documents GROUP BY source`,
		scan: func(scan func(...any) error) (_ struct{}, err error) {
			var source string
			var n int
			err = scan(&source, &n)
			counts[source] = n
			return struct{}{}, err
		},
	}
	_, err = rows.list(ctx, s, s.read)
	return counts, err
}
