package store

import (
	"context"
	"database/sql"
	"errors"
	"sync"
	"time"

	"vigie"
)

// A Batch archives like its store, and writes what comes within a quarter of a second in
// one transaction: a transaction waits for the disk, and at full speed that is most of
// what a page costs. At a polite pace each page is on disk when Put returns.
//
// A process that dies loses at most the pages in flight, those of the last quarter of a
// second: the next night finds them as if for the first time and fetches
// them again. Nothing reads a page before it is on disk: a document that waits is written
// before the batch tells of it, and the store's other methods do not know it until then.
type Batch struct {
	*Store

	mu      sync.Mutex
	waiting []fetched // the last of them with their bodies, the others packed
	loose   int       // bytes of those bodies
	packing *packing  // has the others'
	checks  []vigie.Check
	written time.Time // the last time that something was
}

const (
	batchTime  = 250 * time.Millisecond
	batchPages = 512 // indexes are in an order of their own: the more pages at a time, the fewer of their leaves are written again
	looseBytes = 1 << 20
)

// Batch returns one that is empty. It must be closed.
func (s *Store) Batch() *Batch { return &Batch{Store: s, packing: newPacking(s)} }

// Put archives as [Store.Put] does, now or soon. Its error may be that of a page before.
func (b *Batch) Put(ctx context.Context, doc vigie.Document, c vigie.Capture, body []byte) (err error) {
	defer b.wrap(&err, "archive %s", doc.URL)
	if err := checkPut(doc, c, body); err != nil {
		return err
	}
	b.mu.Lock()
	defer b.mu.Unlock()
	b.waiting = append(b.waiting, fetched{doc, c, body})
	b.loose += len(body)
	return b.writeWhenDue(ctx)
}

// Checked notes as [Store.Checked] does, now or soon.
func (b *Batch) Checked(ctx context.Context, c vigie.Check) (err error) {
	defer b.wrap(&err, "check of %s", c.Document)
	b.mu.Lock()
	defer b.mu.Unlock()
	b.checks = append(b.checks, c)
	return b.writeWhenDue(ctx)
}

// Latest returns what [Store.Latest] does, of what waits too.
func (b *Batch) Latest(ctx context.Context, id vigie.DocumentID) (vigie.Capture, error) {
	if err := b.settle(ctx, func(f fetched) bool { return f.doc.ID == id }); err != nil {
		return vigie.Capture{}, err
	}
	return b.Store.Latest(ctx, id)
}

// Checks returns what [Store.Checks] does, of what waits too.
func (b *Batch) Checks(ctx context.Context, source string) ([]vigie.Check, error) {
	if err := b.settle(ctx, func(f fetched) bool { return f.doc.Source == source }); err != nil {
		return nil, err
	}
	return b.Store.Checks(ctx, source)
}

// Known returns what [Store.Known] does, of what waits too.
func (b *Batch) Known(ctx context.Context, ids []vigie.DocumentID) (map[vigie.DocumentID]bool, error) {
	if err := b.settle(ctx, func(fetched) bool { return true }); err != nil {
		return nil, err
	}
	return b.Store.Known(ctx, ids)
}

// Close writes what waits, even where the context has ended.
func (b *Batch) Close(ctx context.Context) (err error) {
	defer b.wrap(&err, "archive the last pages")
	b.mu.Lock()
	defer b.mu.Unlock()
	return b.write(ctx)
}

// settle writes what waits, where some of it is what the caller is about to ask for.
func (b *Batch) settle(ctx context.Context, asked func(fetched) bool) (err error) {
	defer b.wrap(&err, "archive pages")
	b.mu.Lock()
	defer b.mu.Unlock()
	for _, f := range b.waiting {
		if asked(f) {
			return b.write(ctx)
		}
	}
	return nil
}

func (b *Batch) writeWhenDue(ctx context.Context) error {
	switch {
	case len(b.waiting)+len(b.checks) >= batchPages, time.Since(b.written) >= batchTime:
		return b.write(ctx)
	case b.loose >= looseBytes:
		return b.pack(ctx)
	}
	return nil
}

// pack packs the bodies that wait.
func (b *Batch) pack(ctx context.Context) error {
	if err := b.packing.add(context.WithoutCancel(ctx), b.waiting); err != nil {
		return err
	}
	for i := range b.waiting {
		b.waiting[i].body = nil
	}
	b.loose = 0
	return nil
}

// write is not cut short: what was fetched is to be kept. On an error all goes on waiting.
func (b *Batch) write(ctx context.Context) error {
	if len(b.waiting)+len(b.checks) == 0 {
		return nil
	}
	if err := b.pack(ctx); err != nil {
		return err
	}
	if err := b.putAll(context.WithoutCancel(ctx), b.packing, b.waiting, b.checks); err != nil {
		return err
	}
	b.packing, b.waiting, b.checks, b.written = newPacking(b.Store), nil, nil, time.Now()
	return nil
}

// A writer is a transaction that prepares each statement once.
type writer struct {
	tx    *sql.Tx
	now   time.Time // when the archive gets what is written
	ready map[string]*sql.Stmt
}

func newWriter(tx *sql.Tx, now time.Time) *writer {
	return &writer{tx, micros(now), map[string]*sql.Stmt{}}
}

func (w *writer) exec(ctx context.Context, query string, args ...any) (sql.Result, error) {
	s := w.ready[query]
	if s == nil {
		var err error
		if s, err = w.tx.PrepareContext(ctx, query); err != nil {
			return nil, err
		}
		w.ready[query] = s
	}
	return s.ExecContext(ctx, args...)
}

func (w *writer) close() error {
	var err error
	for _, s := range w.ready {
		err = errors.Join(err, s.Close())
	}
	return err
}
