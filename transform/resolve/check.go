package resolve

import (
	"fmt"
	"slices"
	"strconv"
	"strings"

	"vigie"
	"vigie/internal/french"
	"vigie/transform/gazetteer"
)

// Questions holds an article against itself and against the official lists: a stated
// total against the list beside it, stated members against those of the list. What does
// not fit is asked in French, with the words on both sides; nothing is corrected.
func Questions(g *gazetteer.Gazetteer, a *vigie.Article, facts []vigie.Fact) []string {
	c := &checker{g: g, a: a, facts: facts}
	for _, f := range facts {
		figure, ok := f.Detail.(vigie.Figure)
		if !ok || figure.ValueMax != 0 || approximate(f.Quote) {
			continue
		}
		switch figure.Measure {
		case "territories":
			c.listed(f, figure)
		case "epci":
			c.composed(f, figure)
		}
	}
	c.strangers()
	c.odd()
	return c.questions
}

// A checker checks one article.
type checker struct {
	g         *gazetteer.Gazetteer
	a         *vigie.Article
	facts     []vigie.Fact
	questions []string
}

func (c *checker) ask(format string, args ...any) {
	if q := fmt.Sprintf(format, args...); !slices.Contains(c.questions, q) {
		c.questions = append(c.questions, q)
	}
}

// fewest is from how many names on that names are a list.
const fewest = 3

// listed compares a count of territories with the names beside it: in its own block, or
// in the list that it leads in.
func (c *checker) listed(f vigie.Fact, figure vigie.Figure) {
	for _, names := range [][]vigie.Fact{c.beside(f), c.below(f)} {
		n := distinct(names)
		if n < fewest || n == int(figure.Value) || c.counted(f, n) || !alike(figure.Value, n) {
			continue
		}
		c.ask("Le texte annonce %s territoires, vigie en lit %d à côté : « %s » ; « %s »",
			number(figure.Value), n, short(f.Quote), short(c.words(names)))
	}
}

// alike refuses to hold a national total against a few names.
func alike(value float64, n int) bool { return float64(n) >= value/2 && float64(n) <= value*2 }

// counted reports whether another figure of the block gives the number: "sur les douze
// candidats, neuf sont retenus".
func (c *checker) counted(f vigie.Fact, n int) bool {
	block := c.block(f.Start)
	return slices.ContainsFunc(c.facts, func(o vigie.Fact) bool {
		other, ok := o.Detail.(vigie.Figure)
		return ok && other.Measure == "territories" && int(other.Value) == n && c.block(o.Start) == block
	})
}

// beside are the labels in the block of a figure, where the words do not say that they
// are only some of them.
func (c *checker) beside(f vigie.Fact) []vigie.Fact {
	block := c.block(f.Start)
	if block < 0 || partial(c.text(block)) {
		return nil
	}
	return c.labels(f, func(o vigie.Fact) bool { return c.block(o.Start) == block })
}

// below are the labels in the items or rows that follow the figure's block, where each
// of them has one: an item that the rules could not read would look like a missing name.
func (c *checker) below(f vigie.Fact) []vigie.Fact {
	block := c.block(f.Start)
	if block < 0 || partial(c.text(block)) {
		return nil
	}
	first, last, items := block+1, block+1, 0
	for ; last < len(c.a.Blocks); last++ {
		b := c.a.Blocks[last]
		switch {
		case b.Kind == vigie.Item && b.Level <= 1, b.Kind == vigie.Row:
			items++
		case b.Kind == vigie.Item, b.Kind == vigie.Header && last == first:
		default:
			goto end
		}
	}
end:
	names := c.labels(f, func(o vigie.Fact) bool { k := c.block(o.Start); return first <= k && k < last })
	if distinct(names) != items {
		return nil
	}
	return names
}

// labels are the labels of the figure's programme that lie where in says.
func (c *checker) labels(f vigie.Fact, in func(vigie.Fact) bool) []vigie.Fact {
	var names []vigie.Fact
	for _, o := range c.facts {
		if l, ok := o.Detail.(vigie.Label); ok && l.Status == vigie.Labelled && o.Programme == f.Programme && in(o) {
			names = append(names, o)
		}
	}
	return names
}

