package scrapers

import (
	"fmt"
	"strings"
	"testing"

	"vigie"
)

// The answers are those of the APIs' own documentation, with contents of our own.
const apis = `
-- https://s.test/wp-json/wp/v2/posts?_fields=link%2Cdate%2Cmodified_gmt%2Ctitle%2Cexcerpt&page=1&per_page=100 --
403

{"code":"rest_forbidden","message":"non","data":{"status":403}}
-- https://s.test/feed/ --
200
Content-Type: application/rss+xml

<rss version="2.0"><channel><title>S</title><item><title>Un</title><link>https://s.test/un/</link><pubDate>Thu, 14 Feb 2019 09:00:00 +0100</pubDate></item></channel></rss>
-- https://s.test/feed/?paged=2 --
200
Content-Type: application/rss+xml

<rss version="2.0"><channel><title>S</title><item><title>Deux</title><link>https://s.test/deux/</link></item></channel></rss>
-- https://s.test/feed/?paged=3 --
404

-- https://n.test/wp-json/wp/v2/posts?_fields=link%2Cdate%2Cmodified_gmt%2Ctitle%2Cexcerpt&page=1&per_page=100 --
404

-- https://n.test/?_fields=link%2Cdate%2Cmodified_gmt%2Ctitle%2Cexcerpt&page=1&per_page=100&rest_route=%2Fwp%2Fv2%2Fposts --
200
X-WP-TotalPages: 1

[{"link":"https://n.test/?p=7","date":"2019-02-14T09:00:00","title":{"rendered":"Sept"},"excerpt":{"rendered":""}}]
-- https://s.test/api/explore/v2.1/catalog/datasets/liste --
200

{"dataset_id":"liste","metas":{"default":{"title":"La liste","modified":"2024-07-04T09:18:48+00:00"}},"fields":[]}
-- https://s.test/api/explore/v2.1/catalog/datasets/lieux/records?limit=100&offset=0&where=code%3D%2228%22 --
200

{"total_count":101,"results":[{"nom":"Une agglo","site":"[{\"libelle\":\"\",\"valeur\":\"https://agglo.test/\"}]"},{"nom":"Sans site","site":null},{"nom":"Autre","site":"https://autre.test/"}]}
-- https://s.test/api/explore/v2.1/catalog/datasets/lieux/records?limit=100&offset=100&where=code%3D%2228%22 --
200

{"total_count":101,"results":[{"lib":"Dernier","site":"https://dernier.test/"}]}
-- https://s.test/api/explore/v2.1/catalog/datasets/sans-total/records?limit=100&offset=0 --
200

{"results":[{"nom":"Une agglo","site":"https://agglo.test/"}]}
-- https://s.test/api/explore/v2.1/catalog/datasets/vide --
404

{"error_code":"DatasetNotFound"}
-- https://s.test/api/explore/v2.1/catalog/datasets/autre/records?limit=100&offset=0 --
400

{"error_code":"InvalidRESTParameterError","message":"Invalid value"}
-- https://s.test/api/1/datasets/un-programme/ --
200

{"id":"5f","slug":"un-programme","resources":[{"id":"u","title":"Liste 2024","url":"https://static.test/liste-ti-com.csv","last_modified":"2024-07-04T09:18:48"},{"id":"v","title":"Notice","url":"https://static.test/notice.pdf"}]}
-- https://s.test/api/1/datasets/retire/ --
410

-- https://s.test/api/1/datasets/page/ --
200

<!doctype html><html>
`

