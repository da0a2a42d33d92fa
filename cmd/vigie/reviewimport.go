package main

import (
	"crypto/sha256"
	"encoding/hex"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"os"
	"slices"
	"strings"
	"time"
	"unicode"

	"vigie"
	"vigie/reports"
	"vigie/reports/returned"
	"vigie/transform"
	"vigie/transform/resolve"
)

type reviewImportCmd struct {
	configFlags `embed:""`
	byFlag      `embed:""`
	File        string `arg:"" help:"Workbook that vigie delivered, with decisions filled in." type:"path"`
	DryRun      bool   `help:"Only show what would be taken in."`
}

// Run takes the decisions of a workbook into the journal, or shows what would be taken.
func (c *reviewImportCmd) Run(s *session) error {
	by, err := c.reviewer()
	if err != nil {
		return err
	}
	digest, err := fileDigest(c.File)
	if err != nil {
		return fmt.Errorf("review import: %w", err)
	}
	answers, edition, err := readAnswers(c.File)
	if err != nil {
		return fmt.Errorf("review import: %w", err)
	}
	r, err := s.review(c.configFlags)
	if err != nil {
		return err
	}
	defer r.store.Close()
	i := intake{review: r, by: by, digest: digest, dry: c.DryRun}
	if c.DryRun {
		return i.take(answers, edition)
	}
	return r.alone(func() error { return i.take(answers, edition) })
}

func fileDigest(name string) (string, error) {
	f, err := os.Open(name)
	if err != nil {
		return "", err
	}
	defer f.Close()
	h := sha256.New()
	if _, err := io.Copy(h, f); err != nil {
		return "", err
	}
	return hex.EncodeToString(h.Sum(nil)), nil
}

// readAnswers reads a returned workbook, and which edition it says it is.
func readAnswers(file string) ([]reports.Answer, string, error) {
	w, err := returned.Open(file)
	if err != nil {
		return nil, "", err
	}
	defer w.Close()
	answers, decidable, err := reports.ReadAnswers(w)
	switch {
	case err != nil:
		return nil, "", fmt.Errorf("%s: %w", file, err)
	case decidable == 0:
		return nil, "", fmt.Errorf("%s: no sheet has the columns Clé and Décision: want a workbook that vigie delivered", file)
	}
	return answers, w.Properties[reports.EditionProperty], nil
}

// An intake is one import under way.
type intake struct {
	*review
	by, digest string
	dry        bool

	at        time.Time
	then, now basis
	rules     *transform.Pipeline
	last      map[[2]string][]vigie.Decision // that stand, by row and reviewer, the oldest first
	held      map[string]bool                // IDs of the journal
	new       []vigie.Decision
	same      int
	waiting   int
	troubles  []string
}

// take goes through the answers and stores those that are new.
func (i *intake) take(answers []reports.Answer, edition string) (err error) {
	if i.rules, err = transform.New(); err != nil {
		return err
	}
	known, err := i.tellEdition(edition)
	if err != nil {
		return err
	}
	rows := map[string]bool{}
	for _, a := range answers {
		row, _, _ := vigie.CutRowKey(a.Key)
		rows[row] = true
	}
	if i.then, err = basisAt(i.ctx, i.store, known, rows); err != nil {
		return err
	}
	if i.now = i.then; !known.IsZero() {
		if i.now, err = basisAt(i.ctx, i.store, time.Time{}, rows); err != nil {
			return err
		}
	}
	i.then.listed = listedRows(i.rules)
	i.at = i.moment()
	i.lookUp()
	for _, a := range answers {
		i.answer(a)
	}
	if !i.dry {
		if err := i.store.PutDecisions(i.ctx, i.new...); err != nil {
			return fmt.Errorf("review import: %w", err)
		}
	}
	if !i.dry && len(i.troubles) == 0 {
		if err := i.store.RememberImport(i.ctx, i.digest, i.by, i.at); err != nil {
			return err
		}
	}
	return i.summary(len(answers))
}

// tellEdition says which edition the workbook is, and returns when it was made; zero
// where nobody knows.
func (i *intake) tellEdition(id string) (time.Time, error) {
	if id == "" {
		i.say("the workbook does not say which edition it is: its rows are looked up as they are now")
		return time.Time{}, nil
	}
	e, err := i.store.Edition(i.ctx, id)
	switch {
	case errors.Is(err, vigie.ErrNotFound):
		i.say("edition %s, which this database did not deliver: its rows are looked up as they are now", id)
		return time.Time{}, nil
	case err != nil:
		return time.Time{}, err
	}
	later := ""
	all, err := i.store.Editions(i.ctx, e.Region, time.Time{})
	if err != nil {
		return time.Time{}, err
	}
	if n := slices.IndexFunc(all, func(o vigie.Edition) bool { return o.ID == id }); n > 0 {
		later = fmt.Sprintf("; %s since", count(n, "edition", "editions"))
	}
	i.say("edition %s, region %s, of %s%s", id, e.Region, e.Day, later)
	return e.Known, nil
}

