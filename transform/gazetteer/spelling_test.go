package gazetteer

import (
	"slices"
	"strings"
	"testing"

	"vigie"
)

// spellings are the ways in which people change an official name.
var spellings = []struct {
	name   string
	types  []string
	change func(string) string
}{
	{"upper case", nil, strings.ToUpper},
	{"lower case", nil, strings.ToLower},
	{"no accents", nil, unaccented},
	{"upper case without accents", nil, func(s string) string { return strings.ToUpper(unaccented(s)) }},
	{"spaces for hyphens", nil, strings.NewReplacer("-", " ", "–", " ").Replace},
	{"hyphens for spaces", []string{vigie.RefCommune}, strings.NewReplacer(" ", "-").Replace},
	{"typographic apostrophes, hard spaces", nil, strings.NewReplacer("'", "’", " ", "\u00a0").Replace},
	{"no apostrophes", nil, strings.NewReplacer("'", " ").Replace},
	{"spaced dashes", []string{vigie.RefEPCI, vigie.RefTerritory}, strings.NewReplacer(" - ", " – ", "-", " - ").Replace},
	{"Saint abbreviated", nil, strings.NewReplacer("Sainte-", "Ste-", "Saint-", "St-", "Saint ", "St ", "Sainte ", "Ste ").Replace},
	{"Saint with a stop", nil, strings.NewReplacer("Saint-", "St. ", "Sainte-", "Ste. ").Replace},
	{"sur abbreviated", nil, strings.NewReplacer("-sur-", " s/ ", " sur ", " s/").Replace},
	{"ampersand", nil, strings.NewReplacer(" et ", " & ", "-et-", " & ").Replace},
	{"no linking words", []string{vigie.RefEPCI}, strings.NewReplacer(" de la ", " ", " de l'", " ", " de ", " ", " du ", " ", " des ", " ", " d'", " ").Replace},
	{"other linking words", []string{vigie.RefEPCI}, strings.NewReplacer(" de la ", " de ", " du ", " de ", " des ", " de ").Replace},
	{"form spelled out", []string{vigie.RefEPCI}, longName},
	{"form in short", []string{vigie.RefEPCI}, strings.NewReplacer("CC ", "com com ", "CA ", "agglo ", "CU ", "communauté urbaine ").Replace},
	{"form in other short", []string{vigie.RefEPCI}, strings.NewReplacer("CC ", "CdC ", "CA ", "CdA ").Replace},
	{"form with stops", []string{vigie.RefEPCI}, strings.NewReplacer("CC ", "C.C. ", "CA ", "C.A. ").Replace},
	{"vague form", []string{vigie.RefEPCI}, strings.NewReplacer("CC ", "intercommunalité ", "CA ", "agglomération ").Replace},
	{"article before", []string{vigie.RefEPCI}, func(s string) string { return "la " + s }},
	{"Agglo and Agglomération", []string{vigie.RefEPCI}, strings.NewReplacer("Agglomération", "Agglo", "Agglo ", "Agglomération ").Replace},
	{"commune de", []string{vigie.RefCommune}, func(s string) string { return "commune de " + s }},
	{"ville de", []string{vigie.RefCommune}, func(s string) string {
		return "Ville de " + s
	}},
	{"contracted article", []string{vigie.RefCommune}, func(s string) string {
		if rest, ok := strings.CutPrefix(s, "Le "); ok {
			return "commune du " + rest
		}
		if rest, ok := strings.CutPrefix(s, "Les "); ok {
			return "commune des " + rest
		}
		return s
	}},
	{"article behind", []string{vigie.RefCommune}, func(s string) string {
		for _, a := range []string{"Le ", "La ", "Les ", "L'"} {
			if rest, ok := strings.CutPrefix(s, a); ok {
				return rest + " (" + strings.TrimSpace(a) + ")"
			}
		}
		return s
	}},
	{"territoire d'industrie", []string{vigie.RefTerritory}, func(s string) string { return "territoire d'industrie " + s }},
}

// TestSpellings changes official names in every way (of communes, one in five), in the
// place of their entity. Another entity's identifier is a defect, an open answer a loss.
func TestSpellings(t *testing.T) {
	g := load(t)
	for _, s := range spellings {
		t.Run(s.name, func(t *testing.T) {
			total, found := 0, 0
			for i := range g.entities {
				e := &g.entities[i]
				want := e.ref()
				skip := e.class == classLabel || e.gone() > 0 || e.class == classCommune && i%5 > 0
				if skip || s.types != nil && !slices.Contains(s.types, want.Type) || s.change(e.name()) == e.name() {
					continue
				}
				name := s.change(e.name())
				got := g.Resolve(name, Context{Types: []string{want.Type}, Departements: g.departements(e), Phase: e.phase()})
				total++
				if got.Ref == want {
					found++
				} else if !got.Ref.IsZero() {
					t.Errorf("Resolve(%q) = %v (%s), want %v", name, got.Ref, got.Rule, want)
				}
			}
			if total == 0 || found*1000 < total*995 {
				t.Errorf("%d of %d names found", found, total)
			}
		})
	}
}

func unaccented(s string) string {
	var b strings.Builder
	for _, r := range s {
		if _, folded := foldRune(r); r >= 0x80 && folded != "" {
			b.WriteString(folded)
			continue
		}
		b.WriteRune(r)
	}
	return b.String()
}
