package fetch

import (
	"context"
	"crypto/tls"
	"crypto/x509"
	"encoding/pem"
	"errors"
	"fmt"
	"io"
	"net/http"
	"net/url"
	"sync"
	"time"
)

// issuers complete the chain of a site that does not send it, as browsers do: a certificate
// names where its issuer's is to be had (RFC 5280, 4.2.2.1), and that one must have signed
// it. What cannot be completed up to a root that this machine trusts is no certificate.
type issuers struct {
	network http.RoundTripper

	mu  sync.Mutex
	had map[string]*x509.Certificate // by address
}

const (
	maxIssuers     = 3 // from a site's certificate up to a root
	maxIssuerBytes = 64 << 10
	issuerTimeout  = 10 * time.Second
	maxIssuersHad  = 100
)

// verify takes a certificate that is sound once its issuers' are there.
func (is *issuers) verify(s tls.ConnectionState, roots *x509.CertPool) error {
	leaf, between := s.PeerCertificates[0], x509.NewCertPool()
	for _, c := range s.PeerCertificates[1:] {
		between.AddCert(c)
	}
	last := leaf
	for range maxIssuers {
		_, err := leaf.Verify(x509.VerifyOptions{DNSName: s.ServerName, Roots: roots, Intermediates: between})
		if _, unknown := errors.AsType[x509.UnknownAuthorityError](err); !unknown {
			return err
		}
		issuer, missing := is.of(last)
		if missing != nil {
			return errors.Join(err, missing)
		}
		between.AddCert(issuer)
		last = issuer
	}
	_, err := leaf.Verify(x509.VerifyOptions{DNSName: s.ServerName, Roots: roots, Intermediates: between})
	return err
}

// of returns the certificate of who signed one.
func (is *issuers) of(c *x509.Certificate) (*x509.Certificate, error) {
	if len(c.IssuingCertificateURL) == 0 {
		return nil, fmt.Errorf("certificate of %s: it does not say where its issuer's is", c.Subject)
	}
	address := c.IssuingCertificateURL[0]
	is.mu.Lock()
	defer is.mu.Unlock()
	issuer, ok := is.had[address]
	if !ok {
		var err error
		if issuer, err = is.get(address); err != nil {
			return nil, fmt.Errorf("issuer of %s: %w", c.Subject, err)
		}
		if len(is.had) >= maxIssuersHad {
			clear(is.had)
		}
		is.had[address] = issuer
	}
	if err := c.CheckSignatureFrom(issuer); err != nil {
		return nil, fmt.Errorf("%s did not sign the certificate of %s: %w", issuer.Subject, c.Subject, err)
	}
	return issuer, nil
}

// get asks for a certificate: over plain HTTP, as the RFC has it, since a certificate proves
// itself; of public addresses, like all that is asked for. The handshake that needs it has no
// context, but a limit of time.
func (is *issuers) get(address string) (*x509.Certificate, error) {
	if u, err := url.Parse(address); err != nil || u.Scheme != "http" {
		return nil, fmt.Errorf("address %q: want http", address)
	}
	ctx, cancel := context.WithTimeout(context.Background(), issuerTimeout)
	defer cancel()
	req, err := http.NewRequestWithContext(ctx, http.MethodGet, address, nil)
	if err != nil {
		return nil, err
	}
	resp, err := is.network.RoundTrip(req)
	if err != nil {
		return nil, err
	}
	defer resp.Body.Close()
	if resp.StatusCode != http.StatusOK {
		return nil, fmt.Errorf("get %s: %w", address, &StatusError{Status: resp.StatusCode})
	}
	raw, err := io.ReadAll(io.LimitReader(resp.Body, maxIssuerBytes))
	if err != nil {
		return nil, err
	}
	if block, _ := pem.Decode(raw); block != nil {
		raw = block.Bytes
	}
	return x509.ParseCertificate(raw)
}
