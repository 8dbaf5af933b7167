package tls

import (
	"bytes"
	"crypto/aes"
	"crypto/cipher"
	"crypto/des"
	"crypto/hmac"
	"crypto/rc4"
	"encoding/binary"
	"hash"

	"golang.org/x/crypto/chacha20poly1305"
)

// opener takes the protection of the records of one direction and key away.
type opener struct {
	version Version
	mode    mode
	aead    aead         // of GCM, CCM and ChaCha20
	iv      []byte       // fixed part of the nonce; the chained IV of TLS 1.0
	block   cipher.Block // of CBC
	stream  *rc4.Cipher  // of RC4: its state goes on from record to record
	mac     hash.Hash    // of CBC and RC4
	after   bool         // the MAC is over the ciphertext (RFC 7366)
}

// aead is authenticated encryption as records need it.
type aead interface {
	open(dst, nonce, sealed, additional []byte) ([]byte, error)
}

// standard is an AEAD of the standard library.
type standard struct{ cipher.AEAD }

func (s standard) open(dst, nonce, sealed, additional []byte) ([]byte, error) {
	return s.Open(dst, nonce, sealed, additional)
}

// newAEAD makes the AEAD of p; nil when the key does not fit.
func newAEAD(p *protection, key []byte) aead {
	if p.mode == modeChaCha {
		if a, err := chacha20poly1305.New(key); err == nil {
			return standard{a}
		}
		return nil
	}
	block, err := aes.NewCipher(key)
	if err != nil {
		return nil
	}
	if p.mode == modeCCM {
		return &ccm{block: block, tag: p.tag}
	}
	a, err := cipher.NewGCM(block)
	if err != nil {
		return nil
	}
	return standard{a}
}

// newOpener13 makes the opener of a traffic secret (RFC 8446 section 7.3); nil when the
// cipher suite is none that can be opened.
func newOpener13(p *protection, secret []byte) *opener {
	if p.mode == modeNone || p.mode == modeCBC || len(secret) != p.prf().Size() {
		return nil
	}
	key, iv := expandLabel(p.prf, secret, "key", p.key), expandLabel(p.prf, secret, "iv", 12)
	if a := newAEAD(p, key); a != nil && iv != nil {
		return &opener{version: VersionTLS13, mode: p.mode, aead: a, iv: iv}
	}
	return nil
}

// newOpener12 makes the opener of one side out of its part of the key block (RFC 5246 section
// 6.3). macKey and iv may be empty, as the cipher suite has it.
func newOpener12(v Version, p *protection, macKey, key, iv []byte, after bool) *opener {
	o := &opener{version: v, mode: p.mode, iv: bytes.Clone(iv), after: after}
	switch p.mode {
	case modeRC4:
		o.mac = hmac.New(p.mac, macKey)
		o.stream, _ = rc4.NewCipher(key)
		return o
	case modeGCM, modeCCM, modeChaCha:
		if o.aead = newAEAD(p, key); o.aead == nil {
			return nil
		}
		return o
	}
	var err error
	if p.triple {
		o.block, err = des.NewTripleDESCipher(key)
	} else {
		o.block, err = aes.NewCipher(key)
	}
	if err != nil {
		return nil
	}
	o.mac = hmac.New(p.mac, macKey)
	return o
}

// open gives the content and its type of a record with that header and sequence number. The
// content is appended to dst.
func (o *opener) open(dst []byte, header [headerLen]byte, seq uint64, sealed []byte) ([]byte, ContentType, error) {
	typ := ContentType(header[0])
	switch {
	case o.version.is13():
		return o.open13(dst, header, seq, sealed)
	case o.mode == modeRC4:
		out, err := o.openRC4(dst, header, seq, sealed)
		return out, typ, err
	case o.mode == modeCBC:
		out, err := o.openCBC(dst, header, seq, sealed)
		return out, typ, err
	}
	out, err := o.openAEAD12(dst, header, seq, sealed)
	return out, typ, err
}

// open13 opens a record of TLS 1.3, whose type stands behind its content (RFC 8446 section 5.2).
func (o *opener) open13(dst []byte, header [headerLen]byte, seq uint64, sealed []byte) ([]byte, ContentType, error) {
	at := len(dst)
	out, err := o.aead.open(dst, o.nonce(seq), sealed, header[:])
	if err != nil {
		return nil, 0, err
	}
	end := len(out)
	for end > at && out[end-1] == 0 {
		end--
	}
	if end == at {
		return nil, 0, errOpen
	}
	return out[:end-1], ContentType(out[end-1]), nil
}

