package scrapers

import (
	"errors"
	"fmt"
	"mime"
	"net/url"
	"slices"
	"strings"
	"unicode"
	"unicode/utf8"

	"vigie"
	"vigie/scrapers/fetch"
)

// ErrBrowser is a page that is empty until a browser runs its scripts.
var ErrBrowser = errors.New("only a browser can show this page")

// A PageError is an answer with a good status and no content: a challenge, a log-in, a
// page that says it is not there.
type PageError struct {
	Fault    vigie.PageFault
	Sign     string // what gave it away
	Response *fetch.Response
}

// faultWords are the faults as logs and the terminal say them.
var faultWords = map[vigie.PageFault]string{
	vigie.FaultChallenge: "a challenge", vigie.FaultConsent: "a consent wall", vigie.FaultLogin: "a log-in",
	vigie.FaultMaintenance: "a notice of maintenance", vigie.FaultParked: "a parked domain",
	vigie.FaultSoft404: "a page that says it is missing", vigie.FaultShell: "an empty page for a browser",
	vigie.FaultBomb: "a page too large to be taken apart", vigie.FaultCut: "the beginning of a page",
}

func (e *PageError) Error() string {
	return fmt.Sprintf("get %s: no content but %s (%s)", e.Response.Capture.FinalURL, faultWords[e.Fault], e.Sign)
}

// Is makes each fault the error that stands for what to do about it.
func (e *PageError) Is(target error) bool {
	switch e.Fault {
	case vigie.FaultChallenge, vigie.FaultConsent, vigie.FaultLogin:
		return target == vigie.ErrBlocked
	case vigie.FaultSoft404:
		return target == vigie.ErrNotFound
	case vigie.FaultParked:
		return target == ErrChanged
	case vigie.FaultShell:
		return target == ErrBrowser
	case vigie.FaultBomb:
		return target == vigie.ErrTooLarge
	}
	return false
}

// refuses reports a fault that is the site's answer to us, not to the address.
func (e *PageError) refuses() bool {
	return e.Is(vigie.ErrBlocked) || e.Fault == vigie.FaultMaintenance
}

// Limits on letters of prose: a page with more of it is content, whatever stands beside.
const (
	maxLogin = 250 // more than that, and the form is the box beside an article
	maxShell = 120
)

// judge returns why an answer is no content, nil for content and for what is no web
// page. Home is the first page of the site.
func judge(r *fetch.Response, home string) error {
	return judgeShape(r, home, func() *shape { return readShape(r) })
}

// judgeShape judges with the page's shape, which it asks for only where it matters.
func judgeShape(r *fetch.Response, home string, read func() *shape) error {
	if !isPage(r) {
		return nil
	}
	fault, sign := leadsHome(r.Capture, home), "leads to the home page"
	if fault == "" && heavy(r.Body) {
		fault, sign = vigie.FaultBomb, fmt.Sprintf("%d bytes, and too many elements", len(r.Body))
	}
	if fault == "" {
		fault, sign = read().fault(r.Capture.FinalURL)
	}
	if fault == "" {
		return nil
	}
	return &PageError{fault, sign, r}
}

// leadsHome reports the soft 404 of sites that send every address they do not know to
// their first page.
func leadsHome(c vigie.Capture, home string) vigie.PageFault {
	if c.FinalURL == c.URL {
		return ""
	}
	asked, err := vigie.CanonicalURL(c.URL)
	first, err2 := vigie.CanonicalURL(home)
	final, err3 := vigie.CanonicalURL(c.FinalURL)
	if errors.Join(err, err2, err3) != nil || final != first || asked == first || isRoot(asked) {
		return ""
	}
	return vigie.FaultSoft404
}

// isRoot reports an address without a path, whatever its query: /?p=12 is often sent on.
func isRoot(address string) bool {
	u, err := url.Parse(address)
	return err == nil && strings.Trim(u.Path, "/") == ""
}

// fault tells what a page of this shape is, by what its publishers' software writes on
// such pages (signs.yaml) and by how they are built.
func (p *shape) fault(address string) (vigie.PageFault, string) {
	for _, s := range signs() {
		if p.prose <= s.max && p.bears(s, address) {
			return s.fault, fmt.Sprintf("%s: %q", s.in, s.has)
		}
	}
	switch {
	case p.password && p.prose <= maxLogin:
		return vigie.FaultLogin, "a form with a password"
	case p.prose <= maxShell && p.scripts > 0 && p.mount:
		return vigie.FaultShell, "an empty page with scripts"
	case p.prose <= maxShell && p.scripts > 0 && strings.Contains(p.noscript, "javascript"):
		return vigie.FaultShell, "scripts are asked for"
	}
	return "", ""
}

func (p *shape) bears(s sign, address string) bool {
	switch s.in {
	case "title":
		return hasWords(p.title, s.has) || hasWords(p.heading, s.has)
	case "name":
		return slices.Contains(p.named(), s.has)
	case "text":
		return hasWords(p.plain(), s.has)
	case "html":
		return strings.Contains(p.markup(), s.has)
	case "address":
		return strings.Contains(strings.ToLower(address), s.has)
	}
	return false
}

// hasWords reports words that stand in a text as such: "sign in" is not in "design industriel".
func hasWords(text, words string) bool {
	for i := 0; i < len(text); {
		at := strings.Index(text[i:], words)
		if at < 0 {
			return false
		}
		i += at
		if !splits(text, i) && !splits(text, i+len(words)) {
			return true
		}
		i++
	}
	return false
}

// splits reports whether a place in a text lies within a word.
func splits(text string, i int) bool {
	before, _ := utf8.DecodeLastRuneInString(text[:i])
	after, _ := utf8.DecodeRuneInString(text[i:])
	return isWordy(before) && isWordy(after)
}

func isWordy(r rune) bool { return unicode.IsLetter(r) || unicode.IsDigit(r) }

// dataTypes are the media types of tables and archives.
var dataTypes = []string{
	"text/csv", "application/csv", "application/json", "application/geo+json", "application/zip", "application/vnd.ms-excel",
	"application/vnd.openxmlformats-officedocument.spreadsheetml.sheet", "application/vnd.oasis.opendocument.spreadsheet",
	"application/parquet", "application/x-ndjson",
}

// isData reports a body that is to be compared, not read.
func isData(s vigie.Source, c vigie.Capture) bool {
	if s.List != "" {
		return true
	}
	kind, _, err := mime.ParseMediaType(c.MediaType)
	for _, t := range dataTypes {
		if err == nil && kind == t {
			return true
		}
	}
	return false
}