// answer takes one answer in.
func (i *intake) answer(a reports.Answer) {
	place := fmt.Sprintf("%s row %d", a.Sheet, a.Row)
	if a.Problem != "" {
		i.trouble("%s: %s", place, a.Problem)
		return
	}
	d, told, err := i.decision(a)
	if err != nil {
		i.trouble("%s: %v", place, err)
		return
	}
	d.ID, d.Verdict, d.Correction, d.Why, d.By, d.At, d.Sheet = i.id(a.Key), a.Verdict, a.Correction, a.Why, i.by, i.at, a.Sheet
	before, had := i.before(d)
	switch {
	case had && before.ID == d.ID, i.held[d.ID], had && sameDecision(before, d):
		i.same++
		told += "; as before"
	case had && before.Verdict != d.Verdict:
		told += fmt.Sprintf("; was %s on %s", before.Verdict.French(), dayOf(before.At))
		fallthrough
	default:
		i.new = append(i.new, d)
	}
	i.say("%s: %s: %s", place, shortened(a.What, 60), told)
}

// lookUp sorts the journal by what answers ask of it.
func (i *intake) lookUp() {
	i.last, i.held = map[[2]string][]vigie.Decision{}, map[string]bool{}
	for _, d := range i.journal {
		i.held[d.ID] = true
	}
	for _, d := range resolve.Standing(i.journal) {
		of := [2]string{d.RowID(), d.By}
		i.last[of] = append(i.last[of], d)
	}
}

// id names the decision on a row in one file by one reviewer: the same file again brings
// nothing new, also where the decision has been taken back since.
func (i *intake) id(key string) string {
	sum := sha256.Sum256([]byte(strings.Join([]string{i.digest, i.by, key}, "\x1f")))
	return hex.EncodeToString(sum[:6])
}

// before is the reviewer's last word on the same words of the row, if it stands.
func (i *intake) before(d vigie.Decision) (last vigie.Decision, ok bool) {
	for _, o := range i.last[[2]string{d.RowID(), d.By}] {
		if o.Key == d.Key && o.Quote == d.Quote || o.About(d.Quote) {
			last, ok = o, true
		}
	}
	return last, ok
}

// sameDecision reports whether b says nothing that a does not.
func sameDecision(a, b vigie.Decision) bool {
	return a.Verdict == b.Verdict && a.Correction == b.Correction && (b.Why == "" || a.Why == b.Why) && sameFact(a.Corrected, b.Corrected)
}

func sameFact(a, b string) bool {
	if a == b {
		return true
	}
	var f, g vigie.Fact
	return json.Unmarshal([]byte(a), &f) == nil && json.Unmarshal([]byte(b), &g) == nil && f.Scope == g.Scope && f.Detail == g.Detail
}

// decision finds what an answer is about; told says what it does. What no record has is
// kept all the same, under the key that it came with.
func (i *intake) decision(a reports.Answer) (d vigie.Decision, told string, err error) {
	row, words, _ := vigie.CutRowKey(a.Key)
	told = a.Verdict.French()
	if words == vigie.ListKey {
		return i.onList(row, a, told)
	}
	r, m, ok := i.then.find(a.Key)
	if !ok {
		r, m, ok = i.now.find(a.Key)
	}
	if refused, is := i.refusal(a.Key); !ok && is {
		return i.onRefusal(refused, a, told)
	}
	if !ok {
		i.waiting++
		if a.Verdict == vigie.VerdictCorrect {
			told += " : " + a.Correction
		}
		return vigie.Decision{Key: a.Key, Quote: a.Words}, told + "; key " + a.Key + " is not known here: it is kept until a record has it", nil
	}
	if !shows(a.Words, m.Quote) {
		return d, "", errApart
	}
	d = vigie.Decision{Key: r.Row(), Quote: m.Quote}
	fact := vigie.Fact{Programme: r.Programme, Scope: r.Scope, Detail: r.Detail, Mention: m}
	switch {
	case a.Verdict == vigie.VerdictCorrect:
		c, err := i.correct(r, m, a.Correction)
		if err != nil {
			return d, "", fmt.Errorf("the Correction « %s »: %w", a.Correction, err)
		}
		fact = c.Fact
		told += ": " + changedCells(c.Changes)
	case a.Verdict != vigie.VerdictRight || r.Read == nil:
		return d, told + i.stale(a.Key), nil
	}
	line, err := json.Marshal(fact)
	d.Corrected = string(line)
	return d, told + i.stale(a.Key), err
}

