package scrapers

import (
	"net/url"
	"os"
	"slices"
	"strings"
	"testing"

	"vigie"
)

// attested are the addresses that the survey has of each row's sources. Those of a source
// must be asked by it, as its home or as a way to discover; what follows # is no address to
// ask every night and is told in its file: a form of which the survey has a part only, a page
// about something else, what nobody has checked.
const attested = `
n01 prefecture-seine-maritime
	https://www.seine-maritime.gouv.fr/
	https://www.seine-maritime.gouv.fr/Actualites
	https://www.seine-maritime.gouv.fr/Actualites/Archives/Archives-2018
	https://www.seine-maritime.gouv.fr/Publications/Recueils-des-actes-administratifs-RAA
	https://www.seine-maritime.gouv.fr/index.php/Actualites/Archives/Archives-2018/Conseil-national-de-l-industrie-Dix-Territoires-d-Industrie-en-Normandie
n02 prefecture-calvados
	https://www.calvados.gouv.fr/
	https://www.calvados.gouv.fr/Actualites
	https://www.calvados.gouv.fr/Publications/Recueil-des-actes-administratifs
	# -departemental
	# /2026
n03 prefecture-manche
	https://www.manche.gouv.fr/
	https://www.manche.gouv.fr/Actualites
	https://www.manche.gouv.fr/Publications/Recueil-des-actes-administratifs/2026
	# /(offset)/10
	# /9.-Aout
n04 prefecture-orne
	https://www.orne.gouv.fr/
	https://www.orne.gouv.fr/Actualites
n05 prefecture-eure
	https://www.eure.gouv.fr/
	https://www.eure.gouv.fr/Actualites
n06 prefecture-normandie
	https://www.prefectures-regions.gouv.fr/normandie/
	https://www.prefectures-regions.gouv.fr/normandie/Actualites
	https://www.prefectures-regions.gouv.fr/normandie/Documents-publications
	https://www.prefectures-regions.gouv.fr/normandie/Documents-publications/Recueil-des-actes-administratifs-regionaux-Avril-2026
	# recueil-r28-YYYY-NNN
n07 dreets-normandie
	https://normandie.dreets.gouv.fr/
	https://normandie.dreets.gouv.fr/spip.php?page=backend
	https://normandie.dreets.gouv.fr/spip.php?page=plan
n08 dreal-normandie
	https://www.normandie.developpement-durable.gouv.fr/
	https://www.normandie.developpement-durable.gouv.fr/spip.php?page=backend
	https://www.normandie.developpement-durable.gouv.fr/spip.php?page=plan
n09 region-normandie
	https://www.normandie.fr/
	https://www.normandie.fr/actualites
n10 deliberations-region-normandie
	https://www.data.gouv.fr/
	https://www.data.gouv.fr/liste-des-deliberations-mandat-actuel-2021-a-2028
n11 ad-normandie
	https://adnormandie.fr/
	# /besoin/normandie-cyber/
n12 choisir-la-normandie
	https://choisirlanormandie.fr/
	https://choisirlanormandie.fr/laxe-seine-les-enjeux-dun-territoire-dindustrie/
n13 normandie-industrie
	https://www.normandie-industrie.fr/
	https://www.normandie-industrie.fr/actualite/herve-morin-confie-a-bernard-leroy-mission-portant-dynamisation-de-lindustrie-normandie/
n14 cci-normandie
	https://www.normandinamik.cci.fr/
	https://www.normandinamik.cci.fr/territoires-d-industrie-mise-en-place-de-la-gouvernance-du-dispositif-pour-la-vallee-de-la-seine/
n15 regions-de-france
	https://regions-france.org/
	https://regions-france.org/actualites/en-direct-des-regions/normandie-10-territoires-dindustrie-labellises/
n16 aurbse
	https://aurbse.org/
	https://aurbse.org/?p=50524
n17 aurh
	https://www.aurh.fr/
	# /observatoires-et-etudes/dynamiques-marche-immobilier-lhsm
n18 agences-vallee-de-la-seine
	https://www.vdseine.fr/
	https://www.vdseine.fr/la-seine-en-actions/
n19 pole-estuaire-de-la-seine
	https://www.estuairedelaseine.fr/
	https://www.estuairedelaseine.fr/pole-de-croissances/
n20 agglo-seine-eure
	https://www.agglo-seine-eure.fr/
	https://www.agglo-seine-eure.fr/actualites/voeux-2023-dans-tous-les-domaines-lagglo-se-transforme-et-sadapte
	https://www.agglo-seine-eure.fr/actualites/poursuivre-le-developpement-de-lagglo/
n21 metropole-rouen
	https://www.metropole-rouen-normandie.fr/
	https://www.metropole-rouen-normandie.fr/pole-metropolitain-rouen-seine-eure
n22 le-havre-seine-metropole
	https://www.lehavreseinemetropole.fr/
	# /dossier/
	# /amonservice/
n23 caen-la-mer
	https://caenlamer.fr/
	# /carte-des-communes
n24 flers-agglo
	https://www.flers-agglo.fr/
	https://www.flers-agglo.fr/2020/
	# /YYYY/
n25 le-cotentin
	https://lecotentin.fr/
n26 caux-seine-agglo
	https://cauxseine.fr/
n27 petr-bresle-yeres
	https://paysbresleyeres.fr/
	https://paysbresleyeres.fr/pays-presentation-territoire.php
n28 glass-vallee
	https://www.la-glass-vallee.com/
	https://www.la-glass-vallee.com/la-labellisation-par-la-datar-et-le-projet-grappes-dentreprises/
n30 france3-normandie
	https://france3-regions.franceinfo.fr/
	https://france3-regions.franceinfo.fr/actu/rss
	https://france3-regions.francetvinfo.fr/normandie/rss
n31 ici-normandie
	https://www.ici.fr/
	https://www.ici.fr/rss/normandie-rouen/a-la-une.xml
	# francebleu.fr
n31 ici
	https://www.ici.fr/
	https://www.ici.fr/rss/a-la-une.xml
n32 paris-normandie
	https://www.paris-normandie.fr/
	https://www.paris-normandie.fr/sites/default/files/sitemaps/www_paris_normandie_fr/sitemapindex.xml
	https://www.paris-normandie.fr/rss.xml
	# /article/
n33 ouest-france
	https://www.ouest-france.fr/
	https://www.ouest-france.fr/rss/une
	https://www.ouest-france.fr/rss-en-continu.xml
n34 actu-normandie
	https://actu.fr/
	https://actu.fr/normandie/rss.xml
	https://actu.fr/rss.xml
n35 tendance-ouest
	https://www.tendanceouest.com/
	# /actualite-391541-
n36 la-manche-libre
	https://www.lamanchelibre.fr/
	https://www.lamanchelibre.fr/actualites-actualites.html
n37 la-gazette-france
	https://lagazettefrance.fr/
	https://lagazettefrance.fr/index.php/article/phase-2-du-programme-territoires-d-industrie
	# www.gazettenormandie.fr
	# /index.php/tags/
n38 journal-des-entreprises
	https://www.lejournaldesentreprises.com/
	# ?_format=json
n39 la-tribune-normandie
	https://www.latribune.fr/
	# -885866.html
f01 anct-territoires-industrie
	https://www.data.gouv.fr/
	https://www.data.gouv.fr/programme-territoires-dindustrie
	# static.data.gouv.fr
	# liste-ti-com2023-20240704.csv
	# liste-ti-com2023-20230802.csv
	# liste-ti-grpt2023-
f02 cdc-territoires-industrie
	https://opendata.caissedesdepots.fr/
	https://opendata.caissedesdepots.fr/explore/dataset/liste-des-territoires-dindustrie-et-des-communes-concernees/
	# 5fa9901d5a498251f21963ea
f03 localtis
	https://www.banquedesterritoires.fr/
	https://www.banquedesterritoires.fr/flux/localtis.xml
	https://www.banquedesterritoires.fr/territoires-dindustrie-la-cour-des-comptes-dresse-un-bilan-en-demi-teinte
	https://www.banquedesterritoires.fr/territoires-dindustrie-intercommunalites-de-france-demande-une-suite
	https://www.banquedesterritoires.fr/la-mise-jour-des-territoires-dindustrie-demarrera-au-mois-de-juin
	https://www.banquedesterritoires.fr/blog-des-territoires/impulsion-ingenierie-territoires-construire-collectivement-lavenir-industriel
	https://www.banquedesterritoires.fr/territoires-dindustrie/dispositif-de-reindustrialisation
	# /flux/<theme>/localtis.xml
f04 anct
	https://agence-cohesion-territoires.gouv.fr/
	https://agence-cohesion-territoires.gouv.fr/territoires-dindustrie-44
	# anct.gouv.fr
f05 senat
	https://www.senat.fr/
	https://www.senat.fr/rap/r24-217/r24-217_mono.html
	https://www.senat.fr/amendements/2025-2026/138/Amdt_II-2319.html
	# r24-2174.html
f06 cour-des-comptes
	https://www.ccomptes.fr/
	https://www.ccomptes.fr/fr/publications/le-programme-territoires-dindustrie
f07 vie-publique
	https://www.vie-publique.fr/
	https://www.vie-publique.fr/actualites-feeds.xml
	https://www.vie-publique.fr/en-bref/296344-territoires-dindustrie-le-bilan-de-la-cour-des-comptes
f08 maire-info
	https://www.maire-info.com/
	https://www.maire-info.com/rss.xml
	https://www.maire-info.com/reindustrialisation-de-la-france-le-gouvernement-presente-les-34-nouveaux-territoires-selectionnes-article2-27996
f09 gazette-des-communes
	https://www.lagazettedescommunes.com/
	https://www.lagazettedescommunes.com/feed/
	# /896440/
	# /877579/
f10 ministere-economie
	https://www.economie.gouv.fr/
	https://www.economie.gouv.fr/rss/toutesactualites
f10 dge
	https://entreprises.gouv.fr/
f11 intercommunalites-de-france
	https://adcf.org/
	# adcf.org/articles-territoires-d-industrie--lamballe-terre-&-mer-passe-la-marche-avant-5617
f12 fabrique-de-l-industrie
	https://www.la-fabrique.fr/
	https://www.la-fabrique.fr/?p=15807
f13 usine-nouvelle
	https://usinenouvelle.com/
	# /rss/
f14 annuaire-service-public
	https://api-lannuaire.service-public.gouv.fr/
	# api-lannuaire-administration
f15 anct-action-coeur-de-ville
	https://www.data.gouv.fr/
	# liste-acv-com2025-20250704.csv
f15 anct-petites-villes-de-demain
	https://www.data.gouv.fr/
	# liste-pvd-com2025-20260427.csv
f15 anct-crte
	https://www.data.gouv.fr/
	# liste-crte-grpt2025-20250717.csv
`

