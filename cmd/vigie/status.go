package main

import (
	"cmp"
	"context"
	"encoding/json"
	"fmt"
	"slices"
	"text/tabwriter"
	"time"

	"vigie"
	"vigie/scrapers"
	"vigie/store"
)

type statusCmd struct {
	configFlags `embed:""`
	JSON        bool `name:"json" help:"One JSON object, for programs."`
}

// A sourceStatus is how one source is, as the journal of runs tells it. What was never
// asked has no state.
type sourceStatus struct {
	ID          string             `json:"id"`
	Publisher   string             `json:"publisher"`
	State       vigie.SourceState  `json:"state"`
	French      string             `json:"state_fr"`
	Since       *time.Time         `json:"since,omitempty"`        // of the first run in a row that ended so
	LastRun     *time.Time         `json:"last_run,omitempty"`     // that asked the source
	LastSuccess *time.Time         `json:"last_success,omitempty"` // that ended ok or quiet
	Newest      vigie.Date         `json:"newest"`
	AgeDays     *int               `json:"newest_age_days,omitempty"`
	Latest      vigie.Date         `json:"latest,omitempty"`      // the newest item of its lists, whatever it is about
	Rhythm      int                `json:"rhythm_days,omitempty"` // between two such items
	Documents   int                `json:"documents"`
	Reserved    int                `json:"reserved"`        // of them, whose publisher reserves text and data mining
	Withheld    int                `json:"withheld"`        // of those, that are not read for it
	LastError   string             `json:"last_error"`      // the newest there was, mended or not
	Told        string             `json:"told,omitempty"`  // in the last run: an error, a silence, a move
	Hints       map[vigie.Hint]int `json:"hints,omitempty"` // of the last run: what told that documents are the same, of how many
	Moves       []sourceMove       `json:"moves,omitempty"` // of the last run: where what the file names seems to be now
	Disabled    string             `json:"disabled,omitempty"`
	TLS         string             `json:"tls,omitempty"` // the fault of its certificate that is borne, until when and why
	Verified    bool               `json:"verified"`
}

// A sourceMove is a [vigie.Move] for programs.
type sourceMove struct {
	From   string `json:"from"`
	To     string `json:"to"`
	Method string `json:"method,omitempty"`
	Why    string `json:"why"`
}

// Run prints how each source is.
func (c *statusCmd) Run(s *session) error {
	cfg, err := (&plan{configFlags: c.configFlags}).config(s.cli)
	if err != nil {
		return err
	}
	if err := mustExist(cfg.DB); err != nil {
		return err
	}
	st, err := s.open(cfg.DB)
	if err != nil {
		return fmt.Errorf("open the database: %w", err)
	}
	defer st.Close()
	all, err := statuses(s.ctx, st, cfg, s.now())
	if err != nil {
		return err
	}
	told, err := reportStatuses(s.ctx, st)
	if err != nil {
		return err
	}
	if c.JSON {
		e := json.NewEncoder(s.results)
		e.SetIndent("", "  ")
		e.SetEscapeHTML(false)
		return e.Encode(map[string]any{"at": s.now().UTC().Truncate(time.Second), "sources": all, "reports": told})
	}
	if err := s.printStatus(all); err != nil {
		return err
	}
	s.printReports(told)
	return nil
}

// statuses are those of the declared sources and of all that the journal knows, by ID.
func statuses(ctx context.Context, st *store.Store, cfg scrapers.Config, now time.Time) ([]*sourceStatus, error) {
	index := map[string]*sourceStatus{}
	of := func(id string) *sourceStatus {
		if index[id] == nil {
			index[id] = &sourceStatus{ID: id, Publisher: id}
		}
		return index[id]
	}
	for _, src := range cfg.Sources {
		l := of(src.ID)
		l.Publisher, l.Disabled, l.Verified = cmp.Or(src.Publisher.Name, src.ID), src.Disabled, src.Verified
		if e := src.TLS; e.Accept != "" {
			l.TLS = fmt.Sprintf("certificate %s, borne until %s: %s", e.Accept, e.Until, e.Reason)
		}
	}
	runs, err := st.Runs(ctx, journal)
	if err != nil {
		return nil, fmt.Errorf("read the journal of runs: %w", err)
	}
	ended := map[string]bool{} // the row of runs in the present state
	for _, r := range runs {
		for _, src := range r.Sources {
			ended[src.Source] = of(src.Source).add(r.Started, src, ended[src.Source])
		}
	}
	counts, err := st.DocumentCounts(ctx)
	if err != nil {
		return nil, err
	}
	for id, n := range counts {
		of(id).Documents = n
	}
	if err := addReserved(ctx, st, cfg, of); err != nil {
		return nil, err
	}
	for r, err := range st.Readings(ctx, time.Time{}) {
		if err != nil {
			return nil, fmt.Errorf("read the readings: %w", err)
		}
		of(r.Source).published(r.Published, r.At)
	}
	all := make([]*sourceStatus, 0, len(index))
	for _, id := range sorted(index) {
		index[id].age(now)
		all = append(all, index[id])
	}
	return all, nil
}

