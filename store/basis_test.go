package store_test

import (
	"context"
	"fmt"
	"math/rand/v2"
	"path/filepath"
	"strings"
	"testing"

	"vigie"
	"vigie/store"
)

// sitePage is the nth page of a site whose looks are those of a year: 30 kB of site around
// a few words.
func sitePage(year, n int) (vigie.Document, vigie.Capture, []byte) {
	random := rand.New(rand.NewPCG(uint64(year), 0))
	var site strings.Builder
	for site.Len() < 30_000 {
		fmt.Fprintf(&site, "<li class=x%d>%d</li>", random.Uint64(), random.Uint64())
	}
	body := fmt.Appendf(nil, "<html><body>%s<p>Page %d de %d</p></body></html>", &site, n, year)
	doc, c, _ := aPage(fmt.Sprintf("%d-%d", year, n))
	c.Digest, c.Size, c.MediaType, c.Status, c.Fault = vigie.Digest(body), len(body), "text/html", 200, ""
	return doc, c, body
}

func putPages(t *testing.T, s *store.Store, year, pages int) (digests []string) {
	t.Helper()
	for n := range pages {
		doc, c, body := sitePage(year, n)
		if err := s.Put(context.Background(), doc, c, body); err != nil {
			t.Fatal(err)
		}
		digests = append(digests, c.Digest)
	}
	return digests
}

// TestBasis: pages of one site cost little beside the first, also after the site has
// changed its looks, and in a process that has just begun; all come back.
func TestBasis(t *testing.T) {
	path := filepath.Join(t.TempDir(), "vigie.db")
	digests := putPages(t, open(t, path), 2019, 40)
	s := open(t, path)
	digests = append(digests, putPages(t, s, 2020, 40)...)
	for _, d := range digests {
		if _, err := s.Body(context.Background(), d); err != nil {
			t.Error(err)
		}
	}
	_, db := store.Handles(s)
	var bases, alone, size int
	err := db.QueryRow(`SELECT (SELECT count(*) FROM bases), (SELECT count(*) FROM bodies WHERE basis IS NULL),
		(SELECT sum(length(zstd)) FROM bodies WHERE basis IS NOT NULL)`).Scan(&bases, &alone, &size)
	if err != nil || bases != 2 || alone != 2 {
		t.Errorf("%d bases, %d bodies packed alone, error %v: want 2 and 2", bases, alone, err)
	}
	if whole := 16 * 30_000; size > whole { // until the new looks are believed, pages are packed as if alone
		t.Errorf("the others take %d bytes, want at most %d", size, whole)
	}
}

// TestBasisDamaged: of a basis there are two, and either will do.
func TestBasisDamaged(t *testing.T) {
	path := filepath.Join(t.TempDir(), "vigie.db")
	s := open(t, path)
	digests := putPages(t, s, 2019, 3)
	_, db := store.Handles(s)
	for i, damage := range []string{`UPDATE bases SET zstd = substr(zstd, 2)`, `UPDATE bodies SET zstd = substr(zstd, 2) WHERE basis IS NULL`} {
		if _, err := db.Exec(damage); err != nil {
			t.Fatal(err)
		}
		_, err := open(t, path).Body(context.Background(), digests[2])
		if i == 0 && err != nil {
			t.Errorf("the basis is there still: %v", err)
		}
		if i == 1 && (err == nil || !strings.Contains(err.Error(), digests[2]) || !strings.Contains(err.Error(), digests[0])) {
			t.Errorf("both are damaged: error %v", err)
		}
	}
}
