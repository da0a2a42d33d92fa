package french

import (
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
)

func TestClauses(t *testing.T) {
	tests := []struct{ text, want string }{
		{"recruter ; innover : attirer", "recruter ;|innover :|attirer"},
		{"Le préfet, le maire et la présidente ont signé.", "Le préfet, le maire et la présidente ont signé."},
		{"La Région, qui préside le comité, a signé.", "La Région,|qui préside le comité,|a signé."},
		{"Le comité, présidé par Hervé Morin, a signé et présenté la charte.", "Le comité, présidé par Hervé Morin, a signé et présenté la charte."},
		{"Saint-Lô n’a pas été retenue et Vire attendra.", "Saint-Lô n’a pas été retenue|et Vire attendra."},
		{"dont neuf pour le recrutement", "dont neuf pour le recrutement"},
		{"L’État versera 60 000 €, mais la commune ne paiera rien.", "L’État versera 60 000 €,|mais la commune ne paiera rien."},
		{"ainsi que la CC du Pays est labellisée", "ainsi que la CC du Pays est labellisée"},
		{"la commune où siège le comité sera choisie", "la commune|où siège le comité sera choisie"},
		{"la commune où se tient le comité", "la commune|où se tient le comité"},
		{"Il a dit oui parce que c’était elle.", "Il a dit oui|parce que c’était elle."},
		{"Les contrats pèsent lourd, mais ils étaient signés avant.", "Les contrats pèsent lourd,|mais ils étaient signés avant."},
		{"Les régions piloteront la démarche, et un binôme réunissant un élu et un industriel l’animera.", "Les régions piloteront la démarche,|et un binôme réunissant un élu et un industriel l’animera."},
		{"Mme Lavarde est élue, et M. Castel, industriel référent, la suit", "Mme Lavarde est élue, et M. Castel, industriel référent, la suit"},
		{"un\ndeux", "un|deux"},
	}
	for _, tt := range tests {
		var got []string
		for _, r := range Clauses(tt.text, Tokens(tt.text)) {
			got = append(got, tt.text[r.Lo:r.Hi])
		}
		if diff := cmp.Diff(tt.want, strings.Join(got, "|")); diff != "" {
			t.Errorf("Clauses(%q) (-want +got):\n%s", tt.text, diff)
		}
	}
	if got := Clauses("", nil); got != nil {
		t.Errorf("Clauses of no tokens = %v, want nil", got)
	}
}
