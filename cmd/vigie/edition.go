package main

import (
	"context"
	"errors"
	"fmt"
	"io"
	"path/filepath"
	"slices"
	"strings"
	"time"

	"vigie"
	"vigie/reports"
	"vigie/store"
	"vigie/transform"
)

type acceptFlags struct {
	AcceptBecause string `name:"accept-because" help:"Publish a report, this once, that is emptier than the last good one: why." placeholder:"TEXT"`
	By            string `help:"Who says so." placeholder:"NAME"`
}

func (f acceptFlags) check() error {
	if (strings.TrimSpace(f.AcceptBecause) == "") != (strings.TrimSpace(f.By) == "") {
		return misusef("--accept-because and --by go together: who lets the report pass, and why, is printed in it")
	}
	return nil
}

// mend puts right what a killed run left, and returns the region's editions, the newest
// first. An edition whose files did not get to its day's folder never was.
func (n *night) mend(ctx context.Context, shelf reports.Shelf) ([]vigie.Edition, error) {
	if err := shelf.Mend(); err != nil {
		return nil, fmt.Errorf("clear away what an interrupted report left: %w", err)
	}
	editions, err := n.store.Editions(ctx, shelf.Region.ID, time.Time{})
	if err != nil {
		return nil, err
	}
	for i, e := range editions {
		if e.State != vigie.EditionPrepared {
			continue
		}
		editions[i].State = vigie.EditionDropped
		switch {
		case shelf.Holds(string(e.Day), e.ID):
			editions[i].State = vigie.EditionPublished
			if i == 0 { // those in place may be of two editions, and the next report be refused
				if err := shelf.Finish(e, func(digest string) (bool, error) { return n.store.Delivered(ctx, digest) }); err != nil {
					return nil, fmt.Errorf("finish the delivery of %s: %w", e.ID, err)
				}
			}
		case shelf.Holds(reports.RefusedFolder(e.Day), e.ID):
			editions[i].State = vigie.EditionRefused
		}
		if err := n.store.SettleEdition(ctx, e.ID, editions[i].State); err != nil {
			return nil, err
		}
	}
	return editions, nil
}

// next is the edition that the telling is about to become.
func (t *telling) next() vigie.Edition {
	region := t.data.Region.ID
	return vigie.Edition{
		ID: region + "-" + t.known.Format("20060102T150405.000000Z"), Region: region, Day: t.day, Known: t.known,
		State: vigie.EditionPrepared, Run: t.run.ID, Version: version, Rules: transform.Version, Lists: listsDigest(t.pipeline.Gazetteer),
		Sources: t.run.Sources, Cut: t.cut, Full: t.full, Reserved: t.data.Reserved,
	}
}

// as gives the data the identity of an edition, and compares them with what it was compared with.
func (t *telling) as(ctx context.Context, e vigie.Edition) error {
	d := t.data
	d.Edition, d.Known, d.Accepted, d.Overruled, d.Aside = e.ID, e.Known.In(paris()), e.Accepted, nil, e.Aside
	if e.Accepted != (vigie.Acceptance{}) {
		d.Overruled = e.Reasons
	}
	return t.since(ctx, e.Baseline)
}

// since compares the data with an edition; with none it is the first.
func (t *telling) since(ctx context.Context, baseline string) (err error) {
	t.data.Past, t.data.First = nil, baseline == ""
	if baseline != "" {
		if t.data.Past, err = t.baseline(ctx, baseline); err != nil {
			return err
		}
	}
	t.data.Changes = reports.Compare(t.data, t.data.Past)
	return nil
}

// baseline loads an edition, and what of today's journal its readers did not know.
func (t *telling) baseline(ctx context.Context, id string) (*reports.Past, error) {
	e, err := t.store.Edition(ctx, id)
	if err != nil {
		return nil, err
	}
	p := &reports.Past{Edition: e, Readings: map[vigie.DocumentID]reports.Reading{}}
	if p.Content, err = editionContent(ctx, t.store, id); err != nil {
		return nil, err
	}
	for r, err := range t.store.Readings(ctx, e.Known) {
		if err != nil {
			return nil, fmt.Errorf("read the readings: %w", err)
		}
		p.Readings[r.Document] = reports.Reading{Source: r.Source, Digest: r.Digest, Rules: r.Version}
	}
	journal, err := decisions(ctx, t.store, t.known)
	if err != nil {
		return nil, err
	}
	for _, d := range journal {
		if d.At.After(e.Known) {
			p.Decisions = append(p.Decisions, d)
		}
	}
	p.Journal = journal
	p.Forgotten, err = t.store.Forgotten(ctx, e.Known, t.known)
	return p, err
}

// editionContent is what an edition delivered.
func editionContent(ctx context.Context, st *store.Store, id string) (reports.Content, error) {
	in, err := st.EditionContent(ctx, id)
	if err != nil {
		return reports.Content{}, err
	}
	defer in.Close()
	return reports.ReadContent(in)
}

// publish makes the next edition and puts its files in their places, unless the gate
// refuses it. A report of the same day that says nothing else is the same edition.
func (t *telling) publish(ctx context.Context, shelf reports.Shelf, editions []vigie.Edition) error {
	e := t.next()
	last, err := t.last(ctx, editions)
	if err != nil {
		return err
	}
	if e.Aside, err = t.setAside(ctx, shelf); err != nil {
		return err
	}
	if last != nil {
		e.Baseline = last.ID
	}
	if last != nil && last.Day == e.Day {
		same, facts, err := t.tells(ctx, *last, e)
		if err != nil {
			return err
		}
		if same {
			return t.deliver(ctx, shelf, *last, true)
		}
		if facts {
			e.Baseline = last.Baseline
		}
	}
	if err := t.as(ctx, e); err != nil {
		return err
	}
	if t.objections, err = t.refusal(ctx, last); err != nil {
		return err
	}
	e.Reasons, e.Checks = objected(t.objections)
	if len(e.Reasons) > 0 && t.accept.AcceptBecause != "" {
		e.Accepted = vigie.Acceptance{Why: t.accept.AcceptBecause, By: t.accept.By}
		if err := t.as(ctx, e); err != nil {
			return err
		}
	}
	return t.deliver(ctx, shelf, e, false)
}

