package tls

import "strconv"

// Alert is the content of an alert record in clear (RFC 8446 section 6).
type Alert struct {
	Level       uint8 // 1 warning, 2 fatal, 0 when it was not read
	Description uint8
}

// alertLen is the length of an alert that is not encrypted.
const alertLen = 2

var alertNames = map[uint8]string{
	0:   "close_notify",
	10:  "unexpected_message",
	20:  "bad_record_mac",
	21:  "decryption_failed", // before RFC 8446
	22:  "record_overflow",
	30:  "decompression_failure", // before RFC 8446
	40:  "handshake_failure",
	41:  "no_certificate", // SSL 3.0 only
	42:  "bad_certificate",
	43:  "unsupported_certificate",
	44:  "certificate_revoked",
	45:  "certificate_expired",
	46:  "certificate_unknown",
	47:  "illegal_parameter",
	48:  "unknown_ca",
	49:  "access_denied",
	50:  "decode_error",
	51:  "decrypt_error",
	60:  "export_restriction", // before RFC 4346
	70:  "protocol_version",
	71:  "insufficient_security",
	80:  "internal_error",
	86:  "inappropriate_fallback",
	90:  "user_canceled",
	100: "no_renegotiation", // before RFC 8446
	109: "missing_extension",
	110: "unsupported_extension",
	111: "certificate_unobtainable", // RFC 6066 section 5
	112: "unrecognized_name",
	113: "bad_certificate_status_response",
	114: "bad_certificate_hash_value", // RFC 6066 section 5
	115: "unknown_psk_identity",
	116: "certificate_required",
	120: "no_application_protocol",
}

// String is like "fatal handshake_failure".
func (a Alert) String() string {
	level := "fatal "
	if a.Level == 1 {
		level = "warning "
	}
	if name, ok := alertNames[a.Description]; ok {
		return level + name
	}
	return level + strconv.Itoa(int(a.Description))
}

// readAlert keeps an alert whose two bytes came in one piece or two. Content of
// another length is encrypted.
func (r *Record) readAlert(off int, b []byte) {
	if r.Length != alertLen {
		return
	}
	for i, v := range b {
		if off+i == 0 {
			r.Alert.Level = v
		} else {
			r.Alert.Description = v
		}
	}
}
