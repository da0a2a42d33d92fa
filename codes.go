package vigie

import "slices"

// The closed vocabularies of a fact's fields. Stored and exported as they stand
// here: a code is never renamed, only added.

// A Kind says what sort of thing a fact states.
type Kind string

// The seven kinds.
const (
	KindLabel  Kind = "label"
	KindMember Kind = "member"
	KindRole   Kind = "role"
	KindFigure Kind = "figure"
	KindEvent  Kind = "event"
	KindPeriod Kind = "period"
	KindTheme  Kind = "theme"
)

// Kinds lists them in the order of reports.
var Kinds = []Kind{KindLabel, KindMember, KindRole, KindFigure, KindEvent, KindPeriod, KindTheme}

// Codes of [Label.Status].
const (
	Labelled  = "labelled"
	Candidate = "candidate"
	Withdrawn = "withdrawn"
)

// Codes of [Role.HolderKind].
const (
	HolderPerson       = "person"
	HolderFunction     = "function"
	HolderOrganisation = "organisation"
)

// Units of a [Figure].
const (
	UnitCount = "1"
	UnitEuro  = "EUR"
)

var (
	statuses    = []string{Labelled, Candidate, Withdrawn}
	bodies      = []string{"binome", "comite-de-pilotage", "comite-de-projet", "comite-regional", "conseil", "gouvernance"}
	roles       = []string{"anime", "chef-de-projet", "coordonne", "copilote", "elu-referent", "industriel-referent", "pilote", "preside", "referent", "represente"}
	holderKinds = []string{HolderPerson, HolderFunction, HolderOrganisation}
	measures    = []string{"actions", "communes", "companies", "contracts", "epci", "funding", "jobs", "measures", "pairs", "pilot-contracts", "projects", "territories"}
	units       = []string{UnitCount, UnitEuro}
	events      = []string{"announcement", "call", "council", "installation-meeting", "launch", "meeting", "milestone", "signature"}
	subjects    = []string{"contract", "programme"}
	themes      = []string{"attractivite", "foncier", "formation", "infrastructures", "innovation", "numerique", "recrutement", "services-publics", "simplification", "transition-ecologique"}
)

func known(code string, codes []string) bool { return slices.Contains(codes, code) }

// A SourceState is how a source ended its night.
type SourceState string

// The states, with their French word.
const (
	StateOK          SourceState = "ok"          // à jour
	StateQuiet       SourceState = "quiet"       // calme
	StateUnreachable SourceState = "unreachable" // injoignable
	StateBlocked     SourceState = "blocked"     // bloquée
	StateChanged     SourceState = "changed"     // forme changée
	StateBrowser     SourceState = "browser"     // navigateur requis
	StateNetwork     SourceState = "network"     // notre réseau
)

// French returns the state's word in reports.
func (s SourceState) French() string {
	switch s {
	case StateOK:
		return "à jour"
	case StateQuiet:
		return "calme"
	case StateUnreachable:
		return "injoignable"
	case StateBlocked:
		return "bloquée"
	case StateChanged:
		return "forme changée"
	case StateBrowser:
		return "navigateur requis"
	case StateNetwork:
		return "notre réseau"
	}
	return string(s)
}

// A PageFault says why a body that a site gave is no content, however good its status.
// Such a body is kept as evidence and never read.
type PageFault string

// The faults of a page.
const (
	FaultChallenge   PageFault = "challenge"   // asks whether we are human
	FaultConsent     PageFault = "consent"     // asks for consent before anything else
	FaultLogin       PageFault = "login"       // asks for a name and a password
	FaultMaintenance PageFault = "maintenance" // the site is closed for a while
	FaultParked      PageFault = "parked"      // the domain is for sale, or nobody's
	FaultSoft404     PageFault = "soft-404"    // "page introuvable" under status 200, or the home page for any address
	FaultShell       PageFault = "app-shell"   // empty until a browser runs its scripts
	FaultBomb        PageFault = "bomb"        // made to cost whoever takes it apart, or so large that it would
	FaultReserved    PageFault = "reserved"    // its publisher keeps it from being mined: the body was not kept
	FaultCut         PageFault = "cut"         // a public archive has its beginning alone
	FaultData        PageFault = "data"        // a table of data: archived and compared, no article
)
