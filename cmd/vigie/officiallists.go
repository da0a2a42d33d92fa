package main

import (
	"context"
	"fmt"
	"path"
	"slices"
	"strings"

	"vigie"
	"vigie/scrapers"
)

// newerLists tells where an official list, as it was last published, differs from the one
// that vigie carries.
func (t *telling) newerLists(ctx context.Context) ([]string, error) {
	var told []string
	for _, id := range sorted(t.speakers) {
		s := t.speakers[id]
		if s.List == "" {
			continue
		}
		doc, err := t.newestFile(ctx, s.ID)
		if err != nil {
			return nil, err
		}
		if doc.ID == "" {
			continue
		}
		words, err := t.compareList(ctx, s, doc)
		if err != nil {
			return nil, err
		}
		told = append(told, words...)
	}
	return told, nil
}

// newestFile is the newest of a source's files: the addresses of lists are dated.
func (t *telling) newestFile(ctx context.Context, source string) (newest vigie.Document, err error) {
	for doc, err := range t.store.DocumentsKnown(ctx, source, t.known) {
		if err != nil {
			return vigie.Document{}, fmt.Errorf("read the documents of %s: %w", source, err)
		}
		if doc.URL > newest.URL {
			newest = doc
		}
	}
	return newest, nil
}

func (t *telling) compareList(ctx context.Context, s vigie.Source, doc vigie.Document) ([]string, error) {
	last, ok := lastData(doc)
	if !ok {
		return nil, nil
	}
	body, err := t.store.Body(ctx, last.Digest)
	if err != nil {
		return nil, fmt.Errorf("read %s: %w", doc.URL, err)
	}
	p, err := t.rules()
	if err != nil {
		return nil, err
	}
	programme, phase, _ := strings.Cut(s.List, "@")
	name := fmt.Sprintf("%s, fichier %s", s.Publisher.Name, path.Base(doc.URL))
	differences, err := scrapers.CompareList(body, p.Gazetteer.Territories(programme, phase))
	if err != nil {
		return []string{fmt.Sprintf("%s : liste officielle illisible (%v) ; celle de vigie reste en usage.", name, err)}, nil
	}
	if len(differences) == 0 {
		return nil, nil
	}
	return []string{fmt.Sprintf("%s : la liste publiée diffère de celle de vigie : %s. Les identifiants ne changeront qu'avec une version de vigie.",
		name, strings.Join(differences, " ; "))}, nil
}

// lastData is the newest capture of a table.
func lastData(doc vigie.Document) (vigie.Capture, bool) {
	for _, c := range slices.Backward(doc.Captures) {
		if c.Fault == vigie.FaultData && c.Status < 300 {
			return c, true
		}
	}
	return vigie.Capture{}, false
}
