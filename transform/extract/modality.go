package extract

import (
	"strings"

	"vigie/internal/french"
)

// Why a reading is no fact: the reasons of refusals.
const (
	negated     = "negated"     // "n'a pas été retenu"
	conditional = "conditional" // "pourrait", "s'il est retenu"
	reported    = "reported"    // "selon nos informations", "dit-on"
	question    = "question"    // "Saint-Lô va-t-elle vous rejoindre ?"
	wished      = "wished"      // "espère obtenir"
	presupposed = "presupposed" // "une éventuelle candidature"
	otherPolicy = "other-policy"
	satire      = "satire"
)

var (
	negations = cues(
		"ne|n' ..6 pas|plus|jamais|guere|point|nullement",
		"ne|n' ..4 aucun|aucune|ni|rien|personne", "ne|n' ..5 nulle part",
		"aucun|aucune|ni|rien|personne ..5 ne|n'",
		"non retenu*|laureat*|labellise*|selectionne*|fixee|arretee",
		"pas|jamais encore? retenu*|labellise*",
		"hors|sans|faute|loin du|de|d'",
	)
	// "ne ... que" restricts and asserts: "il ne compte que deux EPCI".
	restrictions = cues("ne|n' ..4 que|qu'", "n' ..2 rien perdu|change|bouge|cede", "n' a|ont pas bouge|change|evolue|varie", "n' ..2 plus seul*")
	hearsay      = cues(
		"selon nos|des informations|sources", "dit-on", "parait-il", "semble-t-il", "le bruit a? couru|court",
		"la|une rumeur", "d'apres la rumeur", "croit savoir", "il se dit",
	)
	wishes = cues(
		"espere*|espere", "esperons|esperent", "souhaite*|souhaitent", "voudrai*", "aimerai*", "reve* ..1 d'|de", "appelle* de ses voeux",
		"en vue d' une eventuelle", "est question de|d'", "preconise|preconisent|recommande|recommandent|suggere|suggerent de|d'", "propose|proposent|proposait|suggere de|d' porter|fixer|confier|nommer|designer|voter|attribuer|verser|consacrer", "envisage|envisagent de|d'", "eventuel|eventuelle|eventuels|eventuelles",
	)
	// pondered is no candidacy yet.
	pondered     = cues("reflechi*", "songe|songent|songeaient", "hesite|hesitent", "tente|tentes|tentent ..2 candidater|candidature|aventure", "a l' etude", "etudie|etudient ..3 candidature")
	suppositions = cues(
		"si le|la|les|l'|un|une|elle|ce|cette|rien", "s' il|ils", "ignore|ignorent|savoir|sait|saura|demande|demandent si", "sous reserve", "a condition", "en cas de|d'", "au cas ou", "sans que",
	)
)

// notConditional are words that end like a conditional and are none.
var notConditional = map[string]bool{
	"attrait": true, "extrait": true, "portrait": true, "retrait": true, "contrait": true, "abstrait": true,
	"distrait": true, "parait": true, "disparait": true, "apparait": true, "comparait": true, "soustrait": true,
	"restait": true, "entrait": true, "montrait": true, "rentrait": true, "figurait": true, "assurait": true,
	"preparait": true, "demeurait": true, "durait": true, "separait": true, "couvrait": true, "ouvrait": true,
	"offrait": true, "souffrait": true, "rencontrait": true, "declarait": true, "esperait": true, "considerait": true,
	"figuraient": true, "montraient": true, "entraient": true, "assuraient": true, "preparaient": true, "demeuraient": true,
	"couvraient": true, "ouvraient": true, "offraient": true, "declaraient": true, "esperaient": true, "consideraient": true,
	"operait": true, "operaient": true, "tirait": true, "tiraient": true, "attirait": true, "attiraient": true,
	"administrait": true, "concentrait": true, "concentraient": true, "integrait": true, "integraient": true,
	"trait": true, "virait": true, "inaugurait": true, "inspirait": true, "generait": true, "generaient": true,
}

