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
}

func newComparison(d *Data, past *Past) *comparison {
	c := &comparison{d, past, map[string][]vigie.Decision{}, map[string][]Stated{}}
	rows := map[string]string{}
	for _, v := range past.Journal {
		rows[v.ID] = v.RowID()
	}
	for _, v := range past.Decisions {
		row := cmp.Or(rows[v.Undoes], v.RowID())
		c.decided[row] = append(c.decided[row], v)
	}
	for _, r := range d.Rejected {
		c.rejected[r.Row()] = append(c.rejected[r.Row()], contentRow(Row{Record: &r}).Mentions...)
	}
	return c
}

// explain finds the causes that the row itself tells: words that came or went, by what
// became of their documents; decisions.
func (c *comparison) explain(change *Change, old, row ContentRow) {
	now := slices.Concat(row.Mentions, c.rejected[change.Row])
	come, gone := without(now, old.Mentions), without(old.Mentions, now)
	for _, s := range come {
		c.blame(change, s, true)
	}
	for _, s := range gone {
		c.blame(change, s, false)
	}
	if since := c.decided[change.Row]; len(since) > 0 && (len(change.Causes) == 0 || change.How != Changed || touches(change, "Décisions prises")) {
		change.add(Analyst, Stated{})
		change.Why = joinLines(change.Why, c.verdicts(since))
	}
	if len(change.Causes) == 0 {
		for _, s := range now {
			c.reread(change, s)
		}
	}
	if len(now)+len(old.Mentions) == 0 && len(change.Causes) == 0 && c.past.Edition.Lists != c.Lists {
		change.add(Vigie, Stated{})
		change.Why = "nouvelle table officielle"
	}
	if change.Stated == (Stated{}) && len(now) > 0 {
		change.Stated = now[0]
	}
	if change.by(Source) {
		change.Why = joinLines(bothQuotes(change.before, change.after), change.Why)
	}
}

// without are the statements of a that b has not.
func without(a, b []Stated) []Stated {
	var all []Stated
	for _, s := range a {
		if !slices.Contains(b, s) {
			all = append(all, s)
		}
	}
	return all
}

// blame names the cause of words that came, or went.
func (c *comparison) blame(change *Change, s Stated, came bool) {
	then, known := c.past.Readings[s.Document]
	now := c.Readings[s.Document]
	switch {
	case !came && c.past.Forgotten[s.Document]:
		change.forgotten = true
		change.add(Analyst, s)
		change.Why = joinLines(change.Why, "un document a été effacé à la demande")
	case came && !known:
		change.add(World, s)
		change.Why = joinLines(change.Why, "nouveau document")
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
		change.before, change.after = c.words(s), c.words(s)
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

func touches(c *Change, column string) bool {
	return slices.ContainsFunc(c.Differences, func(d Difference) bool { return d.Column == column })
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

// guess gives a cause to rows that do not tell it themselves: a count of something that
// changed beside them, a place that is about the region no more. It is what changed about
// the same place, else whatever changed at all.
func (c *comparison) guess(all []Change) {
	near := map[vigie.Ref]Change{}
	for _, change := range all {
		if len(change.Causes) > 0 && !change.scope.IsZero() {
			if _, ok := near[change.scope]; !ok {
				near[change.scope] = change
			}
		}
	}
	for i := range all {
		change := &all[i]
		if len(change.Causes) > 0 {
			continue
		}
		if n, ok := near[change.scope]; ok {
			change.Causes, change.sources, change.documents, change.Why = n.Causes, n.sources, n.documents, "à la suite de : "+n.Label
			change.Stated = cmp.Or(change.Stated, n.Stated)
			continue
		}
		change.guessed = true
		change.Causes, change.Why = c.whatever(), cmp.Or(change.Why, "à la suite d'un autre changement")
	}
}

// whatever is what changed at all since the edition.
func (c *comparison) whatever() []Cause {
	e := c.past.Edition
	if e.Version != c.Version || e.Rules != c.Rules || e.Lists != c.Lists {
		return []Cause{Vigie}
	}
	if len(c.past.Decisions) > 0 {
		return []Cause{Analyst}
	}
	edited := false
	for id, now := range c.Readings {
		then, known := c.past.Readings[id]
		if !known {
			return []Cause{World}
		}
		edited = edited || then.Digest != now.Digest
	}
	if edited {
		return []Cause{Source}
	}
	return []Cause{World} // nothing but the day: one that was announced has come
}
