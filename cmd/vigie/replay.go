package main

import (
	"cmp"
	"context"
	"fmt"
	"slices"
	"time"

	"golang.org/x/sync/errgroup"

	"vigie"
	"vigie/transform/resolve"
)

type replayFlags struct {
	All  bool `help:"Read again what has been read, by the rules of today."`
	Diff bool `help:"Only show which facts that would gain, lose or move; nothing is taken over."`
}

// compare reads documents and shows how their facts would change. It changes nothing, so
// it takes no lock and leaves no mark in the journal.
func (s *session) compare(p plan) error {
	n, err := s.prepare(job{name: "transform"}, p)
	if err != nil {
		return err
	}
	st, err := s.open(n.cfg.DB)
	if err != nil {
		return fmt.Errorf("open the database: %w", err)
	}
	defer st.Close()
	n.store = st
	ctx := s.ctx
	if p.Deadline > 0 {
		var cancel context.CancelFunc
		ctx, cancel = context.WithTimeout(ctx, p.Deadline)
		defer cancel()
	}
	differing, err := n.differing(ctx)
	if err != nil {
		return fmt.Errorf("compare: %w", err)
	}
	n.show(differing)
	if len(n.troubles) > 0 {
		return errPartly
	}
	return nil
}

// A difference is what a new reading would change in what is known of one document.
type difference struct {
	unit
	changes []resolve.Change
	lost    bool // the page cannot be read any more; what is known stays known
}

// differing reads what is to be read and returns the documents that change, by source
// and address.
func (n *night) differing(ctx context.Context) ([]difference, error) {
	p, err := n.rules()
	if err != nil {
		return nil, err
	}
	known := map[vigie.DocumentID][]vigie.Fact{}
	for f, err := range n.store.Facts(ctx, time.Time{}) {
		if err != nil {
			return nil, err
		}
		known[f.Document] = append(known[f.Document], f)
	}
	var differing []difference
	todo, done := make(chan unit), make(chan unit)
	all, ctx := errgroup.WithContext(ctx)
	all.Go(func() error {
		defer close(todo)
		return n.pending(ctx, todo)
	})
	all.Go(func() error {
		defer close(done)
		return n.readers(ctx, p, todo, done)
	})
	all.Go(func() error {
		for u := range done {
			n.tally.read++
			before := known[u.doc.ID]
			d := difference{unit: u, lost: u.reading.Error != "" && len(before) > 0}
			if u.reading.Error == "" {
				d.changes = resolve.Changes(before, u.reading.Facts)
			}
			if d.body = nil; d.lost || len(d.changes) > 0 {
				differing = append(differing, d)
			}
			n.s.progress("transform: %s compared", count(n.tally.read, "page", "pages"))
		}
		return nil
	})
	err = all.Wait()
	slices.SortFunc(differing, func(a, b difference) int {
		return cmp.Or(cmp.Compare(a.doc.Source, b.doc.Source), cmp.Compare(a.doc.URL, b.doc.URL))
	})
	return differing, err
}

// changeSigns stand before what a new reading changes.
var changeSigns = map[string]string{resolve.Gained: "+", resolve.Lost: "-", resolve.Reworded: "≠", resolve.Moved: "~"}

// show prints what changes, document by document, and how much in all.
func (n *night) show(differing []difference) {
	total := map[string]int{}
	for _, d := range differing {
		n.s.say("%s %s", d.doc.URL, shortened(d.reading.Citation.Title, 80))
		if d.lost {
			n.s.say("  ! cannot be read: %s; its facts stay", d.reading.Error)
		}
		for _, c := range d.changes {
			total[c.How]++
			n.s.say("  %s %s", changeSigns[c.How], changed(c))
		}
	}
	n.s.say("%s read again, %d with changes: %s gained, %d lost, %d reworded, %d moved; nothing was taken over",
		count(n.tally.read, "page", "pages"), len(differing), count(total[resolve.Gained], "fact", "facts"),
		total[resolve.Lost], total[resolve.Reworded], total[resolve.Moved])
	slices.Sort(n.troubles)
	for _, t := range n.troubles {
		n.s.say("  - %s", t)
	}
}

// changed tells one change with its quotes.
func changed(c resolve.Change) string {
	const most = 160
	now := c.After
	if c.How == resolve.Lost {
		now = c.Before
	}
	line := fmt.Sprintf("%-7s %s · %s", now.Detail.Kind(), said(now.Detail), now.Scope)
	switch c.How {
	case resolve.Reworded:
		return line + " (was " + said(c.Before.Detail) + ")" + cited(now, most)
	case resolve.Moved:
		return line + cited(c.Before, most) + cited(now, most)
	}
	return line + cited(now, most)
}

// cited is a fact's quote on a line of its own, with its place.
func cited(f vigie.Fact, most int) string {
	return fmt.Sprintf("\n      %d-%d « %s »", f.Start, f.End, shortened(f.Quote, most))
}
