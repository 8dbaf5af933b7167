package capture

import "fmt"

// The pcapng format: draft-ietf-opsawg-pcapng. Block types are those of its
// section 11.1.
const (
	blockSection   = 0x0a0d0d0a
	blockInterface = 1
	blockPacket    = 2 // obsolete
	blockSimple    = 3
	blockEnhanced  = 6
	blockSecrets   = 10

	byteOrderMagic = 0x1a2b3c4d

	blockHeaderLen  = 8 // type and total length
	blockTrailerLen = 4 // total length again
	sectionBodyLen  = 16
)

// pcapngReader reads the blocks of a pcapng file. It may have several
// sections, each with its own byte order and interfaces.
type pcapngReader struct {
	in      *input
	order   byteOrder
	all     []*ngInterface // of every section
	section []*ngInterface // those of the current one, by their ID in the file
	limit   int64          // of a block that is looked into, in bytes
	keyLog  []byte
	copies  blockCopies
}

// block is what the general block structure says (section 3.1).
type block struct {
	kind   uint32
	length int64 // of all of it, rounded up to a multiple of four
}

// newPcapngReader reads the first section header, of which at least the block
// type is known to be there.
func newPcapngReader(in *input) (*pcapngReader, error) {
	g := &pcapngReader{in: in, limit: maxBlock}
	b, err := g.header()
	if err != nil {
		return nil, err
	}
	g.copies.first(in, b)
	return g, g.readSection(b)
}

func (g *pcapngReader) interfaces() []*Interface {
	list := make([]*Interface, len(g.all))
	for i, iface := range g.all {
		list[i] = &iface.Interface
	}
	return list
}

// next passes over blocks until one brings a frame.
func (g *pcapngReader) next(f *Frame) error {
	for {
		f.Offset = g.in.offset()
		b, err := g.header()
		if err != nil {
			g.copies.atEnd()
			return err
		}
		if err := g.copies.take(g.in, b, g.limit); err != nil {
			return err
		}
		isFrame, err := g.read(b, f)
		if err != nil {
			g.copies.undo()
		}
		if isFrame || err != nil {
			return err
		}
	}
}

// read consumes a block and reports whether f is the frame that it brought.
func (g *pcapngReader) read(b block, f *Frame) (isFrame bool, err error) {
	switch b.kind {
	case blockEnhanced, blockSimple, blockPacket:
		return true, g.readFrame(b, f)
	case blockSection:
		return false, g.readSection(b)
	case blockInterface:
		return false, g.readInterface(b)
	case blockSecrets:
		return false, g.readSecrets(b)
	}
	return false, g.skip(b)
}

// header looks at the start of the next block without consuming it. The byte
// order changes with a section header.
func (g *pcapngReader) header() (block, error) {
	h, ok := g.in.peek(blockHeaderLen)
	if !ok {
		return block{}, g.in.endOr("a block header has", blockHeaderLen)
	}
	b := block{kind: g.order.uint32(h)}
	if b.kind == blockSection {
		if err := g.readByteOrder(); err != nil {
			return b, err
		}
		h, _ = g.in.peek(blockHeaderLen)
	}
	length := g.order.uint32(h[4:])
	if length < blockHeaderLen+blockTrailerLen {
		return b, fmt.Errorf("a block says that it has %d bytes, less than any block has", length)
	}
	b.length = (int64(length) + 3) &^ 3
	return b, nil
}

// readByteOrder learns the byte order of a section (section 4.1); the block
// type of its header is a palindrome.
func (g *pcapngReader) readByteOrder() error {
	h, ok := g.in.peek(blockHeaderLen + 4)
	if !ok {
		return g.in.missing("a section header has", blockHeaderLen+4)
	}
	for _, order := range []byteOrder{littleEndian, bigEndian} {
		if order.uint32(h[blockHeaderLen:]) == byteOrderMagic {
			g.order = order
			return nil
		}
	}
	return fmt.Errorf("a section header without a byte order: % x", h[blockHeaderLen:])
}

// readSection begins a new section. Versions 1.0 and 1.2 are the same.
func (g *pcapngReader) readSection(b block) error {
	body, err := g.body(b, sectionBodyLen)
	if err != nil {
		return err
	}
	major, minor := g.order.uint16(body[4:]), g.order.uint16(body[6:])
	if major != 1 || minor != 0 && minor != 2 {
		return fmt.Errorf("version %d.%d of pcapng is not known", major, minor)
	}
	g.section = nil
	g.consume(b)
	return nil
}

// body gives the body of a block that is to be consumed next; it has at least
// least bytes.
func (g *pcapngReader) body(b block, least int) ([]byte, error) {
	if b.length > g.limit {
		return nil, fmt.Errorf("a block says that it has %d bytes, more than the %d that it may have", b.length, g.limit)
	}
	if b.length < int64(blockHeaderLen+least+blockTrailerLen) {
		return nil, fmt.Errorf("a block of type %d has %d bytes, less than its fields", b.kind, b.length)
	}
	all, ok := g.in.peek(int(b.length))
	if !ok {
		return nil, g.in.missing("the block has", b.length)
	}
	end := len(all) - blockTrailerLen
	if err := g.checkTrailer(b, all[end:]); err != nil {
		return nil, err
	}
	return all[blockHeaderLen:end:end], nil
}

func (g *pcapngReader) consume(b block) { g.in.advance(int(b.length)) }

// skip passes over a block of a type that we do not know.
func (g *pcapngReader) skip(b block) error {
	start := g.in.offset()
	if !g.in.skip(b.length - blockTrailerLen) {
		return g.in.missingFrom(start, "the block has", b.length)
	}
	trailer, ok := g.in.peek(blockTrailerLen)
	if !ok {
		return g.in.missingFrom(start, "the block has", b.length)
	}
	g.in.advance(blockTrailerLen)
	return g.checkTrailer(b, trailer)
}

// checkTrailer compares the length after the body with the one before.
func (g *pcapngReader) checkTrailer(b block, trailer []byte) error {
	if got := (int64(g.order.uint32(trailer)) + 3) &^ 3; got != b.length {
		return fmt.Errorf("a block says %d bytes at its start and %d at its end", b.length, got)
	}
	return nil
}
