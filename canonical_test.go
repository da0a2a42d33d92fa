package vigie

import (
	"net/url"
	"slices"
	"strings"
	"testing"

	"pgregory.net/rapid"
)

// What names a visit is no part of a page's name.
func TestCanonicalURLForgetsSessions(t *testing.T) {
	const want = "https://s.test/agenda?page=2"
	for _, address := range []string{
		"https://s.test/agenda?page=2&PHPSESSID=0a1b", "https://s.test/agenda;jsessionid=0A1B?page=2", "http://s.test/agenda?jsessionid=1&page=2#haut",
	} {
		if got, err := CanonicalURL(address); err != nil || got != want {
			t.Errorf("%s: %s, %v; want %s", address, got, err, want)
		}
	}
}

// Parts of a query that break its rules tell pages apart like any others, in the page's
// name and in what is asked for.
func TestCanonicalURLKeepsWhatTellsPagesApart(t *testing.T) {
	tests := []struct{ query, canonical, asked string }{
		{"article12", "article12=", "article12"},
		{"id=1;x=2", "id=1;x=2", "id=1;x=2"},
		{"t=50%_de", "t=50%_de", "t=50%_de"},
		{"b=2&a=1&utm_source=x", "a=1&b=2", "b=2&a=1"},
		{"x=a+b&y=%C3%A9&z=a,b", "x=a+b&y=%C3%A9&z=a%2Cb", "x=a+b&y=%C3%A9&z=a,b"},
		{"z=1&amp;y=2", "amp;y=2&z=1", "z=1&amp;y=2"},
		{"t=50%_de l'été", "t=50%_de%20l'%C3%A9t%C3%A9", "t=50%_de%20l'%C3%A9t%C3%A9"},
		{"pk_content=3&mtm_keyword=a&_ga=1&msclkid=9&p=4", "p=4", "p=4"},
		{"pk%5Fcontent=3&utm_x;y=1", "", ""},
		{"a=1&&b=", "a=1&b=", "a=1&&b="},
		{"a&é%", "%C3%A9%&a=", "a&%C3%A9%"},
	}
	for _, tt := range tests {
		want := "https://s.test/p"
		if tt.canonical != "" {
			want += "?" + tt.canonical
		}
		got, err := CanonicalURL("https://s.test/p?" + tt.query)
		again, _ := CanonicalURL(got)
		if err != nil || got != want || again != want || Untracked(tt.query) != tt.asked {
			t.Errorf("%s: %s, then %s, asked %s, %v; want %s, asked %s", tt.query, got, again, Untracked(tt.query), err, want, tt.asked)
		}
	}
}

// A document's name outlives rules: of a soundly written query it is sorted and spelt as
// [url.Values.Encode] does.
func TestCanonicalURLKeepsNames(t *testing.T) {
	letters := rapid.SampledFrom([]string{
		"a", "b", "=", "&", "&", "+", "%20", "%C3%A9", "%26", "%3B", "é", " ", ",", "/", "utm_source", "xtor", "(1)", "'", "[]", "%", ";", "_ga", "pk_x",
	})
	rapid.Check(t, func(t *rapid.T) {
		query := strings.Join(rapid.SliceOfN(letters, 0, 12).Draw(t, "query"), "")
		values, err := url.ParseQuery(query)
		got := canonicalQuery(query)
		if again := canonicalQuery(got); again != got {
			t.Fatalf("%q: %q, then %q", query, got, again)
		}
		if Untracked(Untracked(query)) != Untracked(query) || canonicalQuery(Untracked(query)) != got {
			t.Fatalf("%q: asked %q, which has another name than %q", query, Untracked(query), got)
		}
		if err != nil {
			return
		}
		for key := range values {
			if slices.Contains(trackingParams, key) || strings.HasPrefix(key, "utm_") || strings.HasPrefix(key, "pk_") {
				delete(values, key)
			}
		}
		if want := values.Encode(); got != want {
			t.Fatalf("%q: %q, want %q", query, got, want)
		}
	})
}
