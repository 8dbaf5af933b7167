package cli

import (
	"errors"
	"fmt"
	"io"
	"os"
	"path/filepath"
	"regexp"
	"slices"
	"strings"

	"github.com/pktjourney/pktjourney/decode/capture"
	"github.com/pktjourney/pktjourney/rules"
)

// input is a capture as it stands on the command line.
type input struct {
	file string // "-": standard input
	name string // of the point where it was taken; "" when not told
}

// pointName is what a capture point may be called.
var pointName = regexp.MustCompile(`^[A-Za-z][A-Za-z0-9_.-]*$`)

// splitArgument takes NAME=FILE apart. A file whose whole name is that comes first.
func splitArgument(arg string) input {
	name, file, found := strings.Cut(arg, "=")
	known := pointCalled(name) != rules.Unknown || file == stdin || isFile(file)
	if !found || isFile(arg) || !known || !pointName.MatchString(name) {
		return input{file: arg}
	}
	return input{file: file, name: name}
}

// otherNames are what the points are also called.
var otherNames = map[string]rules.Point{"web": rules.WebServer, "server": rules.WebServer, "ns": rules.NameServer}

// pointCalled is the capture point that a name stands for, Unknown when it is none's:
// "router", "router2" and "router-wan" are routers.
func pointCalled(name string) rules.Point {
	for _, n := range []string{name, strings.TrimRight(name, "0123456789"), beforeDash(name)} {
		if p, ok := rules.ParsePoint(n); ok {
			return p
		}
		if p := otherNames[n]; p != rules.Unknown {
			return p
		}
	}
	return rules.Unknown
}

func beforeDash(name string) string {
	before, _, _ := strings.Cut(name, "-")
	return before
}

// inputs are the captures of one command line: one, the pieces of one, or those of several points.
type inputs []input

func splitArguments(args []string) (inputs, error) {
	list := make(inputs, len(args))
	pipes := 0
	for i, arg := range args {
		list[i] = splitArgument(arg)
		if list[i].file == stdin {
			pipes++
		}
		if (list[i].name == "") != (list[0].name == "") {
			return nil, usageError(fmt.Errorf("%s and %s: one tells where it was taken, the other does not", args[0], args[i]),
				"name the point of each, as in client=lan.pcap router=wan.pcap, or of none: then they are pieces of one capture")
		}
	}
	switch {
	case pipes > 1:
		return nil, usageError(errors.New("standard input can be read once"), `name "-" once`)
	case pipes > 0 && len(list.points()) > 1:
		return nil, usageError(errors.New("standard input cannot be one of several points: their captures are read twice"), "save it to a file first")
	}
	return list, nil
}

// points are the names of the capture points, in the order in which they came.
func (l inputs) points() []string {
	var names []string
	for _, in := range l {
		if !slices.Contains(names, in.name) {
			names = append(names, in.name)
		}
	}
	return names
}

// files are what the result calls the captures.
func (l inputs) files() []string {
	var names []string
	for _, in := range l {
		names = append(names, in.title())
	}
	return names
}

// reading is captures that are open.
type reading struct {
	capture.Source
	files []*capture.File
	wait  *waiting // for what comes slowly; see input.open
}

// open opens the captures; those that are open when one fails are closed again. ahead: they are read by goroutines of
// their own.
func (l inputs) open(env *Env, ahead bool) (*reading, error) {
	r := &reading{wait: &waiting{}}
	for _, in := range l {
		f, wait, err := in.open(env, ahead)
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

// title is what the result calls the capture: its file name without folders, so that the
// result does not depend on where it lies.
func (in input) title() string {
	if in.file == stdin {
		return "standard input"
	}
	return filepath.Base(in.file)
}

// open opens the capture. A capture that comes through standard input may come
// slowly: wait says what is to be done before each wait for more of it.
func (in input) open(env *Env, ahead bool) (f *capture.File, wait *waiting, err error) {
	if in.file != stdin || env.In == os.Stdin && isRegular(os.Stdin) {
		if ahead {
			f, err = capture.OpenAhead(in.file)
		} else {
			f, err = capture.Open(in.file)
		}
		return f, &waiting{}, err
	}
	wait = &waiting{r: env.In}
	f, err = capture.OpenReader(in.title(), wait)
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
