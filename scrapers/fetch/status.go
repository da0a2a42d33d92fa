package fetch

import (
	"bytes"
	"fmt"
	"mime"
	"net/http"
	"strings"

	"vigie"
)

// A StatusError is an answer that is not a page: the site was reached, and said so.
type StatusError struct {
	Status int
	Note   string // what gave a challenge away; empty: the status alone

	Response *Response // the answer, as evidence; of a refusal only the beginning of its body is kept
}

func (e *StatusError) Error() string {
	text := fmt.Sprintf("status %d %s", e.Status, http.StatusText(e.Status))
	if e.Note != "" {
		text += " (" + e.Note + ")"
	}
	return strings.TrimSpace(text)
}

// Is makes the refusals [vigie.ErrBlocked] and the absences [vigie.ErrNotFound].
func (e *StatusError) Is(target error) bool {
	switch target {
	case vigie.ErrBlocked:
		return e.Note != "" || e.Status == http.StatusUnauthorized || e.Status == http.StatusForbidden ||
			e.Status == http.StatusUnavailableForLegalReasons
	case vigie.ErrNotFound:
		return e.Status == http.StatusNotFound || e.Status == http.StatusGone
	}
	return false
}

// refusal returns what is wrong with an answer, nil for a page.
func refusal(r Request, resp *http.Response) error {
	if note := challenge(resp); note != "" {
		return &StatusError{Status: resp.StatusCode, Note: note}
	}
	switch resp.StatusCode {
	case http.StatusOK, http.StatusNonAuthoritativeInfo:
		if r.Range == "" {
			return nil
		}
	case http.StatusPartialContent:
		if r.Range != "" {
			return nil
		}
	case http.StatusNotModified:
		if r.ETag != "" || r.LastModified != "" {
			return vigie.ErrNotModified
		}
	}
	return &StatusError{Status: resp.StatusCode}
}

// challenges are pages that ask whether we are human, by words that stand in them and
// in no page of contents. Scripts of the same makers also ride on ordinary pages, so a
// mark counts only in a page as small as a challenge is.
var challenges = []struct {
	mark string
	max  int // bytes
	name string
}{
	{"window._cf_chl_opt", 64 << 10, "Cloudflare challenge"},
	{"<title>Just a moment...</title>", 64 << 10, "Cloudflare challenge"},
	{"geo.captcha-delivery.com", 16 << 10, "DataDome challenge"},
	{`id="main-iframe" src="/_Incapsula_Resource`, 4 << 10, "Imperva challenge"},
	{"Request unsuccessful. Incapsula incident ID", 4 << 10, "Imperva challenge"},
	{"<title>Pardon Our Interruption</title>", 64 << 10, "Imperva challenge"},
	{"/_sec/cp_challenge/", 16 << 10, "Akamai challenge"},
}

// challenge names the challenge that an answer is, whatever its status.
func challenge(resp *http.Response) string { return resp.Body.(recording).challenge }

// challengeIn looks for one, once for all who ask.
func challengeIn(header http.Header, data []byte) string {
	if strings.EqualFold(header.Get("Cf-Mitigated"), "challenge") {
		return "Cloudflare challenge"
	}
	if kind, _, err := mime.ParseMediaType(header.Get("Content-Type")); err == nil && !strings.Contains(kind, "html") {
		return ""
	}
	title := data[max(0, bytes.Index(data, []byte("<title>"))):]
	for _, c := range challenges {
		in := data
		if strings.HasPrefix(c.mark, "<title>") {
			in = title[:min(len(title), len(c.mark))]
		}
		if len(data) <= c.max && bytes.Contains(in, []byte(c.mark)) {
			return c.name
		}
	}
	return ""
}
