package store

import (
	"context"
	"database/sql"
	"errors"
	"fmt"
	"strings"
	"sync"
	"sync/atomic"
	"time"

	"github.com/klauspost/compress/zstd"

	"vigie"
)

// A basis is a page of a source against which other pages of it are packed, since most of
// a page is the site around and the same on all: a quarter of the bytes and a third of the
// time of packing each alone. To zstd it is a dictionary of raw content.
//
// Much hangs on a basis, so it is in the archive twice: in its table, and as the body that
// it is of its own document, packed alone. Either one will do.
type basis struct {
	digest string
	body   []byte
	pack   *zstd.Encoder
	plain  *zstd.Decoder

	misfits atomic.Int32 // bodies in a row that had little in common with it
}

const (
	leastPacked = 2 << 10 // a smaller body has no site around it
	mostBasis   = 1 << 20
	fit         = 4  // times smaller than it was is what a body that fits becomes, and more
	maxMisfits  = 16 // then the site has changed its looks: another page is taken
	maxBases    = 16 // remembered at a time
)

func newBasis(digest string, body []byte) (*basis, error) {
	b := &basis{digest: digest, body: body}
	var err error
	// No checksum of zstd's: what is unpacked is checked against its digest.
	if b.pack, err = newEncoder(zstd.WithEncoderDictRaw(0, body), zstd.WithEncoderCRC(false)); err != nil {
		return nil, err
	}
	b.plain, err = newDecoder(zstd.WithDecoderDictRaw(0, body))
	return b, err
}

func newEncoder(with ...zstd.EOption) (*zstd.Encoder, error) {
	return zstd.NewWriter(nil, append(with, zstd.WithEncoderConcurrency(1), zstd.WithEncoderLevel(zstd.SpeedFastest))...)
}

func newDecoder(with ...zstd.DOption) (*zstd.Decoder, error) {
	return zstd.NewReader(nil, append(with, zstd.WithDecoderConcurrency(1), zstd.WithDecoderMaxMemory(maxBody))...)
}

// bases are those that were used of late.
type bases struct {
	mu       sync.Mutex
	byDigest map[string]*basis
	bySource map[string]*basis // nil: the source has none
}

func (b *bases) ofSource(source string) (found *basis, known bool) {
	b.mu.Lock()
	defer b.mu.Unlock()
	found, known = b.bySource[source]
	return found, known
}

func (b *bases) withDigest(digest string) *basis {
	b.mu.Lock()
	defer b.mu.Unlock()
	return b.byDigest[digest]
}

// keep remembers a basis, and of which source it is the newest; nil where it has none.
func (b *bases) keep(source string, one *basis) {
	b.mu.Lock()
	defer b.mu.Unlock()
	if b.byDigest == nil || len(b.byDigest) >= maxBases || len(b.bySource) >= maxBases {
		b.byDigest, b.bySource = map[string]*basis{}, map[string]*basis{}
	}
	if source != "" {
		b.bySource[source] = one
	}
	if one != nil {
		b.byDigest[one.digest] = one
	}
}

// A packing packs the bodies of one transaction, before it begins: it is to be short. A
// basis that it makes is nobody else's until the transaction is done. It is for one
// goroutine at a time.
type packing struct {
	store *Store
	has   map[string]bool   // digests of bodies
	made  map[string]*basis // by source
	when  map[string]time.Time
	room  []byte // in which bodies are packed, one after the other
}

func newPacking(s *Store) *packing {
	return &packing{store: s, has: map[string]bool{}, made: map[string]*basis{}, when: map[string]time.Time{}}
}

// A packed is a body as the archive keeps it.
type packed struct {
	size  int
	zstd  []byte // nil: the archive has it
	basis any    // its digest; nil: none
}

// add packs items, and returns how many it came to pack.
func (p *packing) add(ctx context.Context, items []item) (n int, err error) {
	for n, i := range items {
		if err := i.pack(ctx, p); err != nil {
			return n, err
		}
	}
	return len(items), nil
}

// pack packs a page's body. The archive may have it: to ask would cost each page a quarter
// of its packing, to spare it a few.
func (f *fetched) pack(ctx context.Context, p *packing) (err error) {
	if d := f.capture.Digest; !p.has[d] {
		if f.packed, err = p.page(ctx, f); err != nil {
			return err
		}
		p.has[d] = true
	}
	f.body = nil
	return nil
}

