package vigie

import (
	"crypto/sha256"
	"encoding/hex"
	"fmt"
	"net/url"
	"path"
	"slices"
	"strings"
	"time"
)

// A DocumentID is stable over captures: the start of the SHA-256 of the
// canonical URL, or of the body where there is none. 16 hexadecimal digits.
type DocumentID string

// NewDocumentID names the page at a canonical URL, or the body where the URL is empty.
func NewDocumentID(canonical string, body []byte) DocumentID {
	if canonical != "" {
		body = []byte(canonical)
	}
	sum := sha256.Sum256(body)
	return DocumentID(hex.EncodeToString(sum[:8]))
}

// Digest is the name of a body in the archive: its SHA-256 in hexadecimal.
func Digest(body []byte) string {
	sum := sha256.Sum256(body)
	return hex.EncodeToString(sum[:])
}

// A Document is a page and every distinct body it has had, oldest first.
type Document struct {
	ID          DocumentID
	URL, Source string    // canonical; Source.ID
	Title       string    // as discovery gave it; the article's title where it gave none
	Published   Date      // as discovery gave it
	Modified    time.Time `json:",omitzero"` // of the page, as discovery gave it; given to the archive, which keeps it in a [Check]
	Captures    []Capture
}

// A Capture is one fetch of a document; its body lies in the archive at Digest, byte for byte.
type Capture struct {
	URL, FinalURL string // as requested; after redirects
	Chain         []Hop  `json:",omitempty"` // the redirects from URL to FinalURL, in order
	Via           string // the public archive that gave it, if any
	Time          time.Time
	Status, Size  int    // Size is the whole body's, or at least that: more than is archived where it was cut
	MediaType     string // Content-Type as sent, parameters included
	Encoding      string // Content-Encoding of the archived body; empty: as is
	ETag          string // sent back on the next fetch, like LastModified
	LastModified  string
	Digest        string // SHA-256 of the decoded body; the archive takes it
	Header        map[string][]string
	Fault         PageFault `json:",omitzero"` // why the body is no content; empty: it is
	OptOut        string    `json:",omitzero"` // the words by which the page keeps machines from mining it; empty: none
}

// A Hop is one answer that sent us on.
type Hop struct {
	URL    string // as asked
	Status int
}

// trackingParams are query parameters that name a reader, or the way to a page, not the page.
var trackingParams = []string{
	"JSESSIONID", "PHPSESSID", "at_campaign", "at_medium", "fbclid", "gclid", "jsessionid", "mc_cid", "mc_eid", "mtm_campaign", "mtm_medium",
	"mtm_source", "phpsessid", "pk_campaign", "pk_kwd", "pk_medium", "pk_source", "xtor",
}

// CanonicalURL returns the address that stands for all forms of one page: lower-case
// scheme and host, no default port, fragment, tracking parameter or /index.php/, https
// for http, the query sorted. It refuses what is not http(s), has no host, or carries
// a user name.
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
	u.RawQuery = cleanQuery(u.Query())
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

func cleanQuery(q url.Values) string {
	for k := range q {
		if strings.HasPrefix(k, "utm_") || slices.Contains(trackingParams, k) {
			q.Del(k)
		}
	}
	return q.Encode()
}