// A testimony is what the survey has of a source.
type testimony struct {
	row, id     string
	asked, told []string
}

func testimonies() (all []testimony) {
	for line := range strings.Lines(strings.TrimSpace(attested)) {
		line = strings.TrimRight(line, "\n")
		last := len(all) - 1
		if words, ok := strings.CutPrefix(line, "\t# "); ok {
			all[last].told = append(all[last].told, words)
		} else if address, ok := strings.CutPrefix(line, "\t"); ok {
			all[last].asked = append(all[last].asked, address)
		} else {
			row, id, _ := strings.Cut(line, " ")
			all = append(all, testimony{row: row, id: id})
		}
	}
	return all
}

// No address that the survey has of a source gets lost from its file.
func TestAttestedAddresses(t *testing.T) {
	sources, err := Default()
	if err != nil {
		t.Fatal(err)
	}
	carried := map[string]bool{}
	for _, want := range testimonies() {
		carried[want.id] = true
		i := slices.IndexFunc(sources, func(s vigie.Source) bool { return s.ID == want.id })
		if i < 0 {
			t.Errorf("%s: no source %s", want.row, want.id)
			continue
		}
		file, err := embedded.ReadFile("sources/" + want.id + ".yaml")
		if err != nil {
			t.Fatal(err)
		}
		has := entries(sources[i])
		for _, a := range want.asked {
			if !slices.Contains(has, a) {
				t.Errorf("%s: %s does not ask %s, only %q", want.row, want.id, a, has)
			}
		}
		for _, words := range want.told {
			if !strings.Contains(string(file), words) {
				t.Errorf("%s: the file of %s does not tell %q", want.row, want.id, words)
			}
		}
	}
	for row, ids := range rows {
		for _, id := range strings.Fields(ids) {
			if i := slices.IndexFunc(sources, func(s vigie.Source) bool { return s.ID == id }); i >= 0 && sources[i].Home != "" && !carried[id] {
				t.Errorf("%s: nobody says where the address of %s comes from", row, id)
			}
		}
	}
}

