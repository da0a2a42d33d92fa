package resolve

import (
	"encoding/json"
	"fmt"
	"slices"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"
	"pgregory.net/rapid"

	"vigie"
)

func member(name, id string, quotes ...string) vigie.Record {
	r := vigie.Record{
		Programme: "territoires-industrie", Scope: vigie.Ref{Type: vigie.RefTerritory, ID: "ti-1"},
		Detail: vigie.Member{Territory: "Val", TerritoryID: "ti-1", Member: name, MemberID: id},
	}
	for i, q := range quotes {
		r.Mentions = append(r.Mentions, vigie.Mention{
			Citation: vigie.Citation{Document: vigie.DocumentID(q), Published: vigie.Date(fmt.Sprintf("2019-02-%02d", i+1))}, Quote: q,
		})
	}
	return r
}

var noon = time.Date(2026, 11, 23, 12, 0, 0, 0, time.UTC)

// decided is a decision made so many minutes after noon.
func decided(minute int, by string, r vigie.Record, v vigie.Verdict, quote string) vigie.Decision {
	return vigie.Decision{ID: fmt.Sprintf("d%03d", minute), Key: r.Row(), Verdict: v, By: by, At: noon.Add(time.Duration(minute) * time.Minute), Quote: quote}
}

func corrected(d vigie.Decision, r vigie.Record, to vigie.Detail) vigie.Decision {
	line, err := json.Marshal(vigie.Fact{Programme: r.Programme, Scope: r.Scope, Detail: to, Mention: r.Mentions[0]})
	if err != nil {
		panic(err)
	}
	d.Verdict, d.Correction, d.Corrected = vigie.VerdictCorrect, "x", string(line)
	return d
}

func undone(minute int, d vigie.Decision) vigie.Decision {
	return vigie.Decision{ID: fmt.Sprintf("d%03d", minute), Key: d.Key, By: "A", At: noon.Add(time.Duration(minute) * time.Minute), Undoes: d.ID}
}

// outline tells a Decided in a few words.
func outline(d Decided) []string {
	var lines []string
	for _, r := range d.Records {
		line := "row " + r.Detail.(vigie.Member).Member
		if r.Read != nil {
			line += " read " + r.Read.(vigie.Member).Member
		}
		lines = append(lines, line+told(r.Decisions))
	}
	for _, r := range d.Rejected {
		lines = append(lines, "out "+r.Detail.(vigie.Member).Member+told(r.Decisions))
	}
	for _, q := range d.Doubts {
		lines = append(lines, q.Why+" "+q.Record.Detail.(vigie.Member).Member+told(q.Decisions))
	}
	for _, ds := range d.Listed {
		lines = append(lines, "listed"+told(ds))
	}
	if d.Waiting != nil {
		lines = append(lines, "waiting"+told(d.Waiting))
	}
	return lines
}

func told(ds []vigie.Decision) string {
	s := ""
	for _, d := range ds {
		s += fmt.Sprintf(" %s:%s", d.By, d.Verdict)
	}
	return s
}

