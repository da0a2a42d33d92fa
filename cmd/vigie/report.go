package main

import (
	"context"
	"crypto/sha256"
	"encoding/hex"
	"fmt"
	"path/filepath"
	"slices"
	"time"

	"vigie"
	"vigie/reports"
	"vigie/transform"
	"vigie/transform/gazetteer"
)

// report merges what is known into records and publishes them, laid out, as the region's
// next edition; or looks back.
func (n *night) report(ctx context.Context) error {
	region, err := n.region()
	if err != nil {
		return err
	}
	shelf := reports.Shelf{Out: n.cfg.Out, Region: region}
	editions, err := n.mend(ctx, shelf)
	if err != nil {
		return err
	}
	if n.back != (momentFlags{}) {
		return n.tellPast(ctx, region, editions)
	}
	m, err := n.tonight(ctx, editions)
	if err != nil {
		return err
	}
	t, err := n.gather(ctx, region, m)
	if err != nil {
		return err
	}
	t.count()
	return t.publish(ctx, shelf, editions)
}

// count takes down what the night's summary says of the report.
func (t *telling) count() {
	sum, d := &t.tally, t.data
	sum.pages, sum.known, sum.territories, sum.region = d.Documents, d.Facts, d.Announced(), d.Region.Name
}

// tellPast writes a report about the past. It is no edition: nothing is compared with it.
func (n *night) tellPast(ctx context.Context, region vigie.Entity, editions []vigie.Edition) error {
	m, err := n.lookBack(n.back, editions)
	if err != nil {
		return err
	}
	kept := reports.Shelf{Out: n.backTo, Region: region}
	if n.backTo != "" && slices.ContainsFunc(editions, func(e vigie.Edition) bool { return kept.Holds(string(e.Day), e.ID) }) {
		return misusef("--out %s holds the reports of %s: choose another folder for one about the past", n.backTo, region.Name)
	}
	t, err := n.gather(ctx, region, m)
	if err != nil {
		return err
	}
	switch base := published(editions, m.known); {
	case m.again():
		err = t.as(ctx, *m.edition)
	case m.day != dayOf(m.known) || base == nil: // what a day's distance changes is no night's doing
		t.data.Past = nil
	default:
		err = t.since(ctx, base.ID)
	}
	if err != nil {
		return err
	}
	out := n.backTo
	if out == "" {
		out = filepath.Join(n.cfg.Out, pastFolder(m, n.back))
	}
	t.count()
	t.tally.files, err = reports.Write(ctx, out, t.data)
	return err
}

// published is the newest edition that was published by an instant; nil: none.
func published(editions []vigie.Edition, known time.Time) *vigie.Edition {
	for _, e := range editions { // the newest first
		if e.State == vigie.EditionPublished && !e.Known.After(known) {
			return &e
		}
	}
	return nil
}

// official are the entries of the lists that belong to a region: those that it leads, and
// those that were announced in it.
func official(p *transform.Pipeline, region string) []vigie.Entity {
	var all []vigie.Entity
	for _, pr := range p.Programmes {
		for _, e := range p.Gazetteer.Territories(pr.Code, "") {
			if r := e.Regions(); len(r) > 0 && r[0] == region || p.Gazetteer.AnnouncedIn(e.Ref, region) {
				all = append(all, e)
			}
		}
	}
	return all
}

func tables(g *gazetteer.Gazetteer) []reports.OfficialTable {
	var all []reports.OfficialTable
	for _, t := range g.Tables() {
		all = append(all, reports.OfficialTable{Name: t.Name, Source: t.Source, Licence: t.Licence, Date: t.Date, Vintage: t.Vintage})
	}
	return all
}

// listsDigest tells one state of the official tables from another.
func listsDigest(g *gazetteer.Gazetteer) string {
	sum := sha256.New()
	for _, t := range g.Tables() {
		fmt.Fprintln(sum, t.Name, t.Source, t.Date, t.Vintage, t.Rows)
	}
	return hex.EncodeToString(sum.Sum(nil)[:8])
}
