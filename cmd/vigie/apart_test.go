package main

import (
	"path/filepath"
	"strings"
	"testing"
)

// TestColumnsSortedApart: who sorts some columns without the others decides on rows that he
// does not see; such answers are refused one by one, and nothing is made up of them.
func TestColumnsSortedApart(t *testing.T) {
	w := newWatch(t, "Sud Manche", "Axe Seine", "Collines de Normandie")
	w.run(0, "run")
	quotes := map[string]string{"Sud Manche": "Axe Seine", "Axe Seine": "Sud Manche"} // whose words stand in whose row
	content, err := eachRow([]byte(w.read("rapports/territoires-normandie.xlsx")), "Chiffres", func(row string) (map[string]string, bool) {
		for name, other := range quotes {
			if strings.Contains(row, "de "+name+" compte") {
				_, quote := w.rowOf("Chiffres", other)
				return map[string]string{"Citation": quote, "Décision": "faux"}, true
			}
		}
		return map[string]string{"Décision": "exact"}, true
	})
	if err != nil {
		t.Fatal(err)
	}
	w.write("retour.xlsx", string(content))
	said := w.run(exitPartly, "review", "import", filepath.Join(w.dir, "retour.xlsx"), "--by", "A. Martin")
	says(t, "the import", said, "1 taken in, 0 as before, 2 refused", "its Citation is not the one of its Clé: some columns were sorted or pasted without the others")
	if list := w.run(0, "review", "list"); strings.Contains(list, "faux") || !strings.Contains(list, "exact") {
		t.Errorf("the journal:\n%s", list)
	}
}
