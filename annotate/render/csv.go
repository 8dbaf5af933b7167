package render

import (
	"bytes"
	"io"
	"net/netip"
	"strconv"
	"strings"
	"unicode/utf8"

	"github.com/pktjourney/pktjourney/annotate"
	"github.com/pktjourney/pktjourney/decode/layers"
	"github.com/pktjourney/pktjourney/rules"
)

// The columns. They have the names of the NDJSON fields and keep their order; new ones come last.
const (
	frameColumns = "frame.number,@timestamp,frame.interface,frame.file,frame.point,frame.length,frame.captured," +
		"source.mac,source.ip,source.port,destination.mac,destination.ip,destination.port," +
		"network.transport,network.protocol,tcp.stream,info," +
		"journey.id,journey.name,journey.client,journey.phase,journey.step,journey.title,journey.also,journey.variant," +
		"journey.basis,journey.does,journey.reason\r\n"
	stepColumns = "journey.id,journey.name,journey.client,journey.complete,step,state,count,first_frame,start,end,reason\r\n"
)

// byteOrderMark tells spreadsheets that the text is UTF-8.
const byteOrderMark = "\ufeff"

// csv writes one row for each frame as RFC 4180 has it; with Summary one for each step of each journey.
type csv struct {
	out     output
	opts    Options
	stamp   stamp
	headed  bool
	scratch []byte
	field   []byte
	names   []string             // of a frame's variants, reused
	kept    directions[lineText] // the newest row of each
	places  linePlaces           // of the row that is being written
	leaning leaning
}

// CSV makes a renderer that writes to w.
func CSV(w io.Writer, opts Options) annotate.Sink {
	return &csv{out: output{w: w}, opts: opts}
}

// head writes the names of the columns once.
func (c *csv) head() {
	if c.headed {
		return
	}
	c.headed = true
	if c.opts.ByteOrderMark {
		c.out.b = append(c.out.b, byteOrderMark...)
	}
	if c.opts.Summary {
		c.out.b = append(c.out.b, stepColumns...)
	} else {
		c.out.b = append(c.out.b, frameColumns...)
	}
}

// Frame implements annotate.Sink. It does not allocate.
func (c *csv) Frame(l *annotate.Labelled) error {
	c.head()
	if c.opts.Summary {
		return nil
	}
	if l.Conversation == nil {
		c.row(l)
		return c.out.flushFull()
	}
	kept, same := c.kept.of(&l.Frame)
	if !same {
		kept.text = kept.text[:0]
	}
	row, ok := kept.append(c.out.b, l, &c.stamp)
	if ok {
		c.out.b = row
		return c.out.flushFull()
	}
	begin := len(c.out.b)
	c.row(l)
	if l.Does.SameWithoutFacts(c.opts.Lang) && l.Reason.SameWithoutFacts(c.opts.Lang) {
		kept.keep(c.out.b[begin:], l, &c.places, true)
	}
	return c.out.flushFull()
}

// row writes the row of l.
func (c *csv) row(l *annotate.Labelled) {
	c.places = linePlaces{line: len(c.out.b)}
	c.captured(l)
	c.ends(l)
	c.network(l)
	c.label(l)
	c.endRow()
}

// captured writes where, when and how much of the frame was captured.
func (c *csv) captured(l *annotate.Labelled) {
	f := &l.Frame
	c.out.b = append(c.places.appendNumber(c.out.b, f.Number, &c.places.number), ',')
	c.places.second = len(c.out.b) - c.places.line
	if !f.Time.IsZero() {
		c.out.b = c.stamp.append(c.out.b, f.Time)
	}
	c.out.b = append(c.out.b, ',')
	name, file := "", ""
	if in := f.Interface; in != nil {
		name, file = in.Name, in.File
	}
	c.text(name)
	c.text(file)
	switch {
	case l.Place != "":
		c.text(l.Place)
	case l.Point != rules.Unknown:
		c.text(l.Point.String())
	default:
		c.text("")
	}
	c.number(f.WireLen)
	c.number(f.Captured)
}

