package scrapers

import (
	"bytes"
	"compress/gzip"
	"context"
	"errors"
	"fmt"
	"io"
	"net/http"
	"os"
	"path"
	"path/filepath"
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"vigie"
	"vigie/scrapers/fetch"
	"vigie/scrapers/warc"
)

// A stub answers by address, and takes down what was asked.
type stub struct {
	answers map[string]stubAnswer
	asked   []string
}

type stubAnswer struct {
	status int
	header http.Header
	body   string
}

func (s *stub) RoundTrip(r *http.Request) (*http.Response, error) {
	address := r.URL.String()
	if part := r.Header.Get("Range"); part != "" {
		address += " " + part
	}
	a, ok := s.answers[address]
	aside := []string{"/robots.txt", "/.well-known/tdmrep.json", "/", "/" + path.Base(nowhere("https://"+r.Host+"/"))}
	if ok || !slices.Contains(aside, r.URL.Path) { // those are asked for now and then, of which other tests tell
		s.asked = append(s.asked, address)
	} else {
		a, ok = stubAnswer{status: 404}, true
	}
	if !ok {
		return nil, fmt.Errorf("%s: %w", address, vigie.ErrTooLarge) // not worth another try
	}
	if a.header == nil {
		a.header = http.Header{}
	}
	return &http.Response{StatusCode: a.status, Header: a.header, Body: io.NopCloser(strings.NewReader(a.body)), Request: r}, nil
}

func (s *stub) client(t *testing.T) *fetch.Client {
	t.Helper()
	c, err := fetch.New(fetch.Config{Contact: "veille@example.org", Transport: s, Delay: new(time.Duration)})
	if err != nil {
		t.Fatal(err)
	}
	return c
}

func snapshots(t *testing.T, p Past, g Getter, host string, w vigie.Window) (got []Snapshot, errs []error) {
	t.Helper()
	for s, err := range p.Snapshots(t.Context(), g, host, w) {
		if err != nil {
			errs = append(errs, err)
			continue
		}
		got = append(got, s)
	}
	return got, errs
}

const cdxQuery = "https://web.archive.org/cdx/search/cdx?collapse=urlkey&filter=statuscode%3A200&filter=mimetype%3A%28text%2Fhtml%7Capplication%2F%28xhtml.xml%7Cpdf%29%29" +
	"&fl=timestamp%2Coriginal%2Cmimetype%2Cstatuscode&from=20190101000000&limit=5000&matchType=host&output=json&showResumeKey=true&to=20201230000000&url=s.test"

var year2019 = vigie.Window{Since: "2019", Until: "2019"}

func at(s string) time.Time {
	t, err := time.Parse(stamp, s)
	if err != nil {
		panic(err)
	}
	return t
}

func TestWaybackSnapshots(t *testing.T) {
	s := &stub{answers: map[string]stubAnswer{
		cdxQuery: {200, nil, `[["timestamp","original","mimetype","statuscode"],["20190301120000","http://s.test/a/","text/html","200"],[],["test%2Cs%29%2Fa+20190301120000%21"]]`},
		cdxQuery + "&resumeKey=test%2Cs%29%2Fa+20190301120000%21": {200, nil, `[["timestamp","original","mimetype","statuscode"],["20190302000000","http://s.test/b","application/pdf","200"]]`},
	}}
	got, errs := snapshots(t, wayback{base: waybackBase}, s.client(t), "s.test", year2019)
	want := []Snapshot{
		{"http://s.test/a/", "20190301120000", at("20190301120000")}, {"http://s.test/b", "20190302000000", at("20190302000000")},
	}
	if diff := cmp.Diff(want, got); diff != "" || errs != nil {
		t.Errorf("errors %v, asked %q (-want +got):\n%s", errs, s.asked, diff)
	}
}