func TestAPIs(t *testing.T) {
	tests := []struct {
		name string
		d    vigie.Discovery
		want []string
		err  error
	}{
		{"WordPress closed, its feed open", vigie.Discovery{Method: "wordpress", URL: "https://s.test/"}, []string{"/un/|Un|2019-02-14", "/deux/|Deux|"}, nil},
		{"WordPress without pretty addresses", vigie.Discovery{Method: "wordpress", URL: "https://n.test/"}, []string{"https://n.test/?p=7|Sept|2019-02-14"}, nil},
		{"a dataset's table", vigie.Discovery{Method: "opendatasoft", URL: "https://s.test/explore/dataset/liste/"},
			[]string{"/api/explore/v2.1/catalog/datasets/liste/exports/csv?use_labels=false|La liste|"}, nil},
		{"records with an address", vigie.Discovery{Method: "opendatasoft", URL: "https://s.test/explore/dataset/lieux/", Item: "site", Search: `code="28"`},
			[]string{"https://agglo.test/|Une agglo|", "https://autre.test/|Autre|", "https://dernier.test/|Dernier|"}, nil},
		{"records without the field", vigie.Discovery{Method: "opendatasoft", URL: "https://s.test/explore/dataset/lieux/", Item: "adresse", Search: `code="28"`}, nil, ErrChanged},
		{"records that nobody counts", vigie.Discovery{Method: "opendatasoft", URL: "https://s.test/explore/dataset/sans-total/", Item: "site"}, nil, ErrChanged},
		{"unknown dataset", vigie.Discovery{Method: "opendatasoft", URL: "https://s.test/explore/dataset/vide/"}, nil, vigie.ErrNotFound},
		{"a wrong question", vigie.Discovery{Method: "opendatasoft", URL: "https://s.test/explore/dataset/autre/", Item: "site"}, nil, errAny},
		{"not a dataset", vigie.Discovery{Method: "opendatasoft", URL: "https://s.test/"}, nil, errAny},
		{"files of a dataset", vigie.Discovery{Method: "datagouv", URL: "https://s.test/fr/datasets/un-programme/", Match: `\.csv$`}, []string{"https://static.test/liste-ti-com.csv|Liste 2024|"}, nil},
		{"no file fits", vigie.Discovery{Method: "datagouv", URL: "https://s.test/un-programme", Match: `\.ods$`}, nil, ErrChanged},
		{"dataset gone", vigie.Discovery{Method: "datagouv", URL: "https://s.test/retire"}, nil, vigie.ErrNotFound},
		{"a page for an API", vigie.Discovery{Method: "datagouv", URL: "https://s.test/page"}, nil, ErrChanged},
	}
	for _, tt := range tests {
		g, _ := newGetter(t, apis)
		got, errs := discovered(t, g, tt.d, vigie.Window{})
		check(t, tt.name, tt.want, got, tt.err, errs)
	}
}

func TestListingNumbers(t *testing.T) {
	page := func(n int, next string) string {
		return fmt.Sprintf("200\n\n<main><p class=card><a href=/a%d>A%d</a></p></main><ul><li><a href='https://autre.test/Actualites?page=2'>ailleurs</a><li><a href='/Actualites'>1</a><li><a href='%s'>suite</a><li><a href='/autre/(offset)/5'>x</a></ul>\n", n, n, next)
	}
	for _, tt := range []struct{ name, second, third string }{
		{"offset", "/Actualites/(offset)/10", "/Actualites/(offset)/20"},
		{"query", "/Actualites?page=2", "/Actualites?page=3"},
		{"path", "/Actualites/page/2/", "/Actualites/page/3/"},
	} {
		web := "-- https://s.test/Actualites --\n" + page(1, tt.second) + "-- https://s.test" + tt.second + " --\n" + page(2, tt.third) +
			"-- https://s.test" + tt.third + " --\n" + page(3, tt.second)
		g, _ := newGetter(t, web)
		got, errs := discovered(t, g, vigie.Discovery{Method: "listing", URL: "https://s.test/Actualites", Item: ".card a"}, vigie.Window{})
		if s := strings.Join(got, " "); s != "/a1|A1| /a2|A2| /a3|A3|" || errs != nil {
			t.Errorf("%s: %s %v", tt.name, s, errs)
		}
	}
}

// An API that refuses one question is not asked the others of the night.
func TestRefusedOnce(t *testing.T) {
	s := newTown(t, map[string]string{
		"/wp-json/wp/v2/posts?_fields=link%2Cdate%2Cmodified_gmt%2Ctitle%2Cexcerpt&orderby=date&page=1&per_page=100&search=un":   "status 403",
		"/wp-json/wp/v2/posts?_fields=link%2Cdate%2Cmodified_gmt%2Ctitle%2Cexcerpt&orderby=date&page=1&per_page=100&search=deux": "status 403",
	})
	src := source("s", s.URL, vigie.Discovery{Method: "wordpress", URL: "/", Search: "un"}, vigie.Discovery{Method: "wordpress", URL: "/", Search: "deux"})
	newCollector(t, &memory{}).Collect(t.Context(), src, vigie.Window{})
	asked := 0
	for _, a := range s.asked {
		if strings.HasPrefix(a, "/wp-json") {
			asked++
		}
	}
	if asked != 1 {
		t.Errorf("asked %v, want the API once", s.asked)
	}
}
