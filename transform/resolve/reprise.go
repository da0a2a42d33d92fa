package resolve

import (
	"cmp"
	"slices"
	"strings"

	"vigie"
	"vigie/internal/french"
)

// A Text is what is needed of a document to tell whose text it repeats.
type Text struct {
	Document  vigie.DocumentID
	Published vigie.Date
	Print     Print
}

// common is from how many documents on a run of words says nothing: a formula that every
// prefecture uses. A text republished more often still shares its other runs.
const common = 200

// Reprises tells for each document that repeats another's text which one said it first:
// the one published first, and of one day the longest.
func Reprises(texts []Text) map[vigie.DocumentID]vigie.DocumentID {
	texts = slices.Clone(texts)
	slices.SortFunc(texts, func(a, b Text) int {
		return cmp.Or(a.Published.Compare(b.Published), cmp.Compare(len(b.Print), len(a.Print)), cmp.Compare(a.Document, b.Document))
	})
	holders := map[uint32][]int{} // hash → texts seen so far that hold it
	first := map[vigie.DocumentID]vigie.DocumentID{}
	for i, t := range texts {
		for _, k := range likely(t.Print, holders) {
			if o := texts[k]; t.Print.Same(o.Print) {
				first[t.Document] = cmp.Or(first[o.Document], o.Document)
				break
			}
		}
		for _, h := range t.Print {
			if len(holders[h]) < common {
				holders[h] = append(holders[h], i)
			}
		}
	}
	return first
}

// likely are the texts that share some runs with a print, the oldest first.
func likely(p Print, holders map[uint32][]int) []int {
	shared := map[int]int{}
	for _, h := range p {
		for _, k := range holders[h] {
			shared[k]++
		}
	}
	var all []int
	for k, n := range shared {
		if n >= minPrint/2 {
			all = append(all, k)
		}
	}
	slices.Sort(all)
	return all
}

// longQuote is from how many words on two equal quotes are one text, wherever they stand.
const longQuote = 12

// MarkReprises notes in every record which mentions only repeat an earlier one: the document
// repeats the other's text, or states the fact in the same long sentence.
func MarkReprises(records []vigie.Record, first map[vigie.DocumentID]vigie.DocumentID) {
	for i := range records {
		r := &records[i]
		r.Origins = make([]vigie.DocumentID, len(r.Mentions))
		said := map[string]vigie.DocumentID{} // long quote → who said it first
		for k, m := range r.Mentions {
			origin := cmp.Or(first[m.Document], m.Document)
			if quote := folded(m.Quote); quote != "" {
				if earlier, ok := said[quote]; ok {
					origin = earlier
				}
				said[quote] = origin
			}
			if origin != m.Document {
				r.Origins[k] = origin
			}
		}
	}
}

// folded is a quote that is long enough to know its text by; empty for others.
func folded(quote string) string {
	var words []string
	for _, t := range french.Tokens(quote) {
		if t.Kind == french.Word || t.Kind == french.Numeral {
			words = append(words, t.Fold)
		}
	}
	if len(words) < longQuote {
		return ""
	}
	return strings.Join(words, " ")
}
