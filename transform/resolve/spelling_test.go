package resolve

import (
	"fmt"
	"math/rand/v2"
	"os"
	"slices"
	"strings"
	"sync"
	"testing"
	"unicode"

	"golang.org/x/text/unicode/norm"

	"vigie"
	"vigie/transform/gazetteer"
)

var loaded = sync.OnceValues(gazetteer.Load)

func official(t testing.TB) *gazetteer.Gazetteer {
	t.Helper()
	g, err := loaded()
	if err != nil {
		t.Fatal(err)
	}
	return g
}

// A spelling is one way in which people change a name; it may change nothing.
type spelling struct {
	name   string
	types  string // of entities that it is for; empty: all
	change func(*rand.Rand, string) string
}

func swap(pairs ...string) func(*rand.Rand, string) string {
	r := strings.NewReplacer(pairs...)
	return func(_ *rand.Rand, s string) string { return strings.TrimSpace(r.Replace(" " + s + " ")) }
}

func to(f func(string) string) func(*rand.Rand, string) string {
	return func(_ *rand.Rand, s string) string { return f(s) }
}

// head replaces the legal form that a name begins with by one of several.
func head(forms map[string][]string) func(*rand.Rand, string) string {
	return func(r *rand.Rand, s string) string {
		form, rest, ok := strings.Cut(s, " ")
		if others := forms[form]; ok && others != nil {
			return others[r.IntN(len(others))] + " " + rest
		}
		return s
	}
}

