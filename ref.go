package vigie

import (
	"fmt"
	"strings"
)

// The types of a [Ref].
const (
	RefCountry     = "FR" // France as a whole; it has no ID
	RefRegion      = "region"
	RefDepartement = "departement"
	RefTerritory   = "territory"
	RefEPCI        = "epci"
	RefCommune     = "commune"
)

// A Ref names an official entity: FR, region:28, epci:200065597. A territory or
// body that no official list knows is written by its name: territory:Val de Morelle.
// The zero Ref names nothing.
type Ref struct{ Type, ID string }

// France is the scope of what concerns the whole programme.
var France = Ref{Type: RefCountry}

// ParseRef reads what [Ref.String] prints.
func ParseRef(s string) (Ref, error) {
	if s == "" {
		return Ref{}, nil
	}
	if s == RefCountry {
		return France, nil
	}
	kind, id, ok := strings.Cut(s, ":")
	if !ok || id == "" {
		return Ref{}, fmt.Errorf("scope %q: want FR or type:id, such as region:28", s)
	}
	switch kind {
	case RefRegion, RefDepartement, RefTerritory, RefEPCI, RefCommune:
		return Ref{kind, id}, nil
	}
	return Ref{}, fmt.Errorf("scope %q: unknown type %q", s, kind)
}

// String prints the Ref as records carry it; the zero Ref prints as nothing.
func (r Ref) String() string {
	if r.Type == "" || r.Type == RefCountry {
		return r.Type
	}
	return r.Type + ":" + r.ID
}

// IsZero reports whether the Ref names nothing.
func (r Ref) IsZero() bool { return r == Ref{} }

// MarshalText and UnmarshalText make a Ref one string in JSON and YAML.
func (r Ref) MarshalText() ([]byte, error) { return []byte(r.String()), nil }

// UnmarshalText is the inverse of [Ref.MarshalText].
func (r *Ref) UnmarshalText(b []byte) error {
	p, err := ParseRef(string(b))
	if err == nil {
		*r = p
	}
	return err
}

// An Entity is what the gazetteer knows of a Ref.
type Entity struct {
	Ref
	Name      string   // as the official list writes it
	Long      string   // with its legal form spelled out, where the list abbreviates
	Kind      string   // CC, CA, CU, METRO, EPT for an EPCI; empty elsewhere
	Programme string   // of a territory, or of a commune's label
	Phase     string   // of a territory: 2018 or 2023; empty where ids are not reused
	In        []Ref    // whom it is part of: département, region (several for a territory)
	Members   []Ref    // of a territory: its EPCI and communes in the official list
	Since     Date     // zero: always
	Until     Date     // zero: still there
	Next      []string // successors of a dissolved EPCI, by SIREN, the largest share first
}

// Regions returns the INSEE codes of the regions the entity lies in, the first the leading one.
func (e Entity) Regions() []string { return e.in(RefRegion) }

// Departements returns the codes of the départements the entity lies in.
func (e Entity) Departements() []string { return e.in(RefDepartement) }

func (e Entity) in(kind string) []string {
	var ids []string
	if e.Type == kind {
		ids = append(ids, e.ID)
	}
	for _, r := range e.In {
		if r.Type == kind {
			ids = append(ids, r.ID)
		}
	}
	return ids
}
