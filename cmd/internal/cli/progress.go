package cli

import (
	"fmt"
	"io"
	"time"

	"github.com/pktjourney/pktjourney/decode/capture"
)

// progress shows on a terminal how far the reading is. It shows nothing before it has
// lasted a while, and goes away before the result is written to the same terminal.
type progress struct {
	env    *Env
	src    sized
	on     bool
	shown  bool // something stands on the terminal
	frames int
	start  time.Time
	last   time.Time // when it was written last
}

// sized is a source that knows how many bytes there are to read and how many were read.
type sized interface {
	Size() int64
	Read() int64
}

const (
	progressAfter = 500 * time.Millisecond
	progressEvery = 200 * time.Millisecond
	progressCheck = 1024 // frames between two looks at the clock
)

func newProgress(env *Env, src capture.Source, quiet bool) *progress {
	s, _ := src.(sized)
	p := &progress{env: env, src: s, on: env.ErrTerminal && !quiet}
	if p.on {
		p.start = env.Now()
		p.last = p.start.Add(progressAfter - progressEvery)
	}
	return p
}

// saw takes note of a frame.
func (p *progress) saw(number int) {
	p.frames = number
	if !p.on || number%progressCheck != 0 {
		return
	}
	if now := p.env.Now(); now.Sub(p.last) >= progressEvery {
		p.last = now
		p.shown = true
		fmt.Fprintf(p.env.Err, "\r%s\x1b[K", p.line(now.Sub(p.start)))
	}
}

// line is what is shown after so much time.
func (p *progress) line(since time.Duration) string {
	seconds := since.Seconds()
	s := fmt.Sprintf("%d frames, %.0f a second", p.frames, float64(p.frames)/seconds)
	if p.src == nil {
		return s
	}
	size, read := p.src.Size(), p.src.Read()
	if size == 0 || read == 0 {
		return s
	}
	part := min(float64(read)/float64(size), 1)
	left := time.Duration(seconds * (1 - part) / part * float64(time.Second)).Round(time.Second)
	return fmt.Sprintf("%s, %.0f %%, %s left", s, part*100, left)
}

// clear takes it off the terminal.
func (p *progress) clear() {
	if p.shown {
		io.WriteString(p.env.Err, "\r\x1b[K")
		p.shown = false
	}
}

// guard makes w clear the terminal and end the progress when w is that terminal too.
func (p *progress) guard(w, to io.Writer) io.Writer {
	if !p.on || !p.env.OutTerminal || to != p.env.Out {
		return w
	}
	return guarded{w, p}
}

type guarded struct {
	w io.Writer
	p *progress
}

func (g guarded) Write(b []byte) (int, error) {
	g.p.clear()
	g.p.on = false
	return g.w.Write(b)
}
