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

// openOutput opens the file that the flags name; standard output when they name none. The file gets its name once
// it is written.
func openOutput(env *Env, o *annotateOptions, in inputs) (*outputFile, error) {
	if o.output == "" || o.output == "-" {
		return &outputFile{w: env.Out, close: func() error { return nil }}, nil
	}
	if err := o.mayWrite(in); err != nil {
		return nil, err
	}
	if info, err := os.Stat(o.output); err == nil && !info.Mode().IsRegular() {
		return o.create() // a device or a pipe
	}
	f, err := replace(o.output)
	if errors.Is(err, fs.ErrPermission) {
		return o.create() // the folder may be somebody else's where the file is not
	}
	if err != nil {
		return nil, failed(statusPart, fmt.Errorf("cannot write: %w", err))
	}
	return &outputFile{w: f, close: func() error { return writing(f.Close()) }}, nil
}

// isSameFile reports whether the file of that name is the one that info is about, be it by another name or a link.
func isSameFile(name string, info fs.FileInfo) bool {
	other, err := os.Stat(name)
	return name != "" && err == nil && os.SameFile(other, info)
}

// openLive is openOutput for a result that is read while it grows.
func openLive(env *Env, o *annotateOptions) (*outputFile, error) {
	if o.output == "" || o.output == "-" {
		return openOutput(env, o, nil)
	}
	if err := o.mayWrite(nil); err != nil {
		return nil, err
	}
	return o.create()
}

// create opens the file itself.
func (o *annotateOptions) create() (*outputFile, error) {
	f, err := os.OpenFile(o.output, os.O_WRONLY|os.O_CREATE|os.O_TRUNC, 0o666)
	if err != nil {
		return nil, failed(statusPart, fmt.Errorf("cannot write: %w", err))
	}
	return &outputFile{w: f, close: func() error { return writing(f.Close()) }}, nil
}

// mayWrite keeps files from being overwritten: what is read always, others
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
		if isSameFile(one.file, out) {
			return usageError(fmt.Errorf("%s is the capture itself", o.output), "name another file with -o")
		}
	}
	for file, what := range map[string]string{o.keylog: "key log", o.rules: "documented journey"} {
		if isSameFile(file, out) {
			return usageError(fmt.Errorf("%s is the %s itself", o.output, what), "name another file with -o")
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
