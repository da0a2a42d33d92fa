package main

import (
	"errors"
	"io/fs"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"vigie"
)

// TestAModifiedWorkbook is kept beside the new one, told of and listed with the command
// that imports it, until that has been done; a second one of the day gets a number.
func TestAModifiedWorkbook(t *testing.T) {
	w := newWatch(t, "Sud Manche")
	const workbook = "rapports/territoires-normandie.xlsx"
	w.run(0, "run")
	w.run(0, "run")
	if all := w.workbooks(); len(all) != 1 {
		t.Errorf("nobody changed anything, and there are %q", all)
	}
	w.later(1)
	w.write(workbook, w.read(workbook)+"first")
	said := w.run(0, "run")
	if !strings.Contains(said, "territoires-normandie-modifié-2026-03-03.xlsx") || !strings.Contains(said, "review import") {
		t.Errorf("the summary does not tell:\n%s", said)
	}
	if got := w.read("rapports/territoires-normandie-modifié-2026-03-03.xlsx"); !strings.HasSuffix(got, "first") {
		t.Error("the modified workbook is not the one that was kept")
	}
	command := filepath.Join(w.dir, "rapports", "territoires-normandie-modifié-2026-03-03.xlsx")
	if listed := w.summary("Classeur modifié, mis de côté"); !strings.Contains(listed, "vigie review import "+command+" --config ") {
		t.Errorf("the summary sheet lists %q", listed)
	}
	w.write(workbook, w.read(workbook)+"second")
	w.run(0, "run")
	if got := w.read("rapports/territoires-normandie-modifié-2026-03-03-2.xlsx"); !strings.HasSuffix(got, "second") {
		t.Error("the second one was not kept")
	}
	for _, name := range w.workbooks() {
		if name == "territoires-normandie.xlsx" {
			continue
		}
		st := w.store()
		if err := errors.Join(st.RememberImport(t.Context(), vigie.Digest([]byte(w.read("rapports/"+name))), "A. Morel", w.now), st.Close()); err != nil {
			t.Fatal(err)
		}
	}
	w.later(1)
	w.run(0, "run")
	if listed := w.summary("Classeur modifié, mis de côté"); listed != "" || len(w.workbooks()) != 3 {
		t.Errorf("imported, and still listed: %q; workbooks %q", listed, w.workbooks())
	}
}

// workbooks are those in the folder of reports.
func (w *watch) workbooks() []string {
	w.t.Helper()
	found, err := filepath.Glob(filepath.Join(w.dir, "rapports", "*.xlsx"))
	if err != nil {
		w.t.Fatal(err)
	}
	for i := range found {
		found[i] = filepath.Base(found[i])
	}
	return found
}

// TestAWorkbookThatCannotBeReplaced stays; the new one lies beside it.
func TestAWorkbookThatCannotBeReplaced(t *testing.T) {
	w := newWatch(t, "Sud Manche")
	w.write("rapports/territoires-normandie.xlsx/held", "a folder cannot be renamed over, as a file that is open cannot elsewhere")
	said := w.run(exitPartly, "run")
	if !strings.Contains(said, "territoires-normandie-2026-03-02.xlsx") || !strings.Contains(said, "open elsewhere") {
		t.Errorf("the summary does not tell:\n%s", said)
	}
	if w.read("rapports/territoires-normandie-2026-03-02.xlsx") != w.read("rapports/2026-03-02/territoires-normandie.xlsx") {
		t.Error("the new workbook is not that of the day's folder")
	}
	if err := os.RemoveAll(filepath.Join(w.dir, "rapports/territoires-normandie.xlsx")); err != nil {
		t.Fatal(err)
	}
	w.run(0, "run")
	if w.read("rapports/territoires-normandie.xlsx") != w.read("rapports/2026-03-02/territoires-normandie.xlsx") {
		t.Error("let go, it was not replaced")
	}
}

// TestTheSameDay tells the same edition again where nothing has changed, and keeps the
// morning's baseline where only the sources fared otherwise.
func TestTheSameDay(t *testing.T) {
	w := newWatch(t, "Sud Manche")
	w.run(0, "run")
	w.later(1)
	w.page("new.html", "Axe Seine", 77)
	w.run(0, "run")
	morning := w.files("rapports")
	lines := len(w.table(changesCSV))
	w.run(0, "report")
	for name, got := range w.files("rapports") {
		if got != morning[name] {
			t.Errorf("%s is not what it was in the morning", name)
		}
	}
	if n := len(w.editions()); n != 2 {
		t.Errorf("%d editions, want two", n)
	}
	w.run(0, "run") // the source is calm now: another edition, of the same news
	if n := len(w.editions()); n != 3 || len(w.table(changesCSV)) != lines || lines == 0 {
		t.Errorf("%d editions, %d changes; want three, and the morning's %d changes", n, len(w.table(changesCSV)), lines)
	}
}

