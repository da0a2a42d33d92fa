package article

import (
	"fmt"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"vigie"
	"vigie/internal/golden"
)

// TestGolden reads each page of testdata, one trap each, as if fetched on 4 June 2024.
func TestGolden(t *testing.T) {
	files, err := filepath.Glob("testdata/*.[ht][tx][mt]*")
	if err != nil || len(files) == 0 {
		t.Fatal("no pages under testdata: ", err)
	}
	for _, f := range files {
		t.Run(filepath.Base(f), func(t *testing.T) {
			body, err := os.ReadFile(f)
			if err != nil {
				t.Fatal(err)
			}
			a, err := Read(Input{Body: body, Published: "2021-03-15", Fetched: "2024-06-04"})
			if err != nil {
				t.Fatal(err)
			}
			checkForm(t, a)
			golden.Check(t, strings.TrimSuffix(f, filepath.Ext(f))+".golden", []byte(show(a)))
		})
	}
}

// show prints an article for reading.
func show(a *vigie.Article) string {
	var b strings.Builder
	fmt.Fprintf(&b, "title: %s\npublisher: %s\npublished: %s\nupdated: %s\n", a.Title, a.Publisher, a.Published, a.Updated)
	for _, d := range a.Dates {
		fmt.Fprintf(&b, "date: %s %s %q", d.Date, d.Rule, d.Text)
		if d.Reason != "" {
			fmt.Fprintf(&b, ", refused: %s", d.Reason)
		}
		b.WriteString("\n")
	}
	b.WriteString("blocks:")
	for _, k := range a.Blocks {
		fmt.Fprintf(&b, " %s", k.Kind)
		if k.Level > 0 {
			fmt.Fprintf(&b, "%d", k.Level)
		}
	}
	return b.String() + "\n\n" + a.Text + "\n"
}
