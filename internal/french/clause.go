package french

// finiteVerbs are common verb forms that are no nouns as well.
var finiteVerbs = map[string]bool{
	"aident": true, "ai": true, "annoncent": true, "apporte": true, "assure": true, "assurent": true,
	"avons": true, "beneficie": true, "beneficient": true, "comprend": true,
	"comprennent": true, "comptent": true, "concerne": true, "concernent": true,
	"devient": true, "deviennent": true, "doit": true, "doivent": true, "dit": true, "est": true,
	"etait": true, "etaient": true, "faut": true, "figurent": true, "font": true, "fut": true, "furent": true,
	"invite": true, "ont": true, "permet": true, "permettent": true, "peut": true, "peuvent": true,
	"piloteront": true, "portent": true, "prend": true, "prennent": true, "preside": true,
	"prevoit": true, "prevoient": true, "rassemble": true, "rassemblent": true, "regroupe": true,
	"regroupent": true, "represente": true, "representent": true, "reunit": true, "reunissent": true,
	"sait": true, "savent": true, "sommes": true, "sont": true, "suis": true, "tient": true, "tiennent": true,
	"va": true, "veut": true, "veulent": true, "vient": true, "viennent": true, "vise": true, "visent": true,
	"vont": true,
}

// subjects stand right before a verb: "il préside", "qui compte", "ne figure pas".
var subjects = map[string]bool{
	"elle": true, "elles": true, "il": true, "ils": true, "j'": true, "je": true, "n'": true, "ne": true,
	"on": true, "qui": true, "s'": true, "se": true, "y": true,
}

var (
	// subordinators begin a clause where a verb follows, coordinators where one stands on
	// both sides. Behind comparisons "que" begins none, or one that began before it.
	subordinators = map[string]bool{
		"afin": true, "auquel": true, "auxquelles": true, "auxquels": true, "dont": true, "laquelle": true, "lequel": true,
		"car": true, "lesquelles": true, "lesquels": true, "lorsqu'": true, "lorsque": true, "mais": true,
		"parce": true, "puisqu'": true,
		"puisque": true, "qu'": true, "quand": true, "que": true, "qui": true, "si": true,
	}
	coordinators = map[string]bool{
		"alors": true, "donc": true, "et": true, "ou": true, "puis": true, "tandis": true,
	}
	comparisons = []string{"afin", "ainsi", "autant", "autre", "autres", "bien", "ce", "meme", "moins", "parce", "plus", "sauf", "tant", "tel", "telle", "tels"}
)

type boundary int

const (
	noBoundary  boundary = iota
	strong               // ; : or a new line
	subordinate          // qui, dont, où, lorsque, mais
	comma                // with "et" or without
	coordinate           // "et" and the like, without a comma
)

// Clauses cuts the tokens of a sentence into clauses, in order, whose ranges hold all
// tokens. It cuts at semicolons, colons and line ends; at commas, "et", "mais" and the
// like between two finite verbs; before a relative or a conjunction that a finite verb
// follows. It knows few verbs, and leaves together what it is not sure to part.
func Clauses(text string, tokens []Token) []Range {
	if len(tokens) == 0 {
		return nil
	}
	verbs := countVerbs(text, tokens)
	kinds := make([]boundary, len(tokens))
	for k := 1; k < len(tokens); k++ {
		kinds[k] = boundaryAt(text, tokens, k)
	}
	var out []Range
	lo := 0
	for k := 1; k < len(tokens); k++ {
		if cuts(kinds[k], verbs[k]-verbs[lo], verbs[reach(kinds, k)]-verbs[k]) {
			out = append(out, Range{tokens[lo].Lo, tokens[k-1].Hi})
			lo = k
		}
	}
	return append(out, Range{tokens[lo].Lo, tokens[len(tokens)-1].Hi})
}

// reach is where the verb of a clause that begins with token k must have come: soon
// behind a bare "et", which joins nouns more often ("un élu et un industriel l'animera").
func reach(kinds []boundary, k int) int {
	const soon, far = 4, 40
	end, limit := k+1, k+far
	if kinds[k] == coordinate {
		limit = k + soon
	}
	for end < len(kinds) && end < limit && (kinds[end] == noBoundary || kinds[end] == coordinate) {
		end++
	}
	return end
}

// cuts decides at a boundary with so many verbs in the clause before it, and behind it.
func cuts(b boundary, before, after int) bool {
	switch b {
	case strong:
		return true
	case subordinate:
		return after > 0
	case comma, coordinate:
		return before > 0 && after > 0
	}
	return false
}

// boundaryAt tells whether a clause may begin with token k.
func boundaryAt(text string, tokens []Token, k int) boundary {
	before, t := tokens[k-1], tokens[k]
	switch {
	case !follows(text, tokens, k), before.Is(";"), before.Is(":") && !glued(tokens, k):
		return strong
	case subordinators[t.Fold] && !before.Is(comparisons...), t.Fold == "ou" && text[t.Lo:t.Hi] != "ou":
		return subordinate
	case before.Is(","):
		return comma
	case coordinators[t.Fold]:
		return coordinate
	}
	return noBoundary
}

// countVerbs tells for each k how many of the tokens before it are finite verbs.
func countVerbs(text string, tokens []Token) []int {
	n := make([]int, len(tokens)+1)
	for k, t := range tokens {
		n[k+1] = n[k]
		if isFinite(text, tokens, k, t) {
			n[k+1]++
		}
	}
	return n
}

func isFinite(text string, tokens []Token, k int, t Token) bool {
	if t.Kind != Word {
		return false
	}
	switch {
	case finiteVerbs[t.Fold]:
		return !isParticiple(text[t.Lo:t.Hi], t.Fold) // "présidé" folds like "préside"
	case t.Fold == "a":
		return !isTo(text, t)
	case isImperfect(t.Fold), isFuture(t.Fold) && !IsCapital(text, t):
		return true
	}
	return k > 0 && subjects[tokens[k-1].Fold] && !subjects[t.Fold] && follows(text, tokens, k) && !isParticiple(text[t.Lo:t.Hi], t.Fold)
}
