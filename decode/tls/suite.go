package tls

import (
	"crypto/md5"
	"crypto/sha1"
	"crypto/sha256"
	"crypto/sha512"
	"hash"
	"strings"
)

// mode is how a cipher suite protects records.
type mode uint8

const (
	modeNone mode = iota // not one that can be opened here
	modeGCM
	modeCCM
	modeChaCha
	modeCBC
	modeRC4 // forbidden by RFC 7465, and still in captures
)

// protection is what a cipher suite says about records.
type protection struct {
	mode   mode
	key    int              // bytes of the key
	tag    int              // bytes of the tag of an AEAD
	triple bool             // 3DES instead of AES
	mac    func() hash.Hash // of CBC and RC4
	prf    func() hash.Hash // of TLS 1.2 and of the key schedule of TLS 1.3
}

// protectionOf reads the parts of a cipher suite's name, as in
// TLS_ECDHE_RSA_WITH_AES_128_GCM_SHA256 (RFC 5246 appendix C; RFC 8446 appendix B.4).
func protectionOf(s CipherSuite) protection {
	name := s.String()
	if _, after, ok := strings.Cut(name, "_WITH_"); ok {
		name = after
	} else {
		name = strings.TrimPrefix(name, "TLS_")
	}
	p := protection{prf: sha256.New, tag: tagLen}
	switch {
	case strings.HasSuffix(name, "_SHA384"):
		p.prf, p.mac = sha512.New384, sha512.New384
	case strings.HasSuffix(name, "_SHA256"):
		p.mac = sha256.New
	case strings.HasSuffix(name, "_SHA"):
		p.mac = sha1.New
	case strings.HasSuffix(name, "_MD5"):
		p.mac = md5.New
	}
	switch {
	case strings.HasPrefix(name, "AES_128_"):
		p.key = 16
	case strings.HasPrefix(name, "AES_256_"):
		p.key = 32
	case strings.HasPrefix(name, "CHACHA20_POLY1305"):
		p.mode, p.key = modeChaCha, 32
		return p
	case strings.HasPrefix(name, "RC4_128_") && p.mac != nil:
		p.mode, p.key = modeRC4, 16
		return p
	case strings.HasPrefix(name, "3DES_EDE_CBC_"):
		p.mode, p.key, p.triple = modeCBC, 24, true
		return p
	default:
		return protection{}
	}
	switch {
	case strings.Contains(name, "_GCM"):
		p.mode = modeGCM
	case strings.Contains(name, "_CCM_8"):
		p.mode, p.tag = modeCCM, 8
	case strings.Contains(name, "_CCM"):
		p.mode = modeCCM
	case strings.Contains(name, "_CBC") && p.mac != nil:
		p.mode = modeCBC
	}
	return p
}
