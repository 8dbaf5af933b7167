package cli

import (
	"github.com/pktjourney/pktjourney/annotate"
	"github.com/pktjourney/pktjourney/annotate/render"
	"github.com/pktjourney/pktjourney/decode/capture"
)

// copying is a source that hands its frames to a renderer which writes them anew.
type copying struct {
	capture.Source
	to   render.Copier
	file *capture.File // whose blocks are copied; nil when they are made anew
}

// copyTo is src, whose frames sink gets before they are labelled, if it wants them. files are
// those that src reads; the blocks of a single pcapng file are copied byte for byte.
func copyTo(sink annotate.Sink, src capture.Source, files []*capture.File) capture.Source {
	to, ok := sink.(render.Copier)
	if !ok {
		return src
	}
	c := &copying{Source: src, to: to}
	if len(files) == 1 && files[0].KeepBlocks() {
		c.file = files[0]
	}
	return c
}

// Next implements capture.Source.
func (c *copying) Next() (*capture.Frame, error) {
	f, err := c.Source.Next()
	var blocks capture.Blocks
	if c.file != nil {
		blocks = c.file.Blocks()
	}
	if err != nil {
		f, blocks.Packet = nil, nil
	}
	c.to.Take(f, blocks)
	return f, err
}
