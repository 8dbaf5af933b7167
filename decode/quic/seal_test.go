package quic

import (
	"encoding/hex"
	"testing"
)

// unhex reads hexadecimal digits.
func unhex(t testing.TB, s string) []byte {
	t.Helper()
	b, err := hex.DecodeString(s)
	if err != nil {
		t.Fatal(err)
	}
	return b
}

// seal protects a packet: header is in clear and ends with its packet number (RFC 9001 sections 5.3 and 5.4).
func (k *keys) seal(header, payload []byte, number int64) []byte {
	var nonce [12]byte
	copy(nonce[:], k.iv)
	for i := range 8 {
		nonce[4+i] ^= byte(number >> (56 - 8*i))
	}
	packet := k.aead.Seal(append([]byte(nil), header...), nonce[:], payload, header)
	n := int(header[0]&3) + 1
	at := len(header) - n
	mask := k.mask(packet[at+maxNumber : at+maxNumber+sampleLen])
	bits := byte(0x1f)
	if packet[0]&longForm != 0 {
		bits = 0x0f
	}
	packet[0] ^= mask[0] & bits
	for i := range n {
		packet[at+i] ^= mask[1+i]
	}
	return packet
}

// dcid is that of the vectors in RFC 9001 and RFC 9369.
const vectorDCID = "8394c8f03e515708"

// initialHello is the CRYPTO frame of RFC 9001 appendix A.2, with PADDING behind it.
func initialHello(t testing.TB) []byte {
	return append(unhex(t, "060040f1010000ed0303ebf8fa56f12939b9584a3896472ec40bb863cfd3e868"+
		"04fe3a47f06a2b69484c00000413011302010000c000000010000e00000b6578"+
		"616d706c652e636f6dff01000100000a00080006001d00170018001000070005"+
		"04616c706e000500050100000000003300260024001d00209370b2c9caa47fba"+
		"baf4559fedba753de171fa71f50f1ce15d43e994ec74d748002b000302030400"+
		"0d0010000e0403050306030203080408050806002d00020101001c0002400100"+
		"3900320408ffffffffffffffff05048000ffff07048000ffff08011001048000"+
		"75300901100f088394c8f03e51570806048000ffff"), make([]byte, 917)...)
}

// clientInitial is the first packet of the vectors, protected.
func clientInitial(t testing.TB, v Version) []byte {
	header := unhex(t, map[Version]string{
		Version1: "c300000001088394c8f03e5157080000449e00000002",
		Version2: "d36b3343cf088394c8f03e5157080000449e00000002",
	}[v])
	k, err := initialKeys(v.family(), unhex(t, vectorDCID), Client)
	if err != nil {
		t.Fatal(err)
	}
	return k.seal(header, initialHello(t), 2)
}

// serverInitial is the server's answer to it.
func serverInitial(t testing.TB, v Version) []byte {
	return unhex(t, map[Version]string{
		Version1: "cf000000010008f067a5502a4262b5004075c0d95a482cd0991cd25b0aac406a" +
			"5816b6394100f37a1c69797554780bb38cc5a99f5ede4cf73c3ec2493a1839b3" +
			"dbcba3f6ea46c5b7684df3548e7ddeb9c3bf9c73cc3f3bded74b562bfb19fb84" +
			"022f8ef4cdd93795d77d06edbb7aaf2f58891850abbdca3d20398c276456cbc4" +
			"2158407dd074ee",
		Version2: "dc6b3343cf0008f067a5502a4262b5004075d92faaf16f05d8a4398c47089698" +
			"baeea26b91eb761d9b89237bbf87263017915358230035f7fd3945d88965cf17" +
			"f9af6e16886c61bfc703106fbaf3cb4cfa52382dd16a393e42757507698075b2" +
			"c984c707f0a0812d8cd5a6881eaf21ceda98f4bd23f6fe1a3e2c43edd9ce7ca8" +
			"4bed8521e2e140",
	}[v])
}

// retryOf answers the client's Initial packet of the vectors.
func retryOf(t testing.TB, v Version) []byte {
	return unhex(t, map[Version]string{
		Version1: "ff000000010008f067a5502a4262b5746f6b656e04a265ba2eff4d829058fb3f0f2496ba",
		Version2: "cf6b3343cf0008f067a5502a4262b5746f6b656ec8646ce8bfe33952d955543665dcc7b6",
	}[v])
}
