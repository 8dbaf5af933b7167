package cli

import (
	"bytes"
	"fmt"
	"hash/fnv"
	"io"
	"math/rand/v2"
	"os"
	"path/filepath"
	"runtime"
	"strings"
	"testing"
	"time"
)

// mostMemory is what the process may have taken from the system after any number of damaged captures.
const mostMemory = 512 << 20

// Whatever is cut off a capture or turned over in it, the program ends by itself, with a status that it documents.
// DAMAGED names a file with a list of captures to damage, 20 times in each way, in the place of our own.
func TestDamagedCaptures(t *testing.T) {
	files, times := damagedFiles(t)
	var slowest time.Duration
	var slowestOf string
	for _, file := range files {
		whole, err := os.ReadFile(file)
		if err != nil {
			t.Fatal(err)
		}
		h := fnv.New64()
		io.WriteString(h, filepath.Base(file))
		random := rand.New(rand.NewPCG(h.Sum64(), 1))
		runtime.GC() // what earlier runs left behind is not this one's
		for i := range 2 * times {
			if len(whole) == 0 {
				break
			}
			at := random.IntN(len(whole))
			name, damaged := fmt.Sprintf("%s cut at %d", file, at), whole[:at]
			if i >= times {
				bit := random.IntN(8)
				name, damaged = fmt.Sprintf("%s with bit %d of byte %d turned", file, bit, at), bytes.Clone(whole)
				damaged[at] ^= 1 << bit
			}
			began := time.Now()
			survives(t, name, damaged)
			if took := time.Since(began); took > slowest {
				slowest, slowestOf = took, name
			}
		}
	}
	var m runtime.MemStats
	runtime.ReadMemStats(&m)
	if m.Sys > mostMemory {
		t.Errorf("%d MiB of memory", m.Sys>>20)
	}
	t.Logf("%d captures, %d times damaged; %d MiB; the slowest took %v: %s", len(files), 2*times*len(files), m.Sys>>20, slowest.Round(time.Millisecond), slowestOf)
}

// damagedFiles are the captures, and how often each is damaged in each way.
func damagedFiles(t *testing.T) (files []string, times int) {
	if list := os.Getenv("DAMAGED"); list != "" {
		text, err := os.ReadFile(list)
		if err != nil {
			t.Fatal(err)
		}
		return strings.Fields(string(text)), 20
	}
	files, err := filepath.Glob("../../../testdata/captures/*/client*.pcap*")
	if err != nil || len(files) < 10 {
		t.Fatalf("%d captures: %v", len(files), err)
	}
	return files, 2
}

// survives annotates a capture that may be anything.
func survives(t *testing.T, name string, content []byte) {
	defer func() {
		if p := recover(); p != nil {
			t.Errorf("%s: panic: %v", name, p)
		}
	}()
	w := newWorld()
	w.In, w.Out = bytes.NewReader(content), io.Discard
	if status := Main(&w.Env, []string{"annotate", "-f", "ndjson", "--quiet", "-"}); status == statusUsage {
		t.Errorf("%s: status %d: %s", name, status, w.err.String())
	}
}
