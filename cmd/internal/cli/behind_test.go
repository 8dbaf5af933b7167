package cli

import (
	"bytes"
	"errors"
	"io"
	"strings"
	"testing"
	"time"
)

// slowly takes its time for every write.
type slowly struct{ bytes.Buffer }

func (s *slowly) Write(p []byte) (int, error) {
	time.Sleep(2 * handover)
	return s.Buffer.Write(p)
}

func TestWriteBehind(t *testing.T) {
	var quick bytes.Buffer
	var slow slowly
	for _, c := range []struct {
		name   string
		out    io.Writer
		text   func() string
		behind bool
	}{
		{"quick", &quick, quick.String, false},
		{"slow", &slow, slow.String, true},
	} {
		b := writeBehind(c.out)
		var want strings.Builder
		piece := []byte("piece ")
		for i := range 1000 {
			piece[0] = byte('a' + i%26)
			want.Write(piece)
			if n, err := b.Write(piece); n != len(piece) || err != nil {
				t.Fatal(c.name, n, err)
			}
			if c.behind && i == slowWrites && b.full == nil {
				t.Errorf("%s: no goroutine writes", c.name)
			}
		}
		if err := b.end(); err != nil || c.text() != want.String() {
			t.Errorf("%s: %v, %d bytes of %d", c.name, err, len(c.text()), want.Len())
		}
	}
}

// full is a disk with no room.
type full struct{ writes int }

var errNoRoom = errors.New("no room")

func (f *full) Write([]byte) (int, error) {
	f.writes++
	return 0, errNoRoom
}

// An error ends the writing soon, and is told at the end whatever happened before.
func TestWriteBehindFails(t *testing.T) {
	f := new(full)
	b := writeBehind(f)
	b.start()
	failed := false
	for range 100 * behindPieces {
		if _, err := b.Write([]byte("x")); err != nil {
			failed = errors.Is(err, errNoRoom)
			break
		}
	}
	if err := b.end(); !failed || !errors.Is(err, errNoRoom) || f.writes != 1 {
		t.Errorf("failed %v, at the end %v, %d writes", failed, err, f.writes)
	}
	b = writeBehind(f)
	b.start()
	b.Write([]byte("x"))
	if err := b.end(); !errors.Is(err, errNoRoom) {
		t.Errorf("of a single write: %v", err)
	}
	f, b = new(full), writeBehind(f)
	for range 2 {
		if _, err := b.Write([]byte("x")); !errors.Is(err, errNoRoom) {
			t.Errorf("at once: %v", err)
		}
	}
	if err := b.end(); !errors.Is(err, errNoRoom) {
		t.Errorf("of writes at once: %v", err)
	}
}

// The result does not depend on the number of workers.
func TestWorkers(t *testing.T) {
	const path = "../../../testdata/captures/two-clients/home-wan.pcap"
	for _, format := range []string{"table", "ndjson", "csv", "pcapng", "html", "markdown"} {
		want := annotated(t, "-f", format, "--quiet", "--workers", "1", path)
		for _, n := range []string{"2", "7"} {
			if got := annotated(t, "-f", format, "--quiet", "--workers", n, path); !bytes.Equal(got, want) {
				t.Errorf("%s with %s workers is another", format, n)
			}
		}
	}
}
