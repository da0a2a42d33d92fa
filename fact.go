package vigie

import (
	"cmp"
	"errors"
	"fmt"
	"strconv"
	"strings"
	"unicode/utf8"
)

// A Fact is one thing one document states; its JSON form is one flat line.
type Fact struct {
	Programme string // code of the programme, as its YAML names it
	Scope     Ref    // whom the fact is about
	Detail    Detail
	Mention
}

// A Record is one thing however many documents state it: equal facts, merged.
type Record struct {
	Programme string
	Scope     Ref
	Detail    Detail    // the fullest of the facts'
	Mentions  []Mention // oldest first

	// Origins tells for each mention whose text it only repeats: the document that said it
	// first, empty where it speaks for itself. Nil where nobody looked.
	Origins []DocumentID

	Read      Detail     // what the documents state, where an analyst corrected it; else nil
	ReadScope Ref        // whom they state it of, where an analyst corrected it; else zero
	Decisions []Decision // in force on the record, oldest first
}

// A Refusal is what was read and not taken for a fact, with the reason.
type Refusal struct {
	Kind   Kind
	What   string // the name, number or date that would have been stated
	Reason string // negated, conditional, reported, question, wish, other-policy, ...
	Mention
}

// A Detail is what depends on the kind: [Label], [Member], [Role], [Figure], [Event],
// [Period] or [Theme].
type Detail interface {
	Kind() Kind
	key() string // equal for details that state the same; closes the interface
	validate() error
}

// A Label says that a territory is in a programme, or asked to be.
type Label struct {
	Territory   string // as the official list writes it, else as the text does
	TerritoryID string // ti-2801@2018, acv-219, pvd-..., va-..., cite-001; empty if unknown
	Region      string // INSEE code
	Phase       string // 2018 or 2023, where known
	Status      string // labelled, candidate, withdrawn
	Date        Date   // where stated
}

// A Member says that an EPCI or a commune composes a territory.
type Member struct {
	Territory, TerritoryID string
	Member                 string
	MemberID               string // SIREN or INSEE code in force on the publication date
	MemberIDCurrent        string // today's successor, where it is another
}

// A Role says who does what in a programme's governance.
type Role struct {
	Body         string // comite-de-pilotage, comite-de-projet, binome, gouvernance, conseil, ...
	Role         string // preside, anime, pilote, copilote, elu-referent, ...
	Holder       string // a person, or the function or organisation where nobody is named
	HolderKind   string // person, function, organisation
	Function     string // the person's stated function
	Organisation string
}

// A Figure counts or measures a programme or a labelled territory.
type Figure struct {
	Measure  string
	Value    float64 // a count, or euros
	ValueMax float64 // a range's upper end; 0 where there is none
	Unit     string  // 1 or EUR
	Payer    string  // of funding, where the sentence says who pays
}

// An Event is what happened, or is to happen, on a date.
type Event struct {
	Event         string
	Date, DateEnd Date
	Place         string
	Planned       bool
}

// A Period runs between two dates, one of which may be unstated.
type Period struct {
	Subject       string // contract or programme
	Date, DateEnd Date
}

// A Theme is an aim of the programme or of a territory in it.
type Theme struct{ Theme string }

func (Label) Kind() Kind  { return KindLabel }
func (Member) Kind() Kind { return KindMember }
func (Role) Kind() Kind   { return KindRole }
func (Figure) Kind() Kind { return KindFigure }
func (Event) Kind() Kind  { return KindEvent }
func (Period) Kind() Kind { return KindPeriod }
func (Theme) Kind() Kind  { return KindTheme }

func (d Label) key() string {
	return join(cmp.Or(d.TerritoryID, d.Territory), d.Status, d.Phase)
}

func (d Member) key() string {
	return join(cmp.Or(d.TerritoryID, d.Territory), cmp.Or(d.MemberID, d.Member))
}
func (d Role) key() string { return join(d.Body, d.Role, d.Holder, d.Organisation) }
func (d Figure) key() string {
	return join(d.Measure, number(d.Value), number(d.ValueMax), d.Unit, d.Payer)
}