func TestWaybackIndexAnswers(t *testing.T) {
	head := `["timestamp","original"]`
	for _, tt := range []struct {
		name string
		stubAnswer
		pages int
		want  error // of the only error; nil: none
	}{
		{"no captures", stubAnswer{200, nil, "[]"}, 0, nil},
		{"an empty body", stubAnswer{200, nil, ""}, 0, nil},
		{"the head alone", stubAnswer{200, nil, "[" + head + "]"}, 0, nil},
		{"other fields", stubAnswer{200, nil, `[["a","b"],["c","d"]]`}, 0, ErrChanged},
		{"a row cut short", stubAnswer{200, nil, "[" + head + `,["20190301120000"]]`}, 0, ErrChanged},
		{"a moment that is none", stubAnswer{200, nil, "[" + head + `,["hier","http://s.test/"]]`}, 0, ErrChanged},
		{"a page of HTML", stubAnswer{200, nil, "<html>Down for maintenance</html>"}, 0, ErrChanged},
		{"a refusal", stubAnswer{403, nil, "blocked"}, 0, vigie.ErrBlocked},
		{"the same key for ever", stubAnswer{200, nil, "[" + head + `,["20190301120000","http://s.test/"],[],["k"]]`}, 2, errors.New("same key")},
	} {
		s := &stub{answers: map[string]stubAnswer{cdxQuery: tt.stubAnswer, cdxQuery + "&resumeKey=k": tt.stubAnswer}}
		got, errs := snapshots(t, wayback{base: waybackBase}, s.client(t), "s.test", year2019)
		ok := len(errs) == 0
		if tt.want != nil {
			ok = len(errs) == 1 && (errors.Is(errs[0], tt.want) || strings.Contains(errs[0].Error(), tt.want.Error()))
		}
		if !ok || len(got) != tt.pages {
			t.Errorf("%s: %d pages, errors %v, want %d and %v", tt.name, len(got), errs, tt.pages, tt.want)
		}
	}
}

func TestWaybackFetch(t *testing.T) {
	to := func(u string) stubAnswer { return stubAnswer{302, http.Header{"Location": {u}}, ""} }
	const web = "https://web.archive.org/web/"
	s := &stub{answers: map[string]stubAnswer{
		web + "20190301120000id_/http://s.test/a?x=1":  to("/web/20190305000000id_/http://s.test/a?x=1"), // the nearest
		web + "20190305000000id_/http://s.test/a?x=1":  to("/web/20190305000001id_/https://s.test/b"),    // the site's own
		web + "20190305000001id_/https://s.test/b":     {200, http.Header{"Content-Type": {"text/html"}, "Etag": {"archive's"}, "X-Archive-Orig-Content-Type": {"text/html; charset=iso-8859-1"}, "X-Archive-Orig-Server": {"Apache"}, "Server": {"nginx"}}, "page"},
		web + "20190101000000id_/http://s.test/seule":  to(web + "20190204000000id_/http://s.test/seule"),
		web + "20190204000000id_/http://s.test/seule":  {200, nil, "seule"},
		web + "20190101000000id_/http://s.test/perdue": {404, nil, "not archived"},
		web + "20190101000000id_/http://s.test/porte":  to(web),
		web: {200, nil, "the archive's own page"},
	}}
	w := wayback{base: waybackBase}
	got, err := w.Fetch(t.Context(), s.client(t), Snapshot{URL: "http://s.test/a?x=1", Place: "20190301120000"}, year2019)
	if err != nil {
		t.Fatal(err)
	}
	want := vigie.Capture{
		URL: "http://s.test/a?x=1", FinalURL: "https://s.test/b", Chain: []vigie.Hop{{URL: "http://s.test/a?x=1", Status: 302}},
		Via: "web.archive.org", Time: at("20190305000001"), Status: 200, Size: 4, MediaType: "text/html; charset=iso-8859-1",
		Header: map[string][]string{"Content-Type": {"text/html; charset=iso-8859-1"}, "Server": {"Apache"}},
	}
	if diff := cmp.Diff(want, got.Capture); diff != "" {
		t.Errorf("capture (-want +got):\n%s", diff)
	}
	got, err = w.Fetch(t.Context(), s.client(t), Snapshot{URL: "http://s.test/seule"}, year2019)
	if err != nil || !got.Capture.Time.Equal(at("20190204000000")) || got.Capture.Chain != nil {
		t.Errorf("without a place: %+v, %v", got, err)
	}
	for _, name := range []string{"perdue", "porte"} {
		p := pastGetter{Getter: s.client(t), past: w, window: year2019}
		_, err := p.Get(t.Context(), fetch.Request{URL: "http://s.test/" + name})
		if status, ok := errors.AsType[*fetch.StatusError](err); !errors.Is(err, vigie.ErrNotFound) || ok && status.Response != nil {
			t.Errorf("%s: %v, want ErrNotFound, and the archive's answer is no evidence", name, err)
		}
	}
	p := pastGetter{Getter: s.client(t), past: w, window: year2019, places: map[string]string{"http://s.test/a?x=1": "20190301120000"}}
	if _, err := p.Get(t.Context(), fetch.Request{URL: "http://s.test/a?x=1", Hosts: []string{"autre.test"}}); !errors.Is(err, fetch.ErrElsewhere) {
		t.Errorf("led to another host: %v, want ErrElsewhere", err)
	}
}

