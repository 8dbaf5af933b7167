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

	files []*capture.File // that are read
	any   bool            // a frame came
}

// copyTo is src, whose frames sink gets before they are labelled, if it wants them. files are
// those that src reads; the blocks of a single pcapng file are copied byte for byte.
func copyTo(sink annotate.Sink, src capture.Source, files []*capture.File) capture.Source {
	to, ok := sink.(render.Copier)
	if !ok {
		return src
	}
	c := &copying{Source: src, to: to, files: files}
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
		c.describe()
	}
	c.any = c.any || f != nil
	c.to.Take(f, blocks)
	return f, err
}

// describe lets a capture without frames keep its link types: what reads it asks for them.
func (c *copying) describe() {
	to, ok := c.to.(render.InterfaceCopier)
	if c.any || c.file != nil || !ok {
		return
	}
	for _, file := range c.files {
		for _, i := range file.Interfaces() {
			to.TakeInterface(i)
		}
	}
}
