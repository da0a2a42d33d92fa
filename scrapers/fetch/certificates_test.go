package fetch

import (
	"bytes"
	"context"
	"crypto/ecdsa"
	"crypto/elliptic"
	"crypto/rand"
	"crypto/tls"
	"crypto/x509"
	"crypto/x509/pkix"
	"encoding/pem"
	"errors"
	"io"
	"log"
	"math/big"
	"net"
	"net/http"
	"net/http/httptest"
	"strings"
	"testing"
	"time"

	"vigie"
)

// An authority signs certificates for a test.
type authority struct {
	cert *x509.Certificate
	key  *ecdsa.PrivateKey
	at   string // where its certificate is to be had
}

// sign makes a certificate: for a name, or where that is empty for another authority; by
// itself where a is nil.
func (a *authority) sign(t *testing.T, name string, until time.Time) *authority {
	t.Helper()
	key, err := ecdsa.GenerateKey(elliptic.P256(), rand.Reader)
	if err != nil {
		t.Fatal(err)
	}
	c := &x509.Certificate{
		SerialNumber: big.NewInt(time.Now().UnixNano()), Subject: pkix.Name{CommonName: "CN " + name}, NotBefore: until.AddDate(-1, 0, 0), NotAfter: until,
		KeyUsage: x509.KeyUsageDigitalSignature | x509.KeyUsageCertSign, BasicConstraintsValid: true, IsCA: name == "", DNSNames: []string{name},
	}
	parent, by := c, key
	if a != nil && a.cert != nil {
		parent, by = a.cert, a.key
	}
	if a != nil && a.at != "" {
		c.IssuingCertificateURL = []string{a.at}
	}
	if name == "" {
		c.DNSNames = nil
		c.Subject.CommonName = "authority under " + parent.Subject.CommonName
	}
	raw, err := x509.CreateCertificate(rand.Reader, c, parent, &key.PublicKey, by)
	if err != nil {
		t.Fatal(err)
	}
	made, err := x509.ParseCertificate(raw)
	if err != nil {
		t.Fatal(err)
	}
	return &authority{cert: made, key: key}
}