func (p *packing) page(ctx context.Context, f *fetched) (packed, error) {
	whole := func() packed { return packed{size: len(f.body), zstd: p.encode(p.store.pack, f.body)} }
	if len(f.body) < leastPacked || !strings.Contains(f.capture.MediaType, "html") {
		return whole(), nil
	}
	b, err := p.basisOf(ctx, f.doc.Source)
	if err != nil {
		return packed{}, err
	}
	if b != nil && b.misfits.Load() < maxMisfits {
		out := packed{len(f.body), p.encode(b.pack, f.body), b.digest}
		if b.misfits.Add(1); len(out.zstd)*fit < len(f.body) {
			b.misfits.Store(0)
		}
		return out, nil
	}
	if f.capture.Status != 200 || f.capture.Fault != "" || len(f.body) > mostBasis {
		return whole(), nil
	}
	if known, err := which(ctx, p.store, `SELECT digest FROM bodies WHERE digest`, []string{f.capture.Digest}); err != nil || len(known) > 0 {
		return whole(), err // it may lie there packed against another
	}
	b, err = newBasis(f.capture.Digest, f.body)
	p.made[f.doc.Source], p.when[f.doc.Source] = b, f.capture.Time
	return whole(), err
}

// encode packs a body into no more room than it takes: the encoder by itself would take as
// much as the body has.
func (p *packing) encode(e *zstd.Encoder, body []byte) []byte {
	p.room = e.EncodeAll(body, p.room[:0])
	return append([]byte{}, p.room...) // an empty one has no bytes, and is there
}

// basisOf returns the newest basis of a source; nil where it has none.
func (p *packing) basisOf(ctx context.Context, source string) (*basis, error) {
	if b, ok := p.made[source]; ok {
		return b, nil
	}
	if b, known := p.store.bases.ofSource(source); known {
		return b, nil
	}
	var digest string
	err := p.store.read.QueryRowContext(ctx, `SELECT digest FROM bases WHERE source = $1 ORDER BY made DESC, digest LIMIT 1`, clean(source)).Scan(&digest)
	if errors.Is(err, sql.ErrNoRows) {
		p.store.bases.keep(source, nil)
		return nil, nil
	}
	if err != nil {
		return nil, err
	}
	b, err := p.store.basis(ctx, digest)
	if errors.Is(err, errDamaged) { // another page will be one
		p.store.damaged(err)
	} else if err != nil {
		return nil, err
	}
	p.store.bases.keep(source, b)
	return b, nil
}

// insert writes the bases that were made.
func (p *packing) insert(ctx context.Context, w *writer) error {
	for source, b := range p.made {
		_, err := w.exec(ctx, `INSERT INTO bases (digest, source, made, zstd) VALUES ($1, $2, $3, $4) ON CONFLICT DO NOTHING`,
			b.digest, clean(source), at(p.when[source]), p.store.pack.EncodeAll(b.body, []byte{}))
		if err != nil {
			return err
		}
	}
	return nil
}

// done gives the bases that were made to all.
func (p *packing) done() {
	for source, b := range p.made {
		p.store.bases.keep(source, b)
	}
}

// basis returns the one with that digest.
func (s *Store) basis(ctx context.Context, digest string) (*basis, error) {
	if b := s.bases.withDigest(digest); b != nil {
		return b, nil
	}
	var damage error
	for _, query := range []string{`SELECT zstd FROM bases WHERE digest = $1`, `SELECT zstd FROM bodies WHERE digest = $1 AND basis IS NULL`} {
		var zstd []byte
		err := s.read.QueryRowContext(ctx, query, digest).Scan(&zstd)
		if err == nil {
			zstd, err = unpack(s.plain, zstd, digest)
		}
		if err == nil {
			b, err := newBasis(digest, zstd)
			if err == nil {
				s.bases.keep("", b)
			}
			return b, err
		}
		if errors.Is(err, sql.ErrNoRows) {
			err = fmt.Errorf("%w: it is not there", errDamaged)
		}
		if !errors.Is(err, errDamaged) {
			return nil, err
		}
		damage = errors.Join(damage, err)
	}
	return nil, fmt.Errorf("basis %s: %w", digest, damage)
}

// unpack returns a body and checks it.
func unpack(d *zstd.Decoder, packed []byte, digest string) ([]byte, error) {
	body, err := d.DecodeAll(packed, []byte{})
	if err != nil {
		return nil, fmt.Errorf("%w: %w", errDamaged, err)
	}
	if got := vigie.Digest(body); got != digest {
		return nil, fmt.Errorf("%w: its digest is now %s", errDamaged, got)
	}
	return body, nil
}
