package cli

import (
	"io"
	"os"
	"strconv"
	"strings"
	"time"

	"golang.org/x/term"

	"github.com/pktjourney/pktjourney/rules"
)

// Env is what a command sees of the world, so that a test can give it another.
type Env struct {
	In          io.Reader
	Out, Err    io.Writer
	OutTerminal bool // Out is a terminal
	ErrTerminal bool // Err is a terminal
	Width       int  // columns of Out; 0: no limit
	Getenv      func(string) string
	Now         func() time.Time // for progress only; results never depend on it
}

// System is the world as it is.
func System() *Env {
	e := &Env{
		In: os.Stdin, Out: os.Stdout, Err: os.Stderr,
		OutTerminal: term.IsTerminal(int(os.Stdout.Fd())),
		ErrTerminal: term.IsTerminal(int(os.Stderr.Fd())),
		Getenv:      os.Getenv,
		Now:         time.Now,
	}
	e.Width = e.columns()
	return e
}

const (
	defaultWidth = 80
	minWidth     = 40   // narrower than this nothing can be laid out
	maxWidth     = 4096 // COLUMNS is only believed up to here
)

// columns is the width of standard output: none where it is no terminal, so that
// what is piped is never wrapped; COLUMNS overrides both.
func (e *Env) columns() int {
	if n, err := strconv.Atoi(e.Getenv("COLUMNS")); err == nil && n > 0 && n <= maxWidth {
		return max(n, minWidth)
	}
	if !e.OutTerminal {
		return 0
	}
	if n, _, err := term.GetSize(int(os.Stdout.Fd())); err == nil && n > 0 {
		return max(n, minWidth)
	}
	return defaultWidth
}

// language is that of the locale (LC_ALL before LC_MESSAGES before LANG, as POSIX orders them).
func (e *Env) language() rules.Lang {
	for _, name := range []string{"LC_ALL", "LC_MESSAGES", "LANG"} {
		if v := e.Getenv(name); v != "" {
			if name, _, _ := strings.Cut(v, "."); name == "ko" || strings.HasPrefix(name, "ko_") {
				return rules.Korean
			}
			return rules.English
		}
	}
	return rules.English
}

// colored decides whether Out gets colours. NO_COLOR (no-color.org) counts
// where the flag leaves it open, and so does a terminal that calls itself dumb.
func (e *Env) colored(flag string) bool {
	switch flag {
	case "always":
		return true
	case "never":
		return false
	}
	return e.OutTerminal && e.Getenv("NO_COLOR") == "" && e.Getenv("TERM") != "dumb"
}