// getterFunc answers by hand.
type getterFunc func(fetch.Request) (*fetch.Response, error)

func (f getterFunc) Get(_ context.Context, r fetch.Request) (*fetch.Response, error) { return f(r) }

func (f getterFunc) Walk(ctx context.Context, r fetch.Request, visit func(*fetch.Response) ([]string, error)) error {
	return walk(ctx, f, r, visit)
}

func pack(t *testing.T, body string) []byte {
	t.Helper()
	var b bytes.Buffer
	z := gzip.NewWriter(&b)
	if _, err := io.WriteString(z, body); err != nil {
		t.Fatal(err)
	}
	if err := z.Close(); err != nil {
		t.Fatal(err)
	}
	return b.Bytes()
}

func TestCommonCrawlSlowDown(t *testing.T) {
	getter := getterFunc(func(fetch.Request) (*fetch.Response, error) {
		return nil, &fetch.StatusError{Status: 503, Response: &fetch.Response{Body: []byte("<Error><Code>SlowDown</Code></Error>")}}
	})
	p := pastGetter{Getter: getter, past: commonCrawl{index: crawlIndex, data: crawlData}, places: map[string]string{"https://s.test/a": "x.gz 0 10"}}
	_, err := p.Get(t.Context(), fetch.Request{URL: "https://s.test/a"})
	status, ok := errors.AsType[*fetch.StatusError](err)
	if !ok || status.Response != nil || answerOf(err) != answerRefused {
		t.Errorf("%v, want a status that may be over another day, and no evidence against the site", err)
	}
}

// TestArchivedDoors: what stood in a page's place when the archive came by is no page, and
// the archive that has several of them in a row does not refuse us.
func TestArchivedDoors(t *testing.T) {
	s := &stub{answers: map[string]stubAnswer{}}
	doors := []string{
		"<title>Just a moment...</title>", "<title>Just a moment...</title><p>2", "<title>Just a moment...</title><p>3",
		`<html><title>Connexion</title><form><input name=user><input type=password name=pw></form></html>`,
	}
	var pages []string
	for i, body := range append(doors, fmt.Sprintf(industriePage, "un", "un", "un")) {
		pages = append(pages, fmt.Sprintf("https://s.test/%d", i))
		s.answers["https://web.archive.org/web/1996id_/"+pages[i]] = stubAnswer{302, http.Header{"Location": {"/web/20190301120000id_/" + pages[i]}}, ""}
		s.answers["https://web.archive.org/web/20190301120000id_/"+pages[i]] = stubAnswer{200, http.Header{"Content-Type": {"text/html"}}, body}
	}
	archive := &memory{}
	got, err := fill(t, s, archive, newFrontier(), func(b *Backfill) { b.Past, b.Pages = wayback{base: waybackBase}, pages })
	if err != nil || got.New != 1 || got.Lost != len(doors) || got.Left != 0 {
		t.Errorf("%+v, %v", got, err)
	}
	for _, d := range archive.docs {
		for _, c := range d.Captures {
			if c.Via != "web.archive.org" || !c.Time.Equal(at("20190301120000")) || d.Published != "" {
				t.Errorf("%s: %+v, published %q", d.URL, c, d.Published)
			}
		}
	}
}

func warcOf(t *testing.T, records ...warc.Record) []byte {
	t.Helper()
	var b bytes.Buffer
	w := warc.NewWriter(&b)
	for _, r := range records {
		if _, err := w.Write(r); err != nil {
			t.Fatal(err)
		}
	}
	return b.Bytes()
}

func response(status int, url, body string, when string) warc.Record {
	return warc.Response{Status: status, Header: http.Header{"Content-Type": {"text/html"}}, Body: []byte(body)}.Record(url, at(when))
}

