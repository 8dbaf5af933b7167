// Package secret holds the secrets that a key log tells of TLS and QUIC
// connections: the SSLKEYLOGFILE format, one secret a line, found by the
// random value of the ClientHello (draft-ietf-tls-keylogfile), or in old logs of
// NSS by the beginning of the encrypted pre-master secret.
package secret

import (
	"bytes"
	"encoding/hex"
	"slices"
)

// RandomLen is the length of the random values of the hellos (RFC 8446 section 4.1.2).
const RandomLen = 32

// The labels of the secrets that are of use. The first is for TLS 1.2 and before.
const (
	Master          = "CLIENT_RANDOM"
	ClientEarly     = "CLIENT_EARLY_TRAFFIC_SECRET"
	ClientHandshake = "CLIENT_HANDSHAKE_TRAFFIC_SECRET"
	ServerHandshake = "SERVER_HANDSHAKE_TRAFFIC_SECRET"
	ClientTraffic   = "CLIENT_TRAFFIC_SECRET_0"
	ServerTraffic   = "SERVER_TRAFFIC_SECRET_0"
	// PreMaster is found by the first PreMasterIDLen bytes of the pre-master secret as the client sent it.
	PreMaster = "RSA"
)

// PreMasterIDLen is by how many bytes a pre-master secret is found.
const PreMasterIDLen = 8

var labels = []string{Master, ClientEarly, ClientHandshake, ServerHandshake, ClientTraffic, ServerTraffic, PreMaster}

// Limits of what is kept; lines beyond them are passed over.
const (
	maxSecrets = 1 << 19
	maxSecret  = 64 // bytes: the longest hash has 48 (RFC 8446 section 7.1), a master secret too
)

// Log is what key logs tell. The zero value is empty and ready. Secrets may be added while
// connections are read.
type Log struct {
	secrets map[key][]byte
}

type key struct {
	label  uint8
	random [RandomLen]byte // or the beginning of an encrypted pre-master secret, and zeros
}

// Add takes the lines of text, which it does not keep, and gives how many secrets it
// understood. Comments, labels of no use here and lines that are broken are passed over.
func (l *Log) Add(text []byte) int {
	n := 0
	for line := range bytes.Lines(text) {
		if l.addLine(line) {
			n++
		}
	}
	return n
}

func (l *Log) addLine(line []byte) bool {
	fields := bytes.Fields(line)
	if len(fields) != 3 || len(fields[2]) > 2*maxSecret || len(l.secrets) >= maxSecrets {
		return false
	}
	label := slices.Index(labels, string(fields[0]))
	if label < 0 || len(fields[1]) != 2*idLen(labels[label]) {
		return false
	}
	k := key{label: uint8(label)}
	if _, err := hex.Decode(k.random[:], fields[1]); err != nil {
		return false
	}
	value := make([]byte, hex.DecodedLen(len(fields[2])))
	if _, err := hex.Decode(value, fields[2]); err != nil || len(value) == 0 {
		return false
	}
	if l.secrets == nil {
		l.secrets = make(map[key][]byte)
	}
	l.secrets[k] = value
	return true
}

// idLen is how many bytes a secret with that label is found by.
func idLen(label string) int {
	if label == PreMaster {
		return PreMasterIDLen
	}
	return RandomLen
}

// Find gives the secret of that label for the connection whose ClientHello had that random
// value, or for a PreMaster the one that begins so where it is encrypted; nil when there is
// none. It stays the log's and must not be changed. A nil Log has none.
func (l *Log) Find(label string, id []byte) []byte {
	i := slices.Index(labels, label)
	if l == nil || i < 0 || len(id) != idLen(label) {
		return nil
	}
	k := key{label: uint8(i)}
	copy(k.random[:], id)
	return l.secrets[k]
}

// Empty reports whether the log has no secret. A nil Log is empty.
func (l *Log) Empty() bool { return l == nil || len(l.secrets) == 0 }