// last returns the edition published last that can be read, with one that can for a baseline:
// to be compared with a damaged one, no other could be made.
func (t *telling) last(ctx context.Context, editions []vigie.Edition) (*vigie.Edition, error) {
	for {
		last := published(editions, t.known)
		if last == nil {
			return nil, nil
		}
		legible, err := t.legible(ctx, last.ID)
		if err != nil {
			return nil, err
		}
		if !legible {
			editions = slices.DeleteFunc(slices.Clone(editions), func(e vigie.Edition) bool { return e.ID == last.ID })
			continue
		}
		sound := *last
		if legible, err = t.legible(ctx, last.Baseline); !legible {
			sound.Baseline = ""
		}
		return &sound, err
	}
}

func (t *telling) legible(ctx context.Context, id string) (bool, error) {
	_, err := t.store.Edition(ctx, id)
	if err == nil {
		var in io.ReadCloser
		if in, err = t.store.EditionContent(ctx, id); err == nil {
			err = in.Close()
		}
	}
	if errors.Is(err, vigie.ErrNotFound) {
		return false, nil
	}
	return err == nil, err
}

// tells reports whether the data are those of an edition of the same day, and whether at
// least its facts are. It leaves the data with the identity of that edition.
func (t *telling) tells(ctx context.Context, last, e vigie.Edition) (same, facts bool, err error) {
	then, err := editionContent(ctx, t.store, last.ID)
	if err != nil {
		return false, false, err
	}
	if err := t.as(ctx, last); err != nil {
		return false, false, err
	}
	t.data.Aside = e.Aside
	now := reports.Delivers(reports.Tables(t.data))
	madeAlike := last.Version == e.Version && last.Rules == e.Rules && last.Lists == e.Lists
	return madeAlike && now.Equal(then), now.SameFacts(then), nil
}

// objected are the words of objections, and which checks they are of.
func objected(objections []reports.Objection) (words, checks []string) {
	for _, o := range objections {
		words = append(words, o.Words)
		if !slices.Contains(checks, o.Check) {
			checks = append(checks, o.Check)
		}
	}
	return words, checks
}

// refusal tells why the report is not to be published.
func (t *telling) refusal(ctx context.Context, last *vigie.Edition) ([]reports.Objection, error) {
	content := reports.Delivers(reports.Tables(t.data))
	if last == nil {
		return reports.Gate(t.data, content, nil, nil), nil
	}
	past, changes := t.data.Past, t.data.Changes
	if past == nil || past.Edition.ID != last.ID {
		var err error
		if past, err = t.baseline(ctx, last.ID); err != nil {
			return nil, err
		}
		changes = reports.Compare(t.data, past)
	}
	return reports.Gate(t.data, content, past, changes), nil
}

// deliver writes the files, keeps the edition and moves them to their places: the store
// knows of files before they can be seen, and of an edition only once they are there.
func (t *telling) deliver(ctx context.Context, shelf reports.Shelf, e vigie.Edition, again bool) (err error) {
	stage, err := shelf.Stage(ctx, t.data)
	if err != nil {
		return err
	}
	defer func() { err = errors.Join(err, stage.Discard()) }()
	e.Files = stage.Files
	if !again {
		content, err := reports.Delivers(reports.Tables(t.data)).JSON()
		if err != nil {
			return err
		}
		if err := t.store.PutEdition(ctx, e, content); err != nil {
			return err
		}
	}
	if len(e.Reasons) > 0 && e.Accepted == (vigie.Acceptance{}) {
		return t.refuse(ctx, shelf, stage, e)
	}
	if err := stage.Keep(string(e.Day), e, nil); err != nil {
		return err
	}
	if err := t.replace(shelf, stage, e); err != nil || again {
		return err
	}
	return t.store.SettleEdition(ctx, e.ID, vigie.EditionPublished)
}

// replace puts the files in the place of the last report's.
func (t *telling) replace(shelf reports.Shelf, stage *reports.Stage, e vigie.Edition) error {
	beside, err := stage.Replace(e.Day)
	if err != nil {
		return err
	}
	for _, f := range stage.Files {
		t.tally.files = append(t.tally.files, filepath.Join(shelf.Out, filepath.FromSlash(f.Name)))
	}
	if beside != "" {
		t.tally.files[0] = filepath.Join(shelf.Out, beside)
		t.trouble("%s cannot be replaced, it is open elsewhere: the new workbook is %s", filepath.Join(shelf.Out, stage.Files[0].Name), beside)
	}
	return nil
}

// refuse keeps the report beside the last good one, with the reasons.
func (t *telling) refuse(ctx context.Context, shelf reports.Shelf, stage *reports.Stage, e vigie.Edition) error {
	folder := reports.RefusedFolder(e.Day)
	if err := stage.Keep(folder, e, shelf.Reasons(e, t.objections)); err != nil {
		return err
	}
	t.trouble("the report of %s is emptier than the last good one and was not published: %s says why and what to do; the last good one stays",
		t.data.Region.Name, filepath.Join(shelf.Out, folder, shelf.ReasonsFile()))
	return t.store.SettleEdition(ctx, e.ID, vigie.EditionRefused)
}
