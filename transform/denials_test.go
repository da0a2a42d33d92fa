package transform_test

import (
	"math/rand/v2"
	"regexp"
	"strings"
	"unicode"
	"unicode/utf8"

	"vigie"
	"vigie/internal/french"
	"vigie/transform/gazetteer"
)

const chosen = `(retenue?s?|labellisée?s?|labelisée?s?|sélectionnée?s?|identifiée?s?|choisie?s?|désignée?s?|reconduite?s?|distinguée?s?|lauréate?s?)`

// Each pair turns an assertion of a label into its denial.
var denials = [][2]string{
	{`\ba été ` + chosen, `n'a pas été $1`}, {`\bont été ` + chosen, `n'ont pas été $1`},
	{`\best ` + chosen, `n'est pas $1`}, {`\bsont ` + chosen, `ne sont pas $1`},
	{`\bfait partie`, `ne fait pas partie`}, {`\bfont partie`, `ne font pas partie`},
	{`\bfigure (parmi|dans|sur)`, `ne figure pas $1`}, {`\bfigurent (parmi|dans|sur)`, `ne figurent pas $1`},
	{`\bbénéficie (du|de)`, `ne bénéficie pas $1`}, {`\bbénéficient (du|de)`, `ne bénéficient pas $1`},
	{`\brejoint (le|la)`, `ne rejoint pas $1`}, {`\brejoignent (le|la)`, `ne rejoignent pas $1`},
	{`\bdécroche (le|la)`, `ne décroche pas $1`}, {`\bobtient (le|la)`, `n'obtient pas $1`},
}

// and these into a condition.
var conditions = [][2]string{
	{`\ba été ` + chosen, `pourrait être $1`}, {`\bont été ` + chosen, `pourraient être $1`},
	{`\best ` + chosen, `serait $1`}, {`\bsont ` + chosen, `seraient $1`},
	{`\bfait partie`, `ferait partie`}, {`\bfont partie`, `feraient partie`},
	{`\bfigure (parmi|dans|sur)`, `figurerait $1`}, {`\bfigurent (parmi|dans|sur)`, `figureraient $1`},
	{`\bbénéficie (du|de)`, `bénéficierait $1`}, {`\bbénéficient (du|de)`, `bénéficieraient $1`},
	{`\brejoint (le|la)`, `rejoindrait $1`}, {`\brejoignent (le|la)`, `rejoindraient $1`},
	{`\bdécroche (le|la)`, `décrocherait $1`}, {`\bobtient (le|la)`, `obtiendrait $1`},
}

var (
	denialRules    = compileRules(denials)
	conditionRules = compileRules(conditions)
)

type rule struct {
	pattern *regexp.Regexp
	by      string
}

func compileRules(pairs [][2]string) []rule {
	var all []rule
	for _, p := range pairs {
		all = append(all, rule{regexp.MustCompile(p[0]), p[1]})
	}
	return all
}

func negate(s string) string  { return applyRules(denialRules, s) }
func suppose(s string) string { return applyRules(conditionRules, s) }

func applyRules(rules []rule, s string) string {
	for _, r := range rules {
		s = r.pattern.ReplaceAllString(s, r.by)
	}
	return s
}

// rumour puts what asserts a label into other people's mouths.
func rumour(s string) string {
	if applyRules(conditionRules, s) == s {
		return s
	}
	first, n := utf8.DecodeRuneInString(s)
	next, _ := utf8.DecodeRuneInString(s[n:])
	if unicode.IsUpper(next) {
		return "Selon nos informations, " + s
	}
	return "Selon nos informations, " + string(unicode.ToLower(first)) + s[n:]
}

// inserted changes the sentences that give a label so that they give it no more. The
// labels told there alone have to go; all else that the page states may stay or go, since
// it may hang on them.
func inserted(change func(string) string) func(*variant, *rand.Rand, *gazetteer.Gazetteer) bool {
	return func(v *variant, _ *rand.Rand, _ *gazetteer.Gazetteer) bool {
		var rest, denied strings.Builder
		for i, b := range v.blocks {
			if b.kind != vigie.Paragraph || strings.Contains(b.text, "\n") {
				rest.WriteString(b.text + "\n")
				continue
			}
			var out strings.Builder
			at := 0
			for _, r := range french.Sentences(b.text) {
				s := b.text[r.Lo:r.Hi]
				out.WriteString(b.text[at:r.Lo])
				at = r.Hi
				now := s
				if !strings.HasSuffix(strings.TrimSpace(s), ":") && french.Fold(s) != "" && !alreadyDenied(s) {
					now = change(s)
				}
				if now == s {
					rest.WriteString(s + "\n")
				} else {
					denied.WriteString(s + "\n")
				}
				out.WriteString(now)
			}
			out.WriteString(b.text[at:])
			v.blocks[i].text = out.String()
		}
		return v.withdraw(rest.String(), denied.String())
	}
}

func alreadyDenied(s string) bool {
	return strings.Contains(s, " pas ") || strings.Contains(s, " plus ") || strings.Contains(s, "rait ") || strings.Contains(s, " qui ")
}

// withdraw settles which labels must go: those whose territory the denied sentences name
// and the rest of the text does not.
func (v *variant) withdraw(rest, denied string) bool {
	rest, denied = squeeze(french.Fold(rest)), squeeze(french.Fold(denied))
	var left []goldFact
	for _, f := range v.gold {
		names := append(f.list("aliases"), f.text("territory"))
		if f.text("kind") == "label" && f.text("status") == vigie.Labelled && !f.optional() && anyIn(denied, names) && !anyIn(rest, names) &&
			strings.Contains(denied, squeeze(french.Fold(f.text("quote")))[:min(12, len(squeeze(french.Fold(f.text("quote")))))]) {
			v.gone = append(v.gone, f)
			continue
		}
		left = append(left, f.with("optional", true))
	}
	v.gold = left
	return len(v.gone) > 0
}

func anyIn(text string, names []string) bool {
	for _, n := range names {
		if strings.Contains(text, french.Fold(n)) {
			return true
		}
	}
	return false
}
