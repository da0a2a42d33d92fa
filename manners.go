package vigie

import "time"

// A Standing is how a platform, hosts that bear load together, has borne us of late.
// Its zero value is that of one that never refused.
type Standing struct {
	Refused int       // refusals in a row
	Trips   int       // times in a row that it was left alone for refusing, and refused again
	Until   time.Time // not to be asked before; zero: it may be
	Why     string    // the last refusal
}

// A Toll is what one source's site was made to bear in one night.
type Toll struct {
	Night    Date   // the day that the requests were made on, UTC
	Source   string // whose pages were asked for; empty: nobody's
	Site     string // the host
	Requests int
	Bytes    int64 // of the bodies as sent
	Refusals int   // 403, 429, challenges, connections closed without an answer

	Forbidden int `json:",omitempty"` // pages and lists that its robots.txt forbids: none of the requests
}

// A SiteFile is what a site says of itself to those who come by machine: /robots.txt,
// /.well-known/tdmrep.json.
type SiteFile struct {
	Site string // scheme and host
	Name string // the file's path
	Body []byte // empty: the site has none
	Time time.Time

	Answer Capture // how the site gave it; given to the archive, which keeps it with the others; zero: nothing to keep
}

// A Check is when a document was last looked at and found in order.
type Check struct {
	Document DocumentID
	Time     time.Time
	Modified time.Time // of the page, as discovery gave it then; zero: it did not
}
