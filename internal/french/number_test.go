package french

import (
	"fmt"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
)

// show prints a number as the table below writes it: value[..max] unit flags.
func (n Number) show(text string) string {
	s := text[n.Lo:n.Hi] + " = " + fmt.Sprintf("%.10g", n.Value)
	if n.Max != 0 {
		s += fmt.Sprintf("..%.10g", n.Max)
	}
	s += n.Unit
	for _, f := range []struct {
		on   bool
		name string
	}{{n.Ordinal, "ord"}, {n.Approx, "~"}, {n.Fraction, "frac"}} {
		if f.on {
			s += " " + f.name
		}
	}
	return s
}

func TestNumbers(t *testing.T) {
	tests := []struct{ text, want string }{
		{"7 binômes", "7 = 7"},
		{"1,36 milliard d’euros de financements", "1,36 milliard d’euros = 1360000000EUR"},
		{"une enveloppe de 1,36 Md€", "1,36 Md€ = 1360000000EUR"},
		{"doté de 1,36 Md d'€,", "1,36 Md d'€ = 1360000000EUR"},
		{"14 M€ de plus", "14 M€ = 14000000EUR"},
		{"100M€", "100M€ = 100000000EUR"},
		{"450 k€ et 3 K€", "450 k€ = 450000EUR; 3 K€ = 3000EUR"},
		{"12 MEUR", "12 MEUR = 12000000EUR"},
		{"2 Mds€ puis 3 Mds d’euros", "2 Mds€ = 2000000000EUR; 3 Mds d’euros = 3000000000EUR"},
		{"60 000 €", "60 000 € = 60000EUR"},
		{"60\u00a0000\u202f€", "60\u00a0000\u202f€ = 60000EUR"},
		{"60\u2009000 euros", "60\u2009000 euros = 60000EUR"},
		{"1.800 projets", "1.800 = 1800"},
		{"1.800.000 euros", "1.800.000 euros = 1800000EUR"},
		{"1.800,50 €", "1.800,50 € = 1800.5EUR"},
		{"1 847 320 euros HT sur quatre ans", "1 847 320 euros HT = 1847320EUR; quatre = 4"},
		{"1 847 320,55 €", "1 847 320,55 € = 1847320.55EUR"},
		{"10,6 millions d’euros", "10,6 millions d’euros = 10600000EUR"},
		{"deux millions et demi d’euros", "deux millions et demi d’euros = 2500000EUR"},
		{"un milliard et demi", "un milliard et demi = 1500000000"},
		{"un demi-milliard d’euros sur cinq ans", "un demi-milliard d’euros = 500000000EUR; cinq = 5"},
		{"un milliard trois cents millions d’euros", "un milliard trois cents millions d’euros = 1300000000EUR"},
		{"plus d’un milliard d’euros", "un milliard d’euros = 1000000000EUR ~"},
		{"deux mille euros", "deux mille euros = 2000EUR"},
		{"100 mille euros", "100 mille euros = 100000EUR"},
		{"150 milliers d’euros", "150 milliers d’euros = 150000EUR ~"},
		{"80 % de la dépense, 10 % et vingt pour cent", "80 % = 80%; 10 % = 10%; vingt pour cent = 20%"},
		{"1,36 milliard de boîtes", "1,36 milliard = 1360000000"},
		{"12 M de crédits, 3 Md, le 4 M. Petit", "12 M = 12000000; 3 Md = 3000000000; 4 = 4"},
		{"14 m de haut, 14 km", "14 = 14; 14 = 14"},

		{"10 à 30 contractualisations", "10 à 30 = 10..30"},
		{"entre 10 et 30 selon", "10 et 30 = 10..30"},
		{"de 1 200 à 1 300 projets", "1 200 à 1 300 = 1200..1300"},
		{"10-30 projets, 10–30 projets", "10-30 = 10..30; 10–30 = 10..30"},
		{"dix à trente contrats", "dix à trente = 10..30"},
		{"douze à dix-huit mois", "douze à dix-huit = 12..18"},
		{"3 à 4 millions d’euros", "3 à 4 millions d’euros = 3000000..4000000EUR"},
		{"entre 1,2 et 1,5 milliard d’euros", "1,2 et 1,5 milliard d’euros = 1200000000..1500000000EUR"},
		{"500 000 à 1 million d’euros", "500 000 à 1 million d’euros = 500000..1000000EUR"},
		{"2 300 à 2 700 euros brut", "2 300 à 2 700 euros = 2300..2700EUR"},
		{"10 % à 20 %", "10 % à 20 % = 10..20%"},
		{"un à trois élus", "un à trois = 1..3"},
		{"deux ou trois communes", "deux ou trois = 2..3 ~"},
		{"est passé de 124 à 136 territoires", "124 = 124; 136 = 136"},
		{"portée de 60 à 80 millions d’euros", "60 = 60000000EUR; 80 millions d’euros = 80000000EUR"},
		{"De 124, on est passé à 136 territoires, puis à 141", "124 = 124; 136 = 136; 141 = 141"},
		{"30 à 10 projets", "30 = 30; 10 = 10"},
		{"Le groupe de 10 a 30 projets", "10 = 10; 30 = 30"},
		{"7 et 9 actions", "7 = 7; 9 = 9"},

		{"sept binômes, douze villes", "sept = 7; douze = 12"},
		{"quatre-vingt-dix-sept communes", "quatre-vingt-dix-sept = 97"},
		{"vingt et un, vingt-et-un, soixante et onze", "vingt et un = 21; vingt-et-un = 21; soixante et onze = 71"},
		{"septante-deux et nonante", "septante-deux = 72; nonante = 90"},
		{"deux cent quatre-vingts, mille neuf cent trois", "deux cent quatre-vingts = 280; mille neuf cent trois = 1903"},
		{"cent-vingt-cinq mille", "cent-vingt-cinq mille = 125000"},
		{"vingt-trois actions, dont neuf pour le recrutement", "vingt-trois = 23; neuf = 9"},
		{"un bâtiment neuf et un siège remis à neuf", ""},
		{"Neuf actions", "Neuf = 9"},
		{"une quarantaine, une bonne trentaine", "une quarantaine = 40 ~; une bonne trentaine = 30 ~"},
		{"une dizaine de projets, deux douzaines", "une dizaine = 10 ~; deux douzaines = 24 ~"},
		{"une demi-douzaine", "une demi-douzaine = 6 ~"},
		{"un millier d’emplois", "un millier = 1000 ~"},
		{"des centaines, quelques milliers d’euros, plusieurs millions", ""},
		{"un élu et un industriel, une convention", ""},
		{"un seul EPCI, une seule commune", "un seul = 1; une seule = 1"},
		{"zéro projet", "zéro = 0"},

		{"près de 60 acteurs, environ 150 entreprises, 20 environ", "60 = 60 ~; 150 = 150 ~; 20 = 20 ~"},
		{"plus de 100 entreprises et moins de trois mois", "100 = 100 ~; trois = 3 ~"},
		{"quelque 200 élus, jusqu’à 149 territoires, au moins 4", "200 = 200 ~; 149 = 149 ~; 4 = 4 ~"},
		{"Plus de cinq milliards d’euros", "cinq milliards d’euros = 5000000000EUR ~"},
		{"de l’ordre de 40", "40 = 40 ~"},

		{"1er, 2e, 125e, 3ème, 1ère, 2nde", "1er = 1 ord; 2e = 2 ord; 125e = 125 ord; 3ème = 3 ord; 1ère = 1 ord; 2nde = 2 ord"},
		{"deuxième, cent vingt-cinquième, vingt et unième", "deuxième = 2 ord; cent vingt-cinquième = 125 ord; vingt et unième = 21 ord"},
		{"la première phase, les vingt premiers territoires", "première = 1 ord; vingt = 20; premiers = 1 ord"},
		{"une deuxième phase, un cinquième territoire", "deuxième = 2 ord; cinquième = 5 ord"},
		{"9/10", "9/10 = 9 frac"},
		{"un quart, deux tiers, les quatre cinquièmes, un dixième des", "un quart = 1 frac; deux tiers = 2 frac; quatre cinquièmes = 4 frac; un dixième = 1 frac"},
		{"Neuf intercommunalités sur dix ont", "Neuf = 9 frac; dix = 10 frac"},
		{"Trois flacons de parfum de luxe sur quatre dans le monde", "Trois = 3 frac; quatre = 4 frac"},
		{"15 000 euros sur trois ans", "15 000 euros = 15000EUR; trois = 3"},
		{"10 territoires d’industrie sur les 136 que", "10 = 10; 136 = 136"},
		{"un habitant sur deux, une commune sur 3 ; 12 territoires sur 20 ont signé", "deux = 2 frac; 3 = 3 frac; 12 = 12; 20 = 20"},
		{"France 2030, plus de 2000 emplois, 2000 à 2100 habitants", "2000 = 2000 ~; 2000 à 2100 = 2000..2100"},
		{"deux actions sur trois ans", "deux = 2; trois = 3"},

		{"à 20 h 30, 15 h et 17 h, 20h30, à 12h", ""},
		{"à 08:15", ""},
		{"Annonce n° 19-118842, nº 4, numéro 12", ""},
		{"Article 2 - Objet, art. 5, pages 3", ""},
		{"tél. 02 31 06 98 98 ou 02.31.06.98.98", ""},
		{"Ariège (09), Castres (11-31-81), Comminges (31-65), 32/82", "32/82 = 32 frac"},
		{"Grand Narbonne (11), Alès (30), les communes (12)", "12 = 12"},
		{"phase 2 du programme, axe 1, les années 1980, autour de quatre axes", "quatre = 4"},
		{"27, 76", "27 = 27; 76 = 76"},
		{"contrat 2019-2022 puis 2023/2027", ""},
		{"22/11/2018, 22.11.2018, 2018-11-22", ""},
		{"place du 6-Juin", ""},
		{"Industrie 4.0", ""},
		{"D2019-6-12, DC1, la 3C", ""},
		{"le Pays des Deux Vallées et la CC Cinq Rivières", ""},
		{"DIX TERRITOIRES POUR LES DIX", "DIX = 10; DIX = 10"},
		{"« Deux villes", "Deux = 2"},
		{"149\nterritoires", "149 = 149"},
		{"vingt\ndeux", "vingt = 20; deux = 2"},
		{"14\t61", "14 = 14; 61 = 61"},
		{"en 2019. 10 à 30 projets", "10 à 30 = 10..30"},
		{"0,5 % et 0 projet", "0,5 % = 0.5%; 0 = 0"},
		{"27 et 28 communes, 46 000 habitants", "27 = 27; 28 = 28; 46 000 = 46000"},
		{strings.Repeat("9", 5000), ""},
	}
	for _, tt := range tests {
		var got []string
		for _, n := range Numbers(tt.text, Tokens(tt.text)) {
			got = append(got, n.show(tt.text))
		}
		if diff := cmp.Diff(tt.want, strings.Join(got, "; ")); diff != "" {
			t.Errorf("Numbers(%.80q) (-want +got):\n%s", tt.text, diff)
		}
	}
}
