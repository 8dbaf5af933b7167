package rules

// The causes that the program knows of a journey. In Deduction.When they are
// conditions; as phrases ("missing.no-answer") they say why a step is missing.
const (
	NotVisible    Cause = "not-visible"    // cannot be seen from this capture point
	NoDHCP        Cause = "no-dhcp"        // a static address, or a lease that is still valid
	NoDNS         Cause = "no-dns"         // the name was not asked within the capture
	EncryptedDNS  Cause = "encrypted-dns"  // not asked in clear text, but the client was seen to use encrypted DNS before
	Remembered    Cause = "remembered"     // the client still knew the address from an earlier journey
	NoAnswer      Cause = "no-answer"      // the query was not answered
	NoAddress     Cause = "no-address"     // the answer gave no address
	NoConnection  Cause = "no-connection"  // no connection to an address of the answer followed
	SynUnanswered Cause = "syn-unanswered" // nobody answered the SYN
	Refused       Cause = "refused"        // RST to the SYN
	BeganBefore   Cause = "began-before"   // the connection is older than the capture
	NoRequest     Cause = "no-request"     // the connection was opened but nothing asked
	NoResponse    Cause = "no-response"    // the request was not answered
	Incomplete    Cause = "incomplete"     // the capture or the connection ended before the response did
	OverHTTP      Cause = "plain-http"     // HTTP without TLS: nothing of phase 5
	OverTLS       Cause = "https"          // the request went inside TLS: see phase 5
	OverQUIC      Cause = "quic"           // the page came over QUIC: no TCP, no TLS records
	NotNeeded     Cause = "not-needed"     // the way of this journey needs no such step
	Cached        Cause = "cached"         // the resolver knew the answer and asked nobody
	NotSeen       Cause = "not-seen"       // none of the above

	// Conditions only.
	HopsKnown        Cause = "hops-known"        // the TTL tells how many routers a packet passed
	ResponseRead     Cause = "response-read"     // a response inside TLS was decrypted and is complete
	ResponseComplete Cause = "response-complete" // the last byte of a response has arrived
)

// Causes are all causes, in the order above.
var Causes = []Cause{NotVisible, NoDHCP, NoDNS, EncryptedDNS, Remembered, NoAnswer, NoAddress, NoConnection, SynUnanswered, Refused, BeganBefore,
	NoRequest, NoResponse, Incomplete, OverHTTP, OverTLS, OverQUIC, NotNeeded, Cached, NotSeen, HopsKnown, ResponseRead, ResponseComplete}
