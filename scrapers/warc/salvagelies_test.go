package warc

import (
	"bytes"
	"io"
	"strings"
	"testing"

	"github.com/klauspost/compress/gzip"
)

// A counted file tells how much of it was read.
type countedFile struct {
	*bytes.Reader
	n int
}

func (c *countedFile) ReadAt(p []byte, at int64) (int, error) {
	n, err := c.Reader.ReadAt(p, at)
	c.n += n
	return n, err
}

// TestSalvageOfLies reads files of headers whose lengths are false, and that overlap: what is
// read grows with the file, not with its square, and the page at the end is found.
func TestSalvageOfLies(t *testing.T) {
	const head = "WARC/1.1\r\nWARC-Type: response\r\nWARC-Target-URI: http://a/\r\n"
	member := func(text string) string {
		var b bytes.Buffer
		gz := gzip.NewWriter(&b)
		io.WriteString(gz, text)
		gz.Close()
		return b.String()
	}
	sound, _ := file(t, page("https://a.example/0", "un"))
	plain := string(gunzip(t, sound))
	for _, c := range []struct {
		name, lie, end string
		least          int // read in any case
		whole          int // records
	}{
		{"past the end", head + "Content-Length: 60000000\r\n\r\n", plain, 0, 1},
		{"past all ends", head + "Content-Length: 9223372036854775807\r\n\r\n", plain, 0, 1},
		{"to no record", head + "Content-Length: 200001\r\n\r\n", plain, 0, 1},
		{"larger than the limit, in a large file", head + "Content-Length: 70000001\r\n\r\n", plain, 0, 1},
		{"beside a digest", head + "WARC-Block-Digest: sha1:AAAA\r\nContent-Length: 400001\r\n\r\n", plain, 2 * leastVain, 0},
		{"in headers without an end", "WARC/1.1\r\n", plain, 4 * leastVain, 0},
		{"in gzip members", member(head + "Content-Length: 60000000\r\n\r\n"), string(sound), 0, 1},
		{"of what is no member", "\x1f\x8b\x08", string(sound), 1 << 28, 1},
	} {
		t.Run(c.name, func(t *testing.T) {
			in := countedFile{Reader: bytes.NewReader([]byte(strings.Repeat(c.lie, (1<<19)/len(c.lie)) + c.end))}
			whole, told := 0, 0
			for _, err := range Salvage(&in) {
				if err == nil {
					whole++
				} else {
					told++
				}
			}
			if most := c.least + 64*int(in.Size()); in.n > most {
				t.Errorf("%d bytes read of a file of %d, want %d at most", in.n, in.Size(), most)
			}
			if whole < c.whole || told == 0 {
				t.Errorf("%d records, %d told; want %d and what is damaged", whole, told, c.whole)
			}
		})
	}
}