// errApart is an answer whose row shows other words than its key is of.
var errApart = errors.New("its Citation is not the one of its Clé: some columns were sorted or pasted without the others, or the words were edited; decide in the workbook as it was delivered")

// shows reports whether a row shows a quote, whole or cut; one that shows none may.
func shows(words, quote string) bool {
	return words == "" || strings.ContainsFunc(quote, unicode.IsControl) || len(quote) > maxShown || holds(evened(quote), words)
}

const maxShown = 30_000 // bytes: a cell has room for a few more

// correct reads a correction. One that the row shows already is another reviewer's, and
// agrees with it.
func (i *intake) correct(r vigie.Record, m vigie.Mention, text string) (reports.Correction, error) {
	c, err := reports.Correct(r, m, text, names(i.rules.Gazetteer))
	if errors.Is(err, reports.ErrSame) && r.Read != nil {
		r.Detail, r.Scope = r.Read, r.ReadScope
		return reports.Correct(r, m, text, names(i.rules.Gazetteer))
	}
	return c, err
}

// stale tells that a row's words are no longer what was decided on.
func (i *intake) stale(key string) string {
	if i.now.holds(key) {
		return ""
	}
	return "; its words are no longer there, so that it is asked again"
}

func (i *intake) refusal(key string) (vigie.Refusal, bool) {
	if r, ok := i.then.findRefusal(key); ok {
		return r, true
	}
	return i.now.findRefusal(key)
}

// onRefusal is a decision on what was read and refused. No fact comes of it, and so there
// is nothing to correct.
func (i *intake) onRefusal(r vigie.Refusal, a reports.Answer, told string) (vigie.Decision, string, error) {
	switch {
	case !shows(a.Words, r.Quote):
		return vigie.Decision{}, "", errApart
	case a.Verdict == vigie.VerdictCorrect:
		return vigie.Decision{}, "", errors.New("nothing was taken from these words that could be corrected: say « exact » where the source states it, and why")
	case a.Verdict == vigie.VerdictRight:
		told += ": refused wrongly; no fact is made of it, the rules are to be mended"
	case a.Verdict == vigie.VerdictWrong:
		told += ": refused rightly"
	}
	return vigie.Decision{Key: r.Row(), Quote: r.Quote}, told + i.stale(a.Key), nil
}

// onList is a decision on a row that only an official list gave.
func (i *intake) onList(row string, a reports.Answer, told string) (vigie.Decision, string, error) {
	if a.Verdict == vigie.VerdictCorrect {
		return vigie.Decision{}, "", errors.New("the row is the official list's, which decisions do not change: say « faux » and why, and tell whoever keeps the list")
	}
	if a.Words != "" {
		return vigie.Decision{}, "", errApart
	}
	if !i.then.listed[row] {
		i.waiting++
		return vigie.Decision{Key: a.Key}, told + "; key " + a.Key + " is on no list known here: it is kept", nil
	}
	return vigie.Decision{Key: row}, told, nil
}

// changedCells tells what a correction changes.
func changedCells(changes []reports.CellChange) string {
	var all []string
	for _, c := range changes {
		all = append(all, fmt.Sprintf("%s « %s » → « %s »", c.Column, c.Before, c.After))
	}
	return strings.Join(all, ", ")
}

func (i *intake) trouble(format string, args ...any) {
	i.troubles = append(i.troubles, fmt.Sprintf(format, args...))
}

// summary tells what was taken in and what was not.
func (i *intake) summary(answers int) error {
	verb := "taken in"
	if i.dry {
		verb = "would be taken in"
	}
	i.say("%s by %s: %d %s, %d as before, %d refused; %d of them on rows that are not known here",
		count(answers, "decision", "decisions"), i.by, len(i.new), verb, i.same, len(i.troubles), i.waiting)
	if i.dry {
		i.say("dry run: nothing was stored")
	} else if len(i.new) > 0 {
		i.say("vigie report writes them into the next workbook")
	}
	if len(i.troubles) == 0 {
		return nil
	}
	i.say("what needs a look:")
	for _, t := range i.troubles {
		i.say("  - %s", t)
	}
	return errPartly
}
