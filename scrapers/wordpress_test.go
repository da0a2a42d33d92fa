package scrapers

import (
	"fmt"
	"strings"
	"testing"

	"vigie"
)

func post(link, date, title string) string {
	return fmt.Sprintf(`{"link":%q,"date":%q,"modified_gmt":"2024-01-01T00:00:00","title":{"rendered":%q},"excerpt":{"rendered":"<p>x</p>"}}`, link, date, title)
}

func TestWordPress(t *testing.T) {
	const q = "_fields=link%2Cdate%2Cmodified_gmt%2Ctitle%2Cexcerpt&"
	full := strings.TrimSuffix(strings.Repeat(post("/x", "2019-01-01T00:00:00", "X")+",", wordPressPerPage), ",")
	web := "-- https://s.test/wp-json/wp/v2/posts?" + q + "page=1&per_page=100 --\n200\nX-WP-TotalPages: 2\n\n[" + post("https://s.test/un/", "2023-12-24T23:30:00", "L&rsquo;appel &laquo; ouvre &raquo;") + "]\n" +
		"-- https://s.test/wp-json/wp/v2/posts?" + q + "page=2&per_page=100 --\n200\nX-WP-TotalPages: 2\n\n[" + post("/deux", "2019-02-14T09:00:00", "Deux") + "]\n" +
		"-- https://s.test/wp-json/wp/v2/posts?" + q + "orderby=date&page=1&per_page=100&search=territoires+d%27industrie --\n200\nX-WP-TotalPages: 1\n\n[" + post("/trois", "", "Trois") + "]\n" +
		"-- https://s.test/wp-json/wp/v2/posts?" + q + "after=2023-12-31T23%3A59%3A59&before=2024-03-01T00%3A00%3A00&page=1&per_page=100 --\n200\nX-WP-TotalPages: 0\n\n[]\n" +
		"-- https://bare.test/?" + q + "page=1&per_page=100&rest_route=%2Fwp%2Fv2%2Fposts --\n200\n\n[" + full + "]\n" +
		"-- https://bare.test/?" + q + "page=2&per_page=100&rest_route=%2Fwp%2Fv2%2Fposts --\n200\n\n[" + strings.ReplaceAll(full, "/x", "/y") + "]\n" +
		"-- https://bare.test/?" + q + "page=3&per_page=100&rest_route=%2Fwp%2Fv2%2Fposts --\n400\n\n{\"code\":\"rest_post_invalid_page_number\"}\n" +
		"-- https://wrong.test/wp-json/wp/v2/posts?" + q + "page=1&per_page=100 --\n400\n\n{\"code\":\"rest_invalid_param\"}\n" +
		"-- https://closed.test/wp-json/wp/v2/posts?" + q + "page=1&per_page=100 --\n401\n\n{}\n" +
		"-- https://html.test/wp-json/wp/v2/posts?" + q + "page=1&per_page=100 --\n200\n\n<!doctype html>\n" +
		"-- https://closed.test/feed/ --\n404\n\n" +
		"-- https://html.test/feed/ --\n404\n\n" +
		"-- https://html.test/?" + q + "page=1&per_page=100&rest_route=%2Fwp%2Fv2%2Fposts --\n404\n\n" +
		"-- https://error.test/feed/ --\n404\n\n" +
		"-- https://error.test/?" + q + "page=1&per_page=100&rest_route=%2Fwp%2Fv2%2Fposts --\n404\n\n" +
		"-- https://error.test/wp-json/wp/v2/posts?" + q + "page=1&per_page=100 --\n200\n\n{\"code\":\"rest_disabled\"}\n"
	un, deux := "/un/|L’appel « ouvre »|2023-12-24", "/deux|Deux|2019-02-14"
	tests := []struct {
		name   string
		d      vigie.Discovery
		window vigie.Window
		want   []string
		err    error
	}{
		{"two pages", vigie.Discovery{URL: "https://s.test/"}, vigie.Window{}, []string{un, deux}, nil},
		{"as many as allowed", vigie.Discovery{URL: "https://s.test/", MaxPages: 1}, vigie.Window{}, []string{un}, nil},
		{"search", vigie.Discovery{URL: "https://s.test/", Search: "territoires d'industrie"}, vigie.Window{}, []string{"/trois|Trois|"}, nil},
		{"window", vigie.Discovery{URL: "https://s.test/"}, vigie.Window{Since: "2024", Until: "2024-02"}, nil, nil},
		{"without pretty addresses, without a total", vigie.Discovery{URL: "https://bare.test/?rest_route=/wp/v2/posts", MaxPages: 5}, vigie.Window{}, append(all("https://bare.test/x|X|2019-01-01"), all("https://bare.test/y|X|2019-01-01")...), nil},
		{"a wrong question", vigie.Discovery{URL: "https://wrong.test/"}, vigie.Window{}, nil, errAny},
		{"closed", vigie.Discovery{URL: "https://closed.test/"}, vigie.Window{}, nil, vigie.ErrBlocked},
		{"a web page", vigie.Discovery{URL: "https://html.test/"}, vigie.Window{}, nil, ErrChanged},
		{"an error for an answer", vigie.Discovery{URL: "https://error.test/"}, vigie.Window{}, nil, ErrChanged},
	}
	for _, tt := range tests {
		g, asked := newGetter(t, web)
		tt.d.Method = "wordpress"
		got, errs := discovered(t, g, tt.d, tt.window)
		check(t, tt.name, tt.want, got, tt.err, errs)
		if again := strings.Contains(strings.Join(asked.Asked(), " "), "closed.test/?"); again {
			t.Errorf("%s: what was refused was asked another way: %q", tt.name, asked.Asked())
		}
	}
}

func all(line string) []string {
	lines := make([]string, wordPressPerPage)
	for i := range lines {
		lines[i] = line
	}
	return lines
}