func TestCommonCrawlFetch(t *testing.T) {
	member := string(warcOf(t, response(200, "https://s.test/a", "page", "20190301120000")))
	other := response(200, "https://s.test/a", "page", "20190301120000")
	other.Fields = []warc.Field{{Name: warc.PayloadDigest, Value: "sha1:AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA"}}
	changed := string(warcOf(t, other))
	part := func(offset int) string {
		return fmt.Sprintf("%s/crawl-data/x.warc.gz bytes=%d-%d", crawlData, offset, offset+len(member)-1)
	}
	s := &stub{answers: map[string]stubAnswer{
		part(81): {206, nil, member}, part(90): {200, nil, member}, part(95): {206, nil, member[:len(member)-9]}, part(99): {206, nil, changed},
	}}
	c := commonCrawl{index: crawlIndex, data: crawlData}
	place := func(offset int) string { return fmt.Sprintf("crawl-data/x.warc.gz %d %d", offset, len(member)) }
	got, err := c.Fetch(t.Context(), s.client(t), Snapshot{URL: "https://s.test/a", Place: place(81)}, year2019)
	if err != nil {
		t.Fatal(err)
	}
	want := vigie.Capture{
		URL: "https://s.test/a", FinalURL: "https://s.test/a", Via: "commoncrawl.org", Time: at("20190301120000"), Status: 200, Size: 4,
		MediaType: "text/html", Header: map[string][]string{"Content-Type": {"text/html"}},
	}
	if diff := cmp.Diff(want, got.Capture); diff != "" {
		t.Errorf("capture (-want +got):\n%s", diff)
	}
	for name, sn := range map[string]Snapshot{
		"another page":            {URL: "https://s.test/autre", Place: place(81)},
		"the whole file":          {URL: "https://s.test/a", Place: place(90)},
		"a record cut short":      {URL: "https://s.test/a", Place: place(95)},
		"a body that has changed": {URL: "https://s.test/a", Place: place(99)},
		"a place that is none":    {URL: "https://s.test/a", Place: "x.warc.gz -1 0"},
		"a place in another form": {URL: "https://s.test/a", Place: "x.warc.gz"},
	} {
		if got, err := c.Fetch(t.Context(), s.client(t), sn, year2019); err == nil {
			t.Errorf("%s gave %q", name, got.Body)
		}
	}
}

func TestWARCFile(t *testing.T) {
	path := filepath.Join(t.TempDir(), "crawl.warc.gz")
	zipped := warc.Response{Status: 200, Header: http.Header{"Content-Encoding": {"gzip"}}, Body: pack(t, "page pressée")}
	file := warcOf(t,
		warc.Info(at("20190101000000")), response(200, "https://s.test/b", "plus tard", "20190401000000"),
		response(200, "https://s.test/a", "un", "20190301120000"), response(404, "https://s.test/perdu", "", "20190301120000"),
		response(200, "https://autre.test/", "autre", "20190301120000"), response(200, "https://s.test/vieux", "vieux", "20170101000000"),
		zipped.Record("https://s.test/z", at("20190501000000")))
	if err := os.WriteFile(path, file[:len(file)-1], 0o644); err != nil { // the last is damaged
		t.Fatal(err)
	}
	p, err := OpenWARC(path)
	if err != nil {
		t.Fatal(err)
	}
	got, errs := snapshots(t, p, nil, "www.s.test", year2019)
	var pages []string
	for _, s := range got {
		pages = append(pages, s.URL)
	}
	if want := []string{"https://s.test/a", "https://s.test/b"}; !slices.Equal(want, pages) || len(errs) != 1 || !errors.Is(errs[0], io.ErrUnexpectedEOF) {
		t.Errorf("pages %q, errors %v, want %q and what is damaged", pages, errs, want)
	}
	if err := os.WriteFile(path, file, 0o644); err != nil {
		t.Fatal(err)
	}
	for address, want := range map[string]string{"https://s.test/b": "plus tard", "http://s.test/z": "page pressée"} {
		p, _ := OpenWARC(path)
		r, err := p.Fetch(t.Context(), nil, Snapshot{URL: address}, year2019)
		if err != nil || string(r.Body) != want || r.Capture.Via != "warc:crawl.warc.gz" {
			t.Errorf("%s: %+v, %v, want %q", address, r, err, want)
		}
	}
	if _, err := OpenWARC(filepath.Join(filepath.Dir(path), "absent.warc.gz")); err == nil {
		t.Error("a file that is not there was opened")
	}
}

