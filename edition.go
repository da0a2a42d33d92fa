package vigie

import "time"

// An Edition is a report as it was made for a region: published, or refused.
type Edition struct {
	ID       string
	Region   string // INSEE code
	Day      Date   // in Europe/Paris
	Known    time.Time
	State    EditionState
	Run      string // Run.ID of the run that made it
	Version  string // of vigie
	Rules    string // by which documents were read
	Lists    string // digest of the official tables
	Baseline string // ID of the edition that it tells the changes since; empty: it was the first

	Reasons  []string // why it was refused, or would have been but for Accepted, in French
	Checks   []string `json:",omitempty"` // of the gate that speak in Reasons, by their codes
	Accepted Acceptance
	Aside    []Aside      // workbooks that somebody had changed and that were not imported yet
	Files    []FileDigest // of the day's folder, by name

	Sources  []SourceRun   // how the run found the sources that it asked
	Cut      bool          // the run's deadline had passed
	Full     bool          `json:",omitempty"` // the disk was nearly full: not all was collected
	Reserved []Reservation // as they were told: a page's reservation comes and goes with its body unchanged
}

// An EditionState says what became of an edition.
type EditionState string

// The states of an edition.
const (
	EditionPrepared  EditionState = "prepared"  // its files are on their way to their places
	EditionPublished EditionState = "published" // they are there
	EditionRefused   EditionState = "refused"   // they lie aside: the report was emptier than the last good one
	EditionDropped   EditionState = "dropped"   // the run died before they were in place
)

// An Acceptance is the word of somebody who lets a report pass that would be refused.
type Acceptance struct{ Why, By string }

// An Aside is a delivered workbook that somebody changed, kept beside the new one.
type Aside struct {
	File   string // its name in the folder of the reports
	Digest string
	Import string // the command that takes its decisions in
}

// A FileDigest is a file's name, with slashes, and its SHA-256.
type FileDigest struct{ Name, Digest string }

// A Reservation is a document whose publisher keeps machines from mining it.
type Reservation struct {
	Source                string // Source.ID
	Publisher, Title, URL string
	Published             Date
	Words                 string // by which it is reserved
	Withheld              bool   // its text was not read
	Ground                string // on which it was
}