var spellings = []spelling{
	{"as it stands", "", to(strings.Clone)},
	{"upper case", "", to(strings.ToUpper)},
	{"lower case", "", to(strings.ToLower)},
	{"no accents", "", to(plain)},
	{"upper case, no accents", "", to(func(s string) string { return strings.ToUpper(plain(s)) })},
	{"title case", "", to(func(s string) string {
		up := true
		return strings.Map(func(c rune) rune {
			was := up
			up = !unicode.IsLetter(c)
			if was {
				return unicode.ToUpper(c)
			}
			return unicode.ToLower(c)
		}, s)
	})},
	{"decomposed accents", "", to(norm.NFD.String)},
	{"no hyphens", "", swap("-", " ", "–", " ")},
	{"long dashes", "", swap("-", "–")},
	{"spaced hyphens", "", swap("-", " - ")},
	{"hyphens for spaces", "commune", swap(" ", "-")},
	{"curly apostrophes", "", swap("'", "’")},
	{"no apostrophes", "", swap("'", " ", "’", " ")},
	{"apostrophes lost", "", swap("'", "", "’", "")},
	{"apostrophes and a space", "", swap("'", "' ", "’", "’ ")},
	{"hard and double spaces", "", swap(" ", "\u00a0 ")},
	{"st", "", swap("Sainte-", "Ste-", "Saint-", "St-", "Saint ", "St ", "Sainte ", "Ste ", "Saints-", "Sts-")},
	{"st.", "", swap("Sainte-", "Ste. ", "Saint-", "St. ", "Saint ", "St. ", "Sainte ", "Ste. ")},
	{"ST", "", to(func(s string) string {
		return strings.ToUpper(plain(strings.NewReplacer("Sainte-", "Ste ", "Saint-", "St ").Replace(s)))
	})},
	{"saint spelled out", "", swap(" St-", " Saint-", " St ", " Saint ", "-St-", "-Saint-", " Ste-", " Sainte-", "-Ste-", "-Sainte-")},
	{"s/", "", swap("-sur-", " s/", " sur ", " s/", "-sous-", " s/s ")},
	{"s/ spaced", "", swap("-sur-", " s/ ", " sur ", " s/ ")},
	{"slash", "commune", swap("-sur-", "/")},
	{"&", "", swap(" et ", " & ", "-et-", " & ")},
	{"short words", "", swap("Grand ", "Gd ", "Grande ", "Gde ", "Haute-", "Hte-", "Haute ", "Hte ", "Haut ", "Ht ", "Notre-Dame", "ND", "Mont-", "Mt-")},
	{"N.-D.", "", swap("Notre-Dame", "N.-D.")},
	{"quoted", "", to(func(s string) string { return "« " + s + " »" })},
	{"a stop behind", "", to(func(s string) string { return s + "." })},
	{"a star behind", "", to(func(s string) string { return s + " *" })},
	{"a note behind", "", to(func(s string) string { return s + " (1)" })},
	{"link words lost", "epci territory", swap(" de la ", " ", " de l'", " ", " de ", " ", " du ", " ", " des ", " ", " d'", " ")},
	{"link words changed", "epci", swap(" de la ", " de ", " du ", " de ", " des ", " de ", " de l'", " d'")},
	{"articles added", "epci", func(r *rand.Rand, s string) string {
		return strings.NewReplacer("CC ", "CC "+pick(r, "de la ", "du ", "des ", "de "), "CA ", "CA "+pick(r, "de la ", "du ", "des ", "de ")).Replace(s)
	}},
	{"form in full", "epci", head(map[string][]string{
		"CC": {"Communauté de communes", "communauté de communes", "COMMUNAUTE DE COMMUNES", "La communauté de communes", "Communauté communes"},
		"CA": {"Communauté d'agglomération", "communauté d’agglomération", "COMMUNAUTE D'AGGLOMERATION", "la communauté d'agglomération"},
		"CU": {"Communauté urbaine", "COMMUNAUTE URBAINE", "la communauté urbaine"},
	})},
	{"form in short", "epci", head(map[string][]string{
		"CC": {"Com com", "com. com.", "ComCom", "comcom", "Com-com", "CdC", "CDC", "C.C.", "Comm. de communes", "Com. de com.", "Cté de communes", "Cté de cnes", "Com de Com", "Communauté de cnes", "Comm. com.", "Cc", "cc"},
		"CA": {"agglo", "Agglo", "L'agglo", "CdA", "CDA", "C.A.", "Com. d'agglo.", "Comm. d'agglo", "Com d'agglo", "Cté d'agglo", "Cté d'agglomération", "Agglomération", "ca", "com. d’agglomération", "communauté agglo", "communauté d'agglo"},
		"CU": {"Cté urbaine", "Com. urbaine", "C.U.", "Com urb", "cu", "Comm. urb."},
	})},
	{"vague form", "epci", head(map[string][]string{"CC": {"intercommunalité", "interco", "communauté", "EPCI"}, "CA": {"intercommunalité", "agglomération", "EPCI"}, "CU": {"intercommunalité", "agglomération"}})},
	{"form behind", "epci", to(func(s string) string {
		form, rest, ok := strings.Cut(s, " ")
		if !ok || form != "CC" && form != "CA" && form != "CU" {
			return s
		}
		return rest + " (" + form + ")"
	})},
	{"form and link behind", "epci", to(func(s string) string {
		for _, link := range []string{" de la ", " du ", " de l'", " des ", " d'", " de "} {
			for _, form := range []string{"CC", "CA", "CU"} {
				if rest, ok := strings.CutPrefix(s, form+link); ok {
					return rest + " (" + form + strings.TrimRight(link, " ") + ")"
				}
			}
		}
		return s
	})},
	{"form lost", "epci", to(func(s string) string {
		for _, form := range []string{"CC ", "CA ", "CU "} {
			if rest, ok := strings.CutPrefix(s, form); ok {
				for _, link := range []string{"de la ", "du ", "de l'", "des ", "d'", "de "} {
					if core, ok := strings.CutPrefix(rest, link); ok {
						return core
					}
				}
				return rest
			}
		}
		return s
	})},
	{"agglo for agglomération", "epci", swap(" Agglomération ", " Agglo ", " Agglo ", " Agglomération ")},
	{"commune de", "commune", func(r *rand.Rand, s string) string {
		return pick(r, "commune de ", "Ville de ", "ville de ", "Mairie de ", "Commune de ", "COMMUNE DE ") + s
	}},
	{"contracted article", "commune", to(func(s string) string {
		if rest, ok := strings.CutPrefix(s, "Le "); ok {
			return "ville du " + rest
		}
		if rest, ok := strings.CutPrefix(s, "Les "); ok {
			return "Ville des " + rest
		}
		return s
	})},
	{"article behind", "commune", func(r *rand.Rand, s string) string {
		for _, a := range []string{"Le ", "La ", "Les ", "L'"} {
			if rest, ok := strings.CutPrefix(s, a); ok {
				a = strings.TrimSpace(a)
				return rest + pick(r, " ("+a+")", ", "+a, " "+a, " ("+strings.ToLower(a)+")")
			}
		}
		return s
	}},
	{"article lost", "commune", to(func(s string) string {
		for _, a := range []string{"Le ", "La ", "Les ", "L'"} {
			if rest, ok := strings.CutPrefix(s, a); ok {
				return rest
			}
		}
		return s
	})},
	{"territoire d'industrie", "territory", func(r *rand.Rand, s string) string {
		return pick(r, "Territoire d'industrie ", "TI ", "territoire d’industrie de ", "TERRITOIRE D'INDUSTRIE ", "Le territoire d'industrie « ") + s
	}},
	{"hyphens for territories", "territory", swap(" - ", "-", " ", "-")},
	{"bare dashes", "territory", swap(" - ", "-", " – ", "/")},
	{"commas", "territory", swap(" - ", ", ", " – ", ", ")},
	{"et between parts", "territory", swap(" - ", " et ", " – ", " et ")},
	{"département de", "departement", func(r *rand.Rand, s string) string {
		return pick(r, "Département ", "département de ", "Dept ", "Dép. ", "Dpt ", "DEPARTEMENT DE ", "Conseil départemental de ") + s
	}},
	{"région", "region", func(r *rand.Rand, s string) string {
		return pick(r, "Région ", "région ", "REGION ", "Conseil régional de ", "La Région ", "Rég. ") + s
	}},
}