// entries are the addresses that a source's file names.
func entries(s vigie.Source) []string {
	all := []string{s.Home}
	for _, d := range s.Discover {
		all = append(append(all, d.URL), d.URLs...)
	}
	return all
}

// No host of a surveyed source is a guess: each is the survey's, or its file says that it is not.
func TestAttestedHosts(t *testing.T) {
	unseen := map[string]string{"data.normandie.fr": "data.normandie.fr is not in the survey"}
	sources, err := Default()
	if err != nil {
		t.Fatal(err)
	}
	known := hostsOf(attested)
	for _, want := range testimonies() {
		i := slices.IndexFunc(sources, func(s vigie.Source) bool { return s.ID == want.id })
		if i < 0 {
			continue // TestAttestedAddresses tells
		}
		file, err := embedded.ReadFile("sources/" + want.id + ".yaml")
		if err != nil {
			t.Fatal(err)
		}
		for _, h := range append(hostsOf(strings.Join(entries(sources[i]), "\n")), sources[i].Hosts...) {
			if says, ok := unseen[h]; !slices.Contains(known, h) && !(ok && strings.Contains(string(file), says)) {
				t.Errorf("%s: nobody has attested %s", want.id, h)
			}
		}
	}
}

// hostsOf are the hosts of the addresses in a text of one a line, and those that stand alone.
func hostsOf(text string) (hosts []string) {
	for line := range strings.Lines(text) {
		word := strings.TrimPrefix(strings.TrimSpace(line), "# ")
		if u, err := url.Parse(word); err == nil && u.Host != "" {
			hosts = append(hosts, u.Host)
		} else if !strings.ContainsAny(word, "/ ") && strings.Contains(word, ".") {
			hosts = append(hosts, word)
		}
	}
	return hosts
}

// The table above is the survey's: each host and each path of it stands there.
func TestAttestedBySurvey(t *testing.T) {
	survey, err := os.ReadFile("../../shared/sources.md")
	if err != nil {
		t.Skipf("the survey itself is not here: %v", err)
	}
	stands := func(words string) bool { return strings.Contains(string(survey), words) }
	for _, row := range testimonies() {
		for _, a := range row.asked {
			u, err := url.Parse(a)
			if err != nil {
				t.Fatal(err)
			}
			path := strings.TrimPrefix(u.RequestURI(), "/explore/dataset") // a portal's page of a dataset: 7.2 has the data's name
			_, before, _ := strings.Cut(u.Host, ".")
			if !stands(u.Host) && !stands("was "+before) || !stands(strings.Trim(path, "/")) {
				t.Errorf("%s: %s does not stand in the survey", row.row, a)
			}
		}
		for _, words := range row.told {
			if !stands(words) {
				t.Errorf("%s: %q does not stand in the survey", row.row, words)
			}
		}
	}
}
