package fetch

import (
	"crypto/tls"
	"crypto/x509"
	"errors"
	"fmt"
	"net/http"
	"time"

	"vigie"
)

// certificates stand before the network: a request of a source whose site's certificate has
// a known fault goes by a way that bears that fault and no other, on the source's own hosts
// and until the exception's last day.
type certificates struct {
	strict http.RoundTripper
	bear   map[vigie.TLSFault]http.RoundTripper
	now    func() time.Time
}

func newCertificates(strict *http.Transport, now func() time.Time) *certificates {
	missing := &issuers{network: strict, had: map[string]*x509.Certificate{}}
	return &certificates{strict: strict, now: now, bear: map[vigie.TLSFault]http.RoundTripper{
		vigie.TLSExpired: bearing(strict, verifyExpired), vigie.TLSIncompleteChain: bearing(strict, missing.verify),
	}}
}

func (c *certificates) RoundTrip(req *http.Request) (*http.Response, error) {
	x := exchangeOf(req)
	way, ok := c.bear[x.TLS.Accept]
	if !ok || !x.own(req.URL) {
		return c.strict.RoundTrip(req)
	}
	if vigie.DateOf(c.now().UTC()).Compare(x.TLS.Until) <= 0 {
		return way.RoundTrip(req)
	}
	resp, err := c.strict.RoundTrip(req)
	if _, bad := errors.AsType[*tls.CertificateVerificationError](err); bad {
		err = fmt.Errorf("the exception for %s ended on %s: %w", x.TLS.Accept, x.TLS.Until, err)
	}
	return resp, err
}

// errNoName is a host that no certificate can be for.
var errNoName = errors.New("no name to verify the certificate for")

// bearing is the network with a look of its own at certificates, and connections of its own.
func bearing(strict *http.Transport, verify func(tls.ConnectionState, *x509.CertPool) error) http.RoundTripper {
	t := strict.Clone()
	if t.TLSClientConfig == nil {
		t.TLSClientConfig = new(tls.Config)
	}
	roots := t.TLSClientConfig.RootCAs
	t.TLSClientConfig.InsecureSkipVerify = true // VerifyConnection does
	t.TLSClientConfig.VerifyConnection = func(s tls.ConnectionState) error {
		err := errNoName
		if s.ServerName != "" { // which it is not for an address that is a number
			err = verify(s, roots)
		}
		if err != nil {
			return &tls.CertificateVerificationError{UnverifiedCertificates: s.PeerCertificates, Err: err}
		}
		return nil
	}
	return t
}

// verifyExpired takes a certificate that was sound on its last day.
func verifyExpired(s tls.ConnectionState, roots *x509.CertPool) error {
	now, leaf, between := time.Now(), s.PeerCertificates[0], x509.NewCertPool()
	for _, c := range s.PeerCertificates {
		if c.NotAfter.Before(now) {
			now = c.NotAfter
		}
	}
	for _, c := range s.PeerCertificates[1:] {
		between.AddCert(c)
	}
	_, err := leaf.Verify(x509.VerifyOptions{DNSName: s.ServerName, Roots: roots, Intermediates: between, CurrentTime: now})
	return err
}
