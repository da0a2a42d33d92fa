package gazetteer

import (
	"fmt"
	"strings"
	"testing"
	"unicode/utf8"

	"github.com/google/go-cmp/cmp"
)

func TestFind(t *testing.T) {
	g := load(t)
	for _, tt := range []struct {
		text string
		want []string // "hit | core | form | first ref", "~" before an acronym
	}{
		{"la communauté de communes de la Baie du Cotentin a voté", []string{"communauté de communes de la Baie du Cotentin | Baie du Cotentin | CC | epci:200042729"}},
		{"LA CC DES VILLES SŒURS", []string{"CC DES VILLES SŒURS | VILLES SŒURS | CC | epci:247600588"}},
		{"avec Grenoble-Alpes Métropole.", []string{"Grenoble-Alpes Métropole | Grenoble-Alpes Métropole | METRO | epci:200040715"}},
		{"la métropole de Lyon", []string{"métropole de Lyon | Lyon | METRO | epci:200046977"}},
		{"l’agglomération d’Évreux", []string{"agglomération d’Évreux | Évreux | interco | epci:200071454"}},
		{"Le Havre Seine Métropole et Flers Agglo", []string{"Le Havre Seine Métropole | Le Havre Seine Métropole | METRO | epci:200084952", "Flers Agglo | Flers Agglo | interco | epci:200035814"}},
		{"la communauté de communes « Cœur du Perche »", []string{"communauté de communes « Cœur du Perche | Cœur du Perche | CC | epci:200068435"}},
		{"la C.C. Lyons Andelle", []string{"C.C. Lyons Andelle | Lyons Andelle | CC | epci:200070142"}},
		// The longest, whole words, no parts.
		{"la Vallée de la Seine en Seine-Maritime, au bord de la Seine", []string{"Vallée de la Seine | Vallée de la Seine |  | territory:ti-2801@2018", "Seine-Maritime | Seine-Maritime |  | departement:76"}},
		{"Vallée de la Bresle – Vimeu", []string{"Vallée de la Bresle – Vimeu | Vallée de la Bresle – Vimeu |  | territory:ti-2809@2023"}},
		{"le nord du Cotentin", []string{"Cotentin | Cotentin |  | epci:200067205"}},
		{"Rouennais, Caennaise", nil},
		{"Paris-Normandie titre", nil},
		{"Seine, Eure", []string{"Eure | Eure |  | departement:27"}},
		// Articles of communes.
		{"au Havre, à Le Havre, le havre", []string{"Havre | Havre |  | commune:76351", "Le Havre | Le Havre |  | commune:76351"}},
		{"- Le Tampon ;\n- Le Port (974)\nLe port", []string{"Le Tampon | Le Tampon |  | commune:97422", "Le Port | Le Port |  | commune:97407"}},
		// Everyday words, people, streets.
		{"Elle part. La ville dort. M. le Maire de Caen", []string{"Caen | Caen |  | commune:14118"}},
		{"Hervé Morin, Mme Laval et M. Vire, rue de Rouen", nil},
		{"Sens de la visite. On va à Sens.", []string{"Sens | Sens |  | commune:89387"}},
		{"de Cherbourg à Eu", []string{"Cherbourg | Cherbourg |  | commune:50129", "Eu | Eu |  | commune:76255"}},
		{"Il a eu, au port, la côte et les marches du Bocage", nil},
		{"le Pays d’Auge et les bords de l’Orne", nil},
		// Acronyms in capitals only.
		{"la CODAH, la codah", []string{"~CODAH | CODAH |  | epci:247600596"}},
		{"TERRITOIRES EN CASE DEPART", nil},
		// Case and signs.
		{"SAINT-LÔ, St Lô, Saint lo, saint lo", []string{"SAINT-LÔ | SAINT-LÔ |  | commune:50502", "St Lô | St Lô |  | commune:50502", "Saint lo | Saint lo |  | commune:50502"}},
		{"Cha\u0302lons-en-Champagne et Saint\u200b-Lo\u0302", []string{"Cha\u0302lons-en-Champagne | Cha\u0302lons-en-Champagne |  | commune:51108", "Saint\u200b-Lo\u0302 | Saint\u200b-Lo\u0302 |  | commune:50502"}},
		{"Lisieux\nNormandie", []string{"Lisieux | Lisieux |  | commune:14366", "Normandie | Normandie |  | region:28"}},
	} {
		var got []string
		for _, h := range g.Find(tt.text) {
			s := fmt.Sprintf("%s | %s | %s | %v", tt.text[h.Lo:h.Hi], tt.text[h.CoreLo:h.Hi], h.Form, h.Refs[0])
			if h.Acronym {
				s = "~" + s
			}
			got = append(got, s)
		}
		if diff := cmp.Diff(tt.want, got); diff != "" {
			t.Errorf("Find(%q) (-want +got):\n%s", tt.text, diff)
		}
	}
}

