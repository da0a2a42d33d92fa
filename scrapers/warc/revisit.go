package warc

import (
	"strings"
	"time"
)

// Referable are the names by which a later revisit may refer to an answer: its identifier,
// its body's digest, its address with its date, its address alone.
func (r Record) Referable() []string {
	names := []string{"id " + strings.Trim(r.ID, "<>"), placed(r.URL, r.Date.UTC().Format(time.RFC3339)), "url " + r.URL}
	if d := r.BodyDigest(); d != "" {
		names = append(names, "digest "+strings.ToLower(d))
	}
	return names
}

// Refers are the names of the answer that a revisit repeats, the surest first. A body's
// digest says as much as the record that holds it; without one a server's word that nothing
// has changed since its page of a date, and the page's own address, are what there is.
func (r Record) Refers() []string {
	var names []string
	if id := strings.Trim(r.Field(RefersTo), "<>"); id != "" {
		names = append(names, "id "+id)
	}
	if d := r.Field(PayloadDigest); d != "" {
		return append(names, "digest "+strings.ToLower(d))
	}
	address := r.Field(RefersToURI)
	if address == "" {
		address = r.URL
	}
	if date, err := time.Parse(time.RFC3339, r.Field(RefersToDate)); err == nil {
		names = append(names, placed(address, date.UTC().Format(time.RFC3339)))
	} else if strings.Contains(r.Field(RevisitProfile), "server-not-modified") {
		names = append(names, "url "+address)
	}
	return names
}

func placed(address, date string) string { return "at " + date + " " + address }
