package rules

import (
	"bytes"
	"errors"
	"fmt"
	"io"
	"io/fs"
	"regexp"
	"strconv"

	"go.yaml.in/yaml/v3"
)

type node = yaml.Node

// maxFile is the most that one data file may hold. The files that are built in
// are a tenth of it.
const maxFile = 4 << 20

// read reads a file of the journey. Without an error and without a node the file
// had a mistake that was noted.
func (l *loader) read(name string) (file, *node, error) {
	f := file{name: l.dir + name, mistakes: &l.mistakes}
	b, err := readLimited(l.fsys, name)
	if err != nil {
		return f, nil, err
	}
	return f, f.parse(b), nil
}

func readLimited(fsys fs.FS, name string) ([]byte, error) {
	in, err := fsys.Open(name)
	if err != nil {
		return nil, err
	}
	defer in.Close()
	b, err := io.ReadAll(io.LimitReader(in, maxFile+1))
	if err == nil && len(b) > maxFile {
		err = fmt.Errorf("longer than %d bytes", maxFile)
	}
	return b, err
}

// parse finds the one YAML document in b; nil when there is none.
func (f file) parse(b []byte) *node {
	d := yaml.NewDecoder(bytes.NewReader(b))
	var document, second node
	if err := d.Decode(&document); err != nil {
		f.syntax(err)
		return nil
	}
	if err := d.Decode(&second); err == nil {
		f.mistake(&second, "a second document: one file holds one")
	} else if err != io.EOF {
		f.syntax(err)
	}
	return document.Content[0]
}

var yamlLine = regexp.MustCompile(`^yaml: (?:line (\d+): )?(.*)`)

// syntax notes an error of the YAML reader, which tells the line in its text only.
func (f file) syntax(err error) {
	if err == io.EOF {
		f.mistake(nil, "an empty file")
		return
	}
	at, reason := node{}, err.Error()
	if m := yamlLine.FindStringSubmatch(reason); m != nil {
		at.Line, _ = strconv.Atoi(m[1])
		reason = m[2]
	}
	f.mistake(&at, "not YAML: %s", reason)
}

// follow gives n itself, or what stands in the file that n names.
func (l *loader) follow(f file, n *node) (file, *node) {
	if n.Kind != yaml.ScalarNode {
		return f, n
	}
	name := f.scalar(n)
	in, there, err := l.read(name)
	if err != nil {
		f.mistake(n, "file %q: %v", name, plain(err))
		return f, nil
	}
	return in, there
}

// plain is err without the operation and the path, which are said around it.
func plain(err error) error {
	var path *fs.PathError
	if errors.As(err, &path) {
		return path.Err
	}
	return err
}
