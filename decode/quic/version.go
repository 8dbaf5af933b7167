package quic

import "fmt"

// Version is the version of QUIC in a long header (RFC 9000 section 15).
type Version uint32

// The versions that are known by name. Drafts are 0xff000000 and their number.
const (
	VersionNegotiationMark Version = 0          // the header is one of Version Negotiation
	Version1               Version = 1          // RFC 9000
	Version2               Version = 0x6b3343cf // RFC 9369 section 3.1
	draft27                Version = 0xff00001b
	draft28                Version = 0xff00001c
	draft29                Version = 0xff00001d
	draft32                Version = 0xff000020
	draft34                Version = 0xff000022
	googleT050             Version = 0x54303530 // "T050"
	googleT051             Version = 0x54303531 // "T051"
	facebook2              Version = 0xfaceb002
	facebookE              Version = 0xfaceb00e // an experiment
)

// String is the number of a version or draft: "1", "2", "draft 29".
func (v Version) String() string {
	switch {
	case v == Version1:
		return "1"
	case v == Version2:
		return "2"
	case v >= draft27 && v <= draft34:
		return fmt.Sprintf("draft %d", uint32(v)&0xff)
	case v == googleT050:
		return "T050"
	case v == googleT051:
		return "T051"
	}
	return fmt.Sprintf("0x%08x", uint32(v))
}

// forced reports whether v is one of the versions that are sent to provoke
// Version Negotiation (RFC 9000 section 15).
func (v Version) forced() bool { return v&0x0f0f0f0f == 0x0a0a0a0a }

// known reports whether the packets of v can be read.
func (v Version) known() bool { return v.family() != nil }

// family is what the versions have in common that differ in name alone.
type family struct {
	salt   string // for the Initial secrets
	retry  retryKey
	prefix string // of the labels that keys are derived with
	types  [4]PacketType
}

// retryKey protects Retry packets; it is not secret.
type retryKey struct{ key, nonce string }

var (
	typesV1 = [4]PacketType{Initial, ZeroRTT, Handshake, Retry} // RFC 9000 section 17.2
	typesV2 = [4]PacketType{Retry, Initial, ZeroRTT, Handshake} // RFC 9369 section 3.2
)

// The salts of Initial secrets and the keys of Retry packets.
var (
	v1 = family{ // RFC 9001 sections 5.2 and 5.8
		salt: "\x38\x76\x2c\xf7\xf5\x59\x34\xb3\x4d\x17\x9a\xe6\xa4\xc8\x0c\xad\xcc\xbb\x7f\x0a",
		retry: retryKey{
			"\xbe\x0c\x69\x0b\x9f\x66\x57\x5a\x1d\x76\x6b\x54\xe3\x68\xc8\x4e",
			"\x46\x15\x99\xd3\x5d\x63\x2b\xf2\x23\x98\x25\xbb",
		},
		prefix: "quic ", types: typesV1,
	}
	v2 = family{ // RFC 9369 section 3.3
		salt: "\x0d\xed\xe3\xde\xf7\x00\xa6\xdb\x81\x93\x81\xbe\x6e\x26\x9d\xcb\xf9\xbd\x2e\xd9",
		retry: retryKey{
			"\x8f\xb4\xb0\x1b\x56\xac\x48\xe2\x60\xfb\xcb\xce\xad\x7c\xcc\x92",
			"\xd8\x69\x69\xbc\x2d\x7c\x6d\x99\x90\xef\xb0\x4a",
		},
		prefix: "quicv2 ", types: typesV2,
	}
	drafts29to32 = family{ // draft-ietf-quic-tls-29 sections 5.2 and 5.8
		salt: "\xaf\xbf\xec\x28\x99\x93\xd2\x4c\x9e\x97\x86\xf1\x9c\x61\x11\xe0\x43\x90\xa8\x99",
		retry: retryKey{
			"\xcc\xce\x18\x7e\xd0\x9a\x09\xd0\x57\x28\x15\x5a\x6c\xb9\x6b\xe1",
			"\xe5\x49\x30\xf9\x7f\x21\x36\xf0\x53\x0a\x8c\x1c",
		},
		prefix: "quic ", types: typesV1,
	}
	drafts27to28 = family{ // draft-ietf-quic-tls-27 section 5.2
		salt:   "\xc3\xee\xf7\x12\xc7\x2e\xbb\x5a\x11\xa7\xd2\x43\x2b\xb4\x63\x65\xbe\xf9\xf5\x02",
		prefix: "quic ", types: typesV1,
	}
	t050 = family{
		salt:   "\x7f\xf5\x79\xe5\xac\xd0\x72\x91\x55\x80\x30\x4c\x43\xa2\x36\x7c\x60\x48\x83\x10",
		prefix: "quic ", types: typesV1,
	}
	t051 = family{
		salt:   "\x7a\x4e\xde\xf4\xe7\xcc\xee\x5f\xa4\x50\x6c\x19\x12\x4f\xc8\xcc\xda\x6e\x03\x3d",
		prefix: "quic ", types: typesV1,
	}
)

// family is nil for a version that is not known.
func (v Version) family() *family {
	switch {
	case v == Version1:
		return &v1
	case v == Version2:
		return &v2
	case v > draft32 && v <= draft34:
		return &v1
	case v >= draft29 && v <= draft32:
		return &drafts29to32
	case v == draft27, v == draft28, v == facebook2, v == facebookE:
		return &drafts27to28
	case v == googleT050:
		return &t050
	case v == googleT051:
		return &t051
	}
	return nil
}
