package vigie

import "time"

// A Failure is a row of times that a page was asked for in vain, and in one way. It is
// evidence like a [Capture]: of a connection that was closed, or of a body that came cut
// short, nothing else is left.
type Failure struct {
	Document    DocumentID
	Source, URL string // who asked: Source.ID; canonical
	Kind        string // how it failed, in words that are the same each night: status 503, hung up
	Error       string // the last time, in full
	First, Last time.Time
	Times       int
	Mended      time.Time // when the page came again; zero: it has not since
}
