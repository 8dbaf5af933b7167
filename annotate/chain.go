package annotate

import (
	"slices"

	"github.com/pktjourney/pktjourney/decode/layers"
	"github.com/pktjourney/pktjourney/rules"
)

// Chain is how one connection of a journey follows from what its client was told before: from
// its lease, through question and answer, to the name that the connection itself tells. Each
// link names the frames that prove it. A question that no connection follows has a chain too.
type Chain struct {
	Links []Link // in the order of the journey

	conversation int // of the connection, as in decode.Frame; -1 when there is none
	transport    layers.Transport
}

// clone is a copy of c for j, which outlives the call in which the journey was handed over.
func (c *Chain) clone(j *Journey) Chain {
	own := *c
	own.Links = slices.Clone(c.Links)
	for i := range own.Links {
		k := &own.Links[i]
		k.Frames, k.values.journey = slices.Clone(k.Frames), j
	}
	return own
}

// LinkKind is what a link of a chain proves.
type LinkKind uint8

// The links, in order.
const (
	LinkLease    LinkKind = iota // the client was given its address
	LinkServer                   // it was told of the DNS server that it asks
	LinkQuestion                 // it asked for the name
	LinkAnswer                   // it was answered the address, through aliases
	LinkSYN                      // it opened a connection to that address; of QUIC the first packet
	LinkName                     // the connection tells the name: Host or SNI
)

// String is the kind's name in the output.
func (k LinkKind) String() string {
	return [...]string{"lease", "server", "question", "answer", "syn", "name"}[k]
}

// Link is one link of a chain.
type Link struct {
	Kind   LinkKind
	Frames []int // that prove it, the last one is the one to look at; nil when no frame does
	Broken bool  // it can not be proved from this capture; AppendText says why

	says   *rules.Sentence
	values saying
}

// AppendText appends what the link says, or why it is broken, in the language lang. Text that
// came from the wire is in it as it came.
func (k *Link) AppendText(dst []byte, lang rules.Lang) []byte {
	return k.says.Append(dst, lang, &k.values)
}

// Frame is the frame to look at; 0 when there is none.
func (k *Link) Frame() int {
	if len(k.Frames) == 0 {
		return 0
	}
	return k.Frames[len(k.Frames)-1]
}

// Proves reports whether the frame of that number is one of the chain's.
func (c *Chain) Proves(number int) bool {
	return slices.ContainsFunc(c.Links, func(k Link) bool { return slices.Contains(k.Frames, number) })
}

// Carries reports whether l is a frame of the chain's connection.
func (c *Chain) Carries(l *Labelled) bool {
	return c.conversation >= 0 && l.Conversation != nil && c.transport == l.Transport && c.conversation == l.Conversation.ID
}
