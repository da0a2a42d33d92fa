package main

import (
	"bufio"
	"cmp"
	"fmt"
	"os"
	"strings"

	"vigie"
	"vigie/scrapers/fetch"
	"vigie/transform"
	"vigie/transform/extract"
	"vigie/transform/gazetteer"
)

type explainCmd struct {
	configFlags `embed:""`
	Page        string `arg:"" help:"A file, an address, or - for standard input." name:"file|url|-"`
	Published   string `help:"Publication date, where the page does not tell it (YYYY-MM-DD)." placeholder:"DATE"`
	URL         string `help:"The page's address, where the file does not tell it." placeholder:"URL"`
}

// Run reads one page and tells how; it touches no database.
func (c *explainCmd) Run(s *session) error {
	page := extractCmd{configFlags: c.configFlags, Page: c.Page, Published: c.Published, URL: c.URL}
	in, err := page.known()
	if err != nil {
		return err
	}
	if err := page.get(s, &in); err != nil {
		return err
	}
	if err := addWords(s.ctx, &in); err != nil {
		return fmt.Errorf("read %s: %w", c.Page, err)
	}
	p, err := transform.New()
	if err != nil {
		return err
	}
	a, misfit := p.Read(in)
	if a == nil {
		return fmt.Errorf("read %s: %w", c.Page, misfit)
	}
	reserved := cmp.Or(page.optOut, fetch.OptOut(nil, in.Body))
	e := explainer{reserved: reserved, Writer: bufio.NewWriter(s.stdout), g: p.Gazetteer, a: a, colours: isTerminal(s.stdout) && os.Getenv("NO_COLOR") == ""}
	if misfit != nil {
		e.printf("%s\n", misfit)
	}
	e.explain(p.Trace(a))
	return e.Flush()
}

// An explainer writes a trace for somebody at a terminal.
type explainer struct {
	*bufio.Writer // remembers the first failed write
	g             *gazetteer.Gazetteer
	a             *vigie.Article
	reserved      string // the words by which it keeps machines from mining it
	colours       bool
}

// The colours of what is told; the signs in front tell the same.
const (
	bold   = "1"
	faint  = "2"
	green  = "32"
	red    = "31"
	yellow = "33"
)

func (e explainer) paint(colour, text string) string {
	if !e.colours || text == "" {
		return text
	}
	return "\x1b[" + colour + "m" + text + "\x1b[0m"
}

func (e explainer) printf(format string, args ...any) { fmt.Fprintf(e, format, args...) }

func (e explainer) explain(t *extract.Trace) {
	e.head(t)
	facts, refused := 0, 0
	for _, p := range t.Passages {
		e.passage(p)
		for _, m := range p.Matches {
			switch {
			case m.Refused != "":
				refused++
			case !m.Again:
				facts++
			}
		}
	}
	e.printf("\n%s, %d refused, in %s\n", count(facts, "fact", "facts"), refused, count(len(t.Passages), "passage", "passages"))
	e.printf("%s\n", e.paint(faint, "+ fact   = the same fact again   - refused   ? not linked"))
}

// head tells what was settled for the whole page.
func (e explainer) head(t *extract.Trace) {
	a := t.Article
	e.printf("%s\n", e.paint(bold, cmp.Or(a.Title, "(no title)")))
	for _, line := range []struct{ what, is string }{{"address", a.URL}, {"publisher", a.Publisher}, {"updated", string(a.Updated)}} {
		if line.is != "" {
			e.printf("  %-10s %s\n", line.what, line.is)
		}
	}
	for _, d := range a.Dates {
		if d.Reason == "" {
			e.printf("  %-10s %s by %s: %s\n", "published", d.Date, d.Rule, shortened(d.Text, 80))
			continue
		}
		e.printf("  %s %-10s %s by %s: %s, refused: %s\n", e.paint(red, "-"), "date", d.Date, d.Rule, shortened(d.Text, 60), d.Reason)
	}
	if a.Published == "" {
		e.printf("  %-10s unknown: --published tells it\n", "published")
	}
	if e.reserved != "" {
		e.printf("  %-10s %s\n", "reserved", e.reserved)
		e.printf("  %-10s %s\n", "", "a night reads it only where a public body publishes it, or its source's file says why (mining:)")
	}
	e.printf("  %-10s %s\n", "region", cmp.Or(e.name(vigie.Ref{Type: vigie.RefRegion, ID: t.Region}), "none stands out"))
	e.printf("  %-10s %s\n", "about", cmp.Or(e.name(t.Subject), "no one territory"))
	if t.Joke {
		e.printf("  %s\n", e.paint(red, "it says that it jokes: nothing in it is a fact"))
	}
}

