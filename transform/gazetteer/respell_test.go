package gazetteer

import (
	"testing"

	"vigie"
)

// TestRespelt: names whose spelling swallowed a mark, and ones that no respelling brings
// nearer, which must end too.
func TestRespelt(t *testing.T) {
	g := load(t)
	for _, tt := range []struct{ name, kind, want string }{
		{"Cotes dArmor", vigie.RefDepartement, "departement:22"},
		{"LHAY LES ROSES", vigie.RefCommune, "commune:94038"},
		{"N.-D. des Landes", vigie.RefCommune, "commune:44111"},
		{"Interdépartemental 32/82", vigie.RefTerritory, "territory:ti-7611@2023"},
		{"Villers/Mer", vigie.RefCommune, "commune:14754"},
		{"LIsle-Jourdain (32)", vigie.RefCommune, "commune:32160"},
		{"S. Leu-la-Forêt", vigie.RefCommune, "commune:95563"},
		{"BiÃ¨vre_IsÃ¨re CC", vigie.RefEPCI, "epci:200059392"},
		{"76 - Le Havre", vigie.RefCommune, "commune:76351"},
		{"76084 Le Havre cedex", vigie.RefCommune, "commune:76351"},
		{"14 - Le Havre", vigie.RefCommune, ""}, // lies elsewhere
		{"Terres de Lumière CC", vigie.RefEPCI, "epci:240400523"},
		{"CC Xaintrie ValDordogne", vigie.RefRegion, ""},
		{"N.D. de l ND.", vigie.RefRegion, ""},
		{"dArmor/dArmor lOise. Presquîle", vigie.RefRegion, ""},
	} {
		if got := g.Resolve(tt.name, Context{Types: []string{tt.kind}}); got.Ref.String() != tt.want {
			t.Errorf("Resolve(%q) = %v (%s, of %v), want %q", tt.name, got.Ref, got.Rule, got.Candidates, tt.want)
		}
	}
}
