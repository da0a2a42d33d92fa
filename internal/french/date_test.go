package french

import (
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"vigie"
)

// show prints a date as the tables below write it: words = date[..end] rule flags.
func (d Date) show(text string) string {
	s := text[d.Lo:d.Hi] + " = " + string(d.Date)
	if d.End != "" {
		s += ".." + string(d.End)
	}
	s += " " + d.Rule
	for _, f := range []struct {
		on   bool
		name string
	}{{d.Weekday, "wd"}, {d.Conflict, "conflict"}, {d.Relative, "rel"}, {d.Year, "bare"}} {
		if f.on {
			s += " " + f.name
		}
	}
	return s
}

func TestDates(t *testing.T) {
	tests := []struct{ published, text, want string }{
		// What the text settles alone.
		{"", "s’est tenue vendredi 1er février 2019.", "vendredi 1er février 2019 = 2019-02-01 day-month-year wd"},
		{"", "le 1er févr. 2019", "1er févr. 2019 = 2019-02-01 day-month-year"},
		{"", "5 sept. 2019", "5 sept. 2019 = 2019-09-05 day-month-year"},
		{"", "VENDREDI 1ER FÉVRIER 2019", "VENDREDI 1ER FÉVRIER 2019 = 2019-02-01 day-month-year wd"},
		{"", "le 1 er février 2019", "1 er février 2019 = 2019-02-01 day-month-year"},
		{"", "le 12 août 2020 et le 3 aout 2021", "12 août 2020 = 2020-08-12 day-month-year; 3 aout 2021 = 2021-08-03 day-month-year"},
		{"", "samedi 1er février 2019", "samedi 1er février 2019 = 2019-02-01 day-month-year wd conflict"},
		{"", "mardi, 12 mars 2019", "mardi, 12 mars 2019 = 2019-03-12 day-month-year wd"},
		{"", "22/11/2018, 22.11.2018 et 2018-11-22", "22/11/2018 = 2018-11-22 day-month-year; 22.11.2018 = 2018-11-22 day-month-year; 2018-11-22 = 2018-11-22 day-month-year"},
		{"", "le 12.03.19 et le 12/03/19", "12.03.19 = 2019-03-12 day-month-year; 12/03/19 = 2019-03-12 day-month-year"},
		{"2019-02-15", "03/04/19", "03/04/19 = 2019-04-03 day-month-year"},
		{"", "jeudi 22/11/2018", "jeudi 22/11/2018 = 2018-11-22 day-month-year wd"},
		{"", "Publié le 24/11/2018 à 07h02", "24/11/2018 = 2018-11-24 day-month-year"},
		{"", "03/25/2019 et 31/02/2019", ""},
		{"", "le 31 février 2019, le 31 avril, le 30 février", ""},
		{"", "le 29 février 2020, le 29 février 2019", "29 février 2020 = 2020-02-29 day-month-year"},
		{"", "(11-31-81), (09-11-31), n° 19-118842", ""},
		{"2023-11-13", "(01/07/42)", ""},
		{"", "le quinze mars deux mille vingt et un", "quinze mars deux mille vingt et un = 2021-03-15 day-month-year"},
		{"", "le premier mars 2021", "premier mars 2021 = 2021-03-01 day-month-year"},
		{"", "L'an deux mille dix-neuf, le jeudi 27 juin à 20 h 30", "L'an deux mille dix-neuf, le jeudi 27 juin = 2019-06-27 day-month-year wd"},
		{"", "L’an 2019, le vingt-sept juin", "L’an 2019, le vingt-sept juin = 2019-06-27 day-month-year"},
		{"", "L’an deux mille vingt et un et le trois mai", "L’an deux mille vingt et un et le trois mai = 2021-05-03 day-month-year"},

		// Months, terms, seasons.
		{"", "Mars 2019 : présentation", "Mars 2019 = 2019-03 month-year"},
		{"", "en juillet 2021", "juillet 2021 = 2021-07 month-year"},
		{"", "d’avril 2019", "avril 2019 = 2019-04 month-year"},
		{"", "de mars à juin 2019", "mars à juin 2019 = 2019-03..2019-06 interval"},
		{"", "octobre 2017 à mars 2019", "octobre 2017 à mars 2019 = 2017-10..2019-03 interval"},
		{"", "mars-avril 2019", "mars-avril 2019 = 2019-03..2019-04 interval"},
		{"", "de novembre à mars 2019", "novembre à mars 2019 = 2018-11..2019-03 interval"},
		{"", "d’ici la fin du premier semestre 2019.", "fin du premier semestre 2019 = 2019-06 part-of-term"},
		{"", "premier semestre 2019 : généralisation", "premier semestre 2019 = 2019-01..2019-06 semester"},
		{"", "second semestre de l’année 2020", "second semestre de l’année 2020 = 2020-07..2020-12 semester"},
		{"", "2e trimestre 2020", "2e trimestre 2020 = 2020-04..2020-06 quarter"},
		{"", "T3 2021, S1 2022", "T3 2021 = 2021-07..2021-09 quarter; S1 2022 = 2022-01..2022-06 semester"},
		{"", "dernier trimestre 2019", "dernier trimestre 2019 = 2019-10..2019-12 quarter"},
		{"", "au premier semestre, le dernier trimestre", ""},
		{"2019-04-01", "au second semestre de cette année", "second semestre de cette année = 2019-07..2019-12 semester rel"},
		{"", "début 2020, mi-2021, fin 2022", "début 2020 = 2020 part-of-year; mi-2021 = 2021 part-of-year; fin 2022 = 2022 part-of-year"},
		{"", "fin mars 2020, à la mi-mars 2021", "fin mars 2020 = 2020-03 part-of-month; mi-mars 2021 = 2021-03 part-of-month"},
		{"", "à la fin de l’année 2021", "fin de l’année 2021 = 2021 part-of-year"},
		{"2019-10-03", "doit être signé d’ici la fin de l’année", "fin de l’année = 2019 part-of-year rel"},
		{"2020-01-22", "Le ministère attendait alors 12 projets pour la fin de l’année", ""},
		{"", "à l’automne 2018, au printemps 2019, été 2020", "automne 2018 = 2018 season; printemps 2019 = 2019 season; été 2020 = 2020 season"},
		{"", "l’hiver 2018-2019", "hiver 2018-2019 = 2018..2019 season"},
		{"2024-02-19", "Un label obtenu à l’automne", "automne = 2023 season rel"},
		{"2018-11-24", "une extension pourrait intervenir au printemps", "printemps = 2019 season rel"},
		{"2020-01-22", "on est passé à 141 au printemps", "printemps = 2019 season rel"},
		{"2023-12-14", "Rendez-vous est pris au printemps pour un premier comité", "printemps = 2024 season rel"},
		{"2024-10-11", "Depuis le printemps, il copréside", "printemps = 2024 since rel"},
		{"2018-05-24", "seront signées avant l’été, les autres en septembre", "été = 2018 season rel; septembre = 2018-09 month rel"},
		{"2023-09-28", "Le bruit a couru, cet été", "cet été = 2023 season rel"},
		{"2023-07-04", "examinés cet automne", "cet automne = 2023 season rel"},
		{"2023-07-04", "l’été est chaud, une université d’été a été ouverte", ""},
		{"", "au printemps, cet été", ""},

		// Years and spans of years.
		{"", "en 2018", "2018 = 2018 year bare"},
		{"", "depuis 2018", "2018 = 2018 since bare"},
		{"", "jusqu’en 2026", "2026 = 2026 until bare"},
		{"", "s’achève jusqu’au 31 décembre 2022", "31 décembre 2022 = 2022-12-31 until"},
		{"", "à compter du 1er janvier 2020", "1er janvier 2020 = 2020-01-01 since"},
		{"", "contrat 2019-2022", "2019-2022 = 2019..2022 interval"},
		{"", "2019 à 2022, de 2019 à 2022", "2019 à 2022 = 2019..2022 interval; 2019 à 2022 = 2019..2022 interval"},
		{"", "la période 2023–2027, entre 2019 et 2022", "2023–2027 = 2023..2027 interval; 2019 et 2022 = 2019..2022 interval"},
		{"", "2018/2022, 2019/20, 2019-20", "2018/2022 = 2018..2022 interval; 2019/20 = 2019..2020 interval; 2019-20 = 2019..2020 interval"},
		{"", "2010-12, 2022-2019, 2019-06-2022", ""},
		{"", "DEL-2019-12, n° 2019-2022", ""},
		{"", "2000 emplois, environ 2000, plus de 2000 entreprises", ""},
		{"", "France 2030, article 2019", ""},
		{"", "les années 1980", ""},
		{"", "les crédits 2019 (2020)", "2019 = 2019 year bare; 2020 = 2020 year bare"},
		{"", "de 2000 à 2100 habitants", ""},

		// Intervals of days.
		{"", "du 3 au 5 mars 2021", "3 au 5 mars 2021 = 2021-03-03..2021-03-05 interval"},
		{"", "les 3 et 4 mars 2021", "3 et 4 mars 2021 = 2021-03-03..2021-03-04 interval"},
		{"", "les 12, 13 et 14 juin 2021", "12, 13 et 14 juin 2021 = 2021-06-12..2021-06-14 interval"},
		{"", "les 20 et 27 juin 2021", "20 = 2021-06-20 day-month-year; 27 juin 2021 = 2021-06-27 day-month-year"},
		{"", "les 3, 10 et 17 mars 2021", "3 = 2021-03-03 day-month-year; 10 = 2021-03-10 day-month-year; 17 mars 2021 = 2021-03-17 day-month-year"},
		{"", "3-5 mars 2021", "3-5 mars 2021 = 2021-03-03..2021-03-05 interval"},
		{"", "du lundi 3 au mercredi 5 mai 2021", "lundi 3 au mercredi 5 mai 2021 = 2021-05-03..2021-05-05 interval wd"},
		{"", "du 28 février au 3 mars 2021", "28 février au 3 mars 2021 = 2021-02-28..2021-03-03 interval"},
		{"", "du 15 décembre au 5 janvier 2020", "15 décembre au 5 janvier 2020 = 2019-12-15..2020-01-05 interval"},
		{"", "entre le 28 février et le 3 mars 2021", "28 février et le 3 mars 2021 = 2021-02-28..2021-03-03 interval"},
		{"", "du 3 mars 2020 au 5 avril 2021", "3 mars 2020 au 5 avril 2021 = 2020-03-03..2021-04-05 interval"},
		{"", "le 3 mars et le 5 avril 2020", "3 mars = 2020-03-03 day-month; 5 avril 2020 = 2020-04-05 day-month-year"},
		{"2021-04-01", "du 3 au 5 mars", "3 au 5 mars = 2021-03-03..2021-03-05 interval rel"},

		// Without a year.
		{"", "le 5 mai", "5 mai = --05-05 day-month"},
		{"", "mardi 1er octobre", "mardi 1er octobre = --10-01 day-month wd"},
		{"2019-10-03", "Première réunion, mardi 1er octobre à Villedieu", "mardi 1er octobre = 2019-10-01 day-month wd rel"},
		{"2021-05-07", "Mercredi 5 mai, à la sous-préfecture", "Mercredi 5 mai = 2021-05-05 day-month wd rel"},
		{"2018-05-24", "a tenu ce jeudi 24 mai sa réunion", "ce jeudi 24 mai = 2018-05-24 day-month wd rel"},
		{"2018-11-24", "a été connu jeudi 22 novembre", "jeudi 22 novembre = 2018-11-22 day-month wd rel"},
		{"2020-01-22", "Le 19 novembre, à Mulhouse, l’assemblée a fait les comptes", "19 novembre = 2019-11-19 day-month rel"},
		{"2020-01-22", "le 10 décembre, près de 70 personnes participaient", "10 décembre = 2019-12-10 day-month rel"},
		{"2025-07-07", "réunis le 2 juillet chez Socomore", "2 juillet = 2025-07-02 day-month rel"},
		{"2024-10-11", "nous avons signé la convention le 3 juillet", "3 juillet = 2024-07-03 day-month rel"},
		{"2022-06-30", "Prochaine rencontre le 22 septembre", "22 septembre = 2022-09-22 day-month rel"},
		{"2023-07-04", "Annoncée par le Président le 11 mai", "11 mai = 2023-05-11 day-month rel"},
		{"2023-07-19", "Annoncée par le Président de la République le 11 mai, elle couvrira la période", "11 mai = 2023-05-11 day-month rel"},
		{"2024-02-19", "se tiendra le 5 mars", "5 mars = 2024-03-05 day-month rel"},
		{"2024-02-19", "La démarche, engagée le 5 juillet", "5 juillet = 2023-07-05 day-month rel"},
		{"2024-02-19", "l’industriel aurait jeté l’éponge le 5 juin", "5 juin = 2023-06-05 day-month rel"},
		{"2024-02-19", "Remise des prix le 5 avril", "5 avril = 2024-04-05 day-month rel"},
		{"2024-02-19", "Les prix ont été remis le 5 juin", "5 juin = 2023-06-05 day-month rel"},
		{"2024-02-19", "a été voté lors de la session du 5 mars", "5 mars = --03-05 day-month"},
		{"2020-12-01", "Le 17 novembre 2020 (mardi), réunion", "17 novembre 2020 = 2020-11-17 day-month-year"},
		{"2021-03-18", "Après un premier comité le 12 janvier, un second est prévu le 6 avril.", "12 janvier = --01-12 day-month; 6 avril = 2021-04-06 day-month rel"},
		{"2021-03-18", "a été réélu le 9 juillet", "9 juillet = 2020-07-09 day-month rel"},
		{"2021-03-18", "Clos le 31/03, 9/10 des communes", "31/03 = 2021-03-31 day-month rel"},
		{"2024-02-19", "Réunion : 5 juillet", "5 juillet = --07-05 day-month"},
		{"2024-02-19", "le 19 février", "19 février = 2024-02-19 day-month rel"},
		{"2018-11-26", "lancée le 20 septembre dernier", "20 septembre dernier = 2018-09-20 dernier rel"},
		{"2018-11-26", "22 novembre dernier", "22 novembre dernier = 2018-11-22 dernier rel"},
		{"2018-05-24", "lancé le 14 décembre dernier", "14 décembre dernier = 2017-12-14 dernier rel"},
		{"2018-05-24", "le 14 décembre prochain", "14 décembre prochain = 2018-12-14 prochain rel"},
		{"", "22 novembre dernier", "22 novembre dernier = --11-22 dernier"},
		{"2018-05-24", "le 3 mars suivant, le 5 mars de la même année", "3 mars = --03-03 day-month; 5 mars = --03-05 day-month"},
		{"2019-10-03", "mardi 3 octobre, au lieu de jeudi", "mardi 3 octobre = --10-03 day-month wd conflict; jeudi = 2019-10-03 weekday wd rel"},
		{"2022-06-30", "coprésidé depuis mars", "mars = 2022-03 since rel"},
		{"2020-01-22", "et à 146 en novembre", "novembre = 2019-11 month rel"},
		{"2023-12-22", "avait présenté ce programme en juin", "juin = 2023-06 month rel"},
		{"2023-09-28", "Verdict attendu en novembre.", "novembre = 2023-11 month rel"},
		{"2024-06-12", "doit être confirmé en juillet", "juillet = 2024-07 month rel"},
		{"2019-07-12", "en juin dernier", "juin dernier = 2019-06 dernier rel"},
		{"2019-06-12", "mars dernier, en mai prochain", "mars dernier = 2019-03 dernier rel; mai prochain = 2020-05 prochain rel"},
		{"", "en mars, Champ-de-Mars, planète Mars", "mars = --03 month"},
		{"2019-07-12", "il mai, avril en poisson", ""},

		// From the day of publication.
		{"2018-11-24", "a été dévoilée jeudi dernier", "jeudi dernier = 2018-11-22 weekday-last wd rel"},
		{"2022-06-30", "se sont retrouvés jeudi dernier", "jeudi dernier = 2022-06-23 weekday-last wd rel"},
		{"2023-11-13", "rendue publique jeudi à Chalon", "jeudi = 2023-11-09 weekday wd rel"},
		{"2023-10-20", "prise mercredi soir à huis clos", "mercredi soir = 2023-10-18 weekday wd rel"},
		{"2023-09-28", "Le dossier est parti mardi.", "mardi = 2023-09-26 weekday wd rel"},
		{"2021-11-09", "Ses obsèques seront célébrées vendredi à 14 h 30", "vendredi = 2021-11-12 weekday wd rel"},
		{"2020-01-22", "Elle commence lundi. Le conseil se réunit mardi.", ""},
		{"2020-01-22", "Réunion publique lundi", "lundi = 2020-01-20 weekday wd rel"},
		{"2021-11-09", "s’est éteint dimanche", "dimanche = 2021-11-07 weekday wd rel"},
		{"2021-11-09", "vendredi prochain, ce mardi", "vendredi prochain = 2021-11-12 weekday-next wd rel; ce mardi = 2021-11-09 weekday wd rel"},
		{"2021-11-09", "ouvert le mardi, du lundi au vendredi, tous les jeudis, le mercredi matin", ""},
		{"2021-11-09", "lundi de Pâques, Mardi gras, Journal du Dimanche, jeudi en huit", ""},
		{"2021-03-18", "Le mercredi 24, les lauréats seront connus. Vendredi 26 ? Vendredi 12, ils ont déposé.", "mercredi 24 = 2021-03-24 weekday-day wd rel; Vendredi 12 = 2021-03-12 weekday-day wd rel"},
		{"2021-03-18", "mardi 10 élus se sont retrouvés", "mardi = 2021-03-16 weekday wd rel"},
		{"2019-02-01", "Réunis ce jour à Lillebonne", "ce jour = 2019-02-01 today rel"},
		{"2019-02-01", "connu à ce jour, ce jour-là, l’usine de demain", ""},
		{"2018-11-22", "a dévoilé aujourd’hui", "aujourd’hui = 2018-11-22 today rel"},
		{"2019-05-28", "a paraphé hier après-midi", "hier après-midi = 2019-05-27 yesterday rel"},
		{"2023-12-22", "connue depuis hier, jeudi 21 décembre :", "hier = 2023-12-21 yesterday rel; jeudi 21 décembre = 2023-12-21 day-month wd rel"},
		{"2020-03-01", "avant-hier, demain", "avant-hier = 2020-02-28 before-yesterday rel; demain = 2020-03-02 tomorrow rel"},
		{"2020-03-01", "la veille, le lendemain", ""},
		{"2020-03-01", "l’an dernier, cette année, l’année prochaine", "an dernier = 2019 last-year rel; cette année = 2020 this-year rel; année prochaine = 2021 next-year rel"},
		{"2020-01-22", "Le mois dernier, ce mois-ci", "mois dernier = 2019-12 last-month rel; ce mois-ci = 2020-01 this-month rel"},
		{"2020-01-22", "la semaine dernière", "semaine dernière = 2020-01-13..2020-01-19 last-week rel"},
		{"", "hier, jeudi dernier, jeudi, ce jour, l’an dernier", ""},
		{"2019", "hier, le 5 mai", "5 mai = --05-05 day-month"},

		// Names.
		{"", "place du 6-Juin, rue du 8 mai 1945, avenue du 11 Novembre", ""},
		{"2019-03-03", "la mise en place du 1er mars", "1er mars = 2019-03-01 day-month rel"},
		{"", "loi n° 2019-1461 du 27 décembre 2019", "27 décembre 2019 = 2019-12-27 law"},
		{"", "l’arrêté préfectoral du 3 mars 2020, la loi NOTRe du 7 août 2015", "3 mars 2020 = 2020-03-03 law; 7 août 2015 = 2015-08-07 law"},
		{"", "la séance du 27 juin 2019", "27 juin 2019 = 2019-06-27 day-month-year"},
		{"", "02 31 06 98 98, 1.800, D2019-6-12, 27, 76", ""},
	}
	for _, tt := range tests {
		var got []string
		for _, d := range Dates(tt.text, Tokens(tt.text), vigie.Date(tt.published)) {
			got = append(got, d.show(tt.text))
		}
		if diff := cmp.Diff(tt.want, strings.Join(got, "; ")); diff != "" {
			t.Errorf("Dates(%q, published %q) (-want +got):\n%s", tt.text, tt.published, diff)
		}
	}
}