func TestDecide(t *testing.T) {
	caen, bayeux := member("Caen", "1", "q1", "q2"), member("Bayeux", "2", "q3")
	toBayeux := bayeux.Detail
	for _, c := range []struct {
		name    string
		journal []vigie.Decision
		want    []string
	}{
		{"nobody decided", nil, []string{"row Caen", "row Bayeux"}},
		{"right", []vigie.Decision{decided(1, "A", caen, vigie.VerdictRight, "q2")}, []string{"row Caen A:right", "row Bayeux"}},
		{"wrong", []vigie.Decision{decided(1, "A", caen, vigie.VerdictWrong, "q1")}, []string{"row Bayeux", "out Caen A:wrong"}},
		{"wrong, then right", []vigie.Decision{decided(1, "A", caen, vigie.VerdictWrong, "q1"), decided(2, "A", caen, vigie.VerdictRight, "q1")},
			[]string{"row Caen A:right", "row Bayeux"}},
		{"two disagree", []vigie.Decision{decided(1, "A", caen, vigie.VerdictWrong, "q1"), decided(2, "B", caen, vigie.VerdictRight, "q1")},
			[]string{"row Caen A:wrong B:right", "row Bayeux", "disputed Caen A:wrong B:right"}},
		{"one is not sure", []vigie.Decision{decided(1, "A", caen, vigie.VerdictWrong, "q1"), decided(2, "B", caen, vigie.VerdictUnsure, "q1")},
			[]string{"row Caen A:wrong B:unsure", "row Bayeux", "unsure Caen A:wrong B:unsure"}},
		{"the words are gone", []vigie.Decision{decided(1, "A", caen, vigie.VerdictWrong, "q0")},
			[]string{"row Caen", "row Bayeux", "restated Caen A:wrong"}},
		{"the words are gone, and decided anew", []vigie.Decision{decided(1, "A", caen, vigie.VerdictWrong, "q0"), decided(2, "A", caen, vigie.VerdictRight, "q1")},
			[]string{"row Caen A:right", "row Bayeux"}},
		{"no such row", []vigie.Decision{decided(1, "A", member("Rouen", "3"), vigie.VerdictWrong, "q9")},
			[]string{"row Caen", "row Bayeux", "waiting A:wrong"}},
		{"only on the list", []vigie.Decision{decided(1, "A", member("Rouen", "3"), vigie.VerdictWrong, "")},
			[]string{"row Caen", "row Bayeux", "listed A:wrong"}},
		{"only on the list then, announced since", []vigie.Decision{decided(1, "A", caen, vigie.VerdictWrong, "")},
			[]string{"row Caen", "row Bayeux", "restated Caen A:wrong"}},
		{"corrected", []vigie.Decision{corrected(decided(1, "A", caen, "", "q1"), caen, member("Falaise", "4").Detail)},
			[]string{"row Bayeux", "row Falaise read Caen A:correct"}},
		{"corrected to what is there", []vigie.Decision{corrected(decided(1, "A", caen, "", "q1"), caen, toBayeux)},
			[]string{"row Bayeux A:correct"}},
		{"corrected, another finds the reading right", []vigie.Decision{corrected(decided(1, "A", caen, "", "q1"), caen, toBayeux), decided(2, "B", caen, vigie.VerdictRight, "q1")},
			[]string{"row Caen A:correct B:right", "row Bayeux", "disputed Caen A:correct B:right"}},
		{"corrected before the row was known", []vigie.Decision{{ID: "d", Key: vigie.RowKey(caen.Row(), "q1"), Verdict: vigie.VerdictCorrect, Correction: "x", By: "A", At: noon}},
			[]string{"row Caen A:correct", "row Bayeux", "restated Caen A:correct"}},
		{"known by the digest of its words", []vigie.Decision{{ID: "d", Key: vigie.RowKey(caen.Row(), "q1"), Verdict: vigie.VerdictWrong, By: "A", At: noon}},
			[]string{"row Bayeux", "out Caen A:wrong"}},
	} {
		t.Run(c.name, func(t *testing.T) {
			if diff := cmp.Diff(c.want, outline(Decide([]vigie.Record{caen, bayeux}, c.journal))); diff != "" {
				t.Error(diff)
			}
		})
	}
}

// A second reviewer who finds a corrected row right agrees with its correction.
func TestRightOfACorrection(t *testing.T) {
	caen := member("Caen", "1", "q1")
	first := corrected(decided(1, "A", caen, "", "q1"), caen, member("Falaise", "4").Detail)
	second := decided(2, "B", caen, vigie.VerdictRight, "q1")
	second.Corrected = first.Corrected
	got := Decide([]vigie.Record{caen}, []vigie.Decision{first, second})
	if want := []string{"row Falaise read Caen A:correct B:right"}; !slices.Equal(outline(got), want) {
		t.Errorf("got %q, want %q", outline(got), want)
	}
	if got.Records[0].Row() != caen.Row() {
		t.Error("a correction moved the row")
	}
}

