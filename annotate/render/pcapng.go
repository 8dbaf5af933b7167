package render

import (
	"bytes"
	"io"
	"math"
	"strconv"

	"github.com/pktjourney/pktjourney/annotate"
	"github.com/pktjourney/pktjourney/decode/capture"
	"github.com/pktjourney/pktjourney/decode/capture/block"
)

// Copier is a renderer that writes the frames themselves, too.
type Copier interface {
	// Take hands over a frame before it is labelled, with the blocks that brought it; of a capture that is
	// no pcapng file there are none. Behind the last frame f is nil. Nothing of it is kept.
	Take(f *capture.Frame, blocks capture.Blocks)
}

// InterfaceCopier is a Copier that also writes interfaces that no frame tells of.
type InterfaceCopier interface {
	// TakeInterface hands over an interface of a capture without frames that is no pcapng file, before the
	// last Take.
	TakeInterface(i *capture.Interface)
}

// pcapng writes the capture with each label as a comment of its frame (draft-ietf-opsawg-pcapng). The blocks
// of a pcapng file stay as they are, byte for byte, but for the comment; other captures become one. A frame
// of a simple packet block stays without: that block has no room for a comment.
type pcapng struct {
	out  output
	opts Options

	order  block.ByteOrder // of the section that is being written
	marked bool            // labels in it may be ours from before
	begun  bool            // a section was written

	waiting []copied // for their labels, the oldest first from head on
	head    int
	spare   [][]byte

	interfaces map[*capture.Interface]uint32 // of a capture that is no pcapng file
	text       []byte
	scratch    []byte
}

// copied is a frame that waits for its label.
type copied struct {
	number int
	data   []byte // blocks before it, and its own
	before int    // bytes of those before it
}

// labelsMark begins the comment of a section whose packets have labels of ours in their comments.
const labelsMark = "pktjourney labels:"

const labelsNote = labelsMark + " packet comments that begin with a step in brackets, as in [3.4], are replaced when the file is annotated again"

// Pcapng makes a renderer that writes to w. It is a Copier: whoever reads the frames hands them over.
func Pcapng(w io.Writer, opts Options) annotate.Sink {
	return &pcapng{out: output{w: w}, opts: opts, interfaces: make(map[*capture.Interface]uint32)}
}

// Take implements Copier.
func (p *pcapng) Take(f *capture.Frame, blocks capture.Blocks) {
	c := copied{number: math.MaxInt}
	if n := len(p.spare); n > 0 {
		c.data, p.spare = p.spare[n-1], p.spare[:n-1]
	}
	c.data = append(c.data[:0], blocks.Before...)
	switch {
	case f == nil:
		c.before = len(c.data)
	case blocks.Packet != nil:
		c.number, c.before = f.Number, len(c.data)
		c.data = append(c.data, blocks.Packet...)
	default:
		c.number = f.Number
		p.build(&c, f)
	}
	p.waiting = append(p.waiting, c)
}

// build makes the blocks of a frame that has none.
func (p *pcapng) build(c *copied, f *capture.Frame) {
	id := p.interfaceOf(c, f.Interface)
	c.before = len(c.data)
	packet := block.Packet{Interface: id, WireLen: f.WireLen, Data: f.Data}
	if !f.Time.IsZero() {
		packet.Time = f.Time.UnixNano()
	}
	if f.Lost > 0 {
		c.data = block.AppendPacket(c.data, &packet, block.Dropped(uint64(f.Lost)))
		return
	}
	c.data = block.AppendPacket(c.data, &packet)
}

// interfaceOf is the number of i, whose description c gets where it is new.
func (p *pcapng) interfaceOf(c *copied, i *capture.Interface) uint32 {
	id, known := p.interfaces[i]
	if !known {
		if id = uint32(len(p.interfaces)); id == 0 {
			c.data = block.AppendSection(c.data, block.Application(p.opts.Program))
		}
		p.interfaces[i] = id
		c.data = p.describe(c.data, i)
	}
	return id
}

// TakeInterface implements InterfaceCopier.
func (p *pcapng) TakeInterface(i *capture.Interface) {
	c := copied{number: math.MaxInt}
	p.interfaceOf(&c, i)
	c.before = len(c.data)
	p.waiting = append(p.waiting, c)
}

// describe appends what is known of an interface.
func (p *pcapng) describe(b []byte, i *capture.Interface) []byte {
	var options []block.Option
	if i.Name != "" {
		options = append(options, block.Name(i.Name))
	}
	if i.File != "" {
		options = append(options, block.Description("from "+i.File))
	}
	return block.AppendInterface(b, uint16(i.LinkType), uint32(i.SnapLen), options...)
}

