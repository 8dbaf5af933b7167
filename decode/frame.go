package decode

import (
	"time"

	"github.com/pktjourney/pktjourney/decode/capture"
	"github.com/pktjourney/pktjourney/decode/fact"
	"github.com/pktjourney/pktjourney/decode/flow"
	"github.com/pktjourney/pktjourney/decode/layers"
	"github.com/pktjourney/pktjourney/decode/stream"
)

// Frame is what one captured frame says. It is valid until the next call to Decode;
// copying the struct keeps everything but Data, Payload, Parts, Facts and Message.
type Frame struct {
	capture.Frame
	layers.Packet

	Captured     int                // bytes captured, also when Data is gone
	Protocol     string             // the highest protocol that is known of it, as in "dns"
	Conversation *flow.Conversation // of a TCP segment or UDP datagram; nil for all else
	Dir          flow.Dir           // valid iff Conversation is not nil
	Segment      Segment            // valid iff it is a TCP segment
	QUIC         *QUIC              // the connection whose packets a UDP datagram carries; nil for all else
	FromClient   bool               // valid iff QUIC is not nil: its client sent the datagram
	Quotes       *flow.Conversation // of the packet that an ICMP error quotes; nil for all else
	QuotesDir    flow.Dir           // of that packet; valid iff Quotes is not nil

	Parts     []Part               // what its payload belongs to, in order; then of bytes that it set free
	Facts     fact.List            // of the messages that it completes
	Message   []capture.Range      // the frames that brought those messages, when it is not this one alone
	Ended     []*flow.Conversation // that nothing more is expected of, by the time of this frame
	Fragments []int                // the frames that brought the fragments of its packet; nil when that came in one piece, or is not complete
	Err       error                // what could not be read of a message; a finding, not a failure
}

// Segment is what a TCP segment does in its connection.
type Segment struct {
	Connection *Connection
	Verdict    stream.Verdict
	Copy       bool          // its bytes were seen before in a packet with the same identification: the network doubled it
	HoleAge    time.Duration // of bytes that fill a hole: how long ago the first bytes behind it came
	Of         *Message      // what bytes that were seen before, or that wait, belong to; nil when not known
	Syn        bool          // opens the connection: SYN without ACK
	SynAgain   bool          // a SYN or SYN+ACK that was seen before
	Completes  bool          // the ACK that completes the handshake

	AcksNew    bool     // it acknowledges bytes that were not acknowledged before
	Acks       *Message // of a bare ACK or one with AcksNew: what the last byte that it acknowledges belongs to; nil when not known
	AckedFrame int      // the frame that brought that byte; 0 when not known
	AcksSYN    bool     // the newly acknowledged include the SYN
	AcksFIN    bool     // the newly acknowledged include the FIN
	NewWindow  bool     // the window is another than in the sender's segment before
	AcksStart  bool     // it acknowledges the SYN and nothing behind it
	AfterFIN   bool     // it acknowledges no less than the other side's FIN
}
