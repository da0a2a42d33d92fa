package reports

import (
	"bufio"
	"cmp"
	"context"
	"io"
	"strconv"
	"strings"
	"time"
)

// writeMachineCSV writes a table for programs: plain UTF-8, commas, LF, numbers with a
// point, days as 2019-02-14, codes in place of their words, columns by their keys.
// datapackage.json describes it. Texts that begin like a formula have an apostrophe
// before them there too: people open what they find.
func writeMachineCSV(ctx context.Context, w io.Writer, t Table) error {
	b := bufio.NewWriter(w)
	keys := make([]string, 0, len(t.Columns))
	for _, c := range t.Columns {
		if !c.Entry {
			keys = append(keys, c.Key)
		}
	}
	b.WriteString(strings.Join(keys, ",") + "\n")
	for row := range t.Rows {
		if err := ctx.Err(); err != nil {
			return err
		}
		first := true
		for i, c := range row.Cells {
			if t.Columns[i].Entry {
				continue
			}
			if !first {
				b.WriteByte(',')
			}
			first = false
			b.WriteString(quotedAt(c.machine(), ",\"\r\n"))
		}
		b.WriteByte('\n')
	}
	return b.Flush() // the first failed write comes back here
}

// machine is the value as programs read it.
func (c Cell) machine() string {
	switch c.Type {
	case Day:
		return c.Day.Format(time.DateOnly)
	case Moment:
		return c.Day.UTC().Format(time.RFC3339)
	case Count, Euro, Share:
		return strconv.FormatFloat(c.Number, 'f', -1, 64)
	}
	return harmless(cmp.Or(c.Code, c.Text))
}