// TestFindIsLinear counts the steps that a long line costs: text made to restart long
// names again and again may cost no more for each word than a short one.
func TestFindIsLinear(t *testing.T) {
	g := load(t)
	text := strings.Repeat("CC du Pays de Vallée de la Bresle Saint Martin de la ", 1)
	steps := func(n int) int {
		s := strings.Repeat(text, n)
		tokens := scan(s, nil, g.index.word)
		sum := 0
		for i := range tokens {
			for _, p := range g.index.walk(tokens, i, gapParen, nil) {
				sum += p.next - i
			}
		}
		return sum
	}
	if one, many := steps(10), steps(1000); many > 110*one {
		t.Errorf("10 repeats cost %d steps, 1000 cost %d", one, many)
	}
}

func FuzzFind(f *testing.F) {
	g := load(f)
	for _, s := range []string{"CC de la Côte d’Albâtre (CCCA)", "Saint\u200b-Lo\u0302, Le Havre", "s/s C.C. A.B", "L'", "\xff\xfe Caen \xc3", "d'Eu, Y & Us", "Métropole Métropole Rouen"} {
		f.Add(s)
	}
	f.Fuzz(func(t *testing.T, text string) {
		end := 0
		for _, h := range g.Find(text) {
			if h.Lo < end || h.CoreLo < h.Lo || h.Hi <= h.CoreLo || h.Hi > len(text) || len(h.Refs) == 0 {
				t.Fatalf("Find(%q): hit %+v after byte %d", text, h, end)
			}
			if utf8.ValidString(text) && !(utf8.ValidString(text[:h.Lo]) && utf8.ValidString(text[h.CoreLo:h.Hi])) {
				t.Fatalf("Find(%q): hit %+v cuts a rune", text, h)
			}
			end = h.Hi
		}
		g.Resolve(text, Context{})
	})
}

func BenchmarkLoad(b *testing.B) {
	b.ReportAllocs()
	for b.Loop() {
		if _, err := Load(); err != nil {
			b.Fatal(err)
		}
	}
}

// BenchmarkFind reads running text with a name every hundred bytes or so.
func BenchmarkFind(b *testing.B) {
	g := load(b)
	const paragraph = "Le comité de pilotage du territoire d’industrie Vallée de la Seine s’est réuni à Lillebonne, en présence des présidents de la communauté d’agglomération " +
		"Caux Seine Agglo et de la Métropole Rouen Normandie. Les élus ont rappelé que le programme compte trois axes, qui concernent l’emploi, la formation et le foncier, et " +
		"que les entreprises de l’Eure et de la Seine-Maritime peuvent encore déposer leur dossier avant la fin du mois prochain auprès des services de la Région.\n"
	text := strings.Repeat(paragraph, 2000)
	b.SetBytes(int64(len(text)))
	b.ReportAllocs()
	for b.Loop() {
		g.Find(text)
	}
}

func BenchmarkResolve(b *testing.B) {
	g := load(b)
	b.ReportAllocs()
	for b.Loop() {
		g.Resolve("communauté de communes de la Côte d'Albâtre", Context{Types: epciOnly, Regions: normandie, Date: "2019-02-01"})
	}
}

// TestFindAtTheEndOfAText: a name and a stop may be the last of a text.
func TestFindAtTheEndOfAText(t *testing.T) {
	g := load(t)
	for _, text := range []string{"Territoires d’industrie Muret.", "BAr!", "à Muret ,", "Caen", "Vernon…", "« Louviers »", "Le Havre ("} {
		for cut := range text {
			g.Find(text[:cut])
		}
		g.Find(text)
	}
}
