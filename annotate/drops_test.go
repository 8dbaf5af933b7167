package annotate_test

import (
	"testing"
	"time"

	"github.com/pktjourney/pktjourney/annotate"
	"github.com/pktjourney/pktjourney/decode/capture/captest/packet"
)

// Frames that the machine which captured lost are said where they may be missing, and nowhere else.
func TestDropsAreTold(t *testing.T) {
	losing := func(pause time.Duration) func(c *packet.Capture) {
		return func(c *packet.Capture) {
			s := opened(c)
			s.Client.Send(getPage)
			s.Server.Send(page(10))
			c.Wait(pause)
			last := s.Client.ACK()
			c.Frames()[last-1].Lost = 212
		}
	}
	runStories(t, []story{
		{
			name: "frames were dropped while the response came", spec: "17: complete when no step that is visible is missing",
			tell: losing(0), want: openedWords + "4.1 4.5 4.5", journeys: example,
			differs: "Step 4.5 may lack frames: the machine that captured dropped 212 before frame 8. They are missing here, not on the network.",
		},
	})
	c := packet.New()
	losing(10 * time.Second)(c)
	r := annotated(t, c.Frames(), annotate.Options{})
	if len(r.journeys[0].Differences) != 0 || r.summary.Lost != 212 {
		t.Errorf("long after: %d dropped, %v", r.summary.Lost, r.journeys[0].Differences)
	}
}
