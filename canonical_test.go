package vigie

import "testing"

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
