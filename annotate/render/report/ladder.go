package report

import (
	"fmt"
	"net/netip"
	"strings"

	"github.com/pktjourney/pktjourney/annotate"
	"github.com/pktjourney/pktjourney/rules"
)

// ladder is the figure of who says what to whom.
type ladder struct {
	Width, Height int
	Hosts         []column
	Arrows        []arrow
	More          int // frames that it leaves out
	Bottom        int
}

type column struct {
	X          int
	Role, Name string
}

// arrow is a frame, or a run of frames that is folded.
type arrow struct {
	Number      int
	From, To    int // places in Hosts; everybody when To is -1
	Y, X1, X2   int
	Tip         int // x of the base of its head
	LabelX      int
	Phase       int
	Step, Words string
	Full        string // for who asks
	Folded      bool
}

// The measures of the figure, in its own units.
const (
	ladderWidth  = 1000
	ladderGutter = 64 // for frame numbers
	ladderTop    = 64
	arrowHeight  = 34
	maxArrows    = 150
	maxHosts     = 6
	foldFrom     = 3 // runs of more frames are folded
	labelChars   = 74
)

// ladder draws the frames of j, and those of its address, which no single journey has.
func (g *gatherer) ladder(j *annotate.Journey) *ladder {
	list := g.own(j)
	if len(list) == 0 {
		return nil
	}
	hosts := g.hosts(j, list)
	l := &ladder{Width: ladderWidth}
	place := make(map[string]int) // in hosts
	step := (ladderWidth - ladderGutter) / len(hosts)
	for i := range hosts {
		hosts[i].X = ladderGutter + step*i + step/2
		place[hosts[i].Name] = i
	}
	l.Hosts = hosts
	y := ladderTop + arrowHeight
	for i := 0; i < len(list); {
		if len(l.Arrows) == maxArrows {
			l.More = len(list) - i
			break
		}
		f := list[i]
		n := run(list[i:])
		l.Arrows = append(l.Arrows, g.arrow(f, place, hosts, y))
		y += arrowHeight
		i++
		if n > foldFrom {
			l.Arrows = append(l.Arrows, folded(list[i], list[i+n-2], n-1, y, g.words()))
			y += arrowHeight
			i += n - 1
		}
	}
	l.Bottom = y - arrowHeight/2
	l.Height = y
	return l
}

// own are the listed frames of j, those of phase 0 among them.
func (g *gatherer) own(j *annotate.Journey) (list []*frame) {
	lease := make(map[int]bool)
	for i := range j.Steps {
		if s := &j.Steps[i]; s.Step.Phase == 0 && s.Reason == "" {
			for _, n := range numbers(s.Frames, maxShared) {
				lease[n] = true
			}
		}
	}
	for i := range g.frames {
		if f := &g.frames[i]; f.journey == j.ID || f.journey == 0 && lease[f.Number] {
			list = append(list, f)
		}
	}
	return list
}

// run is how many frames at the start of list perform the same step of a stream of bytes.
func run(list []*frame) int {
	n := 1
	switch list[0].Protocol {
	case "TCP", "TLS", "HTTP", "HTTP2", "QUIC":
	default:
		return n
	}
	for n < len(list) && list[n].step == list[0].step && list[n].phase == list[0].phase && list[n].Protocol != "DNS" {
		n++
	}
	return n
}

// hosts are the columns: the client first, the web server last.
func (g *gatherer) hosts(j *annotate.Journey, list []*frame) []column {
	w := g.words()
	roles := map[string]string{j.Client.String(): w.Client}
	for _, s := range j.Servers {
		roles[s.String()] = w.Web
	}
	var middle, last []column
	seen := map[string]bool{j.Client.String(): true}
	add := func(name, role string) {
		if seen[name] || len(middle)+len(last) >= maxHosts-1 {
			return
		}
		seen[name] = true
		c := column{Name: name, Role: role}
		if role == w.Web {
			last = append(last, c)
			return
		}
		middle = append(middle, c)
	}
	for _, f := range list {
		for _, end := range []string{f.Source, f.Destination} {
			addr, err := netip.ParseAddr(end)
			if err != nil || addr.IsUnspecified() || addr.IsMulticast() || end == limitedBroadcast || addr == f.client {
				continue
			}
			role := roles[end]
			switch {
			case role != "":
			case f.Protocol == "DHCP" || f.Protocol == "ARP":
				role = w.Gateway
			case f.Protocol == "DNS":
				role = w.DNS
			default:
				role = w.OtherHost
			}
			add(end, role)
		}
	}
	return append(append([]column{{Name: j.Client.String(), Role: w.Client}}, middle...), last...)
}

const limitedBroadcast = "255.255.255.255"

// arrow draws one frame. An end that has no column is the client's where it speaks without an address, or
// everybody's.
func (g *gatherer) arrow(f *frame, place map[string]int, hosts []column, y int) arrow {
	a := arrow{Number: f.Number, Y: y, Phase: f.phase, Step: placeOf(f.phase, f.step), Full: f.Words}
	a.From = place[f.Source] // the client's where it is not known
	to, known := place[f.Destination]
	switch {
	case known:
		a.To = to
	case a.From == 0:
		a.To = everybody
	}
	a.X1 = hosts[a.From].X
	switch {
	case a.To == everybody:
		a.X2 = hosts[len(hosts)-1].X + 40
	case a.To == a.From:
		a.X2 = a.X1 + 60
	default:
		a.X2 = hosts[a.To].X
	}
	a.Tip = a.X2 - 9
	if a.X2 < a.X1 {
		a.Tip = a.X2 + 9
	}
	a.LabelX = min(a.X1, a.X2) + 6
	a.Words = clip(f.Words, max(20, (ladderWidth-a.LabelX)/8))
	return a
}

// everybody is the place of who is on the link, whoever that is.
const everybody = -1

func folded(first, last *frame, n, y int, w *pageWords) arrow {
	a := arrow{Number: first.Number, Y: y, Phase: first.phase, Step: placeOf(first.phase, first.step), Folded: true, X1: ladderGutter, X2: ladderWidth - 8, LabelX: ladderGutter + 12}
	a.Words = fmt.Sprintf(w.Folded, n) + fmt.Sprintf(" (%d–%d)", first.Number, last.Number)
	a.Full = a.Words
	return a
}

func placeOf(phase int, step rules.ID) string {
	if step != "" {
		return string(step)
	}
	if phase < 0 {
		return ""
	}
	return fmt.Sprint(phase)
}

// clip cuts s to n characters.
func clip(s string, n int) string {
	n = min(n, labelChars)
	if r := []rune(s); len(r) > n {
		return strings.TrimRight(string(r[:n-1]), " ,") + "…"
	}
	return s
}
