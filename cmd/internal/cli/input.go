package cli

import (
	"errors"
	"fmt"
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

// inputs are the captures of one command line: one, or the pieces of one.
type inputs []input

// splitArguments takes the arguments apart. Pieces of one capture are taken at one point.
func splitArguments(args []string) (inputs, error) {
	list := make(inputs, len(args))
	pipes := 0
	for i, arg := range args {
		list[i] = splitArgument(arg)
		if list[i].file == stdin {
			pipes++
		}
		if list[i].point != list[0].point {
			return nil, usageError(fmt.Errorf("%s was taken at another point than %s", args[i], args[0]),
				"the pieces of one capture come from one point; give the captures of several points one at a time")
		}
	}
	if pipes > 1 {
		return nil, usageError(errors.New("standard input can be read once"), `name "-" once`)
	}
	return list, nil
}

// names are what the result calls the captures.
func (l inputs) names() []string {
	var names []string
	for _, in := range l {
		names = append(names, in.name())
	}
	return names
}

// reading is captures that are open.
type reading struct {
	capture.Source
	files []*capture.File
	wait  *waiting // for what comes slowly; see input.open
}

// open opens the captures; those that are open when one fails are closed again.
func (l inputs) open(env *Env) (*reading, error) {
	r := &reading{wait: &waiting{}}
	for _, in := range l {
		f, wait, err := in.open(env)
		if err != nil {
			r.close()
			return nil, err
		}
		r.files = append(r.files, f)
		if in.file == stdin {
			r.wait = wait
		}
	}
	if len(r.files) == 1 {
		r.Source = r.files[0]
	} else {
		r.Source = capture.Merge(r.files)
	}
	return r, nil
}

func (r *reading) close() {
	for _, f := range r.files {
		f.Close()
	}
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
