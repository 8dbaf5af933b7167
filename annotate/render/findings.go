package render

import (
	"slices"
	"strings"

	"github.com/pktjourney/pktjourney/annotate"
	"github.com/pktjourney/pktjourney/decode"
	"github.com/pktjourney/pktjourney/decode/fact"
	"github.com/pktjourney/pktjourney/rules/words"
)

// findings are what the frames of a capture tell about how it was taken.
type findings struct {
	cut    int           // frames that the snap length cut
	snap   int           // bytes of the longest of them that were kept
	merged int           // TCP segments that no Ethernet link carries
	lost   int           // frames that the machine which captured dropped
	sealed int           // frames whose step was deduced for want of TLS keys
	secret int           // frames with data that TLS encrypts
	opened bool          // some of that data was decrypted
	ways   map[int]uint8 // the directions seen of a TCP connection, a bit for each
	both   bool          // of one of them both were seen
	spoke  bool          // one of them brought bytes
}

// The limits of findings.
const (
	// maxWays is how many TCP connections are looked at.
	maxWays = 4096
	// maxEthernet is the longest frame of a usual Ethernet link: 1,500 bytes, and a header with two VLAN tags.
	maxEthernet = 1500 + 14 + 8
)

// frame takes note of l.
func (f *findings) frame(l *annotate.Labelled) {
	if captured := l.Captured; captured < l.WireLen {
		f.cut++
		f.snap = max(f.snap, captured)
	}
	f.lost += l.Lost
	if l.Segment.Connection == nil {
		return
	}
	if l.WireLen > maxEthernet {
		f.merged++
	}
	if l.Segment.Connection.TLS() != nil {
		f.encrypted(l)
	}
	f.direction(l)
}

// encrypted notes whether what TLS carries in l could be read.
func (f *findings) encrypted(l *annotate.Labelled) {
	if l.Deduced {
		f.sealed++
	}
	if slices.ContainsFunc(l.Parts, func(p decode.Part) bool { return p.Message.Kind == decode.TLSData }) {
		f.secret++
	}
	if _, read := l.Facts.Get(fact.HTTPVersion); read {
		f.opened = true
	}
}

// direction notes which way a segment went.
func (f *findings) direction(l *annotate.Labelled) {
	seen, known := f.ways[l.Conversation.ID]
	if !known && len(f.ways) == maxWays {
		return
	}
	now := seen | 1<<l.Dir
	if now == 3 {
		f.both = true
	}
	if l.PayloadLen > 0 {
		f.spoke = true
	}
	if now == seen {
		return
	}
	if f.ways == nil {
		f.ways = make(map[int]uint8)
	}
	f.ways[l.Conversation.ID] = now
}

// oneWay reports whether connections carried bytes, and each was seen in one direction only.
func (f *findings) oneWay() bool { return f.spoke && !f.both }

// remedies are what to do about f, in the order in which it helps.
func (f *findings) remedies() []remedy {
	var list []remedy
	if f.oneWay() {
		list = append(list, remedyOneWay)
	}
	if f.cut > 0 {
		list = append(list, remedyCut.filled("{n}", f.cut).filled("{snap}", f.snap))
	}
	if f.merged > 0 {
		list = append(list, remedyMerged.filled("{n}", f.merged))
	}
	if f.lost > 0 {
		list = append(list, remedyLost.filled("{n}", f.lost))
	}
	switch {
	case f.sealed > 0:
		list = append(list, remedySealed.filled("{n}", f.sealed))
	case f.secret > 0 && !f.opened:
		list = append(list, remedySecret.filled("{n}", f.secret))
	}
	return list
}

// filled puts a number in the place of name.
func (r remedy) filled(name string, n int) remedy {
	number := string(annotate.AppendThousands(nil, n))
	for i := range r.text {
		r.text[i] = strings.ReplaceAll(r.text[i], name, number)
	}
	return r
}

// What the findings ask for.
var (
	remedyOneWay = remedy{words.Of("doctor.one-way"), captureAll}
	remedyCut    = remedy{words.Of("doctor.cut"), captureAll}
	remedyMerged = remedy{words.Of("doctor.merged"),
		[]command{{"Linux", "sudo ethtool -K eth0 gro off lro off gso off tso off"}}}
	remedySealed = remedy{words.Of("doctor.sealed"),
		keyLog}
	remedySecret = remedy{words.Of("doctor.secret"),
		keyLog}
	remedyLost = remedy{words.Of("doctor.lost"),
		[]command{
			{"", "sudo pktjourney capture -i eth0 --buffer 512 --filter 'port 53 or port 80 or port 443' -w journey.pcapng"},
			{"Linux", "sudo tcpdump -i eth0 -B 524288 -s 0 -w journey.pcap"}}}
)

// keyLog makes a browser write its TLS secrets, and uses them.
var keyLog = []command{
	{"Linux", "SSLKEYLOGFILE=$PWD/keys.txt firefox"},
	{"Windows", `set SSLKEYLOGFILE=%CD%\keys.txt & start firefox`},
	{"macOS", "SSLKEYLOGFILE=$PWD/keys.txt /Applications/Firefox.app/Contents/MacOS/firefox"},
	{"", "pktjourney annotate --keylog keys.txt journey.pcap"},
}