// Frame implements annotate.Sink.
func (p *pcapng) Frame(l *annotate.Labelled) error {
	c := p.upTo(l.Number)
	if c == nil {
		return nil
	}
	p.scratch = p.appendComment(p.scratch[:0], l)
	if p.order == nil {
		p.out.b = append(p.out.b, c.data[c.before:]...)
	} else {
		p.out.b = block.AppendCommented(p.out.b, c.data[c.before:], p.order, p.scratch, p.ours())
	}
	p.pop()
	return p.out.flushFull()
}

// PassOver implements Passer: a frame that is not to be shown is left out.
func (p *pcapng) PassOver(l *annotate.Labelled) {
	if p.upTo(l.Number) != nil {
		p.pop()
	}
}

// upTo finds the frame of that number and writes what stands before it. Frames before it, which
// never got a label, are left out.
func (p *pcapng) upTo(number int) *copied {
	for p.head < len(p.waiting) {
		c := &p.waiting[p.head]
		if c.number > number {
			return nil
		}
		p.copyBlocks(c.data[:c.before])
		c.data, c.before = c.data[c.before:], 0
		if c.number == number {
			return c
		}
		p.pop()
	}
	return nil
}

func (p *pcapng) pop() {
	c := &p.waiting[p.head]
	p.spare = append(p.spare, c.data)
	c.data = nil
	if p.head++; p.head == len(p.waiting) || p.head == maxPopped {
		p.waiting, p.head = p.waiting[:copy(p.waiting, p.waiting[p.head:])], 0
	}
}

// maxPopped is how many frames that were written may stand before those that wait.
const maxPopped = 4096

// copyBlocks writes whole blocks as they are. A section header gets a comment that tells of the labels, and
// behind the first one come the secrets.
func (p *pcapng) copyBlocks(b []byte) {
	for len(b) > 0 {
		first, rest := block.Cut(b, p.order)
		if len(first) == 0 {
			p.out.b = append(p.out.b, b...)
			return
		}
		if block.IsSection(first) {
			p.section(first)
		} else {
			p.out.b = append(p.out.b, first...)
		}
		b = rest
	}
}

func (p *pcapng) section(raw []byte) {
	p.order = block.Order(raw)
	p.marked = false
	block.Comments(raw, p.order, func(text []byte) { p.marked = p.marked || bytes.HasPrefix(text, []byte(labelsMark)) })
	start := len(p.out.b)
	note := []byte(labelsNote)
	if p.marked {
		note = nil
	}
	p.out.b = block.AppendCommented(p.out.b, raw, p.order, note, nil)
	block.ForgetLength(p.out.b[start:])
	if len(p.opts.Secrets) > 0 && !p.begun {
		p.out.b = block.AppendKeyLogIn(p.out.b, p.opts.Secrets, p.order)
	}
	p.begun = true
}

// ours tells comments that are labels from before; nil where there are none.
func (p *pcapng) ours() func(text []byte) bool {
	if !p.marked {
		return nil
	}
	return isLabel
}

// isLabel reports whether a comment begins like a label: "[3.4] ".
func isLabel(text []byte) bool {
	digits := func() (some bool) {
		for len(text) > 0 && text[0] >= '0' && text[0] <= '9' {
			text, some = text[1:], true
		}
		return some
	}
	after := func(sign string) (ok bool) {
		text, ok = bytes.CutPrefix(text, []byte(sign))
		return ok
	}
	return after("[") && digits() && (!after(".") || digits()) && after("] ")
}

// appendComment appends the label of l, nothing when it has none: its step in brackets, or the
// phase where it has no step, then what the frame does.
func (p *pcapng) appendComment(b []byte, l *annotate.Labelled) []byte {
	if !l.InJourney() {
		return b
	}
	b = append(b, '[')
	if l.Step != "" {
		b = append(b, l.Step...)
	} else {
		b = strconv.AppendInt(b, int64(l.Phase), 10)
	}
	b = append(b, "] "...)
	p.text = l.AppendDoes(p.text[:0], p.opts.Lang)
	if len(p.text) == 0 {
		p.text = AppendInfo(p.text, &l.Frame)
	}
	return appendNeutral(b, p.text)
}

// Journey implements annotate.Sink: what is told of a journey has no place in the file.
func (p *pcapng) Journey(*annotate.Journey) error { return nil }

// Close implements annotate.Sink.
func (p *pcapng) Close(*annotate.Summary) error {
	p.upTo(math.MaxInt)
	if !p.begun {
		p.section(block.AppendSection(nil, block.Application(p.opts.Program)))
	}
	return p.out.flush()
}

// Flush implements Flusher.
func (p *pcapng) Flush() error { return p.out.flush() }
