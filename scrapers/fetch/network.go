package fetch

import (
	"net"
	"net/http"
	"net/netip"
	"time"

	"vigie/internal/guard"
)

// newNetwork is the way out: every connection is judged by its resolved address. A proxy
// named in the environment would go round that, so none is used. Names are asked of
// resolver; nil: the system's.
func newNetwork(allow []netip.Prefix, resolver *net.Resolver) *http.Transport {
	dialer := &net.Dialer{Timeout: 15 * time.Second, Control: guard.Guard{Allow: allow}.Control, Resolver: resolver}
	return &http.Transport{
		Proxy:                  nil,
		DialContext:            dialer.DialContext,
		DisableCompression:     true, // the recorder inflates, within limits
		ForceAttemptHTTP2:      true,
		MaxIdleConns:           32,
		MaxConnsPerHost:        2,
		IdleConnTimeout:        30 * time.Second,
		TLSHandshakeTimeout:    15 * time.Second,
		ResponseHeaderTimeout:  30 * time.Second,
		MaxResponseHeaderBytes: 256 << 10,
	}
}