func (w *watch) editions() []vigie.Edition {
	w.t.Helper()
	st := w.store()
	defer st.Close()
	all, err := st.Editions(w.t.Context(), "28", w.now)
	if err != nil {
		w.t.Fatal(err)
	}
	return all
}

// TestAKilledDelivery is put right by the next report: an edition whose files did not get
// to their folder never was, one whose files did is published, a day's folder on its way
// out comes back.
func TestAKilledDelivery(t *testing.T) {
	w := newWatch(t, "Sud Manche")
	w.run(0, "run")
	w.later(1)
	w.run(0, "run")
	w.sql(`UPDATE editions SET state = 'prepared'`)
	for from, to := range map[string]string{
		"rapports/2026-03-02": "rapports/.vigie-part-2026-03-02", "rapports/2026-03-03": "rapports/lost",
	} {
		if err := os.Rename(filepath.Join(w.dir, from), filepath.Join(w.dir, to)); err != nil {
			t.Fatal(err)
		}
	}
	w.write("rapports/.vigie-arrive-2026-03-04/half.csv", "half")
	w.later(1)
	w.run(0, "run")
	var states []string
	for _, e := range w.editions() {
		states = append(states, string(e.Day)+" "+string(e.State))
	}
	if got, want := strings.Join(states, ", "), "2026-03-04 published, 2026-03-03 dropped, 2026-03-02 published"; got != want {
		t.Errorf("editions %s, want %s", got, want)
	}
	if baseline := w.editions()[0].Baseline; baseline != w.editions()[2].ID {
		t.Errorf("compared with %s, want the edition that was published", baseline)
	}
	w.read("rapports/2026-03-02/territoires-normandie.xlsx")
	if left, _ := filepath.Glob(filepath.Join(w.dir, "rapports", ".vigie-*")); len(left) > 0 {
		t.Errorf("left behind: %q", left)
	}
	if _, err := os.Stat(filepath.Join(w.dir, "rapports/territoires-normandie-modifié-2026-03-04.xlsx")); !errors.Is(err, fs.ErrNotExist) {
		t.Errorf("a workbook that vigie wrote was taken for a modified one: %v", err)
	}
}

// TestADeliveryKilledBetweenItsFiles leaves files of two reports in place: status says so,
// and the next report puts them right, even one that is itself refused.
func TestADeliveryKilledBetweenItsFiles(t *testing.T) {
	w := newWatch(t, "Sud Manche")
	w.run(0, "run")
	w.later(1)
	w.page("new.html", "Axe Seine", 77)
	w.run(0, "run")
	whole := w.files("rapports")
	for _, name := range []string{"territoires-normandie.xlsx", "csv/normandie/chiffres.csv"} {
		w.write("rapports/"+name, w.read("rapports/2026-03-02/"+name))
	}
	if err := os.Remove(filepath.Join(w.dir, "rapports/csv/normandie/calendrier.csv")); err != nil {
		t.Fatal(err)
	}
	w.sql(`UPDATE editions SET state = 'prepared' WHERE position = (SELECT max(position) FROM editions)`)
	says(t, "status", w.run(0, "status"), "the delivery of 2026-03-03 is under way or was cut off, and the files in place may be of two reports")
	w.later(1)
	w.sql(`DELETE FROM facts WHERE kind = 'figure'`)
	w.run(exitPartly, "report")
	for name, got := range w.files("rapports") {
		if got != whole[name] {
			t.Errorf("%s is not the last good report's", name)
		}
		delete(whole, name)
	}
	if len(whole) > 0 {
		t.Errorf("%d files are missing", len(whole))
	}
	says(t, "status", w.run(0, "status"), "that of 2026-03-04 is emptier and was not published", "  check rows: 1 report refused, 0 let pass")
	w.run(0, "report", "--accept-because", "essai", "--by", "A. Morel")
	said := w.run(0, "status")
	says(t, "status", said, "  check rows: 1 report refused, 1 let pass")
	if strings.Contains(said, "cut off") {
		t.Errorf("put right, and still told:\n%s", said)
	}
}
