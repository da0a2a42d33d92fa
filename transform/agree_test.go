package transform_test

import (
	"strings"

	"vigie/internal/french"
)

// Words that tell the gender of the name they begin.
var (
	feminine  = words("vallee cote baie porte haute terre rance mayenne loire presqu'ile riviera plaine")
	plural    = words("terres vallees portes monts hautes collines cotes sources rives")
	masculine = words("pays bassin val sud nord grand haut centre coeur perche bocage grands bas golfe pole territoire littoral")
)

// articles lists what may stand before a name, with the preposition it holds.
var articles = []struct{ written, preposition string }{
	{"de la ", "de"}, {"de l'", "de"}, {"de l’", "de"}, {"du ", "de"}, {"des ", "de"}, {"à la ", "à"}, {"à l'", "à"}, {"à l’", "à"}, {"au ", "à"}, {"aux ", "à"},
	{"la ", ""}, {"le ", ""}, {"les ", ""}, {"l'", ""}, {"l’", ""},
}

// agree puts the article before a name that the name wants, where one stood before the
// name that it replaces; own says that the name brings its own.
func agree(before, name string, own bool) (string, string) {
	article := ""
	if own {
		article, name = splitArticle(name)
	} else {
		article, name = splitLink(name)
	}
	for _, a := range articles {
		stem, ok := strings.CutSuffix(before, a.written)
		if !ok || stem != "" && !strings.HasSuffix(stem, " ") && !strings.HasSuffix(stem, "(") && !strings.HasSuffix(stem, "\t") && !strings.HasSuffix(stem, "\n") {
			continue
		}
		if article == "" {
			article = guessArticle(name)
		}
		return stem + contract(a.preposition, article), name
	}
	for _, de := range []string{"de ", "d'", "d’"} {
		if stem, ok := strings.CutSuffix(before, " "+de); ok {
			if article != "" && !own {
				return stem + " " + contract("de", article), name
			}
			if startsVowel(name) {
				return stem + " d'", name
			}
			return stem + " de ", name
		}
	}
	return before, name
}

func splitArticle(s string) (string, string) {
	for _, a := range []string{"le ", "la ", "les ", "l'"} {
		if rest, ok := strings.CutPrefix(s, a); ok {
			return a, rest
		}
	}
	return "", s
}

// splitLink parts "du Pays de Lumbres" into its article and the name.
func splitLink(s string) (string, string) {
	for link, article := range map[string]string{"du ": "le ", "de la ": "la ", "de l'": "l'", "des ": "les ", "de ": "", "d'": ""} {
		if rest, ok := strings.CutPrefix(s, link); ok && (link != "de " || !strings.HasPrefix(rest, "l")) {
			return article, rest
		}
	}
	return "", s
}

func guessArticle(name string) string {
	first, _, _ := strings.Cut(french.Fold(name), " ")
	switch {
	case plural[first]:
		return "les "
	case startsVowel(name):
		return "l'"
	case feminine[first]:
		return "la "
	case masculine[first]:
		return "le "
	}
	return ""
}

// contract joins a preposition and an article: de + le is du.
func contract(preposition, article string) string {
	switch preposition + " " + article {
	case "de le ":
		return "du "
	case "de les ":
		return "des "
	case "à le ":
		return "au "
	case "à les ":
		return "aux "
	}
	if preposition == "" {
		return article
	}
	return preposition + " " + article
}
