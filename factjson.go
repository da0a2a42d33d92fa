package vigie

import (
	"encoding/json"
	"fmt"
)

// flatFact is a Fact as one flat JSON object: the contract of `vigie extract`.
type flatFact struct {
	Kind      Kind    `json:"kind"`
	Programme string  `json:"programme"`
	Scope     Ref     `json:"scope"`
	Quote     string  `json:"quote"`
	Start     int     `json:"start"`
	End       int     `json:"end"`
	Page      int     `json:"page,omitempty"`
	Conf      float64 `json:"confidence"`
	Rule      string  `json:"rule,omitempty"`

	Territory   *string `json:"territory,omitempty"`
	TerritoryID *string `json:"territory_id,omitempty"`
	Region      string  `json:"region,omitempty"`
	Phase       string  `json:"phase,omitempty"`
	Status      string  `json:"status,omitempty"`

	Member          string  `json:"member,omitempty"`
	MemberID        *string `json:"member_id,omitempty"`
	MemberIDCurrent string  `json:"member_id_current,omitempty"`

	Body         string `json:"body,omitempty"`
	Role         string `json:"role,omitempty"`
	Holder       string `json:"holder,omitempty"`
	HolderKind   string `json:"holder_kind,omitempty"`
	Function     string `json:"function,omitempty"`
	Organisation string `json:"organisation,omitempty"`

	Measure  string   `json:"measure,omitempty"`
	Value    *float64 `json:"value,omitempty"`
	ValueMax float64  `json:"value_max,omitempty"`
	Unit     string   `json:"unit,omitempty"`
	Payer    string   `json:"payer,omitempty"`

	Event   string `json:"event,omitempty"`
	Date    *Date  `json:"date,omitempty"`
	DateEnd Date   `json:"date_end,omitempty"`
	Place   string `json:"place,omitempty"`
	Planned bool   `json:"planned,omitempty"`

	Subject string `json:"subject,omitempty"`
	Theme   string `json:"theme,omitempty"`

	Document  DocumentID `json:"document"`
	URL       string     `json:"url,omitempty"`
	Publisher string     `json:"publisher,omitempty"`
	Title     string     `json:"title,omitempty"`
	Published Date       `json:"published,omitempty"`
	Updated   Date       `json:"updated,omitempty"`
}

// MarshalJSON prints the fact as one flat object, its kind's fields beside the common ones.
func (f Fact) MarshalJSON() ([]byte, error) {
	j := flatFact{
		Kind: f.Detail.Kind(), Programme: f.Programme, Scope: f.Scope,
		Quote: f.Quote, Start: f.Start, End: f.End, Page: f.Page, Conf: f.Confidence, Rule: f.Rule,
		Document: f.Document, URL: f.URL, Publisher: f.Publisher, Title: f.Title,
		Published: f.Published, Updated: f.Updated,
	}
	switch d := f.Detail.(type) {
	case Label:
		j.Territory, j.TerritoryID = &d.Territory, &d.TerritoryID
		j.Region, j.Phase, j.Status = d.Region, d.Phase, d.Status
		if d.Date != "" {
			j.Date = &d.Date
		}
	case Member:
		j.Territory, j.TerritoryID = &d.Territory, &d.TerritoryID
		j.Member, j.MemberID, j.MemberIDCurrent = d.Member, &d.MemberID, d.MemberIDCurrent
	case Role:
		j.Body, j.Role, j.Holder, j.HolderKind = d.Body, d.Role, d.Holder, d.HolderKind
		j.Function, j.Organisation = d.Function, d.Organisation
	case Figure:
		j.Measure, j.Value, j.ValueMax, j.Unit, j.Payer = d.Measure, &d.Value, d.ValueMax, d.Unit, d.Payer
	case Event:
		j.Event, j.Date, j.DateEnd, j.Place, j.Planned = d.Event, &d.Date, d.DateEnd, d.Place, d.Planned
	case Period:
		j.Subject, j.Date, j.DateEnd = d.Subject, &d.Date, d.DateEnd
	case Theme:
		j.Theme = d.Theme
	}
	return json.Marshal(j)
}

// UnmarshalJSON reads what [Fact.MarshalJSON] prints.
func (f *Fact) UnmarshalJSON(b []byte) error {
	var j flatFact
	if err := json.Unmarshal(b, &j); err != nil {
		return err
	}
	d, err := j.detail()
	if err != nil {
		return err
	}
	*f = Fact{Programme: j.Programme, Scope: j.Scope, Detail: d, Mention: Mention{
		Citation: Citation{j.Document, j.URL, j.Publisher, j.Title, j.Published, j.Updated},
		Span:     Span{j.Start, j.End}, Quote: j.Quote, Page: j.Page, Confidence: j.Conf, Rule: j.Rule,
	}}
	return nil
}

func (j flatFact) detail() (Detail, error) {
	switch j.Kind {
	case KindLabel:
		return Label{value(j.Territory), value(j.TerritoryID), j.Region, j.Phase, j.Status, value(j.Date)}, nil
	case KindMember:
		return Member{value(j.Territory), value(j.TerritoryID), j.Member, value(j.MemberID), j.MemberIDCurrent}, nil
	case KindRole:
		return Role{j.Body, j.Role, j.Holder, j.HolderKind, j.Function, j.Organisation}, nil
	case KindFigure:
		return Figure{j.Measure, value(j.Value), j.ValueMax, j.Unit, j.Payer}, nil
	case KindEvent:
		return Event{j.Event, value(j.Date), j.DateEnd, j.Place, j.Planned}, nil
	case KindPeriod:
		return Period{j.Subject, value(j.Date), j.DateEnd}, nil
	case KindTheme:
		return Theme{j.Theme}, nil
	}
	return nil, fmt.Errorf("fact of unknown kind %q", j.Kind)
}

func value[T any](p *T) T {
	if p == nil {
		return *new(T)
	}
	return *p
}
