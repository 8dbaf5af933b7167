package tls

import (
	"crypto/cipher"
	"crypto/subtle"
	"errors"
)

// ccm opens what AES-CCM has sealed (RFC 3610; RFC 6655 for TLS): counter mode with a
// CBC-MAC over nonce, additional data and plaintext. The standard library has no CCM.
type ccm struct {
	block cipher.Block
	tag   int // bytes of the tag: 16 or 8
}

const (
	ccmNonce = 12
	ccmL     = 15 - ccmNonce // bytes of the length field
)

var errOpen = errors.New("tls: the record does not fit the key")

// open appends the plaintext of sealed to dst.
func (c *ccm) open(dst, nonce, sealed, additional []byte) ([]byte, error) {
	n := len(sealed) - c.tag
	if n < 0 || n >= 1<<(8*ccmL) {
		return nil, errOpen
	}
	var counter, pad [16]byte
	counter[0] = ccmL - 1
	copy(counter[1:], nonce)
	c.block.Encrypt(pad[:], counter[:])
	counter[15] = 1
	at := len(dst)
	dst = append(dst, sealed[:n]...)
	cipher.NewCTR(c.block, counter[:]).XORKeyStream(dst[at:], dst[at:])
	tag := c.mac(nonce, dst[at:], additional)
	subtle.XORBytes(tag[:], tag[:], pad[:])
	if subtle.ConstantTimeCompare(tag[:c.tag], sealed[n:]) != 1 {
		return nil, errOpen
	}
	return dst, nil
}

// mac is the CBC-MAC of RFC 3610 section 2.2.
func (c *ccm) mac(nonce, plain, additional []byte) (x [16]byte) {
	var b [16]byte
	b[0] = byte((c.tag-2)/2<<3 | (ccmL - 1))
	if len(additional) > 0 {
		b[0] |= 1 << 6
	}
	copy(b[1:], nonce)
	b[13], b[14], b[15] = byte(len(plain)>>16), byte(len(plain)>>8), byte(len(plain))
	c.block.Encrypt(x[:], b[:])
	if len(additional) > 0 {
		c.chain(&x, append([]byte{byte(len(additional) >> 8), byte(len(additional))}, additional...))
	}
	c.chain(&x, plain)
	return x
}

// chain goes on with the blocks of data, the last filled up with zeros.
func (c *ccm) chain(x *[16]byte, data []byte) {
	for len(data) > 0 {
		n := subtle.XORBytes(x[:], x[:], data[:min(16, len(data))])
		c.block.Encrypt(x[:], x[:])
		data = data[n:]
	}
}
