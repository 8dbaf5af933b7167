package render

import (
	"strconv"

	"github.com/pktjourney/pktjourney/decode/capture"
)

// print lays r out and writes it.
func (t *table) print(r *row) {
	c, o := &t.columns, &t.opts
	b := t.out.b
	if r.phase < 0 {
		b = o.paint(b, dim)
	}
	b = c.appendStart(b, r)
	if r.phase >= 0 {
		b = o.paint(b, phaseColor(r.phase))
	}
	b = appendSpaces(appendStep(b, r, c.step), gap)
	b = c.appendWrapped(b, r.words())
	b = o.paint(b, reset)
	if c.stacked {
		b = t.appendBelow(b, r)
	}
	t.out.b = append(b, '\n')
}

// appendStep appends the step, or the phase of a frame that performs none of its steps.
func appendStep(b []byte, r *row, width int) []byte {
	if r.step == "" && r.phase >= 0 {
		return appendSpaces(strconv.AppendInt(b, int64(r.phase), 10), width-digits(int64(r.phase)))
	}
	return appendLeft(b, string(r.step), width)
}

// appendWrapped appends text in the column of the words, on as many lines as it takes.
func (c *columns) appendWrapped(b, text []byte) []byte {
	line, rest := wrap(text, c.words)
	b = append(b, line...)
	for len(rest) > 0 {
		line, rest = wrap(rest, c.words)
		b = append(appendSpaces(append(b, '\n'), c.indent), line...)
	}
	return b
}

// appendBelow appends who sent the frame to whom, below the words.
func (t *table) appendBelow(b []byte, r *row) []byte {
	if len(r.source()) == 0 && len(r.destination()) == 0 {
		return b
	}
	c := &t.columns
	source, destination := r.source(), r.destination()
	if room := c.words - columnsOf(r.protocol()) - 4; len(source)+len(destination) > room {
		source, destination = shortAddress(source, room/2), shortAddress(destination, room/2)
	}
	below := append(append(t.scratch[:0], r.protocol()...), ' ')
	below = append(append(below, source...), " > "...)
	t.scratch = append(below, destination...)
	b = t.opts.paint(appendSpaces(append(b, '\n'), c.indent), dim)
	return t.opts.paint(c.appendWrapped(b, t.scratch), reset)
}

// printRun writes a folded run as one line.
func (t *table) printRun(u *run) {
	c, o := &t.columns, &t.opts
	b := appendSpaces(t.out.b, margin)
	t.scratch = strconv.AppendInt(append(strconv.AppendInt(t.scratch[:0], int64(u.first), 10), '-'), int64(u.end), 10)
	start := len(b)
	b = appendRight(b, t.scratch, c.number)
	b = appendSpaces(b, c.beforeStep()-margin-(len(b)-start))
	b = o.paint(b, phaseColor(u.like.phase))
	b = appendSpaces(appendLeft(b, string(u.like.step), c.step), gap)
	b = u.describe(b, t.words)
	t.out.b = append(o.paint(b, reset), '\n')
}

// beforeStep is how many columns stand before the step.
func (c *columns) beforeStep() int { return c.indent - gap - c.step }

// appendFrames appends frame numbers: "21-23, 25".
func appendFrames(b []byte, list []capture.Range) []byte {
	for i, r := range list {
		if i > 0 {
			b = append(b, ", "...)
		}
		b = strconv.AppendInt(b, int64(r.First), 10)
		if r.Last > r.First {
			b = strconv.AppendInt(append(b, '-'), int64(r.Last), 10)
		}
	}
	return b
}
