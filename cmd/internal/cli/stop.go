package cli

import (
	"os"
	"os/signal"
	"sync/atomic"
	"syscall"
	"time"
)

// stop tells when the user, or the clock, has ended a capture.
type stop struct {
	on      atomic.Bool
	signals chan os.Signal
	timer   *time.Timer // nil: no limit of time
}

// newStop watches for Ctrl-C and its likes, and for the end of the duration unless that is 0. A second
// Ctrl-C ends the program at once.
func newStop(after time.Duration) *stop {
	s := &stop{signals: make(chan os.Signal, 1)}
	signal.Notify(s.signals, os.Interrupt, syscall.SIGTERM, syscall.SIGHUP)
	go func() {
		if _, ok := <-s.signals; ok {
			s.on.Store(true)
			signal.Stop(s.signals)
		}
	}()
	if after > 0 {
		s.timer = time.AfterFunc(after, func() { s.on.Store(true) })
	}
	return s
}

// ask asks for the end.
func (s *stop) ask() { s.on.Store(true) }

// asked reports whether to stop.
func (s *stop) asked() bool { return s.on.Load() }

// release lets signals do again what they did before.
func (s *stop) release() {
	signal.Stop(s.signals)
	close(s.signals)
	if s.timer != nil {
		s.timer.Stop()
	}
}
