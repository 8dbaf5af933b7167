package render

import (
	"github.com/pktjourney/pktjourney/decode"
	"github.com/pktjourney/pktjourney/decode/flow"
	"github.com/pktjourney/pktjourney/decode/layers"
)

// directions keeps a T for each of the last directions of conversations. The zero value keeps none.
type directions[T any] struct {
	kept [512]struct {
		of    directionKey
		value T
	}
}

// directionKey tells one direction of a conversation from others: a conversation's number is
// unique for its transport, but link addresses may change within it.
type directionKey struct {
	conversation         int
	dir                  flow.Dir
	transport            layers.Transport
	hasSrcMAC, hasDstMAC bool
	srcMAC, dstMAC       layers.MAC
}

// of gives what is kept for the direction of f, which has a conversation, and whether it was made for that one: else
// it is another's, and becomes this one's. It is valid until the next call.
func (d *directions[T]) of(f *decode.Frame) (value *T, same bool) {
	key := directionKey{f.Conversation.ID, f.Dir, f.Transport, f.HasSrcMAC, f.HasDstMAC, f.SrcMAC, f.DstMAC}
	k := &d.kept[(uint(key.conversation)<<2|uint(key.transport&1)<<1|uint(key.dir))%uint(len(d.kept))]
	same = k.of == key
	k.of = key
	return &k.value, same
}
