package scrapers

import (
	"os"
	"regexp"
	"slices"
	"strings"
	"testing"

	"vigie"
)

// rows are the sources that were surveyed, by their number in the survey, each with the
// files that carry it.
var rows = map[string]string{
	"n01": "prefecture-seine-maritime", "n02": "prefecture-calvados", "n03": "prefecture-manche", "n04": "prefecture-orne",
	"n05": "prefecture-eure", "n06": "prefecture-normandie", "n07": "dreets-normandie", "n08": "dreal-normandie",
	"n09": "region-normandie", "n10": "deliberations-region-normandie", "n11": "ad-normandie", "n12": "choisir-la-normandie",
	"n13": "normandie-industrie", "n14": "cci-normandie", "n15": "regions-de-france", "n16": "aurbse", "n17": "aurh",
	"n18": "agences-vallee-de-la-seine", "n19": "pole-estuaire-de-la-seine", "n20": "agglo-seine-eure", "n21": "metropole-rouen",
	"n22": "le-havre-seine-metropole", "n23": "caen-la-mer", "n24": "flers-agglo", "n25": "le-cotentin", "n26": "caux-seine-agglo",
	"n27": "petr-bresle-yeres", "n28": "glass-vallee",
	"n29": "lisieux-normandie vire-au-noireau pays-de-l-aigle dieppe-maritime terroir-de-caux cote-d-albatre falaises-du-talou " +
		"mont-saint-michel-normandie villedieu-intercom baie-du-cotentin seine-normandie-agglomeration evreux-portes-de-normandie " +
		"lyons-andelle villes-soeurs aumale-blangy-sur-bresle",
	"n30": "france3-normandie", "n31": "ici-normandie ici", "n32": "paris-normandie", "n33": "ouest-france", "n34": "actu-normandie",
	"n35": "tendance-ouest", "n36": "la-manche-libre", "n37": "la-gazette-france", "n38": "journal-des-entreprises", "n39": "la-tribune-normandie",
	"f01": "anct-territoires-industrie", "f02": "cdc-territoires-industrie", "f03": "localtis", "f04": "anct", "f05": "senat",
	"f06": "cour-des-comptes", "f07": "vie-publique", "f08": "maire-info", "f09": "gazette-des-communes", "f10": "ministere-economie dge",
	"f11": "intercommunalites-de-france", "f12": "fabrique-de-l-industrie", "f13": "usine-nouvelle les-echos le-moniteur",
	"f14": "annuaire-service-public", "f15": "anct-action-coeur-de-ville anct-petites-villes-de-demain anct-crte",
}

// Every surveyed source is carried; what has no address is disabled and says why, and is
// never guessed.
func TestRows(t *testing.T) {
	sources, err := Default()
	if err != nil {
		t.Fatal(err)
	}
	for row, ids := range rows {
		for _, id := range strings.Fields(ids) {
			i := slices.IndexFunc(sources, func(s vigie.Source) bool { return s.ID == id })
			switch {
			case i < 0:
				t.Errorf("%s: no source %s", row, id)
			case sources[i].Home == "" && sources[i].Disabled == "":
				t.Errorf("%s: %s has no address and is asked", row, id)
			case row == "n29" && (sources[i].Home != "" || sources[i].Disabled == ""):
				t.Errorf("%s: nobody has seen an address of %s", row, id)
			}
		}
	}
	survey, err := os.ReadFile("../../shared/sources.md")
	if err != nil {
		t.Skipf("the survey itself is not here: %v", err)
	}
	for _, m := range regexp.MustCompile(`(?m)^\| ([nf][0-9]{2}) \|`).FindAllSubmatch(survey, -1) {
		if rows[string(m[1])] == "" {
			t.Errorf("row %s of the survey is nobody's", m[1])
		}
	}
}
