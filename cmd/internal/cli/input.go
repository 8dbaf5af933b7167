package cli

import (
	"io"
	"os"
	"path/filepath"
	"strings"

	"github.com/pktjourney/pktjourney/decode/capture"
	"github.com/pktjourney/pktjourney/rules"
)

// input is a capture as it stands on the command line.
type input struct {
	file  string // "-": standard input
	point string // where it was taken; "" when not told
}

// splitArgument takes POINT=FILE apart. A file whose whole name is that comes first.
func splitArgument(arg string) input {
	name, file, found := strings.Cut(arg, "=")
	if _, known := rules.ParsePoint(name); !found || !known || isFile(arg) {
		return input{file: arg}
	}
	return input{file: file, point: name}
}

// stdin is the file name that stands for standard input.
const stdin = "-"

// name is what the result calls the capture: its file name without folders, so that the
// result does not depend on where it lies.
func (in input) name() string {
	if in.file == stdin {
		return "standard input"
	}
	return filepath.Base(in.file)
}

// open opens the capture. A capture that comes through standard input may come
// slowly: wait says what is to be done before each wait for more of it.
func (in input) open(env *Env) (f *capture.File, wait *waiting, err error) {
	if in.file != stdin || env.In == os.Stdin && isRegular(os.Stdin) {
		f, err = capture.Open(in.file)
		return f, &waiting{}, err
	}
	wait = &waiting{r: env.In}
	f, err = capture.OpenReader(in.name(), wait)
	return f, wait, err
}

func isRegular(f *os.File) bool {
	info, err := f.Stat()
	return err == nil && info.Mode().IsRegular()
}

// waiting is a reader that does something before each read. An error of that ends the reading.
type waiting struct {
	r  io.Reader
	do func() error
}

// Read implements io.Reader.
func (w *waiting) Read(b []byte) (int, error) {
	if w.do != nil {
		if err := w.do(); err != nil {
			return 0, err
		}
	}
	return w.r.Read(b)
}
