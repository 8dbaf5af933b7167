package capture

import (
	"fmt"
	"slices"
)

// Blocks are blocks of a pcapng file, byte for byte.
type Blocks struct {
	Before []byte // whole blocks that stand before the frame and behind the one whose blocks were asked for last
	Packet []byte // the block that brought the frame; nil behind the last
}

// blockCopies keeps the bytes of blocks for who writes the file anew.
type blockCopies struct {
	wanted  bool
	given   bool // Before was given out: it begins anew with the next block
	blocks  Blocks
	sound   int    // bytes of blocks.Before whose blocks were read without an error
	section []byte // the first block of the file, which is read before anybody can ask for copies
}

// first keeps the first section header, if it is whole.
func (c *blockCopies) first(in *input, b block) {
	if b.length <= maxBlock {
		if all, ok := in.peek(int(b.length)); ok {
			c.section = slices.Clone(all)
		}
	}
}

// take copies the block b, which is to be read next.
func (c *blockCopies) take(in *input, b block, limit int64) error {
	if !c.wanted {
		return nil
	}
	if c.given {
		c.blocks.Before, c.given = c.blocks.Before[:0], false
	}
	c.blocks.Packet, c.sound = nil, len(c.blocks.Before)
	if b.kind != blockEnhanced && b.kind != blockPacket && b.kind != blockSimple && b.length > limit {
		return fmt.Errorf("a block of %d bytes is too large to be copied", b.length)
	}
	all, ok := in.peek(int(min(b.length, limit+maxFrameLarge)))
	switch {
	case !ok || int64(len(all)) < b.length:
		return nil // its reader says what is wrong
	case b.kind == blockEnhanced, b.kind == blockPacket, b.kind == blockSimple:
		c.blocks.Packet = all
	default:
		c.blocks.Before = append(c.blocks.Before, all...)
	}
	return nil
}

// undo forgets the newest block: it could not be read.
func (c *blockCopies) undo() {
	if c.wanted {
		c.blocks.Before, c.blocks.Packet = c.blocks.Before[:c.sound], nil
	}
}

// atEnd notes that no block follows.
func (c *blockCopies) atEnd() {
	c.blocks.Packet = nil
	if c.given {
		c.blocks.Before, c.given = c.blocks.Before[:0], false
	}
}

// KeepBlocks makes f keep the blocks that it reads from now on, for Blocks; false when f is no pcapng file. It is
// called before Next.
func (f *File) KeepBlocks() bool {
	g, ok := f.format.(*pcapngReader)
	if ok {
		g.copies.wanted = true
		g.copies.blocks.Before, g.copies.section = g.copies.section, nil
	}
	return ok
}

// Blocks are those of the frame that Next gave last, or of the end. They are valid until the next call of
// Next. Blocks of frames that were passed over are not among them.
func (f *File) Blocks() Blocks {
	g, ok := f.format.(*pcapngReader)
	if !ok {
		return Blocks{}
	}
	g.copies.given = true
	return g.copies.blocks
}