func (d Event) key() string {
	return join(d.Event, string(d.Date), string(d.DateEnd))
}
func (d Period) key() string { return join(d.Subject, string(d.Date), string(d.DateEnd)) }
func (d Theme) key() string  { return d.Theme }

func join(parts ...string) string { return strings.ToLower(strings.Join(parts, "\x1f")) }

func number(v float64) string { return strconv.FormatFloat(v, 'f', -1, 64) }

// Key is equal for facts that state the same thing, in whatever document.
func Key(programme string, scope Ref, d Detail) string {
	return join(programme, scope.String(), string(d.Kind()), d.key())
}

// Key is equal for facts that state the same thing, in whatever document.
func (f Fact) Key() string { return Key(f.Programme, f.Scope, f.Detail) }

// Key is the key of the record's facts.
func (r Record) Key() string { return Key(r.Programme, r.Scope, r.Detail) }

// Validate refuses a fact whose codes, dates or numbers no table knows, or whose
// quote is not what text holds at its place.
func (f Fact) Validate(text string) error {
	if f.Detail == nil {
		return errors.New("fact without detail")
	}
	err := errors.Join(f.validateFrame(), f.Detail.validate(), f.validateQuote(text))
	if err != nil {
		return fmt.Errorf("%s fact %q: %w", f.Detail.Kind(), f.Quote, err)
	}
	return nil
}

func (f Fact) validateFrame() error {
	switch {
	case f.Programme == "":
		return errors.New("no programme")
	case f.Scope.IsZero():
		return errors.New("no scope")
	case f.Confidence < 0 || f.Confidence > 1:
		return fmt.Errorf("confidence %v is not in 0 to 1", f.Confidence)
	}
	return nil
}

func (f Fact) validateQuote(text string) error {
	if f.Quote == "" {
		return errors.New("no quote")
	}
	lo := byteOf(text, f.Start)
	if lo < 0 || !strings.HasPrefix(text[lo:], f.Quote) || utf8.RuneCountInString(f.Quote) != f.End-f.Start {
		return fmt.Errorf("text[%d:%d] is not the quote", f.Start, f.End)
	}
	return nil
}

// byteOf returns where the n-th code point begins, -1 past the end.
func byteOf(s string, n int) int {
	for i := range s {
		if n == 0 {
			return i
		}
		n--
	}
	if n == 0 {
		return len(s)
	}
	return -1
}

func (d Label) validate() error {
	if d.Territory == "" {
		return errors.New("no territory")
	}
	return errors.Join(code("status", d.Status, statuses), dates(d.Date))
}

func (d Member) validate() error {
	if d.Territory == "" || d.Member == "" {
		return errors.New("no territory or no member")
	}
	return nil
}

func (d Role) validate() error {
	if d.Holder == "" {
		return errors.New("no holder")
	}
	return errors.Join(code("body", d.Body, bodies), code("role", d.Role, roles), code("holder_kind", d.HolderKind, holderKinds))
}

func (d Figure) validate() error {
	if d.Value < 0 || d.ValueMax != 0 && d.ValueMax <= d.Value {
		return fmt.Errorf("range %v to %v", d.Value, d.ValueMax)
	}
	return errors.Join(code("measure", d.Measure, measures), code("unit", d.Unit, units))
}

func (d Event) validate() error {
	return errors.Join(code("event", d.Event, events), dates(d.Date, d.DateEnd))
}

func (d Period) validate() error {
	if d.Date == "" && d.DateEnd == "" {
		return errors.New("period without a bound")
	}
	return errors.Join(code("subject", d.Subject, subjects), dates(d.Date, d.DateEnd))
}

func (d Theme) validate() error { return code("theme", d.Theme, themes) }

func code(field, c string, codes []string) error {
	if !known(c, codes) {
		return fmt.Errorf("%s %q is none of %s", field, c, strings.Join(codes, ", "))
	}
	return nil
}

func dates(ds ...Date) error {
	for _, d := range ds {
		if _, err := ParseDate(string(d)); err != nil {
			return err
		}
	}
	return nil
}
