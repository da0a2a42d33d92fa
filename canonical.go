package vigie

import (
	"fmt"
	"net/url"
	"path"
	"slices"
	"strings"
)

// trackingParams are query parameters that name a reader, or the way to a page, not the
// page; trackingFamilies are how the names of whole families of them begin.
var (
	trackingParams = []string{
		"JSESSIONID", "PHPSESSID", "_ga", "at_campaign", "at_medium", "fbclid", "gclid", "jsessionid", "mc_cid", "mc_eid", "msclkid", "phpsessid", "xtor",
	}
	trackingFamilies = []string{"mtm_", "pk_", "utm_"}
)

// CanonicalURL returns the address that stands for all forms of one page: lower-case
// scheme and host, no default port, fragment, tracking parameter or /index.php/, https
// for http, the query sorted and in one spelling. It names documents: what it gives must
// not change. It refuses what is not http(s), has no host, or carries a user name.
func CanonicalURL(raw string) (string, error) {
	u, err := url.Parse(strings.TrimSpace(raw))
	if err != nil {
		return "", fmt.Errorf("address %q: %w", raw, err)
	}
	scheme := strings.ToLower(u.Scheme)
	if scheme != "http" && scheme != "https" || u.Hostname() == "" || u.User != nil {
		return "", fmt.Errorf("address %q: want http(s)://host/path without a user name", raw)
	}
	host := strings.TrimSuffix(strings.ToLower(u.Hostname()), ".")
	if strings.Contains(host, ":") { // an IPv6 literal keeps its brackets
		host = "[" + host + "]"
	}
	if p := u.Port(); p != "" && p != "80" && p != "443" {
		host += ":" + p
	} else if p == "" || p == "80" || p == "443" {
		scheme = "https"
	}
	u.Scheme, u.Host, u.Fragment, u.RawFragment = scheme, host, "", ""
	cleanPath(u)
	u.RawQuery = canonicalQuery(u.RawQuery)
	u.ForceQuery = false
	return u.String(), nil
}

func cleanPath(u *url.URL) {
	p := strings.Replace(u.EscapedPath(), "/index.php/", "/", 1)
	if i := strings.Index(strings.ToLower(p), ";jsessionid="); i >= 0 {
		p = p[:i]
	}
	slash := strings.HasSuffix(p, "/")
	p = path.Clean("/" + p)
	if slash && p != "/" {
		p += "/"
	}
	if decoded, err := url.PathUnescape(p); err == nil {
		u.Path, u.RawPath = decoded, p
	}
}

// canonicalQuery is the query in one order and one spelling, without what tracks. A part
// that no rule of escaping spells, "t=50%_de", and one with semicolons, "id=1;x=2", stand
// as they are written: some sites tell their pages apart by nothing else.
func canonicalQuery(query string) string {
	type param struct{ key, text string }
	var params []param
	for part := range strings.SplitSeq(query, "&") {
		if part == "" || tracks(part) {
			continue
		}
		key, value, sound := takeApart(part)
		text := url.QueryEscape(key) + "=" + url.QueryEscape(value)
		if !sound {
			text = escapeOdd(part)
			key, _, _ = strings.Cut(text, "=") // its place is that of how it is spelt
		}
		params = append(params, param{key, text})
	}
	slices.SortStableFunc(params, func(a, b param) int { return strings.Compare(a.key, b.key) })
	var parts []string
	for _, p := range params {
		parts = append(parts, p.text)
	}
	return strings.Join(parts, "&")
}

// Untracked returns a query as it is written, without the parameters that track: the one
// to ask for, since not every site knows its pages by the canonical one. What no request
// may hold is escaped, as browsers do.
func Untracked(query string) string {
	parts := slices.DeleteFunc(strings.Split(query, "&"), tracks)
	return escapeOdd(strings.Join(parts, "&"))
}

// tracks reports a part of a query that names no page.
func tracks(part string) bool {
	key, _, _ := takeApart(part)
	return slices.Contains(trackingParams, key) ||
		slices.ContainsFunc(trackingFamilies, func(begin string) bool { return strings.HasPrefix(key, begin) })
}

// takeApart returns a parameter's name and value as they are meant, where it is soundly
// written, else as they stand.
func takeApart(part string) (key, value string, sound bool) {
	key, value, _ = strings.Cut(part, "=")
	k, err := url.QueryUnescape(key)
	v, err2 := url.QueryUnescape(value)
	if err != nil || err2 != nil || strings.Contains(part, ";") {
		return key, value, false
	}
	return k, v, true
}

// escapeOdd escapes what may not stand in a request's line: spaces, quotes, angles, and
// all that is not ASCII.
func escapeOdd(query string) string {
	var b strings.Builder
	for _, c := range []byte(query) {
		if c <= ' ' || c >= 0x7f || c == '"' || c == '<' || c == '>' {
			fmt.Fprintf(&b, "%%%02X", c)
		} else {
			b.WriteByte(c)
		}
	}
	return b.String()
}
