package rules

import (
	"embed"
	"fmt"
	"io/fs"
	"os"
	"path/filepath"
	"sync"

	"go.yaml.in/yaml/v3"
)

//go:embed web/*.yaml
var web embed.FS

// Web is the journey that is built in: from getting an address to seeing the
// page of www.google.com. It is read once; nobody may change it.
var Web = sync.OnceValue(func() *Journey {
	j, err := loadWeb()
	if err != nil {
		panic(err) // TestWeb reads it
	}
	return j
})

func loadWeb() (*Journey, error) {
	sub, err := fs.Sub(web, "web")
	if err != nil {
		return nil, err
	}
	return (&loader{fsys: sub}).load("journey.yaml")
}

// Load reads the journey whose first file is name. Phases, variants and phrases may
// stand in it or in files of fsys that it names. Variants and phrases that it leaves
// out are those of Web. If the files have mistakes, the error holds each of them as
// a *Mistake.
func Load(fsys fs.FS, name string) (*Journey, error) {
	return (&loader{fsys: fsys, base: Web()}).load(name)
}

// LoadFile is Load for a file on disk. The files that it names stand beside it.
func LoadFile(path string) (*Journey, error) {
	dir, name := filepath.Split(filepath.Clean(path))
	l := &loader{fsys: os.DirFS(filepath.Clean(dir + ".")), dir: dir, base: Web()}
	return l.load(name)
}

// loader reads one journey.
type loader struct {
	fsys     fs.FS
	dir      string   // put in front of the names of files in mistakes
	base     *Journey // gives what the files leave out; nil for the built-in journey
	journey  *Journey
	places   places
	mistakes []*Mistake
}

func (l *loader) load(name string) (*Journey, error) {
	l.journey = &Journey{byStep: map[ID]*Step{}, phrases: map[string]*Sentence{}}
	f, n, err := l.read(name)
	if err != nil {
		return nil, fmt.Errorf("rules: %s: %w", l.dir+name, plain(err))
	}
	if n != nil {
		l.readJourney(f, n)
		l.resolve()
	}
	if len(l.mistakes) > 0 {
		return nil, joinMistakes(l.mistakes)
	}
	l.journey.index()
	return l.journey, nil
}

// readJourney reads the first file. Variants come first: rules name them.
func (l *loader) readJourney(f file, n *node) {
	b := f.open(n, journeyKeys)
	l.journey.Name = b.needWord("name")
	l.journey.Title = b.text("title")
	l.journey.Asked = b.word("asked")
	l.readVariants(b)
	l.readPhrases(b)
	phases := b.need("phases")
	if phases == nil {
		return
	}
	list := b.list("phases")
	if phases.Kind == yaml.SequenceNode && len(list) == 0 {
		b.mistake(phases, "a journey without phases")
	}
	for _, p := range list {
		if in, phase := l.follow(b.file, p); phase != nil {
			l.readPhase(in, phase)
		}
	}
}
