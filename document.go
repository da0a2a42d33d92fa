package vigie

import (
	"crypto/sha256"
	"encoding/hex"
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
