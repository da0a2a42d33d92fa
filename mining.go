package vigie

import (
	"fmt"
	"slices"
	"strings"
)

// A Mining is what a source's file says of reading its pages by machine, against or beside
// what its pages say themselves.
type Mining struct {
	Rule   MiningRule
	Reason string // on what ground; never empty beside a rule
}

// A MiningRule is a decision about the text of a source's pages.
type MiningRule string

// The rules of mining.
const (
	MiningPermitted MiningRule = "permitted" // read, whatever the pages reserve: a licence, an agreement, public information
	MiningReserved  MiningRule = "reserved"  // not read: the publisher said so elsewhere than on its pages
)

// publicKinds are publishers whose documents are public information, which anyone may
// reuse (CRPA L.321-1): a reservation on their pages does not take that away.
var publicKinds = []string{"cci", "epci", "etat", "region"}

// Withheld returns the words by which the publisher keeps the text of a capture from being
// mined, "" where it may be read: it reserves nothing, is a public body, or the source's
// file permits it. Everybody else's machine-readable reservation binds (CPI L.122-5-3).
func (s Source) Withheld(c Capture) string {
	switch {
	case s.Mining.Rule == MiningReserved:
		return fmt.Sprintf("fiche de la source : %s", s.Mining.Reason)
	case s.Mining.Rule == MiningPermitted, slices.Contains(publicKinds, s.Publisher.Kind):
		return ""
	}
	return binding(c.OptOut)
}

// binding leaves of the words of a capture those that reserve text and data mining at
// large. Words against learning machines alone (noai, ai-train=no) are about a use that
// vigie makes none of: they are kept and told, and a publisher that stops at them does not
// mean to vanish from what is said of its region.
func binding(words string) string {
	return strings.Join(slices.DeleteFunc(strings.Split(words, "; "), func(w string) bool {
		w = strings.ToLower(w)
		return !strings.Contains(w, "tdm") && !strings.Contains(w, "bots=n")
	}), "; ")
}
