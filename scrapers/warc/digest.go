package warc

import (
	"crypto/md5"
	"crypto/sha1"
	"crypto/sha256"
	"crypto/sha512"
	"encoding/base32"
	"encoding/hex"
	"fmt"
	"hash"
	"strings"
)

// A DigestError says that a record's bytes are not those that were archived.
type DigestError struct {
	URL       string
	Offset    int64
	Field     string // BlockDigest or PayloadDigest
	Want, Got string
}

func (e *DigestError) Error() string {
	return fmt.Sprintf("record of %s at byte %d: %s is %s, the file says %s", e.URL, e.Offset, e.Field, e.Got, e.Want)
}

func digest(b []byte) string {
	sum := sha1.Sum(b)
	return "sha1:" + base32.StdEncoding.EncodeToString(sum[:])
}

// BodyDigest is the digest of an HTTP response's body, empty for other records; of a
// revisit, that of the body it refers to.
func (r Record) BodyDigest() string {
	if d := r.Field(PayloadDigest); d != "" {
		return d
	}
	if r.Type != TypeResponse {
		return ""
	}
	_, body := cutHead(r.Block)
	return digest(body)
}

// verify compares the block, and a response's body, with the digests in the header.
// An unknown algorithm proves nothing and is let through.
func (r Record) verify() error {
	if want := r.Field(BlockDigest); want != "" {
		if got, same := check(want, r.Block); !same {
			return &DigestError{r.URL, r.Offset, BlockDigest, want, got}
		}
	}
	want := r.Field(PayloadDigest)
	if want == "" || r.Type != TypeResponse {
		return nil
	}
	_, body := cutHead(r.Block)
	got, same := check(want, body)
	if same {
		return nil
	}
	// Some tools archive the chunks and count the digest without them.
	if plain, err := dechunk(body); err == nil {
		if _, same := check(want, plain); same {
			return nil
		}
	}
	return &DigestError{r.URL, r.Offset, PayloadDigest, want, got}
}

// sealed reports whether a digest tells that the block is as long as it was.
func (r Record) sealed() bool {
	return r.Field(BlockDigest) != "" || r.Type == TypeResponse && r.Field(PayloadDigest) != ""
}

// SameDigest reports whether a body has the digest that a record gives it; one of an unknown
// algorithm proves nothing.
func SameDigest(want string, body []byte) bool {
	name, _, _ := strings.Cut(want, ":")
	_, same := check(want, body)
	return same && newHash(name) != nil
}

// check tells the digest of b by the algorithm of want, and whether it is want, which
// may be in base32 or, as some tools write it, in hexadecimal.
func check(want string, b []byte) (got string, same bool) {
	name, value, _ := strings.Cut(want, ":")
	h := newHash(name)
	if h == nil {
		return "", true
	}
	h.Write(b)
	sum := h.Sum(nil)
	text := base32.StdEncoding.EncodeToString(sum)
	same = strings.EqualFold(strings.TrimRight(value, "="), strings.TrimRight(text, "=")) ||
		strings.EqualFold(value, hex.EncodeToString(sum))
	return name + ":" + text, same
}

func newHash(name string) hash.Hash {
	switch strings.ToLower(name) {
	case "md5":
		return md5.New()
	case "sha1", "sha-1":
		return sha1.New()
	case "sha256", "sha-256":
		return sha256.New()
	case "sha512", "sha-512":
		return sha512.New()
	}
	return nil
}
