package reports

import (
	"cmp"
	"fmt"
	"slices"
	"strings"

	"vigie"
)

// A comparison finds out why rows are not as an edition had them.
type comparison struct {
	*Data
	past     *Past
	decided  map[string][]vigie.Decision // since, by row
	rejected map[string][]Stated         // what is read and an analyst calls wrong, by row
	judged   map[utterance]string        // statements of the rows decided on since → the row
	dawned   map[string]bool             // rows that state what has begun since
}

// An utterance is words on a page, whatever else is known of it.
type utterance struct {
	document vigie.DocumentID
	quote    string
}

func (s Stated) said() utterance { return utterance{s.Document, s.Quote} }

func newComparison(d *Data, past *Past) *comparison {
	c := &comparison{d, past, map[string][]vigie.Decision{}, map[string][]Stated{}, map[utterance]string{}, map[string]bool{}}
	rows := map[string]string{}
	for _, v := range past.Journal {
		rows[v.ID] = v.RowID()
	}
	for _, v := range past.Decisions {
		row := cmp.Or(rows[v.Undoes], v.RowID())
		c.decided[row] = append(c.decided[row], v)
	}
	for _, r := range d.Rejected {
		c.rejected[r.Row()] = append(c.rejected[r.Row()], statements(r, "")...)
		c.noteJudged(r)
	}
	for _, r := range d.Records {
		c.noteJudged(r)
		c.noteDawned(r)
	}
	for _, r := range d.Ended {
		c.noteDawned(r)
	}
	return c
}

// noteDawned notes what was known before it was so: its day has come since.
func (c *comparison) noteDawned(r vigie.Record) {
	since := func(d vigie.Date) bool {
		return d.First().After(c.past.Edition.Day.First()) && !d.First().After(c.date())
	}
	l, _ := r.Detail.(vigie.Label)
	if since(l.Date) || slices.ContainsFunc(r.Mentions, func(m vigie.Mention) bool { return since(m.Published) }) {
		c.dawned[r.Row()] = true
	}
}

// noteJudged notes what a record states on which something was decided since, itself or
// one that a correction made equal to it.
func (c *comparison) noteJudged(r vigie.Record) {
	rows := []string{r.Row()}
	for _, v := range r.Decisions {
		rows = append(rows, v.RowID())
	}
	for _, row := range rows {
		if c.decided[row] == nil {
			continue
		}
		for _, s := range statements(r, "") {
			c.judged[s.said()] = row
		}
	}
}

// explain finds the causes that the row itself tells, the surest first: words that came or
// went, by what became of their documents; decisions; the official tables and the day,
// where it shows what they give; another reading of the same words.
func (c *comparison) explain(change *Change, old, row ContentRow) {
	now := slices.Concat(row.Mentions, c.rejected[change.Row])
	c.blameAll(change, old.Mentions, now)
	if change.touches(besides...) {
		c.blameAll(change, old.Beside, row.Beside)
	}
	if since := c.decided[change.Row]; len(since) > 0 && (len(change.Causes) == 0 || change.How == Added || change.How == Removed || change.touches("decided")) {
		change.add(Analyst, Stated{})
		change.Why = joinLines(change.Why, c.verdicts(since))
	}
	if len(change.Causes) == 0 {
		c.explainSame(change, len(now)+len(old.Mentions) == 0, now)
	}
	if shown := slices.Concat(now, old.Mentions); change.Stated == (Stated{}) && len(shown) > 0 {
		change.Stated = shown[0]
	}
	if change.before+change.after != "" {
		change.Why = joinLines(bothQuotes(change.before, change.after), change.Why)
	}
}

// explainSame is explain where the same words state the row, or nobody does.
func (c *comparison) explainSame(change *Change, unstated bool, now []Stated) {
	switch {
	case c.past.Edition.Lists != c.Lists && (unstated || change.touches(listed...)):
		change.add(Vigie, Stated{})
		change.Why = "nouvelle table officielle"
		return
	case c.past.Edition.Lists == c.Lists && change.onlyTouches(daily...):
		c.dayCame(change)
		return
	}
	for _, s := range now {
		c.reread(change, s)
	}
}

// dayCame blames the calendar: what is told is as of the report's day.
func (c *comparison) dayCame(change *Change) {
	change.add(World, Stated{})
	change.Why = joinLines(change.Why, fmt.Sprintf("la situation est celle du %s, et non plus du %s", dateWords(vigie.DateOf(c.date())), dateWords(c.past.Edition.Day)))
}

// blameAll names the causes of the statements that came and that went.
func (c *comparison) blameAll(change *Change, then, now []Stated) {
	for _, s := range without(now, then) {
		c.blame(change, s, true)
	}
	for _, s := range without(then, now) {
		c.blame(change, s, false)
	}
}

// without are the statements of a whose words b has not.
func without(a, b []Stated) []Stated {
	has := map[utterance]bool{}
	for _, s := range b {
		has[s.said()] = true
	}
	var all []Stated
	for _, s := range a {
		if !has[s.said()] {
			all = append(all, s)
		}
	}
	return all
}

func contains(all []Stated, s Stated) bool {
	return slices.ContainsFunc(all, func(o Stated) bool { return o.said() == s.said() })
}

