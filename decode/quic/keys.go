package quic

import (
	"crypto/aes"
	"crypto/cipher"
	"crypto/hkdf"
	"crypto/sha256"
	"crypto/sha512"
	"encoding/binary"
	"hash"

	"golang.org/x/crypto/chacha20"
	"golang.org/x/crypto/chacha20poly1305"
)

// suite is a TLS cipher suite as QUIC uses it (RFC 9001 section 5.3).
type suite struct {
	id     uint16
	hash   func() hash.Hash
	keyLen int
	aead   func(key []byte) (cipher.AEAD, error)
	header func(key []byte) (maskFunc, error)
}

// maskFunc gives the five bytes that hide the packet number, from a sample of the
// protected payload (RFC 9001 section 5.4.1).
type maskFunc func(sample []byte) (mask [5]byte)

var (
	aes128 = &suite{0x1301, sha256.New, 16, newGCM, aesMask}
	aes256 = &suite{0x1302, sha512.New384, 32, newGCM, aesMask}
	chacha = &suite{0x1303, sha256.New, 32, chacha20poly1305.New, chachaMask}
)

func newGCM(key []byte) (cipher.AEAD, error) {
	block, err := aes.NewCipher(key)
	if err != nil {
		return nil, err
	}
	return cipher.NewGCM(block)
}

// aesMask is RFC 9001 section 5.4.3.
func aesMask(key []byte) (maskFunc, error) {
	block, err := aes.NewCipher(key)
	if err != nil {
		return nil, err
	}
	var out [aes.BlockSize]byte
	return func(sample []byte) (mask [5]byte) {
		block.Encrypt(out[:], sample)
		copy(mask[:], out[:])
		return mask
	}, nil
}

// chachaMask is RFC 9001 section 5.4.4.
func chachaMask(key []byte) (maskFunc, error) {
	return func(sample []byte) (mask [5]byte) {
		c, err := chacha20.NewUnauthenticatedCipher(key, sample[4:16])
		if err == nil {
			c.SetCounter(binary.LittleEndian.Uint32(sample))
			c.XORKeyStream(mask[:], mask[:])
		}
		return mask
	}, nil
}

// keys open the packets of one side and one encryption level.
type keys struct {
	suite  *suite
	prefix string // of the labels
	secret []byte
	aead   cipher.AEAD
	iv     []byte
	mask   maskFunc
}

// newKeys derives the keys from a traffic secret (RFC 9001 section 5.1).
func newKeys(s *suite, f *family, secret []byte) (*keys, error) {
	k := &keys{suite: s, prefix: f.prefix, secret: secret}
	if err := k.derive(); err != nil {
		return nil, err
	}
	hp, err := expandLabel(s, secret, f.prefix+"hp", s.keyLen)
	if err != nil {
		return nil, err
	}
	k.mask, err = s.header(hp)
	return k, err
}

// derive makes the AEAD of k's secret.
func (k *keys) derive() error {
	key, err := expandLabel(k.suite, k.secret, k.prefix+"key", k.suite.keyLen)
	if err != nil {
		return err
	}
	if k.aead, err = k.suite.aead(key); err != nil {
		return err
	}
	k.iv, err = expandLabel(k.suite, k.secret, k.prefix+"iv", k.aead.NonceSize())
	return err
}

// updated is k after a key update; the header protection stays (RFC 9001 section 6.1).
func (k *keys) updated() (*keys, error) {
	secret, err := expandLabel(k.suite, k.secret, k.prefix+"ku", len(k.secret))
	if err != nil {
		return nil, err
	}
	next := &keys{suite: k.suite, prefix: k.prefix, secret: secret, mask: k.mask}
	return next, next.derive()
}

// initialKeys are those of the Initial packets of one side (RFC 9001 section 5.2).
// dcid is the Destination Connection ID of the client's first Initial packet.
func initialKeys(f *family, dcid []byte, from Side) (*keys, error) {
	initial, err := hkdf.Extract(sha256.New, dcid, []byte(f.salt))
	if err != nil {
		return nil, err
	}
	label := "client in"
	if from == Server {
		label = "server in"
	}
	secret, err := expandLabel(aes128, initial, label, sha256.Size)
	if err != nil {
		return nil, err
	}
	return newKeys(aes128, f, secret)
}

// expandLabel is HKDF-Expand-Label with an empty context (RFC 8446 section 7.1).
func expandLabel(s *suite, secret []byte, label string, n int) ([]byte, error) {
	const prefix = "tls13 "
	info := binary.BigEndian.AppendUint16(nil, uint16(n))
	info = append(info, byte(len(prefix)+len(label)))
	info = append(append(info, prefix...), label...)
	return hkdf.Expand(s.hash, secret, string(append(info, 0)), n)
}
