package http2

// Preface is what a client sends first (RFC 9113 section 3.4).
const Preface = "PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n"

// Guess is what the first bytes of a direction tell.
type Guess uint8

// The guesses.
const (
	No       Guess = iota
	NeedMore       // it may become a preface
	Yes            // the preface, and maybe what follows it
	Frames         // frames without preface: a server's first, or a connection that was joined later
)

// Looks says whether b, some bytes of a direction, are HTTP/2. Without the preface it asks for a
// good deal: settings that are known, or two frames and more that fill b and of
// which one is no DATA. A frame alone is too easily found by chance.
func Looks(b []byte) Guess {
	n := min(len(b), len(Preface))
	switch {
	case n == len(Preface) && string(b[:n]) == Preface:
		return Yes
	case n < len(Preface) && string(b[:n]) == Preface[:n]:
		return NeedMore
	}
	if w := walk(b); w.ok && (w.settings || w.whole >= 2 && w.exact && w.telling) {
		return Frames
	}
	return No
}

// goesOn reports whether b starts like frames, on a connection that is known to carry them.
func goesOn(b []byte) bool {
	w := walk(b)
	return w.ok && w.whole >= 1
}

// walked is what a walk over frames found.
type walked struct {
	ok       bool // all headers that are there are those of frames
	exact    bool // the last frame ends with the bytes
	telling  bool // one is not DATA
	settings bool // the first is SETTINGS with settings that RFCs define
	whole    int  // frames that are complete
}

// walk looks at the frames that b is made of.
func walk(b []byte) walked {
	w := walked{ok: true, exact: true}
	for len(b) > 0 {
		if len(b) < headerLen {
			w.exact = false
			break
		}
		f := parseHeader(b)
		if !f.usual() {
			return walked{}
		}
		b = b[headerLen:]
		if len(b) < f.length {
			w.exact = false
			break
		}
		if w.whole == 0 {
			w.settings = f.kind == TypeSettings && knownSettings(b[:f.length])
		}
		w.telling = w.telling || f.kind != TypeData
		w.whole++
		b = b[f.length:]
	}
	return w
}

// usual reports whether h is a header as nearly all are: of a type that RFC 9113 has,
// with its flags, no longer than by default.
func (h *header) usual() bool {
	return int(h.kind) < len(usualFlags) && h.flags&^usualFlags[h.kind] == 0 && !h.reserved && h.length <= defaultMaxFrame && h.legal()
}

// usualFlags are those that RFC 9113 section 6 defines for each type.
var usualFlags = [...]uint8{
	TypeData: flagEndStream | flagPadded, TypeHeaders: flagEndStream | flagEndHeaders | flagPadded | flagPriority,
	TypeSettings: flagAck, TypePushPromise: flagEndHeaders | flagPadded, TypePing: flagAck, TypeContinuation: flagEndHeaders,
}

// lastSetting is the highest identifier in use: those of RFC 9113 section 6.5.2, RFC 8441 and RFC 9218.
const lastSetting = 0x9

// knownSettings reports whether b is a list of settings, not empty, with identifiers that are in use.
func knownSettings(b []byte) bool {
	for i := 0; i+6 <= len(b); i += 6 {
		if b[i] != 0 || b[i+1] == 0 || b[i+1] > lastSetting {
			return false
		}
	}
	return len(b) >= 6
}
