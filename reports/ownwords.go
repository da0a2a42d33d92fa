package reports

import (
	"slices"
	"strings"

	"vigie"
	"vigie/internal/french"
)

// themeStems are how the words begin that stand for a theme most often.
var themeStems = map[string][]string{
	"attractivite":          {"attir", "attract"},
	"foncier":               {"fonci", "frich", "immob"},
	"formation":             {"apprent", "compet", "form"},
	"infrastructures":       {"infra", "logement", "mobil", "transport"},
	"innovation":            {"innov"},
	"numerique":             {"digit", "numer"},
	"recrutement":           {"embauch", "emploi", "recrut"},
	"services-publics":      {"service"},
	"simplification":        {"simplif"},
	"transition-ecologique": {"decarb", "ecolog", "transition"},
}

// A stretch is bytes of a quote, half-open.
type stretch struct{ lo, hi int }

// ownWords are where a quote says what is the record's own, not its neighbours' in a
// series, the most telling first: each the places where one thing stands.
func (d *Data) ownWords(m vigie.Mention, r vigie.Record) [][]stretch {
	detail := r.Detail
	if r.Read != nil {
		detail = r.Read
	}
	q := searchIn(m.Quote)
	place := q.name(d.place(r.Scope))
	switch t := detail.(type) {
	case vigie.Label:
		return found(q.name(t.Territory), q.date(t.Date, m.Published))
	case vigie.Member:
		return found(q.name(t.Member), q.name(t.Territory))
	case vigie.Role:
		return found(q.name(t.Holder), q.name(word(roleWords, t.Role)), q.name(word(bodyWords, t.Body)), place)
	case vigie.Figure:
		return found(q.number(t.Value), q.name(word(measureWords, t.Measure)), q.name(t.Payer), place)
	case vigie.Event:
		return found(q.date(t.Date, m.Published), q.date(t.DateEnd, m.Published), q.name(t.Place), q.name(word(eventWords, t.Event)), place)
	case vigie.Period:
		return found(q.date(t.Date, m.Published), q.date(t.DateEnd, m.Published), place)
	case vigie.Theme:
		return found(q.stems(themeStems[t.Theme]), place)
	}
	return nil
}

func found(things ...[]stretch) [][]stretch {
	return slices.DeleteFunc(things, func(places []stretch) bool { return len(places) == 0 })
}

// A search looks through a quote.
type search struct {
	text   string
	tokens []french.Token
}

func searchIn(text string) search { return search{text, french.Tokens(text)} }

// name finds the words of a name in their order, however they are spelt: "Pays de
// l'Aigle" is "Pays de L’Aigle". Where the whole name is nowhere, the longer of its words
// that is there the least stands for it: "la Bresle" is the Vallée de la Bresle.
func (q search) name(name string) []stretch {
	words := q.words(name)
	whole := q.run(words)
	if len(whole) > 0 || len(words) < 2 {
		return whole
	}
	var rarest []stretch
	for _, w := range words {
		if places := q.run([]string{w}); len(w) >= 4 && len(places) > 0 && (rarest == nil || len(places) <= len(rarest)) {
			rarest = places
		}
	}
	return rarest
}

func (q search) words(name string) []string {
	var words []string
	for _, t := range french.Tokens(name) {
		if t.Kind != french.Punct {
			words = append(words, t.Fold)
		}
	}
	return words
}

// run finds words that follow one another.
func (q search) run(words []string) []stretch {
	var places []stretch
	for i := range q.tokens {
		if j := i + len(words); len(words) > 0 && j <= len(q.tokens) && same(q.tokens[i:j], words) {
			places = append(places, stretch{q.tokens[i].Lo, q.tokens[j-1].Hi})
		}
	}
	return places
}

func same(tokens []french.Token, words []string) bool {
	for i, t := range tokens {
		if t.Fold != words[i] {
			return false
		}
	}
	return true
}

// stems finds words by how they begin.
func (q search) stems(stems []string) []stretch {
	var places []stretch
	for _, t := range q.tokens {
		if slices.ContainsFunc(stems, func(stem string) bool { return strings.HasPrefix(t.Fold, stem) }) {
			places = append(places, stretch{t.Lo, t.Hi})
		}
	}
	return places
}

func (q search) number(value float64) []stretch {
	var places []stretch
	for _, n := range french.Numbers(q.text, q.tokens) {
		if n.Value == value {
			places = append(places, stretch{n.Lo, n.Hi})
		}
	}
	return places
}

func (q search) date(date, published vigie.Date) []stretch {
	var places []stretch
	for _, f := range french.Dates(q.text, q.tokens, published) {
		if date != "" && (f.Date == date || f.End == date) {
			places = append(places, stretch{f.Lo, f.Hi})
		}
	}
	return places
}
