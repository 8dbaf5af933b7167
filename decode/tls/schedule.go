package tls

import (
	"crypto/hkdf"
	"crypto/hmac"
	"crypto/md5"
	"crypto/sha1"
	"crypto/subtle"
	"hash"
)

// expandLabel is HKDF-Expand-Label with an empty context (RFC 8446 section 7.1); nil when
// the secret is too short for the hash.
func expandLabel(h func() hash.Hash, secret []byte, label string, n int) []byte {
	label = "tls13 " + label
	info := append([]byte{byte(n >> 8), byte(n), byte(len(label))}, label...)
	out, err := hkdf.Expand(h, secret, string(append(info, 0)), n)
	if err != nil {
		return nil
	}
	return out
}

// keyBlock is the key expansion of TLS 1.2 and before (RFC 5246 section 6.3; RFC 2246
// section 5 for its pseudorandom function).
func keyBlock(v Version, prf func() hash.Hash, master, server, client []byte, n int) []byte {
	seed := append(append([]byte("key expansion"), server...), client...)
	out := make([]byte, n)
	if v >= VersionTLS12 {
		expand(out, prf, master, seed)
		return out
	}
	half := (len(master) + 1) / 2
	expand(out, md5.New, master[:half], seed)
	other := make([]byte, n)
	expand(other, sha1.New, master[len(master)-half:], seed)
	subtle.XORBytes(out, out, other)
	return out
}

// expand is P_hash (RFC 5246 section 5).
func expand(out []byte, h func() hash.Hash, secret, seed []byte) {
	mac := hmac.New(h, secret)
	sum := func(parts ...[]byte) []byte {
		mac.Reset()
		for _, p := range parts {
			mac.Write(p)
		}
		return mac.Sum(nil)
	}
	for a := sum(seed); len(out) > 0; a = sum(a) {
		out = out[copy(out, sum(a, seed)):]
	}
}
