package scrapers

import (
	_ "embed"
	"strings"
	"testing"

	"vigie"
)

//go:embed testdata/held.tsv
var heldTSV string

// Floors of what the keywords let through, of titles that were written to measure them.
// What they miss is told: no word of such a title names its programme, and a page that only
// such a title leads to is not read.
const (
	leastRecall    = 0.85
	leastPrecision = 0.95
)

func TestKeywordsOnAHeldList(t *testing.T) {
	keywords := newTopic(programmes)
	hits, about, taken := 0, 0, 0
	for n, line := range strings.Split(strings.TrimSpace(heldTSV), "\n") {
		if strings.HasPrefix(line, "#") {
			continue
		}
		verdict, rest, _ := strings.Cut(line, "\t")
		title, summary, _ := strings.Cut(rest, "\t")
		if verdict != "yes" && verdict != "no" || title == "" {
			t.Fatalf("held.tsv:%d: want yes or no, a title, and perhaps a summary: %q", n+1, line)
		}
		took := keywords.holds(vigie.Link{URL: "https://site.example/actualites/1", Title: title, Summary: summary})
		switch {
		case verdict == "yes" && took:
			hits++
		case verdict == "yes":
			t.Logf("missed: %s", title)
		case took:
			t.Logf("taken for nothing: %s", title)
		}
		if verdict == "yes" {
			about++
		}
		if took {
			taken++
		}
	}
	recall, precision := float64(hits)/float64(about), float64(hits)/float64(taken)
	t.Logf("%d of %d found (recall %.2f), %d asked for (precision %.2f)", hits, about, recall, taken, precision)
	if recall < leastRecall || precision < leastPrecision {
		t.Errorf("recall %.2f, precision %.2f; the floors are %.2f and %.2f", recall, precision, leastRecall, leastPrecision)
	}
}