// nonce is that of TLS 1.3 (RFC 8446 section 5.3), and of ChaCha20 in TLS 1.2 (RFC 7905 section 2).
func (o *opener) nonce(seq uint64) []byte {
	n := bytes.Clone(o.iv)
	for i := range 8 {
		n[len(n)-1-i] ^= byte(seq >> (8 * i))
	}
	return n
}

// openAEAD12 opens a record of TLS 1.2 (RFC 5246 section 6.2.3.3). GCM and CCM send the
// second part of the nonce along (RFC 5288 section 3, RFC 6655 section 3).
func (o *opener) openAEAD12(dst []byte, header [headerLen]byte, seq uint64, sealed []byte) ([]byte, error) {
	const explicit = 8
	var nonce []byte
	switch {
	case o.mode == modeChaCha:
		nonce = o.nonce(seq)
	case len(sealed) < explicit:
		return nil, errOpen
	default:
		nonce = append(bytes.Clone(o.iv), sealed[:explicit]...)
		sealed = sealed[explicit:]
	}
	n := len(sealed) - tagLen
	if c, ok := o.aead.(*ccm); ok {
		n = len(sealed) - c.tag
	}
	if n < 0 {
		return nil, errOpen
	}
	return o.aead.open(dst, nonce, sealed, additional(header, seq, n))
}

// additional is the sequence number and the header with the length of the content.
func additional(header [headerLen]byte, seq uint64, n int) []byte {
	b := binary.BigEndian.AppendUint64(nil, seq)
	b = append(b, header[0], header[1], header[2])
	return binary.BigEndian.AppendUint16(b, uint16(n))
}

// openRC4 opens a record of a stream cipher (RFC 5246 section 6.2.3.1).
func (o *opener) openRC4(dst []byte, header [headerLen]byte, seq uint64, sealed []byte) ([]byte, error) {
	at := len(dst)
	dst = append(dst, sealed...)
	plain := dst[at:]
	o.stream.XORKeyStream(plain, plain)
	end := len(plain) - o.mac.Size()
	if end < 0 || !o.verify(header, seq, plain[:end], plain[end:]) {
		return nil, errOpen
	}
	return dst[:at+end], nil
}

// openCBC opens a record of a block cipher (RFC 5246 section 6.2.3.2), its MAC before or after encryption (RFC 7366).
func (o *opener) openCBC(dst []byte, header [headerLen]byte, seq uint64, sealed []byte) ([]byte, error) {
	size := o.mac.Size()
	if o.after {
		n := len(sealed) - size
		if n < 0 || !o.verify(header, seq, sealed[:n], sealed[n:]) {
			return nil, errOpen
		}
		sealed = sealed[:n]
	}
	iv, sealed, err := o.cutIV(sealed)
	if err != nil || len(sealed) == 0 || len(sealed)%o.block.BlockSize() != 0 {
		return nil, errOpen
	}
	at := len(dst)
	dst = append(dst, sealed...)
	plain := dst[at:]
	cipher.NewCBCDecrypter(o.block, iv).CryptBlocks(plain, plain)
	end := len(plain) - int(plain[len(plain)-1]) - 1
	if end < 0 {
		return nil, errOpen
	}
	if !o.after {
		if end -= size; end < 0 || !o.verify(header, seq, plain[:end], plain[end:end+size]) {
			return nil, errOpen
		}
	}
	if o.version < VersionTLS11 {
		o.iv = bytes.Clone(sealed[len(sealed)-o.block.BlockSize():])
	}
	return dst[:at+end], nil
}

// cutIV finds the initialization vector: in the record from TLS 1.1 on, before that the last
// block of the record before (RFC 2246 section 6.2.3.2).
func (o *opener) cutIV(sealed []byte) (iv, rest []byte, err error) {
	if o.version < VersionTLS11 {
		return o.iv, sealed, nil
	}
	n := o.block.BlockSize()
	if len(sealed) < n {
		return nil, nil, errOpen
	}
	return sealed[:n], sealed[n:], nil
}

// verify checks a MAC (RFC 5246 section 6.2.3.1).
func (o *opener) verify(header [headerLen]byte, seq uint64, content, tag []byte) bool {
	o.mac.Reset()
	o.mac.Write(additional(header, seq, len(content)))
	o.mac.Write(content)
	return hmac.Equal(o.mac.Sum(nil), tag)
}
