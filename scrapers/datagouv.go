package scrapers

import (
	"context"
	"fmt"
	"iter"
	"net/url"
	"path"
	"regexp"
	"strings"

	"vigie"
)

// datagouv lists the files of a dataset on data.gouv.fr, or on another portal that runs
// udata. URL ends in the dataset's slug or id; the files are those whose address Match
// fits. Addresses of files are dated and change with each release: the slug stays.
type datagouv struct{}

const udataAPI = "/api/1/datasets/"

type udataDataset struct {
	Slug      string          `json:"slug"`
	Resources []udataResource `json:"resources"`
}

type udataResource struct {
	Title       string `json:"title"`
	Description string `json:"description"`
	URL         string `json:"url"`
	Modified    string `json:"last_modified"`
}

func (datagouv) Discover(ctx context.Context, g Getter, d vigie.Discovery, w vigie.Window) iter.Seq2[vigie.Link, error] {
	return func(yield func(vigie.Link, error) bool) {
		links, err := udataFiles(ctx, g, d)
		if err != nil {
			yield(vigie.Link{}, err)
			return
		}
		for _, l := range links {
			if !before(l.Modified, w.Since) && !yield(l, nil) {
				return
			}
		}
	}
}

func udataFiles(ctx context.Context, g Getter, d vigie.Discovery) ([]vigie.Link, error) {
	match, err := regexp.Compile(d.Match)
	if err != nil {
		return nil, fmt.Errorf("datagouv: match: %w", err)
	}
	address, err := udataAddress(d.URL)
	if err != nil {
		return nil, err
	}
	var set udataDataset
	if err := getJSON(ctx, g, address.String(), &set); err != nil {
		return nil, err
	}
	var links []vigie.Link
	for _, r := range set.Resources {
		if u := resolve(address, r.URL); u != "" && match.MatchString(u) {
			links = append(links, vigie.Link{URL: u, Title: plain(r.Title), Summary: plain(r.Description), Modified: parseTime(r.Modified)})
		}
	}
	if len(links) == 0 {
		return nil, fmt.Errorf("datagouv %s: none of %d files fits %q: %w", address, len(set.Resources), d.Match, ErrChanged)
	}
	return links, nil
}

// udataAddress is the dataset's address in the API; the page of a dataset will do.
func udataAddress(address string) (*url.URL, error) {
	u, err := url.Parse(address)
	if err != nil {
		return nil, fmt.Errorf("datagouv %q: %w", address, err)
	}
	slug := path.Base(strings.TrimSuffix(u.Path, "/"))
	if slug == "." || slug == "/" {
		return nil, fmt.Errorf("datagouv %q: want an address that ends in a dataset's slug", address)
	}
	return &url.URL{Scheme: u.Scheme, Host: u.Host, Path: udataAPI + slug + "/"}, nil
}