func TestStandingUndoOfUndo(t *testing.T) {
	d := decided(1, "A", member("Caen", "1"), vigie.VerdictWrong, "q1")
	u := undone(2, d)
	uu := undone(3, u)
	for _, c := range []struct {
		journal []vigie.Decision
		want    int
	}{
		{[]vigie.Decision{d}, 1}, {[]vigie.Decision{d, u}, 0}, {[]vigie.Decision{d, u, uu}, 1}, {[]vigie.Decision{uu, u, d}, 1},
		{[]vigie.Decision{d, u, uu, undone(4, d)}, 0},
	} {
		if got := Standing(c.journal); len(got) != c.want {
			t.Errorf("%d in force of %d lines, want %d", len(got), len(c.journal), c.want)
		}
	}
}

// TestDecideProperties: whatever reviewers decided, the order of the journal's lines does
// not matter, no record is lost, no row is made, what was read can be told, and taking
// everything back gives what was there.
func TestDecideProperties(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		records := []vigie.Record{member("Caen", "1", "q1", "q2"), member("Bayeux", "2", "q3"), member("Rouen", "3", "q4")}
		slices.SortStableFunc(records, inOrder)
		journal := rapid.SliceOfN(rapid.Custom(func(t *rapid.T) vigie.Decision {
			r := rapid.SampledFrom(records).Draw(t, "record")
			quote := rapid.SampledFrom([]string{"q0", "q1", "q2", "q3", "q4", ""}).Draw(t, "quote")
			d := decided(0, rapid.SampledFrom([]string{"A", "B"}).Draw(t, "by"), r, rapid.SampledFrom(vigie.Verdicts).Draw(t, "verdict"), quote)
			if d.Verdict == vigie.VerdictCorrect {
				d = corrected(d, r, rapid.SampledFrom([]vigie.Detail{records[0].Detail, member("Falaise", "4").Detail}).Draw(t, "to"))
			}
			return d
		}), 0, 8).Draw(t, "journal")
		for i := range journal {
			journal[i].ID, journal[i].At = fmt.Sprintf("d%03d", i), noon.Add(time.Duration(i)*time.Minute)
		}
		got := Decide(records, journal)
		if again := Decide(records, rapid.Permutation(journal).Draw(t, "order")); cmp.Diff(got, again) != "" {
			t.Fatalf("the order of lines matters: %s", cmp.Diff(got, again))
		}
		mentions := 0
		for _, r := range slices.Concat(got.Records, got.Rejected) {
			mentions += len(r.Mentions)
		}
		if mentions != 4 {
			t.Fatalf("%d mentions of 4 are left", mentions)
		}
		judged := Judge(records, journal)
		for _, r := range slices.Concat(judged.Records, judged.Rejected) {
			if !slices.ContainsFunc(records, func(was vigie.Record) bool { return was.Row() == r.Row() }) {
				t.Fatalf("row %s was made", r.Row())
			}
			if len(r.Decisions) == 0 && !slices.ContainsFunc(records, func(was vigie.Record) bool { return cmp.Equal(was, r) }) {
				t.Fatalf("%v changed, and nobody decided on it", r.Detail)
			}
		}
		for i, d := range slices.Clone(journal) {
			journal = append(journal, undone(100+i, d))
		}
		if diff := cmp.Diff(outline(Decide(records, nil)), outline(Decide(records, journal))); diff != "" {
			t.Fatalf("all is taken back, and not as before: %s", diff)
		}
		for i, d := range slices.Clone(journal) {
			if d.Undoes != "" {
				journal = append(journal, undone(200+i, d))
			}
		}
		if diff := cmp.Diff(outline(got), outline(Decide(records, journal))); diff != "" {
			t.Fatalf("the taking back is taken back, and not as before: %s", diff)
		}
	})
}