// A fault of a certificate is borne where the source's file says so, until the day that it
// says, and no other fault with it: hazard A11.
func TestHazardA11Exceptions(t *testing.T) {
	soon, past := time.Now().AddDate(0, 1, 0), time.Now().AddDate(0, -1, 0)
	root := (*authority)(nil).sign(t, "", soon)
	between, silent, forger := root.sign(t, "", soon), root.sign(t, "", soon), (*authority)(nil).sign(t, "", soon)
	asText := pem.EncodeToMemory(&pem.Block{Type: "CERTIFICATE", Bytes: between.cert.Raw})
	given := map[string][]byte{
		"/between.crt": between.cert.Raw, "/forger.crt": forger.cert.Raw, "/page.crt": []byte("<html>"), "/text.crt": asText,
		"/gone.crt": between.cert.Raw, "/long.crt": append(bytes.Repeat([]byte("-\n"), maxIssuerBytes), asText...),
	}
	authorities := httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		if r.URL.Path == "/gone.crt" {
			w.WriteHeader(http.StatusGone)
		}
		w.Write(given[r.URL.Path])
	}))
	defer authorities.Close()
	endless := &authority{at: authorities.URL + "/endless.crt"} // which names itself as its issuer
	endless = endless.sign(t, "", soon)
	endless.at, given["/endless.crt"] = authorities.URL+"/endless.crt", endless.cert.Raw
	told := func(path string) *authority {
		a := *between
		a.at = authorities.URL + path
		return &a
	}
	between.at, forger.at = authorities.URL+"/between.crt", authorities.URL+"/forger.crt"
	impostor := *forger
	impostor.at = between.at
	const name = "site.test"
	sites := map[string][]*authority{
		"sound":                    {root.sign(t, name, soon)},
		"expired":                  {root.sign(t, name, past)},
		"without chain":            {between.sign(t, name, soon)},
		"for another":              {root.sign(t, "autre.test", past)},
		"chain too old":            {between.sign(t, name, past)},
		"signs itself":             {(*authority)(nil).sign(t, name, soon)},
		"with its chain":           {between.sign(t, name, soon), between},
		"by a forger":              {forger.sign(t, name, soon)},
		"by an impostor":           {impostor.sign(t, name, soon)},
		"silent on who":            {silent.sign(t, name, soon)},
		"another's, without chain": {between.sign(t, "autre.test", soon)},
		"told as text":             {told("/text.crt").sign(t, name, soon)},
		"told at length":           {told("/long.crt").sign(t, name, soon)},
		"a page for a certificate": {told("/page.crt").sign(t, name, soon)},
		"gone":                     {told("/gone.crt").sign(t, name, soon)},
		"in a circle":              {endless.sign(t, name, soon)},
	}
	day := vigie.DateOf(time.Now().UTC().AddDate(0, 0, 1))
	bear := func(f vigie.TLSFault) vigie.TLSException {
		return vigie.TLSException{Accept: f, Until: day, Reason: "signalé"}
	}
	for _, tt := range []struct {
		site string
		bear vigie.TLSException
		late bool // it is after the exception's last day
		last bool // it is that day
		ok   bool
	}{
		{site: "sound", ok: true}, {site: "with its chain", ok: true}, {site: "expired"}, {site: "without chain"},
		{site: "expired", bear: bear(vigie.TLSExpired), ok: true},
		{site: "expired", bear: bear(vigie.TLSExpired), last: true, ok: true},
		{site: "expired", bear: bear(vigie.TLSExpired), late: true},
		{site: "expired", bear: bear(vigie.TLSIncompleteChain)},
		{site: "without chain", bear: bear(vigie.TLSIncompleteChain), ok: true},
		{site: "without chain", bear: bear(vigie.TLSIncompleteChain), late: true},
		{site: "without chain", bear: bear(vigie.TLSExpired)},
		{site: "chain too old", bear: bear(vigie.TLSIncompleteChain)},
		{site: "for another", bear: bear(vigie.TLSExpired)},
		{site: "for another", bear: bear(vigie.TLSIncompleteChain)},
		{site: "signs itself", bear: bear(vigie.TLSIncompleteChain)},
		{site: "signs itself", bear: bear(vigie.TLSExpired)},
		{site: "by a forger", bear: bear(vigie.TLSIncompleteChain)},
		{site: "by an impostor", bear: bear(vigie.TLSIncompleteChain)},
		{site: "silent on who", bear: bear(vigie.TLSIncompleteChain)},
		{site: "another's, without chain", bear: bear(vigie.TLSIncompleteChain)},
		{site: "told as text", bear: bear(vigie.TLSIncompleteChain), ok: true},
		{site: "told at length", bear: bear(vigie.TLSIncompleteChain)},
		{site: "a page for a certificate", bear: bear(vigie.TLSIncompleteChain)},
		{site: "gone", bear: bear(vigie.TLSIncompleteChain)},
		{site: "in a circle", bear: bear(vigie.TLSIncompleteChain)},
	} {
		chain := tls.Certificate{PrivateKey: sites[tt.site][0].key}
		for _, c := range sites[tt.site] {
			chain.Certificate = append(chain.Certificate, c.cert.Raw)
		}
		server := httptest.NewUnstartedServer(text("page"))
		server.TLS, server.Config.ErrorLog = &tls.Config{Certificates: []tls.Certificate{chain}}, log.New(io.Discard, "", 0)
		server.StartTLS()
		network := newNetwork(loopback, nil)
		network.TLSClientConfig = &tls.Config{RootCAs: x509.NewCertPool()}
		network.TLSClientConfig.RootCAs.AddCert(root.cert)
		network.DialContext = func(ctx context.Context, _, address string) (net.Conn, error) {
			if strings.HasPrefix(address, name) {
				address = server.Listener.Addr().String()
			}
			return (&net.Dialer{}).DialContext(ctx, "tcp", address)
		}
		c := newClient(t, func(cfg *Config) {
			cfg.Transport = network
			switch {
			case tt.late:
				cfg.Now = func() time.Time { return time.Now().AddDate(0, 0, 2) }
			case tt.last:
				cfg.Now = func() time.Time { return time.Now().AddDate(0, 0, 1) }
			}
		})
		c.withoutRetry()
		_, err := c.Get(t.Context(), Request{URL: "https://" + name + "/", TLS: tt.bear})
		_, bad := errors.AsType[*tls.CertificateVerificationError](err)
		if tt.ok != (err == nil) || !tt.ok && !bad || tt.late && !strings.Contains(err.Error(), "ended on "+string(day)) {
			t.Errorf("%s, bearing %q: %v, want ok %v", tt.site, tt.bear.Accept, err, tt.ok)
		}
		if tt.bear.Accept == vigie.TLSExpired && tt.site == "expired" { // a number has no name that a certificate could be for
			if _, err := c.Get(t.Context(), Request{URL: server.URL, TLS: tt.bear}); !errors.As(err, new(*tls.CertificateVerificationError)) {
				t.Errorf("%s, by its number: %v", tt.site, err)
			}
		}
		if tt.ok && tt.bear != (vigie.TLSException{}) { // on the source's own hosts only
			elsewhere := httptest.NewServer(http.RedirectHandler("https://"+name+"/", http.StatusFound))
			_, err := c.Get(t.Context(), Request{URL: elsewhere.URL, TLS: tt.bear})
			if _, bad := errors.AsType[*tls.CertificateVerificationError](err); !bad {
				t.Errorf("%s, by a redirect from another source: %v", tt.site, err)
			}
			elsewhere.Close()
		}
		server.Close()
	}
}
