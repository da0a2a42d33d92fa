package main

import (
	"bytes"
	"context"
	"encoding/json"
	"fmt"
	"io"
	"net/http"
	"os"
	"path/filepath"
	"slices"
	"strconv"
	"strings"
	"time"
)

// Public addresses of lists, as their publishers name them.
const (
	publicLists  = "https://www.data.gouv.fr/api/1/datasets/r/" // and a resource's id
	publicPlaces = "https://geo.api.gouv.fr"
)

// resources are the ids of the ANCT's lists.
var resources = map[string]string{
	"action-coeur-de-ville":    "8b6f422b-cbdf-459a-9a16-d6be4b92d91a",
	"cites-educatives":         "37b9f49b-79aa-4093-afa3-3cbd68f72867",
	"petites-villes-de-demain": "1fa831ec-d912-4277-8b95-a8b998bf951e",
	"villages-d-avenir":        "fbef04bb-3df9-4d6d-a23f-0a0034f6a3f8",
}

// maxBody bounds an answer: the largest list, all communes, has some 6 MB.
const maxBody = 64 << 20

// online refreshes today's communes and the labels of communes. All other tables need
// history or phases that no public address gives in one piece; they are kept.
type online struct {
	client        *http.Client
	lists, places string // addresses
	dir           string
	out           io.Writer
	today         time.Time
}

func (o *online) refresh(ctx context.Context) error {
	tables, err := readCatalogue(o.dir)
	if err != nil {
		return err
	}
	for _, t := range tables {
		var note string
		switch t.file {
		case "communes.tsv":
			note, err = o.communes(ctx, t)
		case "labels.tsv":
			note, err = o.labels(ctx, t)
		default:
			fmt.Fprintf(o.out, "%s: kept: no public address gives it whole\n", t.file)
			continue
		}
		if err != nil {
			fmt.Fprintf(o.out, "%s: kept: %v\n", t.file, err)
			continue
		}
		t.date = o.today.Format(time.DateOnly)
		t.sort()
		if err := os.WriteFile(filepath.Join(o.dir, t.file), t.bytes(), 0o644); err != nil {
			return err
		}
		fmt.Fprintf(o.out, "%s: refreshed: %d rows%s\n", t.file, len(t.rows), note)
	}
	return os.WriteFile(filepath.Join(o.dir, "tables.csv"), catalogue(tables), 0o644)
}

// readCatalogue reads the tables as they stand.
func readCatalogue(dir string) ([]*table, error) {
	b, err := os.ReadFile(filepath.Join(dir, "tables.csv"))
	if err != nil {
		return nil, err
	}
	lines, err := readCSV(bytes.NewReader(b), ',', catalogueColumns)
	if err != nil {
		return nil, fmt.Errorf("read tables.csv: %w", err)
	}
	var tables []*table
	for _, r := range lines {
		t := &table{file: r.get("file"), name: r.get("name"), source: r.get("source"), licence: r.get("licence"), date: r.get("date"), vintage: r.get("vintage")}
		body, err := os.ReadFile(filepath.Join(dir, filepath.Base(t.file)))
		if err != nil {
			return nil, err
		}
		rows := strings.Split(strings.TrimSuffix(string(body), "\n"), "\n")
		t.columns = strings.Split(rows[0], "\t")
		for _, row := range rows[1:] {
			t.add(strings.Split(row, "\t")...)
		}
		tables = append(tables, t)
	}
	return tables, nil
}

// A place is a commune as the API des découpages administratifs writes it.
type place struct {
	Code, Nom, CodeDepartement, CodeEPCI string
	Population                           int
}

