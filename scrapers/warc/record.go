// Package warc writes and reads WARC/1.1, the file format of web archives, and
// replays an archive as the web itself.
//
// In goes what a server answered, byte for byte; out come records that other
// tools read: one gzip member a record, so that any of them can be read alone,
// with SHA-1 digests in base32. A file is a function of what it holds: record
// identifiers come from the content, and no clock is asked.
//
// A record in the file is
//
//	WARC/1.1 CRLF, named fields "Name: value" CRLF, an empty line,
//	Content-Length bytes of block, CRLF CRLF
//
// and the block of a response is the HTTP message: status line, header, body.
// The body keeps its content encoding (gzip) and loses its transfer encoding
// (chunks), since digests of other tools count it so.
package warc

import (
	"bytes"
	"strings"
	"time"
)

// The types of a [Record].
const (
	TypeInfo     = "warcinfo"
	TypeRequest  = "request"
	TypeResponse = "response"
	TypeRevisit  = "revisit"
	TypeMetadata = "metadata"
)

// Names of fields that have no place of their own in a [Record].
const (
	PayloadDigest  = "WARC-Payload-Digest"
	BlockDigest    = "WARC-Block-Digest"
	ConcurrentTo   = "WARC-Concurrent-To"
	RefersTo       = "WARC-Refers-To"
	RefersToURI    = "WARC-Refers-To-Target-URI"
	RefersToDate   = "WARC-Refers-To-Date"
	RevisitProfile = "WARC-Profile"
	Truncated      = "WARC-Truncated" // why the block is not whole
)

const (
	mediaFields   = "application/warc-fields"
	mediaRequest  = "application/http; msgtype=request"
	mediaResponse = "application/http; msgtype=response"

	// SameBody is the profile of a revisit whose body is that of an earlier response.
	SameBody = "http://netpreserve.org/warc/1.1/revisit/identical-payload-digest"
	// NotModified is the profile of a revisit that the server answered with 304.
	NotModified = "http://netpreserve.org/warc/1.1/revisit/server-not-modified"
)

// A Record is one entry of a WARC file.
type Record struct {
	Type   string    // one of the types above, or another that a reader lets through
	ID     string    // urn:uuid:…; [Writer.Write] derives an empty one from the content
	URL    string    // as requested; empty for a warcinfo
	Date   time.Time // when it was archived, UTC; zero where a foreign file does not tell
	Media  string    // of the block
	Fields []Field   // what else the header says, in order
	Block  []byte

	Offset int64 // in the file, of the record or of the gzip member that holds it; set by [Reader]
}

// A Field is one named field of a record's header. Names match whatever their case.
type Field struct{ Name, Value string }

// Field returns the value of the first field so named, or nothing.
func (r Record) Field(name string) string { return field(r.Fields, name) }

func field(fields []Field, name string) string {
	for _, f := range fields {
		if strings.EqualFold(f.Name, name) {
			return f.Value
		}
	}
	return ""
}

// OwnFile reports whether a warcinfo opens a file that vigie wrote.
func (r Record) OwnFile() bool {
	return r.Type == TypeInfo && strings.HasPrefix(blockField(r.Block, "software"), "vigie ")
}

// Info is the record that opens a file: which software wrote it, under which rules.
func Info(date time.Time, fields ...Field) Record {
	return Record{Type: TypeInfo, Date: date, Media: mediaFields, Block: fieldBlock(fields)}
}

// Metadata is what the archivist knows of a URL beside what its server said.
func Metadata(url string, date time.Time, fields ...Field) Record {
	return Record{Type: TypeMetadata, URL: url, Date: date, Media: mediaFields, Block: fieldBlock(fields)}
}

func fieldBlock(fields []Field) []byte {
	var b bytes.Buffer
	for _, f := range fields {
		b.WriteString(oneLine(f.Name) + ": " + oneLine(f.Value) + "\r\n")
	}
	return b.Bytes()
}
