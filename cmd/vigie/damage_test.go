package main

import (
	"database/sql"
	"path/filepath"
	"strings"
	"testing"
)

// One damaged list stops no night: it is asked for whole, which mends it, and told.
func TestADamagedListIsAskedForAnew(t *testing.T) {
	w := newWatch(t, "Sud Manche", "Collines de Normandie")
	w.run(0, "run")
	w.damage(`UPDATE answers SET zstd = substr(zstd, 1, length(zstd) - 1) WHERE source = 'lettres'`)
	w.later(1)
	w.page("2.html", "Côte d'Albâtre", 3)
	if out := w.run(3, "run"); !strings.Contains(out, "3 links, 1 new") || !strings.Contains(out, "damaged in the archive") {
		t.Errorf("a damaged list:\n%s", out)
	}
	w.later(1)
	if out := w.run(0, "run"); strings.Contains(out, "damaged") {
		t.Errorf("the night after:\n%s", out)
	}
}

// An edition whose content is damaged is not what the next is compared with: the one before
// it is.
func TestADamagedEditionIsPassedOver(t *testing.T) {
	w := newWatch(t, "Sud Manche", "Collines de Normandie")
	w.run(0, "run")
	for i, spoil := range []string{`content = substr(content, 1, length(content) / 2)`, `edition = substr(edition, 2)`} {
		w.later(1)
		w.page("0.html", "Sud Manche", 50+i)
		w.run(0, "run")
		w.damage(`UPDATE editions SET ` + spoil + ` WHERE position = (SELECT max(position) FROM editions)`)
		w.later(1)
		if out := w.run(3, "run"); !strings.Contains(out, "damaged in the archive") {
			t.Errorf("%s:\n%s", spoil, out)
		}
		if len(w.table(changesCSV)) == 0 {
			t.Errorf("%s: nothing is told to have changed since the edition before", spoil)
		}
	}
}

func (w *watch) damage(how string) {
	w.t.Helper()
	db, err := sql.Open("sqlite", filepath.Join(w.dir, "vigie.db"))
	if err != nil {
		w.t.Fatal(err)
	}
	defer db.Close()
	if _, err := db.Exec(how); err != nil {
		w.t.Fatal(err)
	}
}
