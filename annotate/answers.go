package annotate

import (
	"net/netip"
	"time"
)

// answer says that a frame gave an address for a name.
type answer struct {
	name    string
	frame   int
	at      time.Time
	journey *Journey // the one that asked; it may be closed by now
	shared  bool     // another name was answered with the same address
}

// answers remembers what each client was answered: the name that it knows an
// address by. When there are too many, the oldest are forgotten.
type answers struct {
	of   map[given]answer
	ring []given // the keys, oldest first from next on once it is full
	next int
}

// given is an address in the hands of a client.
type given struct{ client, addr netip.Addr }

// maxAnswers bounds the addresses that are remembered.
const maxAnswers = 1 << 16

// learn notes that client was given addr.
func (t *answers) learn(client, addr netip.Addr, ans answer) {
	if t.of == nil {
		t.of = make(map[given]answer)
	}
	key := given{client, addr}
	old, known := t.of[key]
	ans.shared = known && (old.shared || old.name != ans.name)
	t.of[key] = ans
	switch {
	case known:
	case len(t.ring) < maxAnswers:
		t.ring = append(t.ring, key)
	default:
		delete(t.of, t.ring[t.next])
		t.ring[t.next] = key
		t.next = (t.next + 1) % maxAnswers
	}
}

// known finds the newest answer that gave client the address addr.
func (t *answers) known(client, addr netip.Addr) (answer, bool) {
	ans, ok := t.of[given{client, addr}]
	return ans, ok
}
