package quic

import (
	"math/rand/v2"
	"strings"
	"testing"
)

func TestAssemblerPutsBytesInOrder(t *testing.T) {
	// RFC 9000 section 2.2: any order, overlaps, repeats.
	want := strings.Repeat("0123456789abcdef", 40)
	for seed := range uint64(50) {
		r := rand.New(rand.NewPCG(seed, 7))
		var a assembler
		var b budget
		var got strings.Builder
		for len(got.String()) < len(want) {
			from := r.IntN(len(want))
			to := min(len(want), from+1+r.IntN(250))
			a.add(uint64(from), []byte(want[from:to]), 1<<16, &b, func(p []byte) { got.Write(p) })
			if a.lost {
				t.Fatalf("seed %d: given up with %d pieces", seed, len(a.pieces))
			}
		}
		if got.String() != want || b.held != 0 || a.held != 0 {
			t.Fatalf("seed %d: %q, held %d and %d", seed, got.String(), b.held, a.held)
		}
	}
}

func TestAssemblerGivesUp(t *testing.T) {
	var a assembler
	var b budget
	for i := range maxPieces + 1 {
		a.add(uint64(2*i+1), []byte("x"), 1<<16, &b, func([]byte) { t.Error("delivered") })
	}
	if !a.lost || b.held != 0 {
		t.Errorf("lost %t, %d bytes held", a.lost, b.held)
	}
	a = assembler{}
	if a.add(1, make([]byte, 100), 99, &b, nil); !a.lost {
		t.Error("more is held than may be")
	}
}

func TestCryptoStreamSkipsLongMessages(t *testing.T) {
	var s cryptoStream
	var done []Message
	certificate := append([]byte{11, 0, 2, 0}, make([]byte, 512)...)
	for _, b := range append(append([]byte{8, 0, 0, 2, 0, 0}, certificate...), 20, 0, 0, 1, 7) {
		done = s.read([]byte{b}, done)
	}
	if len(done) != 3 || len(done[0].Body) != 6 || done[1].Type != 11 || len(done[1].Body) != messageHeaderLen || done[2].Type != 20 {
		t.Errorf("%+v", done)
	}
	if done = s.read([]byte{1, 2, 0, 0, 0}, nil); !s.bad || len(done) != 0 {
		t.Error("a message of 128 KiB is taken for real") // maxMessage
	}
}
