package article

import (
	"strings"
	"testing"
)

// BenchmarkCorpus reads the development corpus: small pages, of 6 KB each.
func BenchmarkCorpus(b *testing.B) {
	var inputs []Input
	size := 0
	for _, d := range corpus(b) {
		in := Input{Body: corpusFile(b, d.File), URL: d.URL}
		inputs, size = append(inputs, in), size+len(in.Body)
	}
	b.SetBytes(int64(size))
	for b.Loop() {
		for _, in := range inputs {
			if _, err := Read(in); err != nil {
				b.Fatal(err)
			}
		}
	}
	b.ReportMetric(float64(len(inputs)*b.N)/b.Elapsed().Seconds(), "pages/s")
}

// BenchmarkLarge reads one page of a megabyte.
func BenchmarkLarge(b *testing.B) {
	body := []byte("<html><body><main><h1>T</h1>" + strings.Repeat("<div class=row><p>Les trois présidents ont <a href=/x>signé</a> la convention.</p></div>\n", 12_000))
	b.SetBytes(int64(len(body)))
	for b.Loop() {
		if _, err := Read(Input{Body: body}); err != nil {
			b.Fatal(err)
		}
	}
}
