package paths

import (
	"slices"
	"time"

	"github.com/pktjourney/pktjourney/annotate"
)

// held holds the frames that were not handed over yet, in order.
type held struct {
	frames []*heldFrame
}

// heldFrame is a frame on its way to the sink.
type heldFrame struct {
	number int
	time   time.Time
	packet *packet            // nil when it is not recognised elsewhere
	label  *annotate.Labelled // nil until its point knows
	at     *point             // whose frame it is; valid when label is
}

func (q *held) empty() bool { return len(q.frames) == 0 }

func (q *held) first() *heldFrame { return q.frames[0] }

func (q *held) push(number int, at time.Time) *heldFrame {
	h := &heldFrame{number: number, time: at}
	q.frames = append(q.frames, h)
	return h
}

func (q *held) pop() {
	q.frames[0] = nil
	q.frames = q.frames[1:]
}

// find finds the frame of that number, which must be there.
func (q *held) find(number int) *heldFrame {
	i, _ := slices.BinarySearchFunc(q.frames, number, func(h *heldFrame, n int) int { return h.number - n })
	return q.frames[i]
}

// tooLong reports whether h has waited as long as frames may, at the time and frame now.
func (h *heldFrame) tooLong(now time.Time, number int) bool {
	return now.Sub(h.time) > holdTime || number-h.number >= maxHeld
}