// blame names the cause of words that came, or went.
func (c *comparison) blame(change *Change, s Stated, came bool) {
	then, known := c.past.Readings[s.Document]
	now := c.Readings[s.Document]
	row := cmp.Or(s.Row, c.judged[s.said()])
	if s.Row == "" && c.decided[change.Row] != nil {
		row = change.Row // one sentence may state many rows
	}
	switch {
	case !came && c.past.Forgotten[s.Document]:
		change.add(Analyst, s)
		change.Why = joinLines(change.Why, "un document a été effacé à la demande")
	case came && !known:
		change.add(World, s)
		change.Why = joinLines(change.Why, "nouveau document")
	case c.decided[row] != nil && (then == now || contains(c.rejected[row], s)):
		change.add(Analyst, s)
		change.Why = joinLines(change.Why, c.verdicts(c.decided[row]))
	case then.Digest != now.Digest:
		change.add(Source, s)
		change.sources = append(change.sources, now.Source)
		change.documents = append(change.documents, s.Document)
		if came {
			change.after = cmp.Or(change.after, c.words(s))
		} else {
			change.before = cmp.Or(change.before, c.words(s))
		}
	case then.Rules != now.Rules:
		change.add(Vigie, s)
		change.Why = joinLines(change.Why, c.newRules(then, now))
	case c.dawned[change.Row] || c.dawned[s.Row]:
		c.dayCame(change)
	}
}

// reread is the cause of a row whose words are the same and whose cells are not.
func (c *comparison) reread(change *Change, s Stated) {
	then, known := c.past.Readings[s.Document]
	now := c.Readings[s.Document]
	switch {
	case !known:
	case then.Digest != now.Digest:
		change.add(Source, s)
		change.Why = joinLines(change.Why, "page modifiée ; les mots cités sont les mêmes")
	case then.Rules != now.Rules:
		change.add(Vigie, s)
		change.Why = joinLines(change.Why, c.newRules(then, now))
	}
}

func (c *comparison) newRules(then, now Reading) string {
	return fmt.Sprintf("nouvelle lecture : règles %s, puis %s", then.Rules, now.Rules)
}

// add notes a cause once; the first document to show it is the change's.
func (c *Change) add(cause Cause, s Stated) {
	if !c.by(cause) {
		c.Causes = append(c.Causes, cause)
		slices.SortFunc(c.Causes, func(a, b Cause) int { return slices.Index(causes, a) - slices.Index(causes, b) })
	}
	if c.Stated == (Stated{}) {
		c.Stated = s
	}
}

var causes = []Cause{World, Source, Vigie, Analyst}

// touches reports whether a cell of one of the columns is not the same.
func (c *Change) touches(keys ...string) bool {
	return slices.ContainsFunc(c.Differences, func(d Difference) bool { return slices.Contains(keys, d.key) })
}

// onlyTouches reports whether all cells that are not the same are of the columns.
func (c *Change) onlyTouches(keys ...string) bool {
	return c.touches(keys...) && !slices.ContainsFunc(c.Differences, func(d Difference) bool { return !slices.Contains(keys, d.key) })
}

// words are a quote, a newspaper's cut.
func (c *comparison) words(s Stated) string {
	m := vigie.Mention{Citation: vigie.Citation{Document: s.Document, URL: s.URL, Publisher: s.Publisher}, Quote: s.Quote}
	if c.Press == nil || !c.Press(m) {
		return s.Quote
	}
	return excerpt(s.Quote, nil, pressQuote)
}

func bothQuotes(before, after string) string {
	quoted := func(s string) string {
		if s == "" {
			return "rien"
		}
		return "« " + s + " »"
	}
	return "avant : " + quoted(before) + "\nmaintenant : " + quoted(after)
}

// verdicts tells decisions, a line each: what, who, why.
func (c *comparison) verdicts(all []vigie.Decision) string {
	var lines []string
	for _, v := range all {
		what := v.Verdict.French()
		if v.Undoes != "" {
			what = "décision retirée"
		}
		if v.Correction != "" && v.Undoes == "" {
			what += " (« " + v.Correction + " »)"
		}
		line := strings.TrimSuffix(what+", "+v.By, ", ")
		if v.Why != "" {
			line += " : " + v.Why
		}
		lines = append(lines, line)
	}
	return strings.Join(lines, "\n")
}

func joinLines(a, b string) string {
	switch {
	case a == "" || slices.Contains(strings.Split(a, "\n"), b):
		return cmp.Or(a, b)
	case b == "":
		return a
	}
	return a + "\n" + b
}

// settle gives a cause to rows that do not tell it themselves. What is stated of a place is
// shown where a label is announced there, and a list's member where no announcement names
// it or whom it came after: rows that come or go while their pages are as they were follow
// that. All else is vigie's own doing: with another version it may say things otherwise,
// and with the same one it does not know.
func (c *comparison) settle(all []Change) {
	announced, members := map[vigie.Ref]Change{}, map[string]Change{}
	for _, change := range all {
		if len(change.Causes) == 0 || change.How == Backed {
			continue
		}
		if _, known := announced[change.scope]; !known && change.Sheet == "Territoires" {
			announced[change.scope] = change
		}
		members[change.heir] = change
	}
	e := c.past.Edition
	for i := range all {
		change := &all[i]
		if len(change.Causes) > 0 {
			continue
		}
		lead, follows := members[change.heir]
		if !follows || change.heir == "" {
			lead, follows = announced[change.scope]
		}
		switch {
		case follows && (change.How == Added || change.How == Removed):
			change.Causes, change.sources, change.documents, change.Why = lead.Causes, lead.sources, lead.documents, "à la suite de : "+lead.Label
			change.Stated = cmp.Or(change.Stated, lead.Stated)
		case e.Version != c.Version || e.Rules != c.Rules || e.Lists != c.Lists:
			change.Causes, change.Why = []Cause{Vigie}, fmt.Sprintf("vigie %s, puis %s", e.Version, c.Version)
		default:
			change.Causes, change.Why = []Cause{Vigie}, "vigie ne sait pas l'expliquer : à signaler à qui la fait"
		}
	}
}