func pick(r *rand.Rand, all ...string) string { return all[r.IntN(len(all))] }

func plain(s string) string {
	s = strings.NewReplacer("œ", "oe", "Œ", "Oe", "æ", "ae").Replace(s)
	return strings.Map(func(c rune) rune {
		if unicode.Is(unicode.Mn, c) {
			return -1
		}
		return c
	}, norm.NFD.String(s))
}

// A known name of the tables, and where a list would put it.
type known struct {
	name                string
	ref                 vigie.Ref
	departement, region string
}

// tsv yields the cells of an embedded table, its header left out.
func tsv(t testing.TB, file string) [][]string {
	t.Helper()
	b, err := os.ReadFile("../gazetteer/data/" + file)
	if err != nil {
		t.Fatal(err)
	}
	var all [][]string
	for _, line := range strings.Split(strings.TrimSpace(string(b)), "\n")[1:] {
		all = append(all, strings.Split(line, "\t"))
	}
	return all
}

// knowns are all names of the tables that are one entity's alone in its place: of
// several namesakes no spelling could tell.
func knowns(t testing.TB, g *gazetteer.Gazetteer) []known {
	var all []known
	for _, row := range tsv(t, "names.tsv") {
		ref, err := vigie.ParseRef(row[2])
		if err != nil {
			t.Fatal(err)
		}
		if row[6] == "0" && row[1] != "acronym" {
			all = append(all, known{strings.Trim(row[0], `"`), ref, row[3], row[4]})
		}
	}
	for _, row := range tsv(t, "communes.tsv") {
		if row[2] == "" {
			e, _ := g.Entity(vigie.Ref{Type: vigie.RefCommune, ID: row[0]})
			all = append(all, known{row[1], e.Ref, row[3], e.Regions()[0]})
		}
	}
	return all
}

// A score counts answers.
type score struct {
	asked, found, wrong int
	losses              []string // some that were not found, some wrong ones
}

func (s *score) count(spelt string, k known, a Answer) {
	s.asked++
	switch {
	case a.Ref == k.ref:
		s.found++
		return
	case !a.Ref.IsZero():
		s.wrong++
	}
	s.losses = append(s.losses, fmt.Sprintf("%q: %v (%s, of %v), want %v", spelt, a.Ref, a.Rule, a.Candidates, k.ref))
}

