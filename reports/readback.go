package reports

import (
	"cmp"
	"fmt"
	"slices"
	"strings"

	"vigie"
	"vigie/internal/french"
	"vigie/reports/returned"
)

// An Answer is a row of a returned workbook in which somebody has decided something, or
// tried to.
type Answer struct {
	Sheet           string
	Row             int    // as the program numbers it
	Key             string // see [vigie.RowKey]
	What            string // the row's first cells, to know it by
	Words           string // the quote as the row shows it
	Verdict         vigie.Verdict
	Correction, Why string
	Problem         string // why it cannot be taken as it stands, and what to do; empty: it can
}

// ReadAnswers finds the answers in a returned workbook: sheets are known by their columns
// Clé and Décision, wherever they stand and whatever else was inserted. Every row in
// which something was filled in is among them, once for each key: where two rows of one
// key say the same the first stands for both, where they contradict each other both have
// a Problem. decidable counts the sheets in which decisions may be.
func ReadAnswers(w *returned.Workbook) (answers []Answer, decidable int, err error) {
	for _, s := range w.Sheets {
		found, ok, err := readAnswers(s)
		if err != nil {
			return nil, 0, err
		}
		if ok {
			decidable++
		}
		answers = append(answers, found...)
	}
	return agreeing(answers), decidable, nil
}

// readAnswers reads those of a sheet; ok reports whether it has the columns.
func readAnswers(s *returned.Sheet) (answers []Answer, ok bool, err error) {
	var columns entryColumns
	for row, err := range s.Rows() {
		if err != nil {
			return nil, false, err
		}
		if c, is := findColumns(row); is {
			columns, ok = c, true
			if c.doubled {
				answers = append(answers, Answer{Sheet: s.Name, Row: row.Number, Problem: "two columns are called Décision, and only the first is read: give the other another name"})
			}
			continue
		}
		if !ok && row.Number <= headerDepth && lacksVerdict(row) {
			return []Answer{{Sheet: s.Name, Row: row.Number, Problem: "the sheet has the column Clé and none called Décision: give it its name back, nothing was read from it"}}, true, nil
		}
		if ok {
			if a, filled := columns.answer(row); filled {
				a.Sheet = s.Name
				answers = append(answers, a)
			}
		}
	}
	return answers, ok, nil
}

// entryColumns are where a sheet keeps what concerns decisions; -1 where it does not.
type entryColumns struct {
	key, verdict, correction, why, quote int
	doubled                              bool // there are two for verdicts
}

// findColumns reports whether a row is the one of the columns' names.
func findColumns(row returned.Row) (entryColumns, bool) {
	at := func(name string) int { return columnAt(row, name, 0) }
	c := entryColumns{verdict: at(VerdictColumn)}
	if c.verdict < 0 {
		return c, false
	}
	c.key, c.correction, c.why, c.quote = at(KeyColumn), at(CorrectionColumn), at(WhyColumn), at(quoteColumn)
	c.doubled = columnAt(row, VerdictColumn, c.verdict+1) >= 0
	return c, c.key >= 0 || c.correction >= 0 && c.why >= 0
}

// lacksVerdict reports whether a row is one of columns' names, the one for verdicts lost.
func lacksVerdict(row returned.Row) bool {
	return columnAt(row, KeyColumn, 0) >= 0 && (columnAt(row, CorrectionColumn, 0) >= 0 || columnAt(row, WhyColumn, 0) >= 0)
}

// columnAt is where a row has a name, from a column on; -1: nowhere.
func columnAt(row returned.Row, name string, from int) int {
	for _, c := range row.Cells {
		if c.Column >= from && len(c.Text) <= longestName && sameWords(c.Text, name) {
			return c.Column
		}
	}
	return -1
}

// longestName is how many bytes a cell may have that is a column's name: with blanks that
// somebody added. Most cells of a hundred thousand rows are longer, and need no folding.
const longestName = 24

// sameWords compares without regard to case, accents and blanks.
func sameWords(a, b string) bool { return respaced(a) == respaced(b) }

func respaced(s string) string { return strings.Join(strings.Fields(french.Fold(s)), " ") }

