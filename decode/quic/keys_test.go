package quic

import (
	"encoding/hex"
	"testing"
)

func TestInitialKeys(t *testing.T) {
	for _, c := range []struct {
		ref           string
		version       Version
		from          Side
		key, iv, mask string
	}{
		{"RFC 9001 appendix A.1, A.2", Version1, Client, "1f369613dd76d5467730efcbe3b1a22d", "fa044b2f42a3fd3b46fb255c", "437b9aec36"},
		{"RFC 9001 appendix A.1, A.3", Version1, Server, "cf3a5331653c364c88f0f379b6067e37", "0ac1493ca1905853b0bba03e", "2ec0d8356a"},
		{"RFC 9369 appendix A.1, A.2", Version2, Client, "8b1a0bc121284290a29e0971b5cd045d", "91f73e2351d8fa91660e909f", "94a0c95e80"},
		{"RFC 9369 appendix A.1", Version2, Server, "82db637861d55e1d011f19ea71d5d2a7", "dd13c276499c0249d3310652", ""},
	} {
		k, err := initialKeys(c.version.family(), unhex(t, vectorDCID), c.from)
		if err != nil {
			t.Fatal(err)
		}
		key, _ := expandLabel(k.suite, k.secret, k.prefix+"key", 16)
		if got := hex.EncodeToString(key); got != c.key {
			t.Errorf("%s: key %s, want %s", c.ref, got, c.key)
		}
		if got := hex.EncodeToString(k.iv); got != c.iv {
			t.Errorf("%s: iv %s, want %s", c.ref, got, c.iv)
		}
		if c.mask == "" {
			continue
		}
		sample := map[string]string{"437b9aec36": "d1b1c98dd7689fb8ec11d242b123dc9b", "2ec0d8356a": "2cd0991cd25b0aac406a5816b6394100", "94a0c95e80": "ffe67b6abcdb4298b485dd04de806071"}[c.mask]
		mask := k.mask(unhex(t, sample))
		if got := hex.EncodeToString(mask[:]); got != c.mask {
			t.Errorf("%s: mask %s, want %s", c.ref, got, c.mask)
		}
	}
}

func TestChaChaShortHeader(t *testing.T) {
	for _, c := range []struct {
		ref                     string
		version                 Version
		packet, header, updated string
	}{
		{"RFC 9001 appendix A.5", Version1, "4cfe4189655e5cd55c41f69080575d7999c25a5bfb", "4200bff4", "1223504755036d556342ee9361d253421a826c9ecdf3c7148684b36b714881f9"},
		{"RFC 9369 appendix A.5", Version2, "5558b1c60ae7b6b932bc27d786f4bc2bb20f2162ba", "4200bff4", "c69374c49e3d2a9466fa689e49d476db5d0dfbc87d32ceeaa6343fd0ae4c7d88"},
	} {
		secret := unhex(t, "9ac312a7f877468ebe69422748ad00a15443f18203a07d6060f688f30f21632b")
		k, err := newKeys(chacha, c.version.family(), secret)
		if err != nil {
			t.Fatal(err)
		}
		packet := unhex(t, c.packet)
		h, err := parseHeader(packet, len(packet), 0)
		if err != nil {
			t.Fatalf("%s: %v", c.ref, err)
		}
		header, n, err := k.unmask(nil, packet, &h)
		if err != nil || hex.EncodeToString(header) != c.header {
			t.Fatalf("%s: header %x, %v", c.ref, header, err)
		}
		number := decodeNumber(654360563, truncatedNumber(header, n), uint(8*n))
		plain, err := k.open(nil, header, packet[len(header):], number)
		if err != nil || hex.EncodeToString(plain) != "01" || number != 654360564 {
			t.Errorf("%s: payload %x, number %d, %v", c.ref, plain, number, err)
		}
		next, err := k.updated()
		if err != nil || hex.EncodeToString(next.secret) != c.updated {
			t.Errorf("%s: updated secret %x, %v", c.ref, next.secret, err)
		}
	}
}

func TestRetryIntegrity(t *testing.T) {
	for _, c := range []struct {
		ref     string
		version Version
	}{
		{"RFC 9001 appendix A.4", Version1},
		{"RFC 9369 appendix A.4", Version2},
	} {
		packet, original := retryOf(t, c.version), unhex(t, vectorDCID)
		if !c.version.family().authentic(packet, original) {
			t.Errorf("%s: not authentic", c.ref)
		}
		packet[7] ^= 1
		if c.version.family().authentic(packet, original) {
			t.Errorf("%s: authentic although changed", c.ref)
		}
	}
}
