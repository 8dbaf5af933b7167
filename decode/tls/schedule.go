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

// keyBlock is the key expansion of TLS 1.2 and before (RFC 5246 section 6.3).
func keyBlock(v Version, h func() hash.Hash, master, server, client []byte, n int) []byte {
	return prf(v, h, master, append(append([]byte("key expansion"), server...), client...), n)
}

// masterSecret makes the master secret of TLS 1.2 and before out of the pre-master secret (RFC 5246 section 8.1).
func masterSecret(v Version, h func() hash.Hash, preMaster, client, server []byte) []byte {
	return prf(v, h, preMaster, append(append([]byte("master secret"), client...), server...), masterLen)
}

const masterLen = 48

// prf is the pseudorandom function of TLS 1.2 with the hash h (RFC 5246 section 5), or that
// of the versions before (RFC 2246 section 5), for a seed that begins with its label.
func prf(v Version, h func() hash.Hash, secret, seed []byte, n int) []byte {
	out := make([]byte, n)
	if v >= VersionTLS12 {
		expand(out, h, secret, seed)
		return out
	}
	half := (len(secret) + 1) / 2
	expand(out, md5.New, secret[:half], seed)
	other := make([]byte, n)
	expand(other, sha1.New, secret[len(secret)-half:], seed)
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