// ends writes who sent the frame to whom.
func (c *csv) ends(l *annotate.Labelled) {
	f := &l.Frame
	ports := hasPorts(f)
	c.end(f.HasSrcMAC, f.SrcMAC, f.Src, ports, f.SrcPort)
	c.end(f.HasDstMAC, f.DstMAC, f.Dst, ports, f.DstPort)
}

func (c *csv) end(hasMAC bool, mac layers.MAC, addr netip.Addr, hasPort bool, port uint16) {
	if hasMAC {
		c.out.b = mac.Append(c.out.b)
	}
	c.out.b = append(c.out.b, ',')
	c.addr(addr)
	if hasPort {
		c.out.b = strconv.AppendUint(c.out.b, uint64(port), 10)
	}
	c.out.b = append(c.out.b, ',')
}

// network writes what the frame carries.
func (c *csv) network(l *annotate.Labelled) {
	f := &l.Frame
	c.text(transportWord(f.Transport))
	c.text(f.Protocol)
	if f.Transport == layers.TransportTCP && f.Conversation != nil {
		c.out.b = strconv.AppendInt(c.out.b, int64(f.Conversation.ID), 10)
	}
	c.out.b = append(c.out.b, ',')
	c.scratch = AppendInfo(c.scratch[:0], f)
	c.bytes(c.scratch)
}

// label writes the frame's place in the journey; empty fields when it has none.
func (c *csv) label(l *annotate.Labelled) {
	if !l.InJourney() {
		c.out.b = append(c.out.b, ",,,,,,,,,"...)
		c.sentence(l.Does, l)
		c.text("")
		return
	}
	c.whose(l)
	c.number(l.Phase)
	c.text(string(l.Step))
	c.text(title(&c.opts, l))
	c.scratch = c.scratch[:0]
	for i, id := range l.Also {
		c.scratch = appendWord(c.scratch, i, string(id))
	}
	c.bytes(c.scratch)
	c.names = c.opts.Journey.Names(c.names[:0], l.Variants)
	c.scratch = c.scratch[:0]
	for i, name := range c.names {
		c.scratch = appendWord(c.scratch, i, name)
	}
	c.bytes(c.scratch)
	c.text(l.Basis())
	c.sentence(l.Does, l)
	c.sentence(l.Reason, l)
}

// sentence writes what s says of l, and notes where the frame is told that the label leans on.
func (c *csv) sentence(s *rules.Sentence, l *annotate.Labelled) {
	c.leaning = leaning{Labelled: l, at: c.leaning.at[:0]}
	c.scratch = s.Append(c.scratch[:0], c.opts.Lang, &c.leaning)
	c.field = c.field[:0]
	from := 0
	for i, at := range c.leaning.at {
		c.field = appendNeutral(c.field, c.scratch[from:at.from])
		c.leaning.at[i].from = len(c.field)
		c.field = append(c.field, c.scratch[at.from:at.to]...)
		c.leaning.at[i].to = len(c.field)
		from = at.to
	}
	c.field = appendNeutral(c.field, c.scratch[from:])
	begin := len(c.out.b)
	c.out.b = append(appendField(c.out.b, c.field), ',')
	for _, at := range c.leaning.at {
		moved := begin + quoting(c.field, at.from)
		c.places.atLean(moved+at.from, moved+at.to)
	}
}

// leaning gives the values of a frame and notes where the number is of the frame that its label leans on.
type leaning struct {
	*annotate.Labelled
	at []place
}

// AppendSlot implements rules.Values.
func (v *leaning) AppendSlot(dst []byte, s rules.Slot, lang rules.Lang) ([]byte, bool) {
	from := len(dst)
	dst, known := v.Labelled.AppendSlot(dst, s, lang)
	if s == rules.SlotFrame && known {
		v.at = append(v.at, place{from, len(dst)})
	}
	return dst, known
}

