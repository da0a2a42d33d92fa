package french

import (
	"testing"

	"github.com/google/go-cmp/cmp"
)

func TestSentences(t *testing.T) {
	tests := []struct {
		text string
		want []string
	}{
		{"Un. Deux ! Trois ? Quatre… Cinq", []string{"Un.", "Deux !", "Trois ?", "Quatre…", "Cinq"}},
		{"M. Vautier et Mme. Le Cordier. MM. A et B.", []string{"M. Vautier et Mme. Le Cordier.", "MM. A et B."}},
		{"J.-P. Lhonneur préside. Il dit oui.", []string{"J.-P. Lhonneur préside.", "Il dit oui."}},
		{"Titre\nSuite sans point\n\nFin.", []string{"Titre", "Suite sans point", "Fin."}},
		{"un contrat 2019-2022. 10 à 30 projets. Rien.", []string{"un contrat 2019-2022.", "10 à 30 projets.", "Rien."}},
		{"1.800 projets et 1.36 milliard. Voir www.exemple.fr/a.b?c=1. Fin", []string{"1.800 projets et 1.36 milliard.", "Voir www.exemple.fr/a.b?c=1.", "Fin"}},
		{"Il dit : « Oui. » Puis il part.", []string{"Il dit : « Oui. »", "Puis il part."}},
		{"« Pourquoi ? » demande-t-il. « Pour rien ! », répond-elle.", []string{"« Pourquoi ? » demande-t-il.", "« Pour rien ! », répond-elle."}},
		{"Il dit \"oui.\" Puis part.", []string{"Il dit \"oui.\"", "Puis part."}},
		{"Voir l'art. 5 et la p. 12. Le n. 3 aussi, etc. Le reste suit.", []string{"Voir l'art. 5 et la p. 12.", "Le n. 3 aussi, etc.", "Le reste suit."}},
		{"des élus, etc. et des industriels.", []string{"des élus, etc. et des industriels."}},
		{"le 5 sept. 2019 à Caen. En déc. La suite.", []string{"le 5 sept. 2019 à Caen.", "En déc.", "La suite."}},
		{"1. Objet du marché\n2. Durée", []string{"1. Objet du marché", "2. Durée"}},
		{"recruter ; innover ; attirer.", []string{"recruter ; innover ; attirer."}},
		{"Il attend... puis part. (Enfin.) Bon.", []string{"Il attend... puis part.", "(Enfin.)", "Bon."}},
		{"Quoi ?! Non. – Si. • Peut-être.", []string{"Quoi ?!", "Non.", "– Si.", "• Peut-être."}},
		{"La séance est levée à 23 h. Le conseil", []string{"La séance est levée à 23 h.", "Le conseil"}},
		{"en retrait\r\n\tsuite\u00a0\n", []string{"en retrait", "suite"}},
		{"Permis B. Vous savez. Mme D. Elbeuf reste.", []string{"Permis B.", "Vous savez.", "Mme D. Elbeuf reste."}},
		{" \n\t ", nil},
		{"", nil},
	}
	for _, tt := range tests {
		var got []string
		for _, r := range Sentences(tt.text) {
			got = append(got, tt.text[r.Lo:r.Hi])
		}
		if diff := cmp.Diff(tt.want, got); diff != "" {
			t.Errorf("Sentences(%q) (-want +got):\n%s", tt.text, diff)
		}
	}
}