// composed compares the stated count of a territory's EPCI with those that the text
// names and with those of the official list.
func (c *checker) composed(f vigie.Fact, figure vigie.Figure) {
	if f.Scope.Type != vigie.RefTerritory {
		return
	}
	territory, known := c.g.Entity(f.Scope)
	block := c.block(f.Start)
	var members []vigie.Fact
	for _, o := range c.facts {
		if _, ok := o.Detail.(vigie.Member); ok && o.Scope == f.Scope && block >= 0 && c.block(o.Start) >= block && c.block(o.Start) <= block+1+int(figure.Value) {
			members = append(members, o)
		}
	}
	name := territory.Name
	if !known {
		name = f.Scope.ID
	}
	if n := distinct(members); n > 1 && n != int(figure.Value) && !partial(c.text(block)) {
		c.ask("Le texte annonce %s intercommunalités pour %s, vigie en lit %d à côté : « %s » ; « %s »",
			number(figure.Value), name, n, short(f.Quote), short(c.words(members)))
	}
	official, then := c.epci(territory.Members), c.epci(c.g.Announced(f.Scope))
	if official == 0 || official == int(figure.Value) || then == int(figure.Value) {
		return
	}
	c.ask("Le texte annonce %s intercommunalités pour %s, la liste officielle en a %d : « %s »", number(figure.Value), name, official, short(f.Quote))
}

func (c *checker) epci(members []vigie.Ref) (n int) {
	for _, m := range members {
		if m.Type == vigie.RefEPCI {
			n++
		}
	}
	return n
}

// strangers asks about members that the official list does not have, under their SIREN of
// the time or their successor's.
func (c *checker) strangers() {
	type told struct{ territory, quote string }
	var all []told
	names := map[told][]string{}
	for _, f := range c.facts {
		m, ok := f.Detail.(vigie.Member)
		territory, known := c.g.Entity(f.Scope)
		if !ok || !known || m.MemberID == "" || len(territory.Members) == 0 {
			continue
		}
		official := append(slices.Clone(territory.Members), c.g.Announced(f.Scope)...)
		in := func(id string) bool {
			return slices.ContainsFunc(official, func(r vigie.Ref) bool { return r.ID == id })
		}
		e, _ := c.g.Entity(vigie.Ref{Type: vigie.RefEPCI, ID: m.MemberID})
		if in(m.MemberID) || in(m.MemberIDCurrent) || slices.ContainsFunc(e.Next, in) {
			continue
		}
		t := told{territory.Name, short(f.Quote)}
		if names[t] == nil {
			all = append(all, t)
		}
		names[t] = append(names[t], m.Member)
	}
	for _, t := range all {
		c.ask("vigie lit dans le texte que %s fait partie de %s, la liste officielle ne l'y a pas : « %s »", strings.Join(names[t], ", "), t.territory, t.quote)
	}
}

// block is the index of the block at a code point of the text, -1 where there is none.
func (c *checker) block(start int) int {
	for i, b := range c.a.Blocks {
		span := c.a.Span(b.Lo, b.Hi)
		if span.Start <= start && start < span.End {
			return i
		}
	}
	return -1
}

func (c *checker) text(block int) string { return c.a.Text[c.a.Blocks[block].Lo:c.a.Blocks[block].Hi] }

// words are the quotes of facts, each once.
func (c *checker) words(facts []vigie.Fact) string {
	var quotes []string
	for _, f := range facts {
		if !slices.Contains(quotes, f.Quote) {
			quotes = append(quotes, f.Quote)
		}
	}
	return strings.Join(quotes, " ; ")
}

// distinct counts whom labels or members are about.
func distinct(facts []vigie.Fact) int {
	seen := map[string]bool{}
	for _, f := range facts {
		switch d := f.Detail.(type) {
		case vigie.Label:
			seen[f.Scope.String()] = true
		case vigie.Member:
			seen[d.MemberID+d.Member] = true
		}
	}
	return len(seen)
}

// approximations and partialities are words after which numbers and lists need not fit.
var (
	approximations = []string{"plus de", "pres de", "environ", "quelque", "une dizaine", "une douzaine", "une quinzaine", "une vingtaine", "une trentaine", "une centaine", "au moins", "pres d'"}
	partialities   = []string{"dont", "notamment", "parmi", "entre autres", "par exemple", "tels que", "telles que", "comme"}
)

func approximate(quote string) bool { return holdsAny(quote, approximations) }

func partial(text string) bool { return holdsAny(text, partialities) }

func holdsAny(text string, all []string) bool {
	folded := " " + strings.Join(strings.FieldsFunc(french.Fold(text), func(r rune) bool { return strings.ContainsRune(" ,;:()\u00a0\n", r) }), " ") + " "
	return slices.ContainsFunc(all, func(w string) bool { return strings.Contains(folded, " "+w+" ") })
}

func number(v float64) string { return strconv.FormatFloat(v, 'f', -1, 64) }

// short cuts a quote for a line of the report.
func short(quote string) string {
	const most = 180
	quote = strings.Join(strings.Fields(quote), " ")
	if runes := []rune(quote); len(runes) > most {
		return strings.TrimSpace(string(runes[:most])) + " […]"
	}
	return quote
}
