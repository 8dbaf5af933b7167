// Package paths labels the captures of several points of the way as one. It
// recognises the same packet at each point (through routers and address
// translation), takes the difference of the clocks out, and joins what the
// points saw of a journey, so that a step that only one of them can see is
// observed for all.
//
// Clocks reads the captures once and estimates how far their clocks are apart.
// Annotator then takes their frames, merged by corrected time: each point has a
// decoder and an annotator of its own, and what they find is put in order,
// completed by the other points' sightings, and handed to one Sink.
package paths

import (
	"time"

	"github.com/pktjourney/pktjourney/rules"
)

// Point is one capture point.
type Point struct {
	Name  string      // as the user calls it
	At    rules.Point // Unknown: to be deduced from its packets
	Files []string    // names of its captures, for the summary
}

// Limits of what is remembered.
const (
	travelTime  = 10 * time.Second // no packet is longer on its way
	maxPackets  = 1 << 16          // on their way at once; the oldest gives way
	maxHops     = 32               // of one packet
	holdTime    = time.Second      // a frame waits so long for its packet to be seen elsewhere
	maxHeld     = 10000            // and for so many frames
	maxLegs     = 32               // packets of one journey whose way is told
	maxSteps    = 4                // of those for one step
	journeyTime = 2 * time.Minute  // after its last frame a journey waits so long for what other points say of it
)
