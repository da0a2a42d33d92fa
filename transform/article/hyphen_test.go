package article

import "testing"

func TestHyphenAtALinesEnd(t *testing.T) {
	official := map[string]bool{"Montbéliard": true, "Pas-de-Calais": true, "Bourg-Argental": true, "Franche-Comté": true}
	text := []string{"Un centre-bourg et une main-d'œuvre, un écosystème local."}
	d := newDehyphener(text, func(w string) bool { return official[w] })
	for _, c := range []struct{ line, next, want string }{
		{"dans le ter-", "ritoire voisin", "dans le territoire voisin"},
		{"le Pas-de-", "Calais, et", "le Pas-de-Calais, et"},
		{"Pays de Montbé-", "liard Agglomération", "Pays de Montbéliard Agglomération"},
		{"à Aix-", "en-Provence.", "à Aix-en-Provence."},
		{"la vice-", "présidente", "la vice-présidente"},
		{"des sous-trai-", "tants", "des sous-traitants"},
		{"la sous-", "traitance", "la sous-traitance"},
		{"pour sous-", "crire", "pour souscrire"},
		{"la main-", "d'œuvre", "la main-d'œuvre"},
		{"le centre-", "bourg,", "le centre-bourg,"},
		{"un éco-", "système", "un écosystème"},
		{"pour 2023-", "2027", "pour 2023-2027"},
		{"peut-", "être", "peut-être"},
		{"le Bourg-", "Argental", "le Bourg-Argental"},
		{"la Fran-", "che-Comté", "la Franche-Comté"},
		{"à mi-", "temps", "à mi-temps"},
		{"l’entre-", "prise", "l’entreprise"},
	} {
		if !broken(c.line, c.next) {
			t.Errorf("broken(%q, %q) = false", c.line, c.next)
			continue
		}
		if got := d.join(c.line, c.next); got != c.want {
			t.Errorf("join(%q, %q) = %q, want %q", c.line, c.next, got, c.want)
		}
	}
	for _, c := range [][2]string{{"le programme -", "suite"}, {"- ", "un"}, {"entre A -", "B"}} {
		if broken(c[0], c[1]) {
			t.Errorf("broken(%q, %q) = true: a dash, not a hyphen", c[0], c[1])
		}
	}
}