// appendWord appends the i-th word of a list, with a space between two.
func appendWord(b []byte, i int, word string) []byte {
	if i > 0 {
		b = append(b, ' ')
	}
	return append(b, word...)
}

// whose writes the journey's number, name and client as far as they are known.
func (c *csv) whose(l *annotate.Labelled) {
	j := l.Journey
	if j == nil {
		c.out.b = append(c.out.b, ",,"...)
		c.text(l.Client)
		return
	}
	c.number(j.ID)
	c.text(j.Name)
	c.addr(j.Client)
}

// Journey implements annotate.Sink.
func (c *csv) Journey(j *annotate.Journey) error {
	c.head()
	if !c.opts.Summary {
		return nil
	}
	for i := range j.Steps {
		c.step(j, &j.Steps[i])
	}
	return c.out.flushFull()
}

func (c *csv) step(j *annotate.Journey, s *annotate.StepState) {
	c.number(j.ID)
	c.text(j.Name)
	c.addr(j.Client)
	c.text(strconv.FormatBool(j.Complete))
	c.text(string(s.Step.ID))
	c.text(s.State.String())
	c.number(s.Count)
	if len(s.Frames) > 0 {
		c.out.b = strconv.AppendInt(c.out.b, int64(s.Frames[0].First), 10)
	}
	c.out.b = append(c.out.b, ',')
	if !s.Start.IsZero() {
		c.out.b = c.stamp.append(c.out.b, s.Start)
	}
	c.out.b = append(c.out.b, ',')
	if !s.End.IsZero() {
		c.out.b = c.stamp.append(c.out.b, s.End)
	}
	c.out.b = append(c.out.b, ',')
	c.text(s.Reason)
	c.endRow()
}

// Close implements annotate.Sink.
func (c *csv) Close(*annotate.Summary) error {
	c.head()
	return c.out.flush()
}

// Flush implements Flusher.
func (c *csv) Flush() error { return c.out.flush() }

// endRow ends a row in the place of the comma behind its last field.
func (c *csv) endRow() {
	c.out.b = append(c.out.b[:len(c.out.b)-1], '\r', '\n')
}

func (c *csv) number(n int) {
	c.out.b = append(strconv.AppendInt(c.out.b, int64(n), 10), ',')
}

func (c *csv) addr(a netip.Addr) {
	if a.IsValid() {
		c.out.b = a.AppendTo(c.out.b)
	}
	c.out.b = append(c.out.b, ',')
}

func (c *csv) text(s string) {
	c.field = appendNeutral(c.field[:0], s)
	c.out.b = append(appendField(c.out.b, c.field), ',')
}

func (c *csv) bytes(s []byte) {
	c.field = appendNeutral(c.field[:0], s)
	c.out.b = append(appendField(c.out.b, c.field), ',')
}

// appendField appends a field, quoted where RFC 4180 section 2 asks for it, and so that no
// spreadsheet takes it for a formula: an apostrophe before it makes it text.
func appendField(b, s []byte) []byte {
	if !quoted(s) {
		return append(b, s...)
	}
	b = append(b, '"')
	if startsFormula(s) {
		b = append(b, '\'')
	}
	for _, c := range s {
		if c == '"' {
			b = append(b, '"')
		}
		b = append(b, c)
	}
	return append(b, '"')
}

// quoting is how many characters appendField puts before s[at], beside those of s.
func quoting(s []byte, at int) int {
	if !quoted(s) {
		return 0
	}
	n := 1 + bytes.Count(s[:at], []byte{'"'})
	if startsFormula(s) {
		n++
	}
	return n
}

func quoted(s []byte) bool {
	return startsFormula(s) || bytes.ContainsAny(s, `",`) || len(s) > 0 && (s[0] == ' ' || s[len(s)-1] == ' ')
}

// startsFormula reports whether a spreadsheet takes s for a formula; some also do for wide characters.
func startsFormula(s []byte) bool {
	r, _ := utf8.DecodeRune(s)
	return strings.ContainsRune("=+-@＝＋－＠", r) && len(s) > 0
}
