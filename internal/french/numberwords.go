package french

import "strings"

// atomKind says how a word of a number joins those before it.
type atomKind int

const (
	unitAtom atomKind = iota + 1 // 0 to 19
	tensAtom                     // vingt to nonante
	hundred                      // cent
	thousand                     // mille
	lone                         // premier, second: "les vingt premiers" is no twenty-first
)

type atom struct {
	kind    atomKind
	value   int64
	ordinal bool
}

// atoms are the words that numbers are composed of.
var atoms = map[string]atom{
	"zero": {unitAtom, 0, false}, "un": {unitAtom, 1, false}, "une": {unitAtom, 1, false},
	"deux": {unitAtom, 2, false}, "trois": {unitAtom, 3, false}, "quatre": {unitAtom, 4, false},
	"cinq": {unitAtom, 5, false}, "six": {unitAtom, 6, false}, "sept": {unitAtom, 7, false},
	"huit": {unitAtom, 8, false}, "neuf": {unitAtom, 9, false}, "dix": {unitAtom, 10, false},
	"onze": {unitAtom, 11, false}, "douze": {unitAtom, 12, false}, "treize": {unitAtom, 13, false},
	"quatorze": {unitAtom, 14, false}, "quinze": {unitAtom, 15, false}, "seize": {unitAtom, 16, false},
	"vingt": {tensAtom, 20, false}, "vingts": {tensAtom, 20, false}, "trente": {tensAtom, 30, false},
	"quarante": {tensAtom, 40, false}, "cinquante": {tensAtom, 50, false}, "soixante": {tensAtom, 60, false},
	"septante": {tensAtom, 70, false}, "huitante": {tensAtom, 80, false}, "octante": {tensAtom, 80, false},
	"nonante": {tensAtom, 90, false}, "cent": {hundred, 100, false}, "cents": {hundred, 100, false},
	"mil": {thousand, 1000, false}, "mille": {thousand, 1000, false},

	"unieme": {unitAtom, 1, true}, "deuxieme": {unitAtom, 2, true}, "troisieme": {unitAtom, 3, true},
	"quatrieme": {unitAtom, 4, true}, "cinquieme": {unitAtom, 5, true}, "sixieme": {unitAtom, 6, true},
	"septieme": {unitAtom, 7, true}, "huitieme": {unitAtom, 8, true}, "neuvieme": {unitAtom, 9, true},
	"dixieme": {unitAtom, 10, true}, "onzieme": {unitAtom, 11, true}, "douzieme": {unitAtom, 12, true},
	"treizieme": {unitAtom, 13, true}, "quatorzieme": {unitAtom, 14, true}, "quinzieme": {unitAtom, 15, true},
	"seizieme": {unitAtom, 16, true}, "vingtieme": {tensAtom, 20, true}, "trentieme": {tensAtom, 30, true},
	"quarantieme": {tensAtom, 40, true}, "cinquantieme": {tensAtom, 50, true}, "soixantieme": {tensAtom, 60, true},
	"septantieme": {tensAtom, 70, true}, "nonantieme": {tensAtom, 90, true},
	"centieme": {hundred, 100, true}, "millieme": {thousand, 1000, true},
	"premier": {lone, 1, true}, "premiere": {lone, 1, true},
	"second": {lone, 2, true}, "seconde": {lone, 2, true},
}

// magnitudes are the powers of ten that stand behind a number, in words and signs.
var magnitudes = map[string]int{
	"million": 6, "millions": 6, "milliard": 9, "milliards": 9, "mille": 3, "millier": 3, "milliers": 3,
	"k": 3, "m": 6, "md": 9, "mds": 9, "mrd": 9, "mrds": 9,
}

// collectives are nouns that count about so many: "une quarantaine de projets".
var collectives = map[string]int64{
	"centaine": 100, "centaines": 100, "cinquantaine": 50, "dizaine": 10, "dizaines": 10,
	"douzaine": 12, "douzaines": 12, "huitaine": 8, "millier": 1000, "milliers": 1000,
	"quarantaine": 40, "quinzaine": 15, "soixantaine": 60, "trentaine": 30, "vingtaine": 20,
}

// lookAtom reads one word; a plural ordinal ("les premiers") reads as its singular.
func lookAtom(word string) (atom, bool) {
	a, ok := atoms[word]
	if !ok {
		if word, ok = strings.CutSuffix(word, "s"); ok {
			if a, ok = atoms[word]; ok && !a.ordinal {
				return atom{}, false
			}
		}
	}
	return a, ok
}

// mayCount reports a word that can begin a number.
func mayCount(word string) bool {
	first, _, _ := strings.Cut(word, "-")
	_, ok := lookAtom(first)
	return ok || first == "demi"
}

// A composer adds up the words of one number, and refuses the word that begins another.
type composer struct {
	total   int64 // what thousands closed
	current int64 // below a thousand
	last    atom
	joined  bool // an "et" waits for its word: "vingt et un"
	count   int
}

// add takes one more word, or reports that the number ends before it.
func (c *composer) add(a atom) bool {
	if c.last.ordinal || c.joined && !c.joins(a) {
		return false
	}
	rest := c.current % 100
	switch a.kind {
	case lone:
		if c.count > 0 {
			return false
		}
		c.current = a.value
	case unitAtom:
		if c.count > 0 && !c.takesUnit(a.value, rest) {
			return false
		}
		c.current += a.value
	case tensAtom:
		if a.value == 20 && rest == 4 && c.last.kind == unitAtom { // quatre-vingt
			c.current += 76
			break
		}
		if c.count > 0 && rest != 0 || c.count > 0 && c.total == 0 && c.current == 0 {
			return false
		}
		c.current += a.value
	case hundred:
		if c.current > 9 || c.current == 1 || c.count > 0 && c.total == 0 && c.current == 0 {
			return false
		}
		c.current = max(1, c.current) * 100
	case thousand:
		if c.total > 0 || c.current == 1 || c.count > 0 && c.current == 0 {
			return false
		}
		c.total, c.current = max(1, c.current)*1000, 0
	}
	c.last, c.joined = a, false
	c.count++
	return true
}

// takesUnit tells "vingt-deux", "soixante-dix", "cent un" from "deux trois".
func (c *composer) takesUnit(unit, rest int64) bool {
	switch c.last.kind {
	case hundred, thousand:
		return unit > 0
	case tensAtom:
		if rest == 60 || rest == 80 {
			return unit > 0
		}
		return 0 < unit && unit < 10
	case unitAtom: // dix-sept, quatre-vingt-dix-sept
		return c.last.value == 10 && 7 <= unit && unit <= 9
	}
	return false
}

// joins tells what "et" may lead to: vingt et un, soixante et onze.
func (c *composer) joins(a atom) bool {
	return c.last.kind == tensAtom && a.kind == unitAtom && (a.value == 1 || a.value == 11)
}

func (c *composer) value() int64 { return c.total + c.current }
