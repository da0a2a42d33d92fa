package scrapers

import (
	"context"
	"errors"
	"slices"
	"sync"

	"vigie"
)

// A memory is an archive for tests.
type memory struct {
	mu   sync.Mutex
	docs map[vigie.DocumentID]vigie.Document
	full bool // it cannot write
}

func (m *memory) Latest(_ context.Context, id vigie.DocumentID) (vigie.Capture, error) {
	m.mu.Lock()
	defer m.mu.Unlock()
	for _, c := range slices.Backward(m.docs[id].Captures) {
		if c.Status < 400 {
			return c, nil
		}
	}
	return vigie.Capture{}, vigie.ErrNotFound
}

func (m *memory) Put(_ context.Context, d vigie.Document, c vigie.Capture, body []byte) error {
	m.mu.Lock()
	defer m.mu.Unlock()
	if m.full {
		return errors.New("no space left on device")
	}
	c.Digest = vigie.Digest(body)
	d.Captures = slices.Clone(m.docs[d.ID].Captures)
	if n := len(d.Captures); n == 0 || d.Captures[n-1].Digest != c.Digest {
		d.Captures = append(d.Captures, c)
	} else {
		d.Captures[n-1].Fault = c.Fault // as the store has it: the last judgement holds
	}
	if m.docs == nil {
		m.docs = map[vigie.DocumentID]vigie.Document{}
	}
	m.docs[d.ID] = d
	return nil
}

func (m *memory) captures() (n int) {
	for _, d := range m.docs {
		n += len(d.Captures)
	}
	return n
}
