package reports

import (
	"cmp"
	"fmt"
	"iter"
	"slices"
	"strconv"
	"strings"

	"vigie"
)

// A chapter is a programme with the places that facts of it are about.
type chapter struct {
	Name   string
	Places []place
}

// Open reports whether it is short enough to lie open.
func (c chapter) Open() bool { return len(c.Places) <= openRows }

// InPlaces says how many places it has.
func (c chapter) InPlaces() string { return numbered(len(c.Places), "lieu", "lieux") }

// A place is a section of a chapter: whom facts are about.
type place struct {
	Anchor, Name, Phase string
	Facts               []saying
	portion
}

// A saying is what a document says in one quote: one fact, or several.
type saying struct {
	Says                       []said
	Quote, Publisher, On, Link string
	Others                     int // documents that say the same
}

// A said is a record in a few words.
type said struct{ What, Words string }

// pageKinds are in the order in which a reader asks for them.
var pageKinds = []vigie.Kind{
	vigie.KindLabel, vigie.KindMember, vigie.KindRole, vigie.KindFigure, vigie.KindEvent, vigie.KindPeriod, vigie.KindTheme,
}

// factsByPlace are the report's records, by whom they are about: where there are more than
// a page holds the first of each place, and no place past as many.
func (d *Data) factsByPlace() ([]chapter, portion) {
	records := d.ofKind(pageKinds...)
	slices.SortStableFunc(records, func(a, b vigie.Record) int {
		return cmp.Compare(slices.Index(pageKinds, a.Detail.Kind()), slices.Index(pageKinds, b.Detail.Kind()))
	})
	sortBy(records, func(r vigie.Record) []string {
		return append([]string{d.programmeKey(r.Programme)}, d.placeKeys(r.Scope)...)
	})
	about := slices.Collect(alike(records, func(a, b vigie.Record) bool { return a.Scope == b.Scope && a.Programme == b.Programme }))
	all := portion{All: len(records)}
	about = about[:min(len(about), pageFacts)]
	share := fairShare(about, func(rs []vigie.Record) int { return len(rs) }, pageFacts)
	var chapters []chapter
	for i, rs := range about {
		if i == 0 || rs[0].Programme != about[i-1][0].Programme {
			chapters = append(chapters, chapter{Name: d.programme(rs[0].Programme)})
		}
		p := place{
			Anchor: fmt.Sprintf("lieu-%d", i+1), Name: d.place(rs[0].Scope), Phase: word(phaseWords, phaseOf(rs[0].Scope.ID)),
			portion: portion{min(share, len(rs)), len(rs)},
		}
		for _, r := range rs[:p.Shown] {
			p.add(d.saying(r))
		}
		all.Shown += p.Shown
		last := &chapters[len(chapters)-1]
		last.Places = append(last.Places, p)
	}
	return chapters, all
}

// alike cuts a slice where a neighbour is not like the one before.
func alike[T any](all []T, like func(a, b T) bool) iter.Seq[[]T] {
	return func(yield func([]T) bool) {
		for lo, hi := 0, 1; lo < len(all); hi++ {
			if hi < len(all) && like(all[hi-1], all[hi]) {
				continue
			}
			if !yield(all[lo:hi]) {
				return
			}
			lo = hi
		}
	}
}

// add puts what the same words say under one quote.
func (p *place) add(s saying) {
	if n := len(p.Facts); n > 0 {
		last := &p.Facts[n-1]
		if last.Quote == s.Quote && last.Link == s.Link && last.Others == s.Others {
			last.Says = append(last.Says, s.Says...)
			return
		}
	}
	p.Facts = append(p.Facts, s)
}

func (d *Data) saying(r vigie.Record) saying {
	m := first(r)
	what, words := inWords(r.Detail)
	quote := d.quote(m, r)
	return saying{
		Says:  []said{{What: what, Words: words}},
		Quote: quote, Publisher: m.Publisher, On: dateWords(m.Published), Link: webLink(liveLink(m, quote)), Others: documents(r.Mentions) - 1,
	}
}

// inWords says what a record states, as a heading and a few words.
func inWords(detail vigie.Detail) (what, words string) {
	switch d := detail.(type) {
	case vigie.Label:
		return "Label", spaced(word(statusWords, d.Status), brackets(word(phaseWords, d.Phase)), onDay(d.Date, ""))
	case vigie.Member:
		return "Membre", spaced(d.Member, brackets(d.MemberID))
	case vigie.Role:
		holder := d.Holder
		for _, more := range []string{d.Function, d.Organisation} {
			if more != "" && more != holder {
				holder += ", " + more
			}
		}
		return "Gouvernance", word(bodyWords, d.Body) + ", " + word(roleWords, d.Role) + " : " + holder
	case vigie.Figure:
		return "Chiffre", spaced(word(measureWords, d.Measure)+" :", amountWords(d), brackets(d.Payer))
	case vigie.Event:
		return "Événement", spaced(word(eventWords, d.Event), onDay(d.Date, d.DateEnd), prefixed("à ", d.Place), brackets(plannedWord(d.Planned)))
	case vigie.Period:
		return "Durée", spaced(word(subjectWords, d.Subject)+" :", span(d.Date, d.DateEnd))
	case vigie.Theme:
		return "Thème", word(themeWords, d.Theme)
	}
	return "", ""
}

func spaced(parts ...string) string {
	return strings.Join(slices.DeleteFunc(parts, func(s string) bool { return s == "" }), " ")
}

func brackets(s string) string {
	if s == "" {
		return ""
	}
	return "(" + s + ")"
}

func prefixed(before, s string) string {
	if s == "" {
		return ""
	}
	return before + s
}

func plannedWord(planned bool) string {
	if planned {
		return "prévu"
	}
	return ""
}

// span is a date, or two: 2019 – 2022.
func span(from, to vigie.Date) string {
	if to == "" {
		return dateWords(from)
	}
	return spaced(dateWords(from), "–", dateWords(to))
}

// onDay is span after the word that French puts before it: le 1er mars 2019, en mars 2019.
func onDay(from, to vigie.Date) string {
	switch {
	case from == "" || to != "":
		return span(from, to)
	case from.Precision() == vigie.DayPrecision || from.Precision() == vigie.YearlessPrecision:
		return "le " + dateWords(from)
	}
	return "en " + dateWords(from)
}

// amountWords writes a number as French readers group it: 1 360 000 000 €.
func amountWords(f vigie.Figure) string {
	words := grouped(f.Value)
	if f.ValueMax != 0 {
		words = "de " + words + " à " + grouped(f.ValueMax)
	}
	if f.Unit == vigie.UnitEuro {
		words += "\u00a0€"
	}
	return words
}

func grouped(v float64) string {
	whole, fraction, _ := strings.Cut(strconv.FormatFloat(v, 'f', -1, 64), ".")
	var b strings.Builder
	for i, digit := range whole {
		if i > 0 && (len(whole)-i)%3 == 0 {
			b.WriteString("\u202f")
		}
		b.WriteRune(digit)
	}
	return b.String() + prefixed(",", fraction)
}

// webLink is an address that a page may lead to, else nothing: a source's own words never
// become a script.
func webLink(url string) string {
	if strings.HasPrefix(url, "https://") || strings.HasPrefix(url, "http://") {
		return url
	}
	return ""
}
