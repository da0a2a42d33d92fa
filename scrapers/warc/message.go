package warc

import (
	"bufio"
	"bytes"
	"errors"
	"fmt"
	"io"
	"net/http"
	"net/http/httputil"
	"net/url"
	"slices"
	"strconv"
	"strings"
	"time"
)

// A Response is what a server answered. Body keeps its content encoding; its
// transfer encoding is gone, from Header too.
type Response struct {
	Status int
	Header http.Header
	Body   []byte
}

// Record makes the response to a GET of url an entry to write.
func (r Response) Record(url string, date time.Time) Record {
	return Record{
		Type: TypeResponse, URL: url, Date: date, Media: mediaResponse,
		Block: append(r.head(len(r.Body)), r.Body...),
	}
}

// Revisit makes the response an entry that leaves its body to an earlier record of
// the same URL: that of a 304, or of a body that has not changed since.
func (r Response) Revisit(date time.Time, earlier Record) Record {
	profile, kept := SameBody, len(r.Body)
	if r.Status == http.StatusNotModified {
		profile, kept = NotModified, 0
	}
	return Record{
		Type: TypeRevisit, URL: earlier.URL, Date: date, Media: mediaResponse, Block: r.head(kept),
		Fields: []Field{
			{PayloadDigest, earlier.BodyDigest()},
			{RevisitProfile, profile},
			{RefersTo, "<" + earlier.ID + ">"},
			{RefersToURI, earlier.URL},
			{RefersToDate, earlier.Date.UTC().Format(time.RFC3339Nano)},
		},
	}
}

// Request is the entry of the GET that was answered by the record named response.
func Request(target string, date time.Time, header http.Header, response string) (Record, error) {
	u, err := url.Parse(target)
	if err != nil {
		return Record{}, fmt.Errorf("request: %w", err)
	}
	var b bytes.Buffer
	fmt.Fprintf(&b, "GET %s HTTP/1.1\r\nHost: %s\r\n", u.RequestURI(), u.Host)
	writeHeader(&b, header)
	return Record{
		Type: TypeRequest, URL: target, Date: date, Media: mediaRequest, Block: b.Bytes(),
		Fields: []Field{{ConcurrentTo, "<" + response + ">"}},
	}, nil
}

// head writes the status line and the header, made true to a body of that many bytes.
func (r Response) head(size int) []byte {
	h := r.Header.Clone()
	h.Del("Transfer-Encoding")
	if h.Get("Content-Length") != "" {
		h.Set("Content-Length", strconv.Itoa(size))
	}
	var b bytes.Buffer
	fmt.Fprintf(&b, "HTTP/1.1 %03d %s\r\n", r.Status, http.StatusText(r.Status))
	writeHeader(&b, h)
	return b.Bytes()
}

// writeHeader writes h by name, and the empty line. A line break within a value would
// begin another field, so it becomes a space, as in net/http.
func writeHeader(b *bytes.Buffer, h http.Header) {
	names := make([]string, 0, len(h))
	for name := range h {
		names = append(names, name)
	}
	slices.Sort(names)
	for _, name := range names {
		for _, v := range h[name] {
			b.WriteString(oneLine(name) + ": " + oneLine(v) + "\r\n")
		}
	}
	b.WriteString("\r\n")
}

// oneLine goes by bytes: what is no UTF-8 stays as it is.
func oneLine(s string) string { return strings.Trim(lineBreaks.Replace(s), " \t") }

var lineBreaks = strings.NewReplacer("\r", " ", "\n", " ")

var errNoHTTP = errors.New("block holds no HTTP response")

// Response parses the block of a response or revisit. It bears what archives hold:
// lines that end in LF alone, header lines without a colon, a body announced as
// chunked that no longer is.
func (r Record) Response() (Response, error) {
	head, body := cutHead(r.Block)
	lines := bufio.NewReaderSize(bytes.NewReader(head), len(head)+1)
	status, _ := readLine(lines)
	proto, rest, _ := strings.Cut(status, " ")
	if !strings.HasPrefix(proto, "HTTP/") {
		return Response{}, fmt.Errorf("record %s of %s: %w", r.ID, r.URL, errNoHTTP)
	}
	code, _, _ := strings.Cut(strings.TrimSpace(rest), " ")
	n, err := strconv.Atoi(code)
	if err != nil || n < 100 || n > 999 {
		return Response{}, fmt.Errorf("record %s of %s: status %q: %w", r.ID, r.URL, code, errNoHTTP)
	}
	fields, err := readFields(lines)
	if err != nil && err != io.EOF {
		return Response{}, fmt.Errorf("record %s of %s: %w", r.ID, r.URL, err)
	}
	h := make(http.Header, len(fields))
	for _, f := range fields {
		h.Add(f.Name, f.Value)
	}
	if strings.EqualFold(h.Get("Transfer-Encoding"), "chunked") {
		if plain, err := dechunk(body); err == nil {
			body = plain
		}
	}
	h.Del("Transfer-Encoding")
	return Response{Status: n, Header: h, Body: body}, nil
}

// cutHead parts an HTTP message after the first empty line, however lines end.
func cutHead(block []byte) (head, body []byte) {
	for i, c := range block {
		if c != '\n' {
			continue
		}
		next := bytes.TrimPrefix(block[i+1:], []byte("\r"))
		if len(next) > 0 && next[0] == '\n' {
			return block[:i+1], next[1:]
		}
	}
	return block, nil
}

func dechunk(body []byte) ([]byte, error) {
	return io.ReadAll(httputil.NewChunkedReader(bytes.NewReader(body)))
}