// passage tells what was in force, what the rules made of the words, and which names
// they had.
func (e explainer) passage(p extract.TracedPassage) {
	span := e.a.Span(p.Lo, p.Hi)
	e.printf("\n%s\n", e.paint(faint, fmt.Sprintf("%s %d-%d · %s", p.Kind, span.Start, span.End, e.force(p))))
	e.printf("  %s\n", strings.ReplaceAll(strings.ReplaceAll(e.a.Text[p.Lo:p.Hi], "\n", "\n  "), "\t", " | "))
	for _, m := range p.Matches {
		e.match(m)
	}
	for _, n := range p.Names {
		e.named(n)
	}
}

// force tells what the passage is read as.
func (e explainer) force(p extract.TracedPassage) string {
	switch {
	case p.Other:
		return "another policy in force: nothing is read"
	case p.Programme == "":
		return "no programme in force: nothing is read"
	}
	words := strings.TrimSpace(p.Programme + " " + p.Phase)
	if !p.Scope.IsZero() {
		words += " · " + e.name(p.Scope)
	}
	if p.OffTopic {
		words += " · far from the programme: labels only"
	}
	return words
}

func (e explainer) match(m extract.TracedMatch) {
	sign, colour := "+", green
	switch {
	case m.Refused != "":
		sign, colour = "-", red
	case m.Again:
		sign = "="
	}
	e.printf("  %s %-7s %s · %s", e.paint(colour, sign), m.Detail.Kind(), said(m.Detail), cmp.Or(m.Scope, vigie.France))
	e.printf(" %s\n", e.paint(faint, fmt.Sprintf("[%s %.2f]", m.Rule, m.Confidence)))
	if m.Refused != "" {
		e.printf("            %s\n", e.paint(red, "refused: "+m.Refused))
	}
	if what := unlinked(m.Detail); what != "" {
		e.printf("  %s %-7s %s\n", e.paint(yellow, "?"), m.Detail.Kind(), what+": on no list, told by its name")
	}
}

// unlinked is the name in a detail that has no identifier.
func unlinked(d vigie.Detail) string {
	switch d := d.(type) {
	case vigie.Label:
		if d.TerritoryID == "" {
			return d.Territory
		}
	case vigie.Member:
		if d.MemberID == "" {
			return d.Member
		}
	}
	return ""
}

// named tells what an official name stands for here, or why that stays open.
func (e explainer) named(n extract.TracedName) {
	if r := n.Resolution; !r.Ref.IsZero() {
		e.printf("  %s\n", e.paint(faint, fmt.Sprintf("  name    %s = %s (%s)", n.Text, r.Ref, r.Rule)))
		return
	}
	const most = 5
	var may []string
	for i, r := range n.Resolution.Candidates {
		if i == most {
			may = append(may, fmt.Sprintf("%d more", len(n.Resolution.Candidates)-most))
			break
		}
		may = append(may, r.String())
	}
	e.printf("  %s name    %s: %s", e.paint(yellow, "?"), n.Text, n.Resolution.Rule)
	if len(may) > 0 {
		e.printf(", may be %s", strings.Join(may, ", "))
	}
	e.printf("\n")
}

// name is an entity as its list writes it, with its code.
func (e explainer) name(r vigie.Ref) string {
	if r.ID == "" {
		return ""
	}
	if known, ok := e.g.Entity(r); ok {
		return fmt.Sprintf("%s (%s)", known.Name, r)
	}
	return r.ID + " (on no list)"
}
