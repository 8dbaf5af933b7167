package layers

import (
	"cmp"
	"net/netip"
	"slices"
	"time"
)

// The limits of Fragments.
const (
	// FragmentTime is how long the fragments of a packet are waited for (RFC 8200 section 4.5).
	FragmentTime = 60 * time.Second
	// MaxFragmented is how many packets may wait for fragments, where Fragments has no other limit. The oldest gives way.
	MaxFragmented = 256

	maxIPPayload = 65535
	maxFragments = 1366 // of one packet: what the smallest link allows (RFC 791 section 3.2: 68 bytes)
)

// Fragments puts IP packets together that came in fragments (RFC 791 section
// 3.2, RFC 8200 section 4.5). The zero value is ready.
type Fragments struct {
	Limit int // how many packets may wait; 0: MaxFragmented

	packets  []*fragmented // oldest first
	whole    []byte        // reused
	overflow int           // packets that gave way
}

// Overflow is how many packets gave way to others before they were complete.
func (f *Fragments) Overflow() int { return f.overflow }

// fragmented is a packet that is not complete.
type fragmented struct {
	id     fragmentID
	since  time.Time
	pieces []fragmentPiece // by offset, without overlaps
	total  int             // bytes of the packet's payload; 0 while the last fragment is missing
	have   int             // bytes that are there
	bad    bool            // fragments overlap or contradict each other
	frames []int           // that brought them, in the order of the capture
}

// fragmentID says which fragments belong together.
type fragmentID struct {
	src, dst netip.Addr
	id       uint32
	proto    IPProto // zero for IPv6, where fragments may differ in it
}

type fragmentPiece struct {
	off  int
	data []byte
}

// Add takes the fragment p, which was decoded from data, the bytes of a frame.
// When it completes its packet, whole is the payload of that (for DecodeReassembled)
// and frames are the numbers of the frames that brought it. Both are valid until the next call.
//
// A packet whose fragments overlap is thrown away: only an attacker sends such (RFC 5722).
func (f *Fragments) Add(p *Packet, data []byte, frame int, at time.Time) (whole []byte, frames []int) {
	b, complete := p.fragmentBytes(data)
	if !complete || int(p.Frag.Offset)+len(b) > maxIPPayload || p.Frag.More && len(b) == 0 {
		return nil, nil
	}
	f.expire(at)
	k := f.find(p.fragmentID(), at)
	k.add(int(p.Frag.Offset), b, p.Frag.More, frame)
	if k.bad || k.total == 0 || k.have != k.total {
		return nil, nil
	}
	f.packets = slices.DeleteFunc(f.packets, func(o *fragmented) bool { return o == k })
	f.whole = f.whole[:0]
	for _, piece := range k.pieces {
		f.whole = append(f.whole, piece.data...)
	}
	return f.whole, k.frames
}

// fragmentBytes is the payload of the fragment p: of a first one with the transport header.
// It is not complete where the frame lacks bytes.
func (p *Packet) fragmentBytes(data []byte) (b []byte, complete bool) {
	if p.Err != nil || p.Frag.Cut || p.deeper {
		return nil, false
	}
	start, end := 0, 0
	for _, h := range p.Stack() {
		end = int(h.Off) + int(h.Len)
		if h.Layer <= lastIPLayer {
			start = end
		}
	}
	end += len(p.Payload)
	if end > len(data) {
		return nil, false
	}
	return data[start:end], true
}

func (p *Packet) fragmentID() fragmentID {
	id := fragmentID{src: p.Src, dst: p.Dst, id: p.IPID}
	if p.IPVersion == 4 {
		id.proto = p.IPProto
	}
	return id
}

// find gives the packet with that identification, a new one when there is none.
func (f *Fragments) find(id fragmentID, at time.Time) *fragmented {
	for _, k := range f.packets {
		if k.id == id {
			return k
		}
	}
	if len(f.packets) >= cmp.Or(f.Limit, MaxFragmented) {
		f.overflow++
		f.packets = slices.Delete(f.packets, 0, 1)
	}
	k := &fragmented{id: id, since: at}
	f.packets = append(f.packets, k)
	return k
}

// expire forgets the packets that waited too long.
func (f *Fragments) expire(now time.Time) {
	n := 0
	for n < len(f.packets) && now.Sub(f.packets[n].since) >= FragmentTime {
		n++
	}
	f.packets = slices.Delete(f.packets, 0, n)
}

// add keeps a fragment. One that came before is passed over.
func (k *fragmented) add(off int, b []byte, more bool, frame int) {
	i, found := slices.BinarySearchFunc(k.pieces, off, func(p fragmentPiece, off int) int { return p.off - off })
	if k.bad || found && len(k.pieces[i].data) == len(b) {
		return
	}
	end := off + len(b)
	if !more {
		k.bad = k.total != 0 && k.total != end
		k.total = end
	}
	if found || i > 0 && k.pieces[i-1].end() > off || i < len(k.pieces) && k.pieces[i].off < end ||
		k.total != 0 && k.lastEnd(end) > k.total || len(k.pieces) == maxFragments {
		k.bad = true
	}
	if k.bad {
		k.pieces, k.frames = nil, nil
		return
	}
	k.pieces = slices.Insert(k.pieces, i, fragmentPiece{off, slices.Clone(b)})
	k.have += len(b)
	k.frames = append(k.frames, frame)
}

func (p fragmentPiece) end() int { return p.off + len(p.data) }

// lastEnd is the end of the fragment furthest behind, end included.
func (k *fragmented) lastEnd(end int) int {
	if n := len(k.pieces); n > 0 {
		return max(end, k.pieces[n-1].end())
	}
	return end
}