// check demands an identifier for 95 names in 100, and a wrong one for fewer than one in 200.
func (s *score) check(t *testing.T) {
	t.Helper()
	t.Logf("%d spellings: %.1f %% found, %.2f %% wrong", s.asked, 100*float64(s.found)/float64(s.asked), 100*float64(s.wrong)/float64(s.asked))
	if s.asked == 0 || s.found*100 < s.asked*95 || s.wrong*200 >= s.asked {
		t.Errorf("%d of %d found, %d wrong, such as\n%s", s.found, s.asked, s.wrong, strings.Join(s.losses[:min(len(s.losses), 20)], "\n"))
	}
}

// TestSpellings draws names of all tables and spells them in one to three of the ways
// above, each type of entity as often as the others, with the place that a list would give.
func TestSpellings(t *testing.T) {
	g := official(t)
	types := map[string][]known{}
	for _, k := range knowns(t, g) {
		types[k.ref.Type] = append(types[k.ref.Type], k)
	}
	for _, kind := range []string{vigie.RefEPCI, vigie.RefTerritory, vigie.RefCommune, vigie.RefDepartement, vigie.RefRegion} {
		t.Run(kind, func(t *testing.T) {
			r := rand.New(rand.NewPCG(4, 800))
			var s score
			for s.asked < 2_400 {
				k := types[kind][r.IntN(len(types[kind]))]
				e, _ := g.Entity(k.ref)
				n := Names{Gazetteer: g, Types: []string{kind}, Phase: e.Phase}
				spelt := respelt(r, k.name, kind)
				s.count(spelt, k, n.Settle(spelt, k.departement, k.region))
			}
			s.check(t)
		})
	}
}

// respelt changes a name in one to three ways.
func respelt(r *rand.Rand, name, kind string) string {
	for ways := 1 + r.IntN(3); ways > 0; {
		s := spellings[r.IntN(len(spellings))]
		if s.types != "" && !strings.Contains(s.types, kind) {
			continue
		}
		name = s.change(r, name)
		ways--
	}
	return name
}

// TestTypingErrors: a letter too many, too few or changed makes no name. It may make
// another's, which no one could know.
func TestTypingErrors(t *testing.T) {
	g := official(t)
	r := rand.New(rand.NewPCG(1, 1))
	all := knowns(t, g)
	proposed, settled := 0, 0
	const n = 150
	for range n {
		k := all[r.IntN(len(all))]
		names := Names{Gazetteer: g, Types: []string{k.ref.Type}}
		spelt := typo(r, k.name)
		a := names.Settle(spelt, k.departement, k.region)
		switch {
		case a.Rule == gazetteer.RuleFuzzy && !a.Ref.IsZero():
			t.Errorf("Settle(%q) = %v, settled by likeness", spelt, a.Ref)
		case !a.Ref.IsZero() && a.Ref != k.ref:
			settled++
		case slices.Contains(a.Candidates, k.ref):
			proposed++
		}
	}
	t.Logf("%d of %d proposed, %d are another's name", proposed, n, settled)
	if settled*100 > n || proposed*100 < n*70 {
		t.Errorf("%d of %d misspelt names proposed, %d settled as another's", proposed, n, settled)
	}
}

// typo changes one letter inside a word of the name.
func typo(r *rand.Rand, name string) string {
	letters := []rune(name)
	for range 100 {
		i := 1 + r.IntN(max(1, len(letters)-2))
		if i+1 >= len(letters) || !unicode.IsLetter(letters[i-1]) || !unicode.IsLetter(letters[i]) || !unicode.IsLetter(letters[i+1]) {
			continue
		}
		switch r.IntN(3) {
		case 0:
			return string(slices.Delete(letters, i, i+1))
		case 1:
			return string(slices.Insert(letters, i, 'z'))
		}
		letters[i] = 'k'
		break
	}
	return string(letters)
}
