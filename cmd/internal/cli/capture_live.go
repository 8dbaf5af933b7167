package cli

import (
	"errors"
	"fmt"
	"io"
	"os"
	"time"

	"github.com/pktjourney/pktjourney/annotate"
	"github.com/pktjourney/pktjourney/annotate/render"
	"github.com/pktjourney/pktjourney/decode/capture"
	"github.com/pktjourney/pktjourney/decode/capture/live"
	"github.com/pktjourney/pktjourney/decode/capture/save"
)

const (
	// keepEvery is how often what was gathered goes to the files at the latest: a crash loses no more.
	keepEvery = 500 * time.Millisecond
	// clockSlack is how far the annotator's clock stays behind: no frame that is still to be read is older.
	clockSlack = 500 * time.Millisecond
	// lastFrames is how long what the kernel holds is read after the end was asked for.
	lastFrames = 200 * time.Millisecond
)

// liveReading is a live capture as a source of frames. While nothing passes it lets the time go on.
type liveReading struct {
	env    *Env
	handle *live.Handle
	saver  *save.Writer // nil: the frames are not kept
	stop   *stop
	count  int // of frames after which to end; 0: none

	idle  []*annotate.Annotator // told the time while nothing passes
	flush func() error          // writes the labels that are ready

	last    int // number of the newest frame
	kept    time.Time
	dropped uint64 // by the kernel, as far as a frame said it
	lost    error  // what became of the interface

	ended time.Time // when the end was asked for; zero before
	rests int       // how often nothing came after that
}

func newLiveReading(env *Env, o *captureOptions, handle *live.Handle, file *os.File) (*liveReading, error) {
	r := &liveReading{env: env, handle: handle, count: o.count, kept: env.Now(), flush: func() error { return nil }}
	if file != nil {
		var err error
		r.saver, err = save.New(file, handle.Interface(), save.About{Application: "pktjourney " + version(), Filter: o.filter, Started: env.Now()})
		if err != nil {
			return nil, saving(err)
		}
	}
	r.stop = newStop(o.duration)
	return r, nil
}

// greet says on standard error what is captured.
func (r *liveReading) greet() {
	i := r.handle.Interface()
	fmt.Fprintf(r.env.Err, "capturing on %s (%s), Ctrl-C ends\n", render.Neutral(i.Name), render.LinkName(i.LinkType))
}

// Next implements capture.Source. After the end was asked for it still gives what the kernel holds.
func (r *liveReading) Next() (*capture.Frame, error) {
	for !r.over() {
		f, err := r.handle.Next()
		switch {
		case err == nil && r.ends() && f.Time.After(r.ended):
			return nil, io.EOF
		case err == nil:
			return f, r.keep(f)
		case err == live.ErrIdle:
			if err := r.rest(); err != nil {
				return nil, err
			}
		default:
			r.loses(err)
		}
	}
	return nil, io.EOF
}

// over reports whether nothing more is to be read.
func (r *liveReading) over() bool {
	if r.count > 0 && r.last >= r.count {
		return true
	}
	if !r.ends() && (r.stop.asked() || r.lost != nil) {
		r.ended = r.env.Now()
	}
	return r.ends() && (r.rests > 1 || r.env.Now().Sub(r.ended) > lastFrames)
}

// ends reports whether only frames that have passed already are to be read.
func (r *liveReading) ends() bool { return !r.ended.IsZero() }

// loses notes that the interface is gone. The kernel may still hold frames of it.
func (r *liveReading) loses(err error) {
	if r.lost == nil {
		r.lost = err
	}
	time.Sleep(live.Wait / 4)
}

// keep takes note of f and puts it into the file.
func (r *liveReading) keep(f *capture.Frame) error {
	r.last = f.Number
	f.Lost = 0
	if f.Time.Sub(r.kept) >= keepEvery {
		r.kept = f.Time
		f.Lost = r.newDrops()
		if err := r.write(); err != nil {
			return err
		}
	}
	if r.saver == nil {
		return nil
	}
	return saving(r.saver.Frame(f))
}

// newDrops is how many frames the kernel has dropped since the last call.
func (r *liveReading) newDrops() int {
	c, err := r.handle.Counts()
	if err != nil || c.Dropped < r.dropped {
		return 0
	}
	n := c.Dropped - r.dropped
	r.dropped = c.Dropped
	return int(n)
}

// rest is called while nothing passes.
func (r *liveReading) rest() error {
	now := r.env.Now()
	if r.ends() {
		r.rests++
	}
	for _, a := range r.idle {
		if err := a.Tick(now.Add(-clockSlack), r.last); err != nil {
			return writing(err)
		}
	}
	return r.write()
}

// write writes what was gathered.
func (r *liveReading) write() error {
	if err := r.flush(); err != nil {
		return writing(err)
	}
	if r.saver == nil {
		return nil
	}
	return saving(r.saver.Flush())
}

// finish ends the file and tells what was captured.
func (r *liveReading) finish(talk bool) error {
	c, err := r.handle.Counts()
	if err != nil {
		c = capture.Counts{At: r.env.Now(), Received: uint64(r.last)}
	}
	if talk {
		fmt.Fprintf(r.env.Err, "%s captured, %d dropped by the kernel, %d dropped by the interface\n", someFrames(r.last), c.Dropped, c.InterfaceDropped)
	}
	if r.saver != nil {
		err = saving(r.saver.Close(c))
	}
	return errors.Join(err, r.gone())
}

// gone says that the interface went away.
func (r *liveReading) gone() error {
	if r.lost == nil {
		return nil
	}
	return &exitError{status: statusPart, err: r.lost, hint: "what came before that is labelled: " + someFrames(r.last)}
}

// saving says that err came from the file of -w.
func saving(err error) error {
	if err == nil {
		return nil
	}
	return failed(statusPart, fmt.Errorf("cannot keep the frames: %w", err))
}

// someFrames is "1 frame" or "2 frames".
func someFrames(n int) string {
	if n == 1 {
		return "1 frame"
	}
	return fmt.Sprintf("%d frames", n)
}
