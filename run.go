package vigie

import "time"

// A Run is the journal of one execution of a job.
type Run struct {
	ID, Job string // Job: collect, transform, report, run
	Window  Window
	Started time.Time
	Ended   time.Time // zero while it runs, and after a crash
	Sources []SourceRun
	Error   string
}

// A SourceRun says how one source fared in a run.
type SourceRun struct {
	Source  string
	State   SourceState
	Found   int // links that discovery gave
	New     int // documents never seen before
	Changed int // documents with a body not seen before
	Same    int // documents that are as the archive has them: asked for again, or said not to have changed
	Failed  int // pages that could not be fetched
	Skipped int // links left aside: without a keyword, or on another site
	Newest  Date
	Error   string // the first failure, with what to do

	Latest Date `json:",omitempty"` // the newest item that its lists name, whatever it is about
	Rhythm int  `json:",omitempty"` // days between two such items, the median; zero: too few to tell

	Declared string `json:",omitempty"` // stands for what its file said of how its pages are found; empty: nobody noted it

	Hints map[Hint]int `json:",omitempty"` // what told of the documents that are Same, and of how many
	Moves []Move       `json:",omitempty"` // where what the source's file names seems to be now: for somebody to say yes
}

// A Hint is what told that a document is as the archive has it.
type Hint string

// The hints, from those that cost the site nothing to the one that costs it the page.
const (
	HintLastMod      Hint = "lastmod"       // its list says when it changed last: it was not asked for
	HintPublished    Hint = "published"     // its list says when it was published, and it was looked at since: likewise
	HintETag         Hint = "etag"          // the site knew it by its ETag
	HintLastModified Hint = "last-modified" // the site knew it by its date
	HintDigest       Hint = "digest"        // it was sent whole, and is the same
)

// A Move is where a list or a page seems to be now that is not where its source's file says.
// Nothing follows it: a domain that was let go leads to whoever has it now.
type Move struct {
	From   string // as the file has it
	To     string
	Method string // of discovery, where To is a list
	Why    string // the evidence, in French
}
