package report

import (
	"encoding/hex"
	"fmt"
	"strconv"
	"strings"

	"github.com/pktjourney/pktjourney/annotate"
	"github.com/pktjourney/pktjourney/annotate/render"
	"github.com/pktjourney/pktjourney/decode/fact"
	"github.com/pktjourney/pktjourney/decode/layers"
	"github.com/pktjourney/pktjourney/rules"
)

// encapsulation is one frame, taken apart from the outside in.
type encapsulation struct {
	Step   rules.ID
	Frame  int
	Title  string
	Words  string
	Layers []layerView
}

// layerView is one header, or what stands behind the last.
type layerView struct {
	Name   string
	Size   string
	Kind   string // "link", "net", "transport" or "payload", for its colour
	Fields []field
	Hex    string
	More   string
}

// encapsulated are the steps about wrapping a message, and the steps whose frames show it.
var encapsulated = []struct {
	step  rules.ID
	shown []rules.ID
}{
	{"1.4", []rules.ID{"1.3", "1.4"}},
	{"2.4", []rules.ID{"2.6", "2.4"}},
	{"4.2", []rules.ID{"4.1", "5.3", "5.1"}},
}

// maxHex bounds the bytes of one layer that are shown.
const maxHex = 96

// encapsulations takes the frames apart that show how a message is wrapped.
func (g *gatherer) encapsulations(j *annotate.Journey) (list []encapsulation) {
	for _, e := range encapsulated {
		step := g.opts.Journey.Step(e.step)
		if step == nil {
			continue
		}
		for _, shown := range e.shown {
			k := g.first(j, shown)
			if k == nil || len(k.data) == 0 || k.PayloadLen == 0 {
				continue
			}
			list = append(list, encapsulation{
				Step: e.step, Frame: k.Number,
				Title:  fmt.Sprintf(g.words().EncapsulationOf, e.step, k.Number),
				Words:  short(render.Neutral(string(k.AppendDoes(nil, g.opts.Lang)))),
				Layers: g.layers(k),
			})
			break
		}
	}
	return list
}

// layers are the headers of k and its payload.
func (g *gatherer) layers(k *kept) (list []layerView) {
	end := 0
	for _, h := range k.Stack() {
		from, to := int(h.Off), int(h.Off)+int(h.Len)
		list = append(list, g.layer(h.Layer.String(), kindOf(h.Layer), k.data, from, to, headerFields(k, h)))
		end = to
	}
	if k.PayloadLen > 0 {
		list = append(list, g.layer(payloadName(k), "payload", k.data, end, end+k.PayloadLen, fields(k.Facts, "", nil)))
	}
	return list
}

// layer is the view of the bytes from..to of data, of which the last may not be there.
func (g *gatherer) layer(name, kind string, data []byte, from, to int, list []field) layerView {
	v := layerView{Name: name, Kind: kind, Size: fmt.Sprintf(g.words().Bytes, to-from), Fields: list}
	shown := min(to, from+maxHex, len(data))
	if from < shown {
		v.Hex = hexText(data[from:shown])
	}
	if rest := to - max(shown, from); rest > 0 {
		v.More = fmt.Sprintf(g.words().MoreBytes, rest)
	}
	return v
}

// hexText writes bytes in lines of sixteen.
func hexText(b []byte) string {
	var t strings.Builder
	for i := 0; i < len(b); i += 16 {
		if i > 0 {
			t.WriteByte('\n')
		}
		for k, c := range b[i:min(i+16, len(b))] {
			if k > 0 {
				t.WriteByte(' ')
			}
			t.WriteString(hex.EncodeToString([]byte{c}))
		}
	}
	return t.String()
}

func kindOf(l layers.Layer) string {
	switch l {
	case layers.LayerIPv4, layers.LayerIPv6:
		return "net"
	case layers.LayerUDP, layers.LayerTCP:
		return "transport"
	}
	return "link"
}

// payloadName says what the payload is, and what was found in it when it was decrypted: "TLS (HTTP/2)".
func payloadName(k *kept) string {
	name := render.ProtocolName(&k.Frame)
	if name == "TCP" || name == "UDP" || name == "" {
		return "Data"
	}
	if _, ok := k.Facts.Get(fact.TLSRecords); ok && name != "TLS" {
		return "TLS (" + name + ")"
	}
	if _, ok := k.Facts.Get(fact.QUICPackets); ok && name != "QUIC" {
		return "QUIC (" + name + ")"
	}
	return name
}

// headerFields are the values of one header that matter for the way of the message. The innermost packet is
// told; of headers further out only the place is known.
func headerFields(k *kept, h layers.Header) []field {
	inner := h == innermost(k, h.Layer)
	switch {
	case h.Layer == layers.LayerEthernet && k.HasDstMAC:
		return []field{{"Destination", macText(k.DstMAC)}, {"Source", macText(k.SrcMAC)}, {"Type", fmt.Sprintf("0x%04x", uint16(k.EtherType))}}
	case (h.Layer == layers.LayerIPv4 || h.Layer == layers.LayerIPv6) && inner:
		hops := "TTL"
		if h.Layer == layers.LayerIPv6 {
			hops = "Hop limit"
		}
		return []field{{"Source", k.Src.String()}, {"Destination", k.Dst.String()}, {hops, strconv.Itoa(int(k.TTL))}, {"Protocol", strconv.Itoa(int(k.IPProto))}}
	case h.Layer == layers.LayerUDP && inner:
		return []field{{"Source port", strconv.Itoa(int(k.SrcPort))}, {"Destination port", strconv.Itoa(int(k.DstPort))}, {"Length", strconv.Itoa(k.PayloadLen + int(h.Len))}}
	case h.Layer == layers.LayerTCP && inner:
		return []field{{"Source port", strconv.Itoa(int(k.SrcPort))}, {"Destination port", strconv.Itoa(int(k.DstPort))},
			{"Sequence number", strconv.FormatUint(uint64(k.Seq), 10)}, {"Acknowledgment number", strconv.FormatUint(uint64(k.Ack), 10)},
			{"Window", strconv.Itoa(int(k.Window))}}
	}
	return nil
}

// innermost is the last header of that layer.
func innermost(k *kept, l layers.Layer) (last layers.Header) {
	for _, h := range k.Stack() {
		if h.Layer == l {
			last = h
		}
	}
	return last
}

func macText(m layers.MAC) string { return string(m.Append(nil)) }