// answer reads a row; filled reports whether there is anything in it to be read.
func (c entryColumns) answer(row returned.Row) (a Answer, filled bool) {
	cell := func(column int) returned.Cell {
		v, _ := row.Cell(column)
		v.Text = unblanked(v.Text)
		return v
	}
	verdict, correction, why := cell(c.verdict), cell(c.correction), cell(c.why)
	if verdict.Text == "" && correction.Text == "" && why.Text == "" {
		return a, false
	}
	a = Answer{Row: row.Number, Key: respaced(cell(c.key).Text), Words: cell(c.quote).Text, Correction: correction.Text, Why: why.Text, What: c.what(row)}
	a.Verdict, a.Problem = readVerdict(verdict)
	for _, v := range []returned.Cell{cell(c.key), correction, why} {
		if v.Kind == returned.Formula || v.Kind == returned.Fault {
			a.Problem = fmt.Sprintf("« %s » is a formula, and formulas are not worked out: type what it is to say", v.Text)
		}
	}
	_, _, known := vigie.CutRowKey(a.Key)
	switch {
	case a.Problem != "":
	case c.key < 0:
		a.Problem = "the sheet has lost its column Clé: decide in a workbook that has it"
	case !known:
		a.Problem = fmt.Sprintf("its Clé is %q, which vigie did not write: decide on a row that was delivered", a.Key)
	case a.Verdict == vigie.VerdictCorrect && a.Correction == "":
		a.Problem = "« à corriger » without a Correction: say what it should be"
	case a.Verdict != vigie.VerdictCorrect && a.Correction != "":
		a.Problem = fmt.Sprintf("a Correction beside « %s »: choose « à corriger », or empty it", a.Verdict.French())
	}
	return a, true
}

// readVerdict reads the verdict's cell. French programs take who types "faux" to mean
// the truth value, and keep it as one.
func readVerdict(c returned.Cell) (v vigie.Verdict, problem string) {
	for _, v := range vigie.Verdicts {
		if c.Kind != returned.Formula && sameWords(strings.TrimRight(c.Text, ". \u00a0"), v.French()) {
			return v, ""
		}
	}
	if c.Text == "" {
		return "", "its Décision is empty: choose exact, faux, à corriger or pas sûr"
	}
	return "", fmt.Sprintf("« %s » is no decision: want exact, faux, à corriger or pas sûr", c.Text)
}

// what tells a row by the first texts in it that are none of the answers.
func (c entryColumns) what(row returned.Row) string {
	var words []string
	for _, v := range row.Cells {
		if len(words) < 3 && !slices.Contains([]int{c.key, c.verdict, c.correction, c.why, c.quote}, v.Column) {
			words = append(words, strings.Join(strings.Fields(v.Text), " "))
		}
	}
	return strings.Join(words, ", ")
}

// agreeing keeps of the sound answers with one key the first, and refuses those that
// contradict each other.
func agreeing(answers []Answer) []Answer {
	var kept []Answer
	byKey := map[string][]int{} // the sound ones' places in kept
	for _, a := range answers {
		if a.Problem == "" {
			same := slices.IndexFunc(byKey[a.Key], func(i int) bool { return sameAnswer(kept[i], a) })
			if same >= 0 {
				i := byKey[a.Key][same]
				kept[i].Why = cmp.Or(kept[i].Why, a.Why)
				continue
			}
			byKey[a.Key] = append(byKey[a.Key], len(kept))
		}
		kept = append(kept, a)
	}
	for _, places := range byKey {
		if len(places) < 2 {
			continue
		}
		var told []string
		for _, i := range places {
			told = append(told, fmt.Sprintf("%s row %d says « %s »", kept[i].Sheet, kept[i].Row, answerWords(kept[i])))
		}
		for _, i := range places {
			kept[i].Problem = "one row is decided on twice, " + strings.Join(told, ", ") + ": keep one"
		}
	}
	return kept
}

func sameAnswer(a, b Answer) bool {
	return a.Verdict == b.Verdict && sameWords(a.Correction, b.Correction)
}

func answerWords(a Answer) string {
	return strings.TrimSuffix(a.Verdict.French()+" "+a.Correction, " ")
}
