package scrapers

import (
	"context"
	"encoding/json"
	"fmt"
	"iter"
	"net/url"
	"strconv"
	"strings"

	"vigie"
	"vigie/scrapers/fetch"
)

// opendatasoft asks a portal that runs Opendatasoft's Explore API, version 2.1. URL is a
// dataset, as the API or the portal's own page names it. Without Item the dataset itself
// is the page: its whole table as CSV. With Item, a field, each record is a link to the
// address that the field holds; Search is a condition on records in the API's language.
type opendatasoft struct{}

const (
	exploreAPI      = "/api/explore/v2.1/catalog/datasets/"
	explorePerPage  = 100    // the API's limit
	exploreMaxRows  = 10_000 // the API's limit on offset and limit together
	maxExplorePages = 20     // on a night, where MaxPages does not say otherwise
)

type exploreDataset struct {
	Metas struct {
		Default struct {
			Title    string `json:"title"`
			Modified string `json:"modified"`
		} `json:"default"`
	} `json:"metas"`
	ID string `json:"dataset_id"`
}

type exploreRecords struct {
	Total   *int                         `json:"total_count"`
	Results []map[string]json.RawMessage `json:"results"`
}

func (opendatasoft) Discover(ctx context.Context, g Getter, d vigie.Discovery, w vigie.Window) iter.Seq2[vigie.Link, error] {
	return func(yield func(vigie.Link, error) bool) {
		base, err := exploreAddress(d.URL)
		switch {
		case err != nil:
			yield(vigie.Link{}, err)
		case d.Item == "":
			exploreTable(ctx, g, base, yield)
		default:
			exploreLinks(ctx, g, base, d, w, yield)
		}
	}
}

// exploreAddress is the dataset's address in the API.
func exploreAddress(address string) (*url.URL, error) {
	u, err := url.Parse(address)
	if err != nil {
		return nil, fmt.Errorf("opendatasoft %q: %w", address, err)
	}
	_, id, ok := strings.Cut(u.Path, exploreAPI)
	if !ok {
		_, id, ok = strings.Cut(u.Path, "/explore/dataset/")
	}
	id, _, _ = strings.Cut(id, "/")
	if !ok || id == "" {
		return nil, fmt.Errorf("opendatasoft %q: want the address of a dataset, …/explore/dataset/ID/ or …%sID", address, exploreAPI)
	}
	return &url.URL{Scheme: u.Scheme, Host: u.Host, Path: exploreAPI + id}, nil
}

// exploreTable yields the dataset's table; its date of change is the dataset's.
func exploreTable(ctx context.Context, g Getter, base *url.URL, yield func(vigie.Link, error) bool) {
	var set exploreDataset
	if err := getJSON(ctx, g, base.String(), &set); err != nil {
		yield(vigie.Link{}, err)
		return
	}
	if set.ID == "" {
		yield(vigie.Link{}, fmt.Errorf("opendatasoft %s: no dataset_id: %w", base, ErrChanged))
		return
	}
	csv := base.JoinPath("exports", "csv")
	csv.RawQuery = url.Values{"use_labels": {"false"}}.Encode()
	yield(vigie.Link{URL: csv.String(), Title: set.Metas.Default.Title, Modified: parseTime(set.Metas.Default.Modified)}, nil)
}

// exploreLinks yields the addresses in a field of the records, page after page; where these
// are more than the API shows so, all in one piece.
func exploreLinks(ctx context.Context, g Getter, base *url.URL, d vigie.Discovery, w vigie.Window, yield func(vigie.Link, error) bool) {
	most := reach(d, w, maxExplorePages)
	for page := range most {
		var records exploreRecords
		address := exploreQuery(base, d, page*explorePerPage)
		err := getJSON(ctx, g, address, &records)
		if err == nil && records.Total == nil {
			err = fmt.Errorf("opendatasoft %s: no total_count: %w", address, ErrChanged)
		}
		whole := err == nil && len(records.Results) > 0 && min(*records.Total, most*explorePerPage) > exploreMaxRows
		if whole {
			records.Results, err = exploreExport(ctx, g, base, d, records.Results[0])
		}
		if err != nil {
			yield(vigie.Link{}, err)
			return
		}
		links := allRecordLinks(records.Results, d.Item, base)
		if page == 0 && len(links) == 0 && len(records.Results) > 0 {
			yield(vigie.Link{}, fmt.Errorf("opendatasoft %s: no address in field %q: %w", base, d.Item, ErrChanged))
			return
		}
		for _, l := range links {
			if !yield(l, nil) {
				return
			}
		}
		if whole || len(records.Results) == 0 || (page+1)*explorePerPage >= *records.Total {
			return
		}
	}
}

// exploreExport returns all records by the API's other way, which knows no limit: those of
// the fields that are read which one of them has, since the API refuses any other.
func exploreExport(ctx context.Context, g Getter, base *url.URL, d vigie.Discovery, one map[string]json.RawMessage) (all []map[string]json.RawMessage, err error) {
	fields := []string{d.Item}
	for _, f := range titleFields {
		if _, ok := one[f]; ok && f != d.Item {
			fields = append(fields, f)
		}
	}
	q := url.Values{"select": {strings.Join(fields, ",")}}
	if d.Search != "" {
		q.Set("where", d.Search)
	}
	u := base.JoinPath("exports", "json")
	u.RawQuery = q.Encode()
	return all, getJSON(ctx, g, u.String(), &all)
}

func exploreQuery(base *url.URL, d vigie.Discovery, offset int) string {
	q := url.Values{"limit": {strconv.Itoa(explorePerPage)}, "offset": {strconv.Itoa(offset)}}
	if d.Search != "" {
		q.Set("where", d.Search)
	}
	u := base.JoinPath("records")
	u.RawQuery = q.Encode()
	return u.String()
}

// recordLinks are the addresses in a record's field: a text, or a list of objects with a
// "valeur", which some datasets keep as JSON in a text.
func recordLinks(r map[string]json.RawMessage, field string, base *url.URL) []vigie.Link {
	var text string
	if json.Unmarshal(r[field], &text) != nil {
		return nil
	}
	addresses := []string{text}
	var values []struct {
		Value string `json:"valeur"`
	}
	if json.Unmarshal([]byte(text), &values) == nil {
		addresses = addresses[:0]
		for _, v := range values {
			addresses = append(addresses, v.Value)
		}
	}
	var links []vigie.Link
	for _, a := range addresses {
		if u := resolve(base, a); u != "" && strings.Contains(a, "//") {
			links = append(links, vigie.Link{URL: u, Title: recordTitle(r)})
		}
	}
	return links
}

func allRecordLinks(records []map[string]json.RawMessage, field string, base *url.URL) (links []vigie.Link) {
	for _, r := range records {
		links = append(links, recordLinks(r, field, base)...)
	}
	return links
}

// titleFields are the names that portals give to what a record is called.
var titleFields = []string{"titre", "title", "nom", "name", "libelle", "lib"}

func recordTitle(r map[string]json.RawMessage) string {
	var text string
	for _, f := range titleFields {
		if json.Unmarshal(r[f], &text) == nil && text != "" {
			return plain(text)
		}
	}
	return ""
}

// getJSON asks an API for one answer. A web page in its place is [ErrChanged].
func getJSON(ctx context.Context, g Getter, address string, into any) error {
	resp, err := g.Get(ctx, fetch.Request{URL: address, Accept: apiTypes})
	if err != nil {
		return err
	}
	if err := decodeJSON(resp.Body, into); err != nil {
		return fmt.Errorf("get %s: %w", address, err)
	}
	return nil
}
