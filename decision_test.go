package vigie

import "testing"

func TestRowKey(t *testing.T) {
	row := TerritoryRow("territoires-industrie", "ti-2801@2018", "2018")
	for _, c := range []struct {
		key string
		ok  bool
	}{
		{RowKey(row, "Les mots."), true}, {RowKey(row, ""), true},
		{row, false}, {row + "-", false}, {row + "-12345", false}, {"", false}, {" " + RowKey(row, "x"), false},
	} {
		got, _, ok := CutRowKey(c.key)
		if ok != c.ok || ok && got != row {
			t.Errorf("CutRowKey(%q) = %q, %v; want %v", c.key, got, ok, c.ok)
		}
	}
}

func TestDecisionAbout(t *testing.T) {
	row := MemberRow("territoires-industrie", "ti-2801@2018", "200065597")
	for _, c := range []struct {
		name  string
		d     Decision
		quote string
		want  bool
	}{
		{"the words", Decision{Key: row, Quote: "Les mots."}, "Les mots.", true},
		{"other words", Decision{Key: row, Quote: "Les mots."}, "D'autres mots.", false},
		{"words known by their digest", Decision{Key: RowKey(row, "Les mots."), Quote: "Les […]"}, "Les mots.", true},
		{"other words than the digest's", Decision{Key: RowKey(row, "Les mots."), Quote: "Les […]"}, "Les […]", false},
		{"a row of an official list", Decision{Key: row}, "", false},
		{"the same, not known yet", Decision{Key: RowKey(row, "")}, "", false},
	} {
		if got := c.d.About(c.quote); got != c.want || c.d.RowID() != row {
			t.Errorf("%s: %v, row %s; want %v, %s", c.name, got, c.d.RowID(), c.want, row)
		}
	}
}

// A correction leaves the row what it was, also where it says whom the row is about.
func TestRowOutlivesCorrections(t *testing.T) {
	role := Role{Body: "comite-de-projet", Role: "preside", Holder: "Mme Martin", HolderKind: HolderPerson}
	read := Record{Programme: "p", Scope: France, Detail: role}
	corrected := Record{Programme: "p", Scope: Ref{RefRegion, "28"}, Detail: Theme{"foncier"}, Read: role, ReadScope: France}
	if read.Row() != corrected.Row() {
		t.Errorf("row %s became %s", read.Row(), corrected.Row())
	}
}