// TestWARCFileOfVigie: a list that could not be had takes no page with it.
func TestWARCFileOfVigie(t *testing.T) {
	var file bytes.Buffer
	w := warc.NewWriter(&file)
	for _, c := range []struct {
		id, address string
		status      int
	}{{"0123456789abcdef", "https://s.test/a", 200}, {"", "https://s.test/rss", 200}, {"", "https://s.test/plan.xml", 503}, {"", "https://s.test/muet.xml", 0}} {
		capture := vigie.Capture{URL: c.address, Time: at("20190301120000"), Status: c.status, Digest: vigie.Digest([]byte(c.address))}
		body := []byte(c.address)
		if c.status == 0 {
			body, capture.Digest = nil, vigie.Digest(nil)
		}
		doc := vigie.Document{ID: vigie.DocumentID(c.id), Source: "s", URL: c.address}
		if err := w.WriteCapture(warc.Captured{Document: doc, Capture: capture, Body: body}); err != nil {
			t.Fatal(err)
		}
	}
	path := filepath.Join(t.TempDir(), "vigie.warc.gz")
	if err := os.WriteFile(path, file.Bytes(), 0o644); err != nil {
		t.Fatal(err)
	}
	p, err := OpenWARC(path)
	if err != nil {
		t.Fatal(err)
	}
	if got, errs := snapshots(t, p, nil, "s.test", year2019); len(got) != 1 || got[0].URL != "https://s.test/a" || len(errs) > 0 {
		t.Errorf("pages %v, %v; want the one that is no list", got, errs)
	}
}

// TestRecordedCut: of what another archive has the beginning alone, the beginning is
// evidence and no page.
func TestRecordedCut(t *testing.T) {
	packed := pack(t, strings.Repeat("page pressée ", 500))
	for name, answer := range map[string]warc.Response{
		"plain":  {Status: 200, Body: []byte("<p>le début")},
		"packed": {Status: 200, Header: http.Header{"Content-Encoding": {"gzip"}}, Body: packed[:len(packed)-12]},
	} {
		rec := answer.Record("https://s.test/a", at("20190301120000"))
		rec.Fields = append(rec.Fields, warc.Field{Name: warc.Truncated, Value: "length"})
		_, err := Recorded(rec, "warc:x.warc")
		cut, ok := errors.AsType[*PageError](err)
		if !ok || cut.Fault != vigie.FaultCut {
			t.Fatalf("%s: %v, want a page cut short", name, err)
		}
		if c := cut.Response.Capture; len(cut.Response.Body) == 0 || c.Size <= len(cut.Response.Body) || c.Fault != vigie.FaultCut {
			t.Errorf("%s: %d bytes of %d, fault %q", name, len(cut.Response.Body), c.Size, c.Fault)
		}
	}
}

// A revisit in a file: of a page of the file it says no more; of another file's it is told.
func TestWARCFileRevisits(t *testing.T) {
	day := time.Date(2019, 2, 14, 9, 0, 0, 0, time.UTC)
	var file bytes.Buffer
	w := warc.NewWriter(&file)
	un, err := w.Write(warc.Response{Status: 200, Header: http.Header{"Content-Type": {"text/html"}}, Body: []byte("un")}.Record("https://s.test/un", day))
	if err != nil {
		t.Fatal(err)
	}
	if _, err := w.Write(warc.Response{Status: 304}.Revisit(day.AddDate(0, 0, 1), un)); err != nil {
		t.Fatal(err)
	}
	gone := warc.Response{Status: 200, Body: []byte("ailleurs")}.Record("https://s.test/ailleurs", day)
	if _, err := w.Write(warc.Response{Status: 200, Body: []byte("ailleurs")}.Revisit(day.AddDate(0, 0, 1), gone)); err != nil {
		t.Fatal(err)
	}
	path := filepath.Join(t.TempDir(), "x.warc.gz")
	if err := os.WriteFile(path, file.Bytes(), 0o644); err != nil {
		t.Fatal(err)
	}
	past, err := OpenWARC(path)
	if err != nil {
		t.Fatal(err)
	}
	got, errs := snapshots(t, past, nil, "s.test", vigie.Window{})
	if len(got) != 1 || len(errs) != 1 || !strings.Contains(errs[0].Error(), "1 revisits of pages that it does not hold") {
		t.Errorf("snapshots %v, errors %v; want the one page, and a word on the other", got, errs)
	}
}
