package packet

import (
	"crypto/aes"
	"crypto/cipher"
	"crypto/hkdf"
	"crypto/sha256"
	"crypto/tls"
	"encoding/binary"
	"fmt"

	"golang.org/x/crypto/chacha20"
	"golang.org/x/crypto/chacha20poly1305"
)

// Encryption levels (RFC 9001 section 2.1).
const (
	quicInitial = iota
	quicEarly
	quicHandshake
	quicApplication
)

func quicLevel(l tls.QUICEncryptionLevel) int {
	switch l {
	case tls.QUICEncryptionLevelInitial:
		return quicInitial
	case tls.QUICEncryptionLevelEarly:
		return quicEarly
	case tls.QUICEncryptionLevelHandshake:
		return quicHandshake
	}
	return quicApplication
}

// quicKeys protect packets (RFC 9001 section 5).
type quicKeys struct {
	suite  uint16
	secret []byte
	aead   cipher.AEAD
	iv     []byte
	hp     []byte
	phase  byte
}

// quicInitialKeys are those of both ends (RFC 9001 section 5.2).
func quicInitialKeys(id []byte) (client, server *quicKeys) {
	salt := []byte{0x38, 0x76, 0x2c, 0xf7, 0xf5, 0x59, 0x34, 0xb3, 0x4d, 0x17, 0x9a, 0xe6, 0xa4, 0xc8, 0x0c, 0xad, 0xcc, 0xbb, 0x7f, 0x0a}
	secret, err := hkdf.Extract(sha256.New, id, salt)
	must(err)
	return newQUICKeys(tls.TLS_AES_128_GCM_SHA256, quicExpand(secret, "client in", 32)),
		newQUICKeys(tls.TLS_AES_128_GCM_SHA256, quicExpand(secret, "server in", 32))
}

func newQUICKeys(suite uint16, secret []byte) *quicKeys {
	k := &quicKeys{suite: suite, secret: secret, iv: quicExpand(secret, "quic iv", 12)}
	var err error
	switch suite {
	case tls.TLS_AES_128_GCM_SHA256:
		var block cipher.Block
		block, err = aes.NewCipher(quicExpand(secret, "quic key", 16))
		must(err)
		k.aead, err = cipher.NewGCM(block)
		k.hp = quicExpand(secret, "quic hp", 16)
	case tls.TLS_CHACHA20_POLY1305_SHA256:
		k.aead, err = chacha20poly1305.New(quicExpand(secret, "quic key", 32))
		k.hp = quicExpand(secret, "quic hp", 32)
	default:
		err = fmt.Errorf("packet: cipher suite %#x", suite)
	}
	must(err)
	return k
}

// update is RFC 9001 section 6.1.
func (k *quicKeys) update() *quicKeys {
	next := newQUICKeys(k.suite, quicExpand(k.secret, "quic ku", 32))
	next.hp, next.phase = k.hp, k.phase^4
	return next
}

func (k *quicKeys) mask(sample []byte) []byte {
	mask := make([]byte, 16)
	if k.suite == tls.TLS_CHACHA20_POLY1305_SHA256 {
		c, err := chacha20.NewUnauthenticatedCipher(k.hp, sample[4:])
		must(err)
		c.SetCounter(binary.LittleEndian.Uint32(sample))
		c.XORKeyStream(mask, mask)
		return mask
	}
	block, err := aes.NewCipher(k.hp)
	must(err)
	block.Encrypt(mask, sample)
	return mask
}

// quicExpand is HKDF-Expand-Label (RFC 8446 section 7.1).
func quicExpand(secret []byte, label string, n int) []byte {
	info := append([]byte{0, byte(n), byte(6 + len(label))}, "tls13 "+label...)
	b, err := hkdf.Expand(sha256.New, secret, string(append(info, 0)), n)
	must(err)
	return b
}

// seal makes a packet with a packet number of two bytes.
func (e *QUICEnd) seal(level int, payload []byte) []byte {
	const numberLen, tagLen = 2, 16
	k := e.keys[level]
	var h []byte
	bits := byte(0x0f)
	if level == quicApplication {
		h = append([]byte{0x40 | k.phase | numberLen - 1}, e.peer...)
		bits = 0x1f
	} else {
		h = append([]byte{0xc0 | byte(level)<<4 | numberLen - 1, 0, 0, 0, 1, byte(len(e.peer))}, e.peer...)
		h = append(append(h, byte(len(e.own))), e.own...)
		if level == quicInitial {
			h = append(h, 0)
		}
		n := numberLen + len(payload) + tagLen
		h = append(h, 0x40|byte(n>>8), byte(n))
	}
	if len(payload) < 4 {
		payload = append(payload, make([]byte, 4)...) // PADDING, for the sample
	}
	number := e.number[level]
	e.number[level]++
	at := len(h)
	h = append(h, byte(number>>8), byte(number))
	nonce := append([]byte(nil), k.iv...)
	for i := range 8 {
		nonce[4+i] ^= byte(number >> (56 - 8*i))
	}
	b := k.aead.Seal(append([]byte(nil), h...), nonce, payload, h)
	mask := k.mask(b[at+4 : at+20])
	b[0] ^= mask[0] & bits
	b[at] ^= mask[1]
	b[at+1] ^= mask[2]
	return b
}

// quicVarint appends a variable-length integer (RFC 9000 section 16).
func quicVarint(b []byte, v uint64) []byte {
	switch {
	case v < 1<<6:
		return append(b, byte(v))
	case v < 1<<14:
		return append(b, 0x40|byte(v>>8), byte(v))
	case v < 1<<30:
		return order.AppendUint32(b, 0x80000000|uint32(v))
	}
	return order.AppendUint64(b, 0xc000000000000000|v)
}
