package store

import (
	"context"
	"database/sql"
	"errors"
	"slices"
	"sync"
	"time"

	"vigie"
)

// A Batch archives like its store, and writes what comes within a quarter of a second in
// one transaction: a transaction waits for the disk, and at full speed that is most of
// what a page costs. At a polite pace each page is on disk when Put returns.
//
// A process that dies loses at most what is in flight, the pages and lists of the last
// quarter of a second: the next night finds them as if for the first time and fetches
// them again. Nothing reads a page before it is on disk: a document that waits is written
// before the batch tells of it, and the store's other methods do not know it until then.
type Batch struct {
	*Store

	mu      sync.Mutex
	waiting []item
	packing *packing
	packed  int        // how many of those that wait are, the first ones
	loose   int        // bytes of the others
	busy    bool       // somebody packs them
	failed  bool       // to
	rested  *sync.Cond // whoever packs has got on, or is done
	written time.Time  // the last time that something was
}

// An item is on its way into the archive.
type item interface {
	pack(context.Context, *packing) error // what can be done before the transaction
	write(context.Context, *writer) error
}

const (
	batchTime  = 250 * time.Millisecond
	batchItems = 512 // indexes are in an order of their own: the more pages at a time, the fewer of their leaves are written again
	looseBytes = 1 << 20
)

// Batch returns one that is empty. It must be closed.
func (s *Store) Batch() *Batch {
	b := &Batch{Store: s, packing: newPacking(s)}
	b.rested = sync.NewCond(&b.mu)
	return b
}

// Put archives as [Store.Put] does, now or soon. Its error may be that of a page before.
func (b *Batch) Put(ctx context.Context, doc vigie.Document, c vigie.Capture, body []byte) (err error) {
	defer b.wrap(&err, "archive %s", doc.URL)
	f, err := newFetched(doc, c, body)
	if err != nil {
		return err
	}
	return b.add(ctx, f, len(body))
}

// PutEntry archives as [Store.PutEntry] does, now or soon, likewise.
func (b *Batch) PutEntry(ctx context.Context, source, url string, c vigie.Capture, body []byte) (err error) {
	defer b.wrap(&err, "keep entry %s", url)
	if err := b.settle(ctx, entryOf(source, url)); err != nil {
		return err
	}
	a, err := b.answered(ctx, source, url, c, body)
	if err != nil {
		return err
	}
	return b.add(ctx, a, len(body))
}

// Checked notes as [Store.Checked] does, now or soon.
func (b *Batch) Checked(ctx context.Context, c vigie.Check) (err error) {
	defer b.wrap(&err, "check of %s", c.Document)
	return b.add(ctx, check(c), 0)
}

// Latest returns what [Store.Latest] does, of what waits too.
func (b *Batch) Latest(ctx context.Context, id vigie.DocumentID) (vigie.Capture, error) {
	if err := b.settle(ctx, page(func(f *fetched) bool { return f.doc.ID == id })); err != nil {
		return vigie.Capture{}, err
	}
	return b.Store.Latest(ctx, id)
}

// Checks returns what [Store.Checks] does, of what waits too.
func (b *Batch) Checks(ctx context.Context, source string) ([]vigie.Check, error) {
	if err := b.settle(ctx, page(func(f *fetched) bool { return f.doc.Source == source })); err != nil {
		return nil, err
	}
	return b.Store.Checks(ctx, source)
}

// Known returns what [Store.Known] does, of what waits too.
func (b *Batch) Known(ctx context.Context, ids []vigie.DocumentID) (map[vigie.DocumentID]bool, error) {
	if err := b.settle(ctx, page(func(*fetched) bool { return true })); err != nil {
		return nil, err
	}
	return b.Store.Known(ctx, ids)
}

// Entry returns what [Store.Entry] does, of what waits too.
func (b *Batch) Entry(ctx context.Context, source, url string) (vigie.Capture, []byte, error) {
	if err := b.settle(ctx, entryOf(source, url)); err != nil {
		return vigie.Capture{}, nil, err
	}
	return b.Store.Entry(ctx, source, url)
}