// addReserved counts the documents that reserve text and data mining.
func addReserved(ctx context.Context, st *store.Store, cfg scrapers.Config, of func(string) *sourceStatus) error {
	reserved, err := st.Reserved(ctx, time.Time{})
	if err != nil {
		return err
	}
	sources := map[string]vigie.Source{}
	for _, s := range cfg.Sources {
		sources[s.ID] = s
	}
	for _, d := range reserved {
		l := of(d.Source)
		l.Reserved++
		if sources[d.Source].Withheld(d.Captures[0]) != "" {
			l.Withheld++
		}
	}
	return nil
}

// add takes in a run, the next older one; over reports that the row of runs in the
// present state has ended.
func (l *sourceStatus) add(started time.Time, r vigie.SourceRun, over bool) bool {
	started = started.UTC()
	if l.LastRun == nil {
		l.LastRun, l.State, l.French, l.Hints, l.Told = &started, r.State, r.State.French(), r.Hints, r.Error
		for _, m := range r.Moves {
			l.Moves = append(l.Moves, sourceMove(m))
		}
	}
	over = over || r.State != l.State
	if !over {
		l.Since = &started
	}
	if l.LastSuccess == nil && (r.State == vigie.StateOK || r.State == vigie.StateQuiet) {
		l.LastSuccess = &started
	}
	if l.Latest == "" {
		l.Latest, l.Rhythm = r.Latest, r.Rhythm
	}
	l.LastError = cmp.Or(l.LastError, r.Error)
	l.published(r.Newest, started)
	return over
}

// published takes in the date of an item, as it was read at some time: older versions
// believed any.
func (l *sourceStatus) published(d vigie.Date, read time.Time) {
	if d = d.Believed(dayOf(read)); d != "" && (l.Newest == "" || d.Compare(l.Newest) > 0) {
		l.Newest = d
	}
}

func (l *sourceStatus) age(now time.Time) {
	if l.Newest.Precision() == vigie.DayPrecision {
		days := max(0, int(dayOf(now).First().Sub(l.Newest.First())/(24*time.Hour))) // papers are dated tomorrow
		l.AgeDays = &days
	}
}

// printStatus prints a table, those in trouble first.
func (s *session) printStatus(all []*sourceStatus) error {
	slices.SortStableFunc(all, func(a, b *sourceStatus) int { return a.rank() - b.rank() })
	w := tabwriter.NewWriter(s.results, 0, 0, 2, ' ', 0)
	fmt.Fprintln(w, "SOURCE\tSTATE\tSINCE\tLAST SUCCESS\tNEWEST\tAGE\tLATEST ITEM\tEVERY\tDOCUMENTS\tRESERVED\tERROR")
	for _, l := range all {
		age, every := "", ""
		if l.Rhythm > 0 {
			every = fmt.Sprintf("%d d", l.Rhythm)
		}
		if l.AgeDays != nil {
			age = fmt.Sprintf("%d d", *l.AgeDays)
		}
		fmt.Fprintf(w, "%s\t%s\t%s\t%s\t%s\t%s\t%s\t%s\t%d\t%s\t%s\n", l.ID, l.word(), dayWords(l.Since), dayWords(l.LastSuccess), l.Newest, age, l.Latest, every, l.Documents, l.reserved(), l.trouble())
	}
	return w.Flush()
}

func (l *sourceStatus) rank() int {
	switch {
	case l.State == "" && l.Disabled != "":
		return 3
	case l.State == "":
		return 2
	case l.State == vigie.StateOK || l.State == vigie.StateQuiet:
		return 1
	}
	return 0
}

func (l *sourceStatus) word() string {
	switch {
	case l.Disabled != "":
		return "disabled"
	case l.State == "":
		return "never asked"
	}
	return string(l.State)
}

// reserved tells how many documents reserve mining, and how many are not read for it.
func (l *sourceStatus) reserved() string {
	if l.Reserved == 0 {
		return ""
	}
	return fmt.Sprintf("%d, %d unread", l.Reserved, l.Withheld)
}

// trouble is what is wrong now: an error that a later night mended is not shown.
func (l *sourceStatus) trouble() string {
	if l.Disabled != "" {
		return l.Disabled
	}
	if l.rank() == 0 {
		return l.LastError
	}
	return cmp.Or(l.Told, l.TLS)
}

func dayWords(t *time.Time) string {
	if t == nil {
		return ""
	}
	return string(dayOf(*t))
}
