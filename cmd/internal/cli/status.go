package cli

import (
	"errors"
	"syscall"
)

// The exit statuses. Every command's help lists those that it can end with.
const (
	statusDone    = 0
	statusPart    = 1 // the input could be read only in part, or a check failed
	statusUsage   = 2
	statusNothing = 3 // nothing could be read
)

const statusHelp = `Exit status:
  0  done
  1  the capture could be read only in part (the message says where it stops),
     the output could not be written, or --strict found an unexplained frame
  2  wrong usage
  3  nothing could be read`

// exitError ends the program with a status of its own.
type exitError struct {
	status int
	err    error
	hint   string // what to do about it; "" when there is nothing to say
}

func (e *exitError) Error() string { return e.err.Error() }
func (e *exitError) Unwrap() error { return e.err }

// failed makes err end the program with status.
func failed(status int, err error) error { return &exitError{status: status, err: err} }

// usageError says that the command line is wrong, and what would be right.
func usageError(err error, hint string) error {
	return &exitError{status: statusUsage, err: err, hint: hint}
}

// statusOf finds the exit status for an error of a command. What carries none
// comes from cobra and is about usage.
func statusOf(err error) int {
	var e *exitError
	switch {
	case err == nil, brokenPipe(err):
		return statusDone
	case errors.As(err, &e):
		return e.status
	}
	return statusUsage
}

// brokenPipe reports whether whoever read our output has read enough.
func brokenPipe(err error) bool { return errors.Is(err, syscall.EPIPE) }
