package tls

import (
	"crypto/x509"
	"time"

	"github.com/pktjourney/pktjourney/decode/fact"
	"github.com/pktjourney/pktjourney/decode/wire"
)

const (
	// maxCertificate bounds the bytes of a Certificate message that are kept. The sender's own
	// certificate comes first; one with a hundred names is well below it.
	maxCertificate = 32 << 10
	// maxNames is how many alternative names are told of a certificate.
	maxNames = 100
	// maxNameLen is the length of the longest name that is told; no DNS name is longer
	// (RFC 1035 section 2.3.4), and a common name has at most 64 characters (RFC 5280 appendix A.1).
	maxNameLen = 255
)

// Certificate is what the sender of a Certificate message says of itself: fields of its own
// certificate (RFC 5280 section 4.1), which nobody has verified.
type Certificate struct {
	Subject   string    // its last common name, "" when it has none
	Issuer    string    // the same of the issuer
	Names     []string  // subjectAltName: DNS names, then IP addresses; at most maxNames
	NotBefore time.Time // UTC
	NotAfter  time.Time // UTC
}

// ParseCertificate reads the first certificate of a Certificate message with its four bytes of
// handshake header, in the form of TLS 1.3 (RFC 8446 section 4.4.2) or of those before (RFC 5246
// section 7.4.2). What follows that certificate need not be in b, to which the result does not
// refer. It is nil without an error when the list is empty.
func ParseCertificate(b []byte, is13 bool) (*Certificate, error) {
	c := wire.NewCursor("tls", b)
	if got := HandshakeType(c.Uint8("handshake.msg_type")); got != TypeCertificate {
		c.Fail("handshake.msg_type", 1, wire.ErrMalformed)
	}
	c.Skip("handshake.length", handshakeHeaderLen-1)
	if is13 {
		c.Sub8("certificate.request_context")
	}
	if c.Uint24("certificate.list") == 0 {
		return nil, c.Err()
	}
	data := c.Sub24("certificate.cert_data")
	der := data.Rest()
	if c.Err() != nil {
		return nil, c.Err()
	}
	x, err := x509.ParseCertificate(der)
	if err != nil {
		c.Fail("certificate.cert_data", len(der), wire.ErrMalformed)
		return nil, c.Err()
	}
	return newCertificate(x), nil
}

func newCertificate(x *x509.Certificate) *Certificate {
	return &Certificate{
		Subject:   bounded(x.Subject.CommonName),
		Issuer:    bounded(x.Issuer.CommonName),
		Names:     alternativeNames(x),
		NotBefore: x.NotBefore.UTC(),
		NotAfter:  x.NotAfter.UTC(),
	}
}

// alternativeNames are the DNS names and addresses of x (RFC 5280 section 4.2.1.6).
func alternativeNames(x *x509.Certificate) (names []string) {
	for _, name := range x.DNSNames {
		if name = bounded(name); name != "" && len(names) < maxNames {
			names = append(names, name)
		}
	}
	for _, ip := range x.IPAddresses {
		if len(names) < maxNames {
			names = append(names, ip.String())
		}
	}
	return names
}

// bounded is name, or "" when it is too long to be one.
func bounded(name string) string {
	if len(name) > maxNameLen {
		return ""
	}
	return name
}

// certificateFacts are the names of what one side's certificate says.
type certificateFacts struct{ subject, names, issuer, notBefore, notAfter fact.Name }

var (
	clientCertificate = certificateFacts{fact.TLSClientSubject, fact.TLSClientAlternativeNames, fact.TLSClientIssuer, fact.TLSClientNotBefore, fact.TLSClientNotAfter}
	serverCertificate = certificateFacts{fact.TLSServerSubject, fact.TLSServerAlternativeNames, fact.TLSServerIssuer, fact.TLSServerNotBefore, fact.TLSServerNotAfter}
)

// AppendFacts adds the facts of the certificate, which the client sent or the server. The times
// are in the form of RFC 3339.
func (x *Certificate) AppendFacts(l fact.List, client bool) fact.List {
	names := serverCertificate
	if client {
		names = clientCertificate
	}
	if x.Subject != "" {
		l = l.Add(names.subject, fact.String(x.Subject), wire.Span{})
	}
	if len(x.Names) > 0 {
		l = l.Add(names.names, fact.Strings(x.Names), wire.Span{})
	}
	if x.Issuer != "" {
		l = l.Add(names.issuer, fact.String(x.Issuer), wire.Span{})
	}
	l = l.Add(names.notBefore, fact.String(x.NotBefore.Format(time.RFC3339)), wire.Span{})
	return l.Add(names.notAfter, fact.String(x.NotAfter.Format(time.RFC3339)), wire.Span{})
}
