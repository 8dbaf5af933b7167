package http2

import (
	"bytes"
	"fmt"

	"golang.org/x/net/http2/hpack"

	"github.com/pktjourney/pktjourney/decode/wire"
)

const (
	defaultTable = 4 << 10   // bytes of the dynamic table, until the encoder says otherwise (RFC 9113 section 6.5.2)
	maxTable     = 64 << 10  // of the dynamic table, whatever SETTINGS allow: what browsers ask for
	maxString    = 32 << 10  // of one name or value
	maxFields    = 256 << 10 // of all fields of a block, counted as RFC 7541 section 4.1 does; later ones are not looked at
)

// table reads the field blocks of one direction (RFC 7541).
type table struct {
	dec   *hpack.Decoder
	m     *Message // whose fields are read; nil: they are passed over, as trailers are
	size  int      // of the block's fields so far
	bytes int      // of the block so far
	err   error    // of the block
}

// newTable has a dynamic table that the encoder may make as large as limit.
func newTable(limit uint32) *table {
	t := new(table)
	t.dec = hpack.NewDecoder(defaultTable, t.field)
	t.dec.SetMaxStringLength(maxString)
	t.allow(limit)
	return t
}

// allow takes note that SETTINGS allow a table of limit bytes. What they allowed before may be used still by
// what is on its way, so that a limit never falls.
func (t *table) allow(limit uint32) {
	t.dec.SetAllowedMaxDynamicTableSize(min(limit, maxTable))
}

// unknownEntries is a field block that fills a table of the default size with fields
// without name and value, each of 32 bytes. They stand for what the table holds and
// nobody knows: new entries get the indexes that they have at the encoder.
var unknownEntries = bytes.Repeat([]byte{0x40, 0, 0}, defaultTable/32)

// forget empties the table of what is known.
func (t *table) forget() {
	t.dec = hpack.NewDecoder(defaultTable, t.field)
	t.dec.SetMaxStringLength(maxString)
	t.allow(maxTable)
	t.m = nil
	t.dec.Write(unknownEntries) // can not fail
	t.dec.Close()
}

// begin begins the field block of m, or one whose fields are passed over.
func (t *table) begin(m *Message) {
	t.m, t.size, t.bytes, t.err = m, 0, 0, nil
	t.dec.SetEmitEnabled(m != nil)
}

// write takes a piece of the block.
func (t *table) write(b []byte) {
	t.bytes += len(b)
	if t.err != nil {
		return
	}
	if _, err := t.dec.Write(b); err != nil {
		t.fail(err)
	}
}

// fail gives the rest of the block up. The error is found later than its place, in the piece that ends here.
func (t *table) fail(err error) {
	if t.err == nil {
		t.err = &wire.Error{Proto: "http2", Field: "field_block", Span: wire.Span{Off: 0, Len: t.bytes}, Err: fmt.Errorf("%w: %v", wire.ErrMalformed, err)}
	}
}

// lack gives the block up because n bytes of it were not captured.
func (t *table) lack(n int) {
	if t.err == nil {
		t.err = &wire.Error{Proto: "http2", Field: "field_block", Span: wire.Span{Off: t.bytes, Len: n}, Err: wire.ErrShort}
	}
}

// end ends the block. After an error nobody knows what the table holds.
func (t *table) end() error {
	if err := t.dec.Close(); err != nil {
		t.fail(err)
	}
	t.m = nil
	if t.err != nil {
		t.forget()
	}
	return t.err
}

// field takes one field of the block.
func (t *table) field(f hpack.HeaderField) {
	m := t.m
	if m == nil {
		return
	}
	if t.size += int(f.Size()); t.size > maxFields {
		m.HeadErr = malformed("field_list", 0, t.size)
		t.dec.SetEmitEnabled(false)
		return
	}
	m.field(f.Name, f.Value)
}

// field takes note of one field; the name is empty when the table does not know it.
func (m *Message) field(name, value string) {
	if name == "" {
		m.Unknown++
		return
	}
	m.Take(name, value)
}
