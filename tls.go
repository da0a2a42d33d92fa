package vigie

// A TLSException is a fault of a site's certificate that is borne until a day: what is read
// over such a connection may come from somebody else.
type TLSException struct {
	Accept TLSFault
	Until  Date   // the last day; after it the fault is an error again
	Reason string // who was told of it, and when
}

// A TLSFault is what is wrong with a certificate.
type TLSFault string

// The faults that may be borne. A certificate of another name, or one that signs itself, may not.
const (
	TLSExpired         TLSFault = "expired"          // else sound, on its last day
	TLSIncompleteChain TLSFault = "incomplete-chain" // the server leaves out who signed it
)
