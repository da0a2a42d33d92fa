package vigie

import (
	"cmp"
	"crypto/sha256"
	"encoding/hex"
	"regexp"
	"strings"
	"time"
)

// A Decision is what an analyst made of a row of a delivered workbook. Decisions form a
// journal that is only ever appended to: another one takes a decision back.
type Decision struct {
	ID         string // unique
	Key        string // of the row: see [Record.Row]; of a row that was not known, as the workbook has it: see [RowKey]
	Verdict    Verdict
	Correction string // as typed, with [VerdictCorrect]
	Corrected  string `json:",omitempty"` // what the record is with the decision, a flat fact as JSON; empty: what was read, or nothing
	Why, By    string
	At         time.Time
	Quote      string // the words that were decided on; empty where only an official list gives the row
	Sheet      string `json:",omitempty"` // where the row stood
	Undoes     string // ID of a decision that this one takes back; empty: none
}

// A Verdict is a code of [Decision.Verdict].
type Verdict string

// The verdicts, with their French word.
const (
	VerdictRight   Verdict = "right"   // exact
	VerdictWrong   Verdict = "wrong"   // faux
	VerdictCorrect Verdict = "correct" // à corriger
	VerdictUnsure  Verdict = "unsure"  // pas sûr
)

// Verdicts lists them in the order in which they are offered.
var Verdicts = []Verdict{VerdictRight, VerdictWrong, VerdictCorrect, VerdictUnsure}

// French returns the verdict's word in workbooks.
func (v Verdict) French() string {
	switch v {
	case VerdictRight:
		return "exact"
	case VerdictWrong:
		return "faux"
	case VerdictCorrect:
		return "à corriger"
	case VerdictUnsure:
		return "pas sûr"
	}
	return string(v)
}

// A Doubt is a record that decisions leave open.
type Doubt struct {
	Record    Record
	Why       string // Disputed, Unsure or Restated
	Decisions []Decision
}

// Why a [Doubt] is one.
const (
	Disputed = "disputed" // reviewers disagree: the record stays as read
	Unsure   = "unsure"   // somebody is not sure: the record stays as read
	Restated = "restated" // the words that were decided on are no longer there
)

// A RefusalDoubt is a refusal that decisions leave open.
type RefusalDoubt struct {
	Refusal   Refusal
	Why       string // Disputed, Unsure or Restated
	Decisions []Decision
}

// Row names the row of the workbook that shows the refusal, for ever, as [Record.Row] does.
func (r Refusal) Row() string {
	return rowKey(join("refusal", string(r.Document), string(r.Kind), r.What))
}

// Row names the row of the workbook that shows the record, for ever: 16 hexadecimal digits.
// Whether a territory is a candidate or labelled, its row is the same; so is a member's,
// whether announced or listed only. A correction leaves the row what it was.
func (r Record) Row() string {
	detail, scope := r.Detail, r.Scope
	if r.Read != nil {
		detail, scope = r.Read, r.ReadScope
	}
	switch d := detail.(type) {
	case Label:
		_, phase, _ := strings.Cut(d.TerritoryID, "@")
		return TerritoryRow(r.Programme, cmp.Or(d.TerritoryID, d.Territory), cmp.Or(d.Phase, phase))
	case Member:
		return MemberRow(r.Programme, cmp.Or(d.TerritoryID, d.Territory), cmp.Or(d.MemberID, d.Member))
	}
	return rowKey(Key(r.Programme, scope, detail))
}

// TerritoryRow names the row of a territory, by its id or else its name, in a phase.
func TerritoryRow(programme, territory, phase string) string {
	return rowKey(join("territory", programme, territory, phase))
}

// MemberRow names the row of a member, by its id or else its name, of a territory.
func MemberRow(programme, territory, member string) string {
	return rowKey(join("member", programme, territory, member))
}

func rowKey(identity string) string {
	sum := sha256.Sum256([]byte(identity))
	return hex.EncodeToString(sum[:8])
}

// ListKey ends the key of a row that only an official list gives.
const ListKey = "liste"

// RowKey names a row of a workbook and the words that it shows: its [Record.Row] and the
// beginning of the quote's digest, so that a decision tells what it was made on. An
// empty quote is that of a row that only an official list gives.
func RowKey(row, quote string) string {
	if quote == "" {
		return row + "-" + ListKey
	}
	return row + "-" + Digest([]byte(quote))[:8]
}

var rowKeys = regexp.MustCompile(`^([0-9a-f]{16})-([0-9a-f]{8}|` + ListKey + `)$`)

// CutRowKey takes apart what [RowKey] makes; ok reports whether key is one.
func CutRowKey(key string) (row, words string, ok bool) {
	m := rowKeys.FindStringSubmatch(key)
	if m == nil {
		return "", "", false
	}
	return m[1], m[2], true
}

// About reports whether a decision was made on the words of a quote: its own, or those
// whose digest its key tells.
func (d Decision) About(quote string) bool {
	if row, words, ok := CutRowKey(d.Key); ok {
		return RowKey(row, quote) == d.Key && words != ListKey
	}
	return d.Quote != "" && d.Quote == quote
}

// RowID is the row that the decision is on, however its key is written.
func (d Decision) RowID() string {
	if row, _, ok := CutRowKey(d.Key); ok {
		return row
	}
	return d.Key
}
