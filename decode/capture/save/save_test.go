package save_test

import (
	"bytes"
	"io"
	"testing"
	"time"

	"github.com/pktjourney/pktjourney/decode/capture"
	"github.com/pktjourney/pktjourney/decode/capture/save"
)

var begin = time.Date(2026, 11, 26, 9, 0, 0, 123456789, time.UTC)

// saved is a capture of n frames, and how many bytes it has behind the head and each frame.
func saved(t *testing.T, n int) (file []byte, ends []int) {
	t.Helper()
	var b bytes.Buffer
	w, err := save.New(&b, &capture.Interface{Name: "eth0", LinkType: capture.LinkEthernet, SnapLen: 262144}, save.About{
		Application: "pktjourney", Filter: "port 53", Started: begin,
	})
	if err != nil {
		t.Fatal(err)
	}
	ends = append(ends, b.Len())
	for i := range n {
		f := capture.Frame{Time: begin.Add(time.Duration(i)), WireLen: 1500, Data: bytes.Repeat([]byte{byte(i)}, 60+i), Lost: i % 2 * 7}
		if err := w.Frame(&f); err != nil {
			t.Fatal(err)
		}
		if err := w.Flush(); err != nil {
			t.Fatal(err)
		}
		ends = append(ends, b.Len())
	}
	if err := w.Close(capture.Counts{At: begin.Add(time.Second), Received: uint64(n + 9), Dropped: 9}); err != nil {
		t.Fatal(err)
	}
	return b.Bytes(), ends
}

func TestFramesComeBack(t *testing.T) {
	const n = 5
	file, _ := saved(t, n)
	f, err := capture.OpenReader("saved", bytes.NewReader(file))
	if err != nil {
		t.Fatal(err)
	}
	for i := range n {
		r, err := f.Next()
		if err != nil {
			t.Fatal(err)
		}
		if !r.Time.Equal(begin.Add(time.Duration(i))) || r.WireLen != 1500 || len(r.Data) != 60+i || r.Data[0] != byte(i) ||
			r.Interface.Name != "eth0" || r.LinkType != capture.LinkEthernet || r.Lost != i%2*7 {
			t.Errorf("frame %d: %+v", r.Number, r)
		}
	}
	if _, err := f.Next(); err != io.EOF {
		t.Errorf("at the end: %v", err)
	}
}

// A program that is killed leaves a file that is good up to the last flush.
func TestEveryFlushIsAWholeFile(t *testing.T) {
	file, ends := saved(t, 5)
	for want, end := range ends {
		f, err := capture.OpenReader("cut", bytes.NewReader(file[:end]))
		if err != nil {
			t.Fatal(err)
		}
		n := 0
		for err = nil; err == nil; n++ {
			_, err = f.Next()
		}
		if err != io.EOF || n-1 != want {
			t.Errorf("%d bytes: %d frames, then %v; want %d", end, n-1, err, want)
		}
	}
}

// failing accepts so many bytes.
type failing struct{ left int }

func (f *failing) Write(b []byte) (int, error) {
	if f.left -= len(b); f.left < 0 {
		return 0, io.ErrShortWrite
	}
	return len(b), nil
}

// What goes wrong is said once and for all; nothing is gathered after it.
func TestFullDisk(t *testing.T) {
	w, err := save.New(&failing{1000}, &capture.Interface{Name: "eth0"}, save.About{})
	if err != nil {
		t.Fatal(err)
	}
	f := capture.Frame{Time: begin, WireLen: 1000, Data: make([]byte, 1000)}
	if err := w.Frame(&f); err != nil {
		t.Fatal(err)
	}
	for range 3 {
		if err := w.Flush(); err != io.ErrShortWrite {
			t.Errorf("flush: %v", err)
		}
		if err := w.Frame(&f); err != io.ErrShortWrite {
			t.Errorf("frame: %v", err)
		}
	}
}
