package cli

import (
	"errors"
	"fmt"
	"io/fs"
	"os"
	"os/signal"
	"path/filepath"
	"strings"
	"syscall"
)

// replacement is a file that gets its name once it is whole: until then the one of that name, if there is any, stays as
// it was. When there is no room for all of it, it ends behind what was written as a whole.
type replacement struct {
	*os.File
	name    string // that it is to get
	whole   int64  // bytes that were written as wholes
	signals chan os.Signal
}

// replace begins the replacement of the file of that name.
func replace(name string) (*replacement, error) {
	mode := fs.FileMode(0o666)
	if real, err := filepath.EvalSymlinks(name); err == nil {
		name = real // what a link leads to is replaced, not the link
		if info, err := os.Stat(name); err == nil {
			mode = info.Mode().Perm()
		}
	}
	temporary := filepath.Join(filepath.Dir(name), fmt.Sprintf(".%s.%d.part", shortened(filepath.Base(name)), os.Getpid()))
	f, err := os.OpenFile(temporary, os.O_WRONLY|os.O_CREATE|os.O_EXCL, mode)
	if err != nil {
		return nil, err
	}
	r := &replacement{File: f, name: name, signals: make(chan os.Signal, 1)}
	signal.Notify(r.signals, os.Interrupt, syscall.SIGTERM, syscall.SIGHUP)
	go r.watch()
	return r, nil
}

// shortened is the name of a file, cut so that something can be added: file systems take 255 bytes.
func shortened(name string) string {
	const most = 200
	if len(name) <= most {
		return name
	}
	return strings.ToValidUTF8(name[:most], "")
}

// watch leaves nothing behind when the program is ended, and ends it as the signal would have.
func (r *replacement) watch() {
	s, ok := <-r.signals
	if !ok {
		return
	}
	os.Remove(r.File.Name())
	signal.Reset(s)
	if p, err := os.FindProcess(os.Getpid()); err != nil || p.Signal(s) != nil {
		os.Exit(1)
	}
}

// Write implements io.Writer. Renderers write whole records.
func (r *replacement) Write(b []byte) (int, error) {
	n, err := r.File.Write(b)
	if err != nil {
		return n, errors.Join(err, r.Truncate(r.whole))
	}
	r.whole += int64(n)
	return n, nil
}

// Close gives the file its name.
func (r *replacement) Close() error {
	signal.Stop(r.signals)
	close(r.signals)
	if err := r.File.Close(); err != nil {
		return err
	}
	return os.Rename(r.File.Name(), r.name)
}
