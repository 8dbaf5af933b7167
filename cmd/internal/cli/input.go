package cli

import (
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

func (in input) open(env *Env) (*capture.File, error) {
	if in.file == stdin && env.In != os.Stdin {
		return capture.OpenReader(in.name(), env.In)
	}
	return capture.Open(in.file)
}