// Close writes what waits, even where the context has ended.
func (b *Batch) Close(ctx context.Context) (err error) {
	defer b.wrap(&err, "archive the last pages")
	b.mu.Lock()
	defer b.mu.Unlock()
	return b.write(ctx)
}

// page is whether an item is such a page.
func page(such func(*fetched) bool) func(item) bool {
	return func(i item) bool {
		f, ok := i.(*fetched)
		return ok && such(f)
	}
}

// entryOf is whether an item is what a source's list said.
func entryOf(source, url string) func(item) bool {
	source, url = clean(source), clean(url)
	return func(i item) bool {
		a, ok := i.(*answered)
		return ok && a.source == source && a.url == url
	}
}

// settle writes what waits, where some of it is what the caller is about to ask for.
func (b *Batch) settle(ctx context.Context, asked func(item) bool) (err error) {
	defer b.wrap(&err, "archive pages")
	b.mu.Lock()
	defer b.mu.Unlock()
	if slices.ContainsFunc(b.waiting, asked) {
		return b.write(ctx)
	}
	return nil
}

// add writes an item with all that waits, once that is due. Until then it waits, and is
// packed while the next is on its way.
func (b *Batch) add(ctx context.Context, i item, size int) error {
	b.mu.Lock()
	defer b.mu.Unlock()
	b.waiting = append(b.waiting, i)
	b.loose += size
	if b.failed || len(b.waiting) >= batchItems || time.Since(b.written) >= batchTime {
		return b.write(ctx)
	}
	if !b.busy {
		b.busy = true
		go b.pack(context.WithoutCancel(ctx))
	}
	for b.busy && b.loose >= looseBytes {
		b.rested.Wait()
	}
	return nil
}

// pack packs what waits, until nothing is left or something cannot be: of that the next
// write tells, which tries again.
func (b *Batch) pack(ctx context.Context) {
	b.mu.Lock()
	defer b.mu.Unlock()
	for !b.failed && b.packed < len(b.waiting) {
		some, size := b.waiting[b.packed:], b.loose
		b.mu.Unlock()
		n, err := b.packing.add(ctx, some)
		b.mu.Lock()
		b.packed += n
		b.loose -= size
		b.failed = err != nil
		b.rested.Broadcast()
	}
	b.busy = false
	b.rested.Broadcast()
}

// write is not cut short: what was fetched is to be kept. On an error all goes on waiting.
func (b *Batch) write(ctx context.Context) error {
	for b.busy {
		b.rested.Wait()
	}
	b.failed = false
	if len(b.waiting) == 0 {
		return nil
	}
	ctx = context.WithoutCancel(ctx)
	n, err := b.packing.add(ctx, b.waiting[b.packed:])
	if b.packed += n; err != nil {
		return err
	}
	b.loose = 0
	if err := b.packing.put(ctx, b.waiting); err != nil {
		return err
	}
	b.packing, b.waiting, b.packed, b.written = newPacking(b.Store), nil, 0, time.Now()
	return nil
}

// putAll archives items now.
func (s *Store) putAll(ctx context.Context, items ...item) error {
	p := newPacking(s)
	if _, err := p.add(ctx, items); err != nil {
		return err
	}
	return p.put(ctx, items)
}

// put archives items that are packed, in one transaction.
func (p *packing) put(ctx context.Context, items []item) error {
	err := p.store.update(ctx, func(tx *sql.Tx) error {
		w := newWriter(p.store, tx)
		if err := p.insert(ctx, w); err != nil {
			return err
		}
		for _, i := range items {
			if err := i.write(ctx, w); err != nil {
				return err
			}
		}
		return w.close()
	})
	if err == nil {
		p.done()
	}
	return err
}

// A writer is a transaction that prepares each statement once.
type writer struct {
	store   *Store
	tx      *sql.Tx
	now     time.Time // when the archive gets what is written
	ready   map[string]*sql.Stmt
	failing map[vigie.DocumentID]bool // pages, with those that have come meanwhile; nil: to be asked
}

func newWriter(s *Store, tx *sql.Tx) *writer {
	return &writer{store: s, tx: tx, now: micros(s.now()), ready: map[string]*sql.Stmt{}}
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
