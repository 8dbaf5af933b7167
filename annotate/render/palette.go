package render

// The colours are those of the terminal's own palette, so that they fit light
// and dark backgrounds.
const (
	reset = "\x1b[0m"
	bold  = "\x1b[1m"
	dim   = "\x1b[2m"
)

// phaseColors are the colours of the phases, in their order.
var phaseColors = [...]string{
	"\x1b[35m", // 0 magenta
	"\x1b[36m", // 1 cyan
	"\x1b[94m", // 2 bright blue
	"\x1b[33m", // 3 yellow
	"\x1b[32m", // 4 green
	"\x1b[92m", // 5 bright green: the same page, encrypted
}

// phaseColor is the colour of a phase; dim for what is in none.
func phaseColor(phase int) string {
	if phase < 0 {
		return dim
	}
	return phaseColors[phase%len(phaseColors)]
}

// paint appends what turns a colour on, or off with reset, when there are colours at all.
func (o *Options) paint(b []byte, code string) []byte {
	if o.Color {
		return append(b, code...)
	}
	return b
}

// painted appends s in a colour.
func (o *Options) painted(b []byte, code, s string) []byte {
	if !o.Color {
		return append(b, s...)
	}
	return append(append(append(b, code...), s...), reset...)
}
