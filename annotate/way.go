package annotate

import (
	"net/netip"
	"slices"
	"time"

	"github.com/pktjourney/pktjourney/decode/layers"
)

// way is what a journey keeps of one connection, to tell how it was found.
type way struct {
	conversation int
	transport    layers.Transport
	client       netip.Addr
	server       netip.AddrPort
	from         *answer // as in connection
	other        *answer // that gave the address for another name; noAnswer when none did
	opened       mark    // the SYN, of QUIC the first packet; none when it is not in the capture
	named        mark    // the frame that told the name; none when none did
	byHost       bool    // it is the Host of a request; else the SNI of a ClientHello
}

// maxServersAnswered bounds the addresses that a question keeps of its answer.
const maxServersAnswered = 16

// question is what a client asked a DNS server. It holds no journey, so that answers may keep it.
type question struct {
	name, qtype string
	id, port    uint16
	client      netip.Addr
	server      netip.Addr
	lease       *lease // of the client, when it asked; nil when the capture has none
	frame       int
	at          time.Time
	answered    bool // by itself or by one that was asked later

	reply   mark // its own answer
	addrs   []netip.Addr
	aliases []string // that led to the addresses
}

// takes notes the answer to q.
func (q *question) takes(l *Labelled, addrs []netip.Addr, aliases []string) {
	if q.reply.frame == 0 {
		q.reply.set(l.Number, l.Time)
		q.addrs = slices.Clone(addrs[:min(len(addrs), maxServersAnswered)])
		q.aliases = slices.Clone(aliases)
	}
}

// maxWays bounds the connections of a journey that chains are told of.
const maxWays = 16

// travels notes that k is a connection of the journey.
func (t *trail) travels(k *connection) {
	if k.way == nil {
		k.way = k.newWay()
	}
	if len(t.ways) < maxWays && !slices.Contains(t.ways, k.way) {
		t.ways = append(t.ways, k.way)
	}
}

// forsakes notes that k turned out to be no connection of the journey.
func (t *trail) forsakes(k *connection) {
	t.ways = slices.DeleteFunc(t.ways, func(w *way) bool { return w == k.way })
}

func (k *connection) newWay() *way {
	w := &way{conversation: k.conversation, client: k.client, server: netip.AddrPortFrom(k.server, k.port), from: k.from, other: noAnswer}
	if k.quic != nil {
		w.transport, w.opened = layers.TransportUDP, k.quic.first
		return w
	}
	w.transport = layers.TransportTCP
	if k.tcp.SYN != 0 {
		w.opened = mark{k.tcp.SYN, k.tcp.SYNTime}
	}
	return w
}

// tells notes that the frame l told the name of k.
func (k *connection) tells(l *Labelled) {
	if k.way != nil {
		if k.from.frame == 0 {
			k.way.other = k.way.from
		}
		k.way.from = k.from
		k.way.named.set(l.Number, l.Time)
		k.way.byHost = k.tcp != nil && k.tcp.TLS() == nil
	}
}
