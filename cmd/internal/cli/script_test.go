package cli

import (
	"flag"
	"fmt"
	"os"
	"path/filepath"
	"testing"

	"github.com/rogpeppe/go-internal/testscript"

	"github.com/pktjourney/pktjourney/decode/capture"
	"github.com/pktjourney/pktjourney/decode/capture/filter"
)

var update = flag.Bool("update", false, "write what the scripts and the golden journeys compare with anew; read the difference before committing it")

// programs are what tests run besides themselves; those of one system are added in its files.
var programs = map[string]func(){
	"pktjourney": func() { os.Exit(Main(System(), os.Args[1:])) },
}

func TestMain(m *testing.M) { testscript.Main(m, programs) }

// TestScript runs testdata/script/*.txtar. In them $CAPTURES is the folder of the project's own captures,
// $OWN that of journeys that need no Go.
func TestScript(t *testing.T) {
	captures, err := filepath.Abs("../../../testdata/captures")
	if err != nil {
		t.Fatal(err)
	}
	testscript.Run(t, testscript.Params{
		Dir:                 "testdata/script",
		UpdateScripts:       *update,
		RequireExplicitExec: true,
		RequireUniqueNames:  true,
		Condition:           condition,
		Setup: func(e *testscript.Env) error {
			e.Setenv("CAPTURES", captures)
			e.Setenv("OWN", filepath.Join(captures, "../own"))
			e.Setenv("LANG", "C")
			return nil
		},
	})
}

// condition knows "filters": this build can compile them.
func condition(name string) (bool, error) {
	if name != "filters" {
		return false, fmt.Errorf("unknown condition %q", name)
	}
	_, err := filter.Compile("tcp", capture.LinkEthernet)
	return err == nil, nil
}
