package annotate

import (
	"net/netip"
	"time"
)

// answer says that a frame gave an address for a name. It does not change any more.
type answer struct {
	name     string
	frame    int
	at       time.Time
	journey  *Journey // the one that asked; it may be closed by now
	question *question
	before   *answer // what gave the same address for another name, newest first
}

// noAnswer stands for the answer where there is none.
var noAnswer = new(answer)

// answers remembers what each client was answered: the name that it knows an
// address by. When there are too many, the oldest are forgotten.
type answers struct {
	of   map[given]*answer
	ring []given // the keys, oldest first from next on once it is full
	next int

	limit    int // of the addresses that are remembered
	overflow int // how many were forgotten for others
}

// given is an address in the hands of a client.
type given struct{ client, addr netip.Addr }

const (
	maxOtherNames = 16 // bounds the names that one address is remembered for, beside the newest
)

// learn notes that client was given addr.
func (t *answers) learn(client, addr netip.Addr, ans answer) {
	if t.of == nil {
		t.of = make(map[given]*answer)
	}
	key := given{client, addr}
	old, known := t.of[key]
	if known {
		ans.before = old.without(ans.name, maxOtherNames)
	}
	t.of[key] = &ans
	switch {
	case known:
	case len(t.ring) < t.limit:
		t.ring = append(t.ring, key)
	default:
		t.overflow++
		delete(t.of, t.ring[t.next])
		t.ring[t.next] = key
		t.next = (t.next + 1) % t.limit
	}
}

// known finds the newest answer that gave client the address addr; nil when none did.
func (t *answers) known(client, addr netip.Addr) *answer { return t.of[given{client, addr}] }

// knownAs finds the newest answer that gave client the address addr for name; nil when none did.
func (t *answers) knownAs(client, addr netip.Addr, name string) *answer {
	ans := t.known(client, addr)
	for ans != nil && ans.name != name {
		ans = ans.before
	}
	return ans
}

// answered finds the newest answer that gave the host of client the address addr; nil when none did.
func (a *Annotator) answered(client, addr netip.Addr) *answer {
	host := a.hosts.called(client)
	ans := a.answers.known(host, addr)
	if ans == nil && host != client {
		return a.answers.known(client, addr)
	}
	return ans
}

// answeredHost finds the newest answer that gave the address that l goes to, which opens a connection, to the host that sent l, over
// the other version of IP; nil when none did. From then on both addresses are known to be of that host.
func (a *Annotator) answeredHost(l *Labelled) *answer {
	if !l.HasSrcMAC || hops(l.TTL) > 0 {
		return nil
	}
	for _, other := range a.hosts.others(l.SrcMAC, l.Src) {
		if ans := a.answers.known(a.hosts.called(other), l.Dst); ans != nil {
			a.hosts.joins(l.SrcMAC, other, l.Src)
			return ans
		}
	}
	return nil
}

// answeredAs finds the newest answer that gave the host of client the address addr for name; nil when none did.
func (a *Annotator) answeredAs(client, addr netip.Addr, name string) *answer {
	host := a.hosts.called(client)
	ans := a.answers.knownAs(host, addr, name)
	if ans == nil && host != client {
		return a.answers.knownAs(client, addr, name)
	}
	return ans
}

// without is ans and at most n-1 of those before it that are not of name. It shares nothing with ans.
func (ans answer) without(name string, n int) *answer {
	if n > 0 && ans.name != name {
		if ans.before != nil {
			ans.before = ans.before.without(name, n-1)
		}
		return &ans
	}
	if n > 0 && ans.before != nil {
		return ans.before.without(name, n)
	}
	return nil
}
