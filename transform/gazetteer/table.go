package gazetteer

import (
	"encoding/csv"
	"fmt"
	"iter"
	"strconv"
	"strings"

	"vigie"
)

// A Table says where one of the embedded lists comes from.
type Table struct {
	File    string
	Name    string // in French
	Source  string
	Licence string
	Date    vigie.Date // of the source's state
	Vintage string     // millésime
	Rows    int
}

// Tables lists the embedded tables in the order of reports.
func (g *Gazetteer) Tables() []Table {
	rows, err := csv.NewReader(strings.NewReader(tablesCSV)).ReadAll()
	if err != nil {
		panic(err) // embedded, and under test
	}
	var all []Table
	for _, r := range rows[1:] {
		n, _ := strconv.Atoi(r[6])
		all = append(all, Table{r[0], r[1], r[2], r[3], vigie.Date(r[4]), r[5], n})
	}
	return all
}

// rows yields the lines of an embedded table behind its head, without a copy of their
// cells, and refuses one whose head is not as wanted.
func rows(table string, columns ...string) (iter.Seq[string], error) {
	head, body, _ := strings.Cut(table, "\n")
	if want := strings.Join(columns, "\t"); head != want {
		return nil, fmt.Errorf("table with columns %q, want %q", head, want)
	}
	return strings.SplitSeq(strings.TrimSuffix(body, "\n"), "\n"), nil
}

// cell returns the nth cell of a row, empty where there is none.
func cell(row string, n int) string {
	for range n {
		i := strings.IndexByte(row, '\t')
		if i < 0 {
			return ""
		}
		row = row[i+1:]
	}
	row, _, _ = strings.Cut(row, "\t")
	return row
}

// list returns the nth cell as the list it holds.
func list(row string, n int) []string { return strings.Fields(cell(row, n)) }
