package cli

import (
	"go/parser"
	"go/token"
	"path/filepath"
	"strconv"
	"strings"
	"testing"
)

// bannedHere are packages that no file of the command line imports itself, and why.
var bannedHere = map[string]string{
	"github.com/google/gopacket":                     "decode/layers and decode/capture/live are the doors to gopacket",
	"github.com/pktjourney/pktjourney/decode/layers": "commands connect decode, annotate and render; what packets say is theirs",
	"github.com/pktjourney/pktjourney/decode/stream": "as decode/layers",
	"github.com/pktjourney/pktjourney/decode/dns":    "as decode/layers",
	"github.com/pktjourney/pktjourney/decode/dhcp":   "as decode/layers",
	"github.com/pktjourney/pktjourney/decode/http":   "as decode/layers",
	"github.com/pktjourney/pktjourney/decode/tls":    "as decode/layers",
	"encoding/json": "render writes what programs read",
}

func TestCommandsOnlyConnect(t *testing.T) {
	files, err := filepath.Glob("*.go")
	if err != nil {
		t.Fatal(err)
	}
	for _, file := range files {
		if strings.HasSuffix(file, "_test.go") {
			continue
		}
		f, err := parser.ParseFile(token.NewFileSet(), file, nil, parser.ImportsOnly)
		if err != nil {
			t.Fatal(err)
		}
		for _, spec := range f.Imports {
			name, _ := strconv.Unquote(spec.Path.Value)
			for banned, why := range bannedHere {
				if name == banned || strings.HasPrefix(name, banned+"/") {
					t.Errorf("%s imports %s: %s", file, name, why)
				}
			}
		}
	}
}
