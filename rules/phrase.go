package rules

// phraseNames are the phrases that the program uses, besides "missing." and each
// cause that can say why a step is missing.
var phraseNames = []string{
	"difference.ack-unicast",        // the Ack went to the address itself
	"difference.ack-broadcast",      // the Ack went to everybody
	"difference.first-offer",        // of several Offers the first was taken
	"difference.other-offer",        // of several Offers another was taken
	"difference.lowest-address",     // addresses were leased in rising order
	"difference.not-lowest-address", // they were not
	"difference.edns",               // the query offers to take more than 512 bytes
	"difference.large-udp",          // more than 512 bytes came over UDP
	"difference.dns-tcp",            // DNS over TCP
	"difference.encrypted-dns",      // DNS over TLS or HTTPS
	"difference.resolver-asked",     // the answer took long enough for iteration
	"difference.resolver-cached",    // it did not
	"difference.redirect",           // the server did not send the page: 3xx
	"difference.not-modified",       // 304
	"difference.error",              // 4xx, 5xx
	"difference.http2",              // HTTP/2 in clear text
	"difference.quic",               // HTTP/3
	"difference.tls13",              // what TLS 1.3 hides of its handshake
	"difference.tls12",              // what TLS 1.2 shows of it
	"difference.resumed",            // the handshake was shortened
	"difference.dropped",            // the machine that captured lost frames

	"link.lease",            // the client was given its address
	"link.server",           // its lease names the DNS server that it asks
	"link.server-announced", // the link was told of that server
	"link.other-server",     // its lease names other servers
	"link.untold-server",    // nothing in the capture names the server
	"link.question",         // it asked for the name
	"link.unseen-question",  // the question to an answer is not in the capture
	"link.literal",          // the name is an address: nothing was to be asked
	"link.answer",           // it was answered the address
	"link.no-address",       // it was answered that there is none
	"link.unanswered",       // it was not answered
	"link.unknown-address",  // no answer gave the address that it connects to
	"link.other-name",       // the address was given for another name
	"link.syn",              // it opened a connection
	"link.other-address",    // it chose an address of another answer
	"link.quic",             // it sent the first packet of QUIC
	"link.host",             // a request tells the name
	"link.sni",              // a ClientHello tells the name
	"link.nameless",         // nothing of the connection does

	"routing.igp",      // which protocol the routers of an AS speak
	"routing.boundary", // which of them lead out of it
	"routing.speakers", // who speaks BGP
	"routing.route",    // the ASes on the way to one end

	"point.ttl",       // the capture point by initial TTLs
	"point.given",     // by --vantage
	"point.default",   // by nothing
	"point.iterative", // by the queries of a resolver
	"point.between",   // by TTLs that are below their initial values on both sides

	"again.nothing",           // a segment that only repeats what is known
	"again.keep-alive",        // a probe whether the other end still lives
	"again.keep-alive-answer", // the answer to it
	"again.nothing.reason",
	"again.keep-alive.reason",
	"again.keep-alive-answer.reason",

	"outside.protocol",   // a frame of a protocol that is no part of a journey
	"outside.connection", // a connection that belongs to no journey
	"outside.protocol.reason",
	"outside.connection.reason",
	"outside.neighbour.reason",    // of ARP and Neighbour Discovery
	"outside.fragment.reason",     // of a packet that is not complete
	"fragment", "fragment.reason", // of a packet of a journey
}

// PhraseNames are the names of all phrases that a journey has, those for
// missing steps first.
func PhraseNames() []string {
	var names []string
	for _, c := range Causes {
		if c != HopsKnown && c != ResponseRead && c != ResponseComplete {
			names = append(names, MissingPhrase(c))
		}
	}
	return append(names, phraseNames...)
}

// MissingPhrase is the name of the phrase that tells why a step is missing.
func MissingPhrase(c Cause) string { return "missing." + string(c) }