// communes brings today's communes up to date. One that the answer lacks has ended.
func (o *online) communes(ctx context.Context, t *table) (string, error) {
	body, err := o.get(ctx, o.places+"/communes?fields=code,nom,codeDepartement,codeEpci,population&format=json")
	if err != nil {
		return "", err
	}
	var places []place
	if err := json.Unmarshal(body, &places); err != nil {
		return "", err
	}
	before := 0
	now := make(map[string]place)
	for _, p := range places {
		if p.Code == "" || p.Nom == "" || p.CodeDepartement == "" {
			return "", fmt.Errorf("answer of another shape: commune %+v", p)
		}
		now[p.Code] = p
	}
	for _, r := range t.rows {
		if r[2] == "" {
			before++
		}
	}
	if len(places)*100 < before*95 {
		return "", fmt.Errorf("answer has %d communes, the table %d", len(places), before)
	}
	gone := 0
	for _, r := range t.rows {
		p, ok := now[r[0]]
		delete(now, r[0])
		switch {
		case ok:
			copy(r[1:], []string{p.Nom, "", p.CodeDepartement, p.CodeEPCI, strconv.Itoa(p.Population), "", ""})
		case r[2] == "": // since when is not in the answer: the yearly lists change on 1 January
			r[2], r[7] = ended, lastDay(strconv.Itoa(o.today.Year()))
			gone++
		}
	}
	for _, p := range now {
		t.add(p.Code, p.Nom, "", p.CodeDepartement, p.CodeEPCI, strconv.Itoa(p.Population), "", "")
	}
	return fmt.Sprintf(", %d new, %d ended", len(now), gone), nil
}

// labels replaces each programme's rows by its list; the others stay where one fails.
func (o *online) labels(ctx context.Context, t *table) (string, error) {
	var notes []string
	done := 0
	for _, l := range labelLists {
		fresh, err := o.list(ctx, l.programme)
		if err != nil {
			notes = append(notes, fmt.Sprintf("; %s kept: %v", l.programme, err))
			continue
		}
		t.rows = slices.DeleteFunc(t.rows, func(r []string) bool { return r[0] == l.programme })
		t.rows = append(t.rows, fresh...)
		done++
	}
	if done == 0 {
		return "", fmt.Errorf("no list could be read%s", strings.Join(notes, ""))
	}
	return strings.Join(notes, ""), nil
}

// list reads a programme's list: a CSV with the columns insee_com, id_x, lib_x and at
// times date_signature, x being the programme's own abbreviation.
func (o *online) list(ctx context.Context, programme string) ([][]string, error) {
	body, err := o.get(ctx, o.lists+resources[programme])
	if err != nil {
		return nil, err
	}
	comma := ','
	if head, _, _ := bytes.Cut(body, []byte("\n")); bytes.Count(head, []byte(";")) > bytes.Count(head, []byte(",")) {
		comma = ';'
	}
	lines, err := readCSV(bytes.NewReader(body), comma, []string{"insee_com"})
	if err != nil {
		return nil, err
	}
	id, label := "", ""
	for c := range lines[0].columns {
		if x, ok := strings.CutPrefix(c, "id_"); ok {
			if _, ok := lines[0].columns["lib_"+x]; ok {
				id, label = c, "lib_"+x
			}
		}
	}
	if id == "" {
		return nil, fmt.Errorf("list of another shape: no id_x with its lib_x among %v", lines[0].columns)
	}
	var fresh [][]string
	for _, r := range lines {
		date := ""
		if _, ok := r.columns["date_signature"]; ok {
			date = r.get("date_signature")
		}
		fresh = append(fresh, []string{programme, r.get(id), r.get(label), r.get("insee_com"), "", date})
	}
	return fresh, nil
}

func (o *online) get(ctx context.Context, url string) ([]byte, error) {
	req, err := http.NewRequestWithContext(ctx, http.MethodGet, url, nil)
	if err != nil {
		return nil, err
	}
	resp, err := o.client.Do(req)
	if err != nil {
		return nil, err
	}
	defer resp.Body.Close()
	if resp.StatusCode != http.StatusOK {
		return nil, fmt.Errorf("get %s: %s", url, resp.Status)
	}
	body, err := io.ReadAll(io.LimitReader(resp.Body, maxBody+1))
	if err == nil && len(body) > maxBody {
		err = fmt.Errorf("get %s: more than %d bytes", url, maxBody)
	}
	return body, err
}
