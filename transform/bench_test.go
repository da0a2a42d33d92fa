//go:build unix

package transform_test

import (
	"strings"
	"syscall"
	"testing"
	"time"

	"vigie/transform"
	"vigie/transform/article"
)

// BenchmarkReading reads the pages with gold facts from bytes to linked facts.
func BenchmarkReading(b *testing.B) {
	p, pages := forBenchmark(b)
	size := 0
	for _, pg := range pages {
		size += len(pg.body)
	}
	b.SetBytes(int64(size))
	b.ReportAllocs()
	began := processorTime()
	for b.Loop() {
		for _, pg := range pages {
			if _, err := p.Document(article.Input{Body: pg.body, Published: pg.published}); err != nil {
				b.Fatal(err)
			}
		}
	}
	took := processorTime() - began
	b.ReportMetric(float64(len(pages)*b.N)/took.Seconds(), "pages/cpu-s")
	b.ReportMetric(float64(size*b.N)/took.Seconds()/1e6, "MB/cpu-s")
}

// BenchmarkNames looks for official names in the text of the same pages.
func BenchmarkNames(b *testing.B) {
	p, pages := forBenchmark(b)
	var all strings.Builder
	for _, pg := range pages {
		r, err := p.Document(article.Input{Body: pg.body, Published: pg.published})
		if err != nil {
			b.Fatal(err)
		}
		all.WriteString(r.Article.Text)
	}
	text := all.String()
	b.SetBytes(int64(len(text)))
	began := processorTime()
	for b.Loop() {
		p.Gazetteer.Find(text)
	}
	b.ReportMetric(float64(len(text)*b.N)/(processorTime()-began).Seconds()/1e6, "MB/cpu-s")
}

func forBenchmark(b *testing.B) (*transform.Pipeline, []*goldPage) {
	p, err := transform.New()
	if err != nil {
		b.Fatal(err)
	}
	return p, loadPages(b, p)
}

// processorTime is what this process has used so far: unlike the clock it says the same
// while others use the machine.
func processorTime() time.Duration {
	var r syscall.Rusage
	if err := syscall.Getrusage(syscall.RUSAGE_SELF, &r); err != nil {
		panic(err)
	}
	return time.Duration(r.Utime.Nano() + r.Stime.Nano())
}
