package render

import (
	"fmt"
	"math"
	"math/rand/v2"
	"strconv"
	"testing"

	"github.com/pktjourney/pktjourney/annotate"
)

// numbers are the borders of how many digits there are, and some between.
func numbers() []uint64 {
	list := []uint64{0, 1, 9, math.MaxInt64, math.MaxUint64, 43698, 99990000, 10009, 90099}
	for p := uint64(10); p <= math.MaxUint64/10; p *= 10 {
		list = append(list, p-1, p, p+1)
	}
	random := rand.New(rand.NewPCG(1, 2))
	for range 100000 {
		list = append(list, random.Uint64()>>random.IntN(64))
	}
	return list
}

func TestEightDigits(t *testing.T) {
	for n := range uint64(10000) { // each half has all values
		if got, want := string(appendDigits(nil, int64(n*10001), 8)), fmt.Sprintf("%04d%04d", n, n); got != want {
			t.Fatalf("%q, want %q", got, want)
		}
	}
}

func TestAppendDigits(t *testing.T) {
	for _, n := range numbers() {
		n &= math.MaxInt64
		for width := len(strconv.FormatUint(n, 10)); width <= 20; width++ {
			if got, want := string(appendDigits([]byte("<"), int64(n), width)), fmt.Sprintf("<%0*d", width, n); got != want {
				t.Fatalf("%q, want %q", got, want)
			}
		}
	}
}

func TestSetDigits(t *testing.T) {
	for _, n := range numbers() {
		text := strconv.FormatUint(n, 10)
		for width := range 22 {
			before := "<" + string(make([]byte, width)) + ">"
			b := []byte(before)
			fits := setDigits(b[1:1+width], n)
			switch want := width == len(text) && width < len(powers); {
			case fits != want:
				t.Fatalf("%d in %d bytes: %v", n, width, fits)
			case fits && string(b) != "<"+text+">":
				t.Fatalf("%d in %d bytes: %q", n, width, b)
			case !fits && string(b) != before:
				t.Fatalf("%d in %d bytes: written in part: %q", n, width, b)
			}
		}
	}
}

func TestSetThousands(t *testing.T) {
	for _, n := range numbers() {
		n &= math.MaxInt64
		text := string(annotate.AppendThousands(nil, int(n)))
		for length := range 28 {
			before := "<" + string(make([]byte, length)) + ">"
			b := []byte(before)
			fits := setThousands(b[1:1+length], int(n))
			switch want := length == len(text); {
			case fits != want:
				t.Fatalf("%d in %d bytes: %v", n, length, fits)
			case fits && string(b) != "<"+text+">":
				t.Fatalf("%d in %d bytes: %q", n, length, b)
			case !fits && string(b) != before:
				t.Fatalf("%d in %d bytes: written in part: %q", n, length, b)
			}
		}
	}
}
