package transform_test

import (
	"testing"

	"vigie/transform"
	"vigie/transform/article"
)

// BenchmarkReading reads the pages with gold facts from bytes to linked facts.
func BenchmarkReading(b *testing.B) {
	p, err := transform.New()
	if err != nil {
		b.Fatal(err)
	}
	pages := loadPages(b, p)
	size := 0
	for _, pg := range pages {
		size += len(pg.body)
	}
	b.SetBytes(int64(size))
	b.ReportAllocs()
	for b.Loop() {
		for _, pg := range pages {
			if _, err := p.Document(article.Input{Body: pg.body, Published: pg.published}); err != nil {
				b.Fatal(err)
			}
		}
	}
	b.ReportMetric(float64(len(pages)*b.N)/b.Elapsed().Seconds(), "pages/s")
}