// refusal says why what stands in the bytes [lo, hi) is not asserted, "" where it is:
// the words of its clause decide.
func (p *Passage) refusal(lo, hi int) string {
	i, j := p.clauseAt(lo, hi)
	reason, known := p.reasons[[2]int{i, j}]
	if !known {
		reason = p.whyNot(p.Tokens[i:j])
		if p.reasons == nil {
			p.reasons = map[[2]int]string{}
		}
		p.reasons[[2]int{i, j}] = reason // the names of a long list share their clause
	}
	return reason
}

func (p *Passage) whyNot(toks []french.Token) string {
	switch {
	case hasCue(negations, toks) && !hasCue(restrictions, toks):
		return negated
	case p.says(hearsay):
		return reported
	case hasCue(suppositions, toks), hasConditional(toks):
		return conditional
	case hasCue(wishes, toks):
		return wished
	case p.isQuestion():
		return question
	}
	return ""
}

func hasConditional(toks []french.Token) bool {
	for _, t := range toks {
		if isConditional(t.Fold) {
			return true
		}
	}
	return false
}

func isConditional(w string) bool {
	if len(w) < 5 || notConditional[w] {
		return false
	}
	return strings.HasSuffix(w, "rait") || strings.HasSuffix(w, "raient") || strings.HasSuffix(w, "rions")
}

func (p *Passage) isQuestion() bool {
	for i := len(p.Tokens) - 1; i >= 0; i-- {
		if t := p.Tokens[i]; !isQuote(t) && t.Fold != ")" {
			return t.Fold == "?"
		}
	}
	return false
}

// breaks are the words after a comma with which another clause begins.
var breaks = cues(
	"mais", "tandis que|qu'", "alors que|qu'", "or", "en revanche", "contrairement", "meme si", "bien que|qu'", "sans que|qu'",
	"elle|lui|eux|elles", "contre", "faute de|d'", "et? ne|n'", "et ..2 ne|n'", "qui ne|n'", "ce que", "dont les noms",
)

// clause returns the tokens around the bytes [lo, hi) that share their assertion: up to a
// semicolon, a parenthesis, or a comma after which another clause begins.
func (p *Passage) clause(lo, hi int) []french.Token {
	i, j := p.clauseAt(lo, hi)
	return p.Tokens[i:j]
}

func (p *Passage) clauseAt(lo, hi int) (i, j int) {
	i, j = p.token(lo), p.token(max(lo, hi-1))
	for i > 0 && !p.ends(i-1) && !p.relative(i-1) {
		i--
	}
	for j < len(p.Tokens) && (p.Tokens[j].Lo < hi || !p.ends(j)) {
		j++
	}
	return i, j
}

// relative: at token k a relative clause begins after a comma: what it says is asserted,
// whatever is said of what it hangs on.
func (p *Passage) relative(k int) bool {
	return k > 0 && p.Tokens[k].Is("qui", "dont", "lequel", "laquelle") && p.Tokens[k-1].Is(",")
}

// ends reports whether a clause ends at token k of the passage.
func (p *Passage) ends(k int) bool {
	if p.clauseEnd == nil {
		p.clauseEnd = make([]bool, len(p.Tokens))
		for i := range p.Tokens {
			p.clauseEnd[i] = p.endsAt(i)
		}
	}
	return p.clauseEnd[k]
}

func (p *Passage) endsAt(k int) bool {
	switch p.Tokens[k].Fold {
	case ";", "(", ")", ".", "…":
		return true
	case ",":
		return matchAt(breaks, p.Tokens, k+1) > 0
	}
	return false
}

// jokes are what a text of 1 April says of itself.
var jokes = cues("poisson* d' avril", "poisson . d' avril", "poissons d' avril", "toute ressemblance")

// isSatire reports whether the text was published on 1 April and says that it jokes.
func (d *Doc) isSatire() bool {
	pub := string(d.Article.Published)
	return len(pub) == len("2006-01-02") && pub[4:] == "-04-01" && hasCue(jokes, d.Tokens)
}
