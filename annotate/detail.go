package annotate

import (
	"strconv"

	"github.com/pktjourney/pktjourney/decode"
	"github.com/pktjourney/pktjourney/decode/fact"
	"github.com/pktjourney/pktjourney/decode/http"
	"github.com/pktjourney/pktjourney/rules"
)

// detail says what m is in the words of its protocol. It is made once for each message.
func detail(k *connection, m *decode.Message) string {
	if s, ok := m.Note.(string); ok {
		return s
	}
	s, final := "", true
	switch m.Kind {
	case decode.HTTPRequest, decode.HTTPResponse:
		s, final = httpDetail(m.HTTP)
	case decode.HTTPControl:
		s, final = m.Frames.String(), false
	case decode.TLSHandshake:
		s = "Part of a handshake message"
		if m.Deduced {
			s = "Encrypted handshake message"
		}
	case decode.TLSChangeCipherSpec:
		s = "ChangeCipherSpec"
	case decode.TLSAlert:
		s = "alert"
	case decode.TLSData:
		s = "application data"
	}
	if final {
		m.Note = s
	}
	return s
}

// httpDetail is the start line of m, short; final once the head is complete.
func httpDetail(m *http.Message) (s string, final bool) {
	switch {
	case m == nil || !m.HeadComplete:
		return "", false
	case m.Request:
		return m.Method + " " + m.Target, true
	case m.StatusCode == 0:
		return "", true // HTTP/2 with fields that are unknown
	}
	s = strconv.Itoa(m.StatusCode)
	if m.Reason != "" {
		s += " " + m.Reason
	}
	return s, true
}

// handshakeNames are the handshake messages that end in a frame, by the names of
// RFC 8446: "ServerHello, EncryptedExtensions". Messages that can not be read
// have none. A HelloRetryRequest has the form of a ServerHello (RFC 8446 section 4.1.4).
func handshakeNames(facts fact.List) string {
	records, _ := facts.Get(fact.TLSRecords)
	_, retried := facts.Get(fact.TLSHelloRetryRequest)
	var b []byte
	for _, r := range records.Objects() {
		names, _ := r.Get(fact.TLSRecordHandshake)
		for _, name := range names.Strings() {
			if len(b) > 0 {
				b = append(b, ", "...)
			}
			if name == "server_hello" && retried {
				name = "hello_retry_request"
			}
			b = appendCamel(b, name)
		}
	}
	return string(b)
}

// appendCamel appends name, as in "client_hello", as in "ClientHello".
func appendCamel(b []byte, name string) []byte {
	upper := true
	for i := range len(name) {
		switch c := name[i]; {
		case c == '_':
			upper = true
		case upper && c >= 'a' && c <= 'z':
			b, upper = append(b, c-'a'+'A'), false
		default:
			b, upper = append(b, c), false
		}
	}
	return b
}

// handshakeDiffers notes what a ServerHello tells of the handshake.
func (a *Annotator) handshakeDiffers(j *Journey, l *Labelled) {
	v := saying{journey: j, frame: l.Number, facts: l.Facts}
	switch l.Facts.Text(fact.TLSVersion) {
	case "1.3":
		a.differ(j, "difference.tls13", "5.1", v, l.Number)
	case "1.2":
		a.differ(j, "difference.tls12", "5.1", v, l.Number)
	}
	if l.Facts.Text(fact.TLSResumed) == "true" {
		a.differ(j, "difference.resumed", "5.1", v, l.Number)
	}
}

// responseDiffers notes that a response is not the page.
func (a *Annotator) responseDiffers(j *Journey, l *Labelled, m *http.Message) {
	phrase := ""
	switch code := m.StatusCode; {
	case code == 304:
		phrase = "difference.not-modified"
	case code >= 300 && code < 400:
		phrase = "difference.redirect"
	case code >= 400:
		phrase = "difference.error"
	default:
		return
	}
	text, _ := httpDetail(m)
	a.differ(j, phrase, rules.ID("4.5"), saying{journey: j, frame: l.Number, detail: text, facts: l.Facts}, l.Number)
}
