// Package reports lays records out for people: [Data] comes in, a French workbook
// and one CSV file for each of its sheets go out.
//
// A [Report] turns the data into tables; one schema, its columns, drives every
// output format. What a report shows is about one region: see [Data.inRegion]. A
// cell left empty is something that no source states.
package reports

import (
	"slices"
	"time"

	"vigie"
)

// Data is all that reports are made of. Equal data give equal bytes: reports read
// no clock, and [Data.Day] dates everything in the files.
type Data struct {
	Region     vigie.Entity                         // whom the report is for
	Day        time.Time                            // on which what is told is true, in Europe/Paris; only its date counts
	Records    []vigie.Record                       // all there are, of whatever region
	Entity     func(vigie.Ref) (vigie.Entity, bool) // what the gazetteer knows of an id
	Official   []vigie.Entity                       // the region's entries in the official lists, members included
	Programmes map[string]string                    // code → French name; a code without one stands for itself
	Press      func(vigie.Mention) bool             // whether a newspaper speaks, whose words may only be cited in short; nil: never
	Sources    []SourceLine                         // in the order to be shown
	Sites      []SourceLine                         // those that were asked for no source: what they bore
	Pages      []DocumentLine                       // the documents, in the order to be shown
	Refused    []vigie.Refusal                      // what was read and is no fact
	Reserved   []vigie.Reservation                  // documents that keep machines from mining them
	Documents  int                                  // documents read
	Facts      int                                  // facts found in them, before merging
	Tables     []OfficialTable                      // the official tables that names and ids come from
	Version    string                               // of vigie
	Edition    string                               // id of the edition that the files are delivered as; empty: none
	Questions  []string                             // what needs a look beside the records, in French, most urgent first
	Asked      []AskedLine                          // what documents leave open

	// Candidates are those that a name may mean, which stayed open; nil: nobody knows.
	Candidates func(name, programme string, types []string) []vigie.Entity

	Rejected []vigie.Record              // that analysts call wrong: in no chapter, their decisions say by whom
	Doubts   []vigie.Doubt               // what analysts' decisions leave open
	Listed   map[string][]vigie.Decision // decisions on rows that only an official list gives, by row
	Heard    map[string][]vigie.Decision // decisions on refusals, by [vigie.RowKey] of row and quote
	Refuted  []vigie.RefusalDoubt        // what they leave open
	Waiting  []vigie.Decision            // decisions whose row is no longer, or not yet, known

	Rules    string                       // by which documents are read
	Lists    string                       // digest of the official tables
	Readings map[vigie.DocumentID]Reading // of each document read
	First    bool                         // there is no edition before
	Past     *Past                        // the edition that this one is compared with; nil: none
	Changes  []Change                     // since then: see [Compare]

	Ended     []vigie.Record   // labels that are true no more on Day, or not yet
	Known     time.Time        // as of when everything was read, in Europe/Paris; zero: on Day
	Accepted  vigie.Acceptance // who let the report pass although it is emptier, and why
	Overruled []string         // what spoke against publishing it, in French
	Aside     []vigie.Aside    // delivered workbooks that somebody changed, and that wait to be imported
}

// A SourceLine says how one source is. One without an ID is of a site that was asked for no
// source's sake, and says what that bore: Publisher is its host.
type SourceLine struct {
	ID, Publisher string
	Scope         vigie.Ref // whom its pages are about
	State         vigie.SourceState
	Asked         time.Time  // when it was asked last; zero: never
	Newest        vigie.Date // of its newest document
	Latest        vigie.Date // the newest item that its lists name, whatever it is about
	Rhythm        int        // days between two such items; zero: unknown
	Documents     int
	Facts         int
	Failed        int    // pages that could not be read
	Requests      int    // to its sites in the last night that asked them
	Bytes         int64  // that they sent
	Refusals      int    // of those requests
	Forbidden     int    // pages that robots.txt forbade, which were not asked for
	Reserved      int    // documents that keep machines from mining them
	Error         string // the first failure, with what to do
}

// A DocumentLine says what the archive holds of one document.
type DocumentLine struct {
	ID                 vigie.DocumentID
	Source             string // Source.ID
	Publisher, Title   string
	URL                string
	Published, Updated vigie.Date
	Digest             string // of the body that was read last
	First, Last        time.Time
	Versions           int // distinct bodies
	Facts              int
	Error              string // why it could not be read; empty: it was
	Status             int    // of the last answer, 200 where all is well
	Fault              vigie.PageFault
	ReprintOf          vigie.DocumentID // whose text it repeats; empty: nobody's
	Reserved           bool             // it reserves its rights against mining
	Local              bool             // it speaks of the report's region, or its source writes about it
}

// An AskedLine is a question that a document leaves open: where it fits neither itself nor
// the official lists.
type AskedLine struct {
	vigie.Citation
	Words string // the question, in French
}

// An OfficialTable is a table that names and ids were taken from, as its licence asks to say.
type OfficialTable struct {
	Name, Source, Licence string
	Date                  vigie.Date
	Vintage               string // millésime: the year whose state the table gives
}

// A Report is one chapter of the workbook.
type Report interface {
	Name() string // stable, in English, for the command line
	Tables(d *Data) []Table
}

// Tables are all tables of a report, in the order of their sheets.
func Tables(d *Data) []Table {
	var facts, rest []Table
	for _, r := range chapters() {
		facts = append(facts, r.Tables(d)...)
	}
	for _, r := range annexes() {
		rest = append(rest, r.Tables(d)...)
	}
	all := slices.Concat(facts, []Table{asking(d, facts)}, rest)
	all = append(all, dictionary(all))
	return append([]Table{summary(d, all)}, all...)
}

// chapters are the reports of what is known.
func chapters() []Report {
	return []Report{changes{}, labels{}, cartography{}, governance{}, figures{}, timeline{}, themes{}}
}

// annexes are the reports of what is not, and of where all comes from.
func annexes() []Report { return []Report{unknown{}, refused{}, coverage{}, library{}} }

// FileName names the workbook of a region: territoires-grand-est.xlsx.
func FileName(region vigie.Entity) string { return "territoires-" + slug(region.Name) + ".xlsx" }

// PageName names the page beside it: territoires-grand-est.html.
func PageName(region vigie.Entity) string { return "territoires-" + slug(region.Name) + ".html" }
