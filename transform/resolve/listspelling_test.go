package resolve

import (
	"math/rand/v2"
	"strings"
	"testing"

	"vigie"
)

// A listed spelling is a way in which lists, and the programs that make them, write a name
// beside what else they know of it.
type listedSpelling struct {
	name, types string
	change      func(r *rand.Rand, k known, name string) string
}

// with writes name and département (or its own code, of a département) into a pattern.
func with(patterns ...string) func(*rand.Rand, known, string) string {
	return func(r *rand.Rand, k known, name string) string {
		code, _, _ := strings.Cut(k.departement, "|")
		if k.ref.Type == vigie.RefDepartement {
			code = k.ref.ID
		}
		return strings.NewReplacer("NAME", name, "CODE", code).Replace(pick(r, patterns...))
	}
}

// form splits "CC de la Côte" into its form and the name behind the linking words.
func form(name string) (form, core string) {
	for _, f := range []string{"CC ", "CA ", "CU "} {
		rest, ok := strings.CutPrefix(name, f)
		if !ok {
			continue
		}
		for _, link := range []string{"de la ", "du ", "de l'", "des ", "d'", "de "} {
			if core, ok := strings.CutPrefix(rest, link); ok {
				return strings.TrimSpace(f), core
			}
		}
		return strings.TrimSpace(f), rest
	}
	return "", name
}

// reformed writes an EPCI's form in one of the ways given for it.
func reformed(patterns map[string][]string) func(*rand.Rand, known, string) string {
	return func(r *rand.Rand, _ known, name string) string {
		f, core := form(name)
		if patterns[f] == nil {
			return name
		}
		return strings.ReplaceAll(pick(r, patterns[f]...), "NAME", core)
	}
}

// misread gives the letters that UTF-8 shows where it is taken for windows-1252.
var misread = strings.NewReplacer("é", "Ã©", "è", "Ã¨", "ê", "Ãª", "ô", "Ã´", "ç", "Ã§", "â", "Ã¢", "î", "Ã®", "É", "Ã‰", "û", "Ã»", "ë", "Ã«", "ï", "Ã¯")

var listedSpellings = []listedSpelling{
	{"a code beside it", "epci commune", with("NAME (CODE)", "NAME [CODE]", "NAME - CODE", "NAME, CODE", "NAME CODE", "CODE NAME", "CODE - NAME", "CODE : NAME")},
	{"a postal code beside it", "commune", with("CODE000 NAME", "NAME CODE100", "NAME (CODE200)", "CODE035 NAME cedex", "CODE035 NAME Cedex 4")},
	{"its own code", "departement", with("NAME (CODE)", "CODE - NAME", "CODE NAME", "Département NAME", "CD NAME", "Dépt. NAME")},
	{"hard blanks", "", with("\u00a0NAME\u00a0 \t")},
	{"marks around", "", with("\"NAME\"", "NAME :", "NAME;", "* NAME", "- NAME", "NAME(1)", "NAME¹", "NAME\u200b")},
	{"underscores", "", func(_ *rand.Rand, _ known, s string) string { return strings.NewReplacer(" ", "_").Replace(s) }},
	{"misread", "epci commune departement region", func(_ *rand.Rand, _ known, s string) string { return misread.Replace(s) }},
	{"accents for apostrophes", "", func(r *rand.Rand, _ known, s string) string {
		return strings.ReplaceAll(s, "'", pick(r, "`", "´", " ' ", "’"))
	}},
	{"what it is", "commune", with("Cne de NAME", "Commune NAME", "Ville : NAME", "mairie de NAME")},
	{"programme before it", "territory", with("TI de NAME", "TI - NAME", "Territoire d’Industrie : NAME", "Territoire NAME", "T.I. NAME")},
	{"form before", "epci", reformed(map[string][]string{
		"CC": {"COM. COM. NAME", "CdC de NAME", "C.D.C. NAME", "Com. com. du NAME", "Communauté de Communes de la NAME", "COMMUNAUTÉ DE COMMUNES DU NAME", "Intercommunalité NAME", "EPCI NAME"},
		"CA": {"Agglo NAME", "L’agglo de NAME", "Agglomération de NAME", "Agglo. NAME", "COMMUNAUTE D AGGLOMERATION NAME", "Com d'agglo NAME", "C.A. NAME"},
		"CU": {"Communauté Urbaine de NAME", "CU de NAME", "C.U. NAME"},
	})},
	{"form behind", "epci", reformed(map[string][]string{
		"CC": {"NAME (CC)", "NAME, communauté de communes", "NAME (communauté de communes)", "NAME - CC", "NAME CC", "NAME (CC du)", "NAME Communauté de communes"},
		"CA": {"NAME (CA)", "NAME, communauté d'agglomération", "NAME Agglo", "NAME CA", "NAME (CA de)", "NAME Communauté d'agglomération"},
		"CU": {"NAME (CU)", "NAME, communauté urbaine", "NAME CU"},
	})},
}

// TestListedSpellings holds each way, for each type that it is for, to what all
// spellings are held to.
func TestListedSpellings(t *testing.T) {
	g := official(t)
	types := map[string][]known{}
	for _, k := range knowns(t, g) {
		types[k.ref.Type] = append(types[k.ref.Type], k)
	}
	for _, way := range listedSpellings {
		for _, kind := range []string{vigie.RefEPCI, vigie.RefTerritory, vigie.RefCommune, vigie.RefDepartement, vigie.RefRegion} {
			if way.types != "" && !strings.Contains(way.types, kind) {
				continue
			}
			t.Run(way.name+", "+kind, func(t *testing.T) {
				r := rand.New(rand.NewPCG(9, 7))
				var s score
				for range 2_000 {
					k := types[kind][r.IntN(len(types[kind]))]
					e, _ := g.Entity(k.ref)
					spelt := way.change(r, k, k.name)
					if spelt == k.name || s.asked == 200 || e.Until != "" && kind == vigie.RefEPCI { // a dissolved one's name may be today's
						continue
					}
					n := Names{Gazetteer: g, Types: []string{kind}, Phase: e.Phase}
					s.count(spelt, k, n.Settle(spelt, k.departement, k.region))
				}
				s.check(t)
			})
		}
	}
}
