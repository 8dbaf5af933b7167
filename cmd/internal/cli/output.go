package cli

import (
	"errors"
	"fmt"
	"io"
	"io/fs"
	"os"
)

// outputFile is where the result goes.
type outputFile struct {
	w     io.Writer
	close func() error
}

// openOutput opens the file that the flags name; standard output when they name none.
func openOutput(env *Env, o *annotateOptions, in inputs) (*outputFile, error) {
	if o.output == "" || o.output == "-" {
		return &outputFile{w: env.Out, close: func() error { return nil }}, nil
	}
	if err := o.mayWrite(in); err != nil {
		return nil, err
	}
	f, err := os.OpenFile(o.output, os.O_WRONLY|os.O_CREATE|os.O_TRUNC, 0o666)
	if err != nil {
		return nil, failed(statusPart, fmt.Errorf("cannot write: %w", err))
	}
	return &outputFile{w: f, close: func() error { return writing(f.Close()) }}, nil
}

// mayWrite keeps files from being overwritten: the input always, others
// without --force. A device or a pipe may be written to.
func (o *annotateOptions) mayWrite(in inputs) error {
	out, err := os.Stat(o.output)
	if errors.Is(err, fs.ErrNotExist) {
		return nil
	}
	if err != nil {
		return usageError(fmt.Errorf("cannot write: %w", err), "name another file with -o")
	}
	for _, one := range in {
		if info, err := os.Stat(one.file); err == nil && os.SameFile(info, out) {
			return usageError(fmt.Errorf("%s is the capture itself", o.output), "name another file with -o")
		}
	}
	if out.IsDir() {
		return usageError(fmt.Errorf("%s is a directory", o.output), "name a file with -o")
	}
	if out.Mode().IsRegular() && !o.force {
		return usageError(fmt.Errorf("%s exists", o.output), "overwrite it with --force")
	}
	return nil
}
