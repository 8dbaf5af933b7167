//go:build cgo && !windows

package live

import (
	"errors"
	"fmt"
	"io"
	"time"

	"github.com/google/gopacket/pcap"

	"github.com/pktjourney/pktjourney/decode/capture"
)

// Handle captures on one device. It is used by one goroutine.
type Handle struct {
	pcap  *pcap.Handle
	frame capture.Frame
	iface capture.Interface
}

// Open begins to capture. The error is a *RightsError where the program may not.
func Open(o Options) (*Handle, error) {
	p, err := activate(o)
	if err != nil {
		return nil, err
	}
	h := &Handle{pcap: p, iface: capture.Interface{
		Name: o.Device, LinkType: linkOf(p), SnapLen: p.SnapLen(),
	}}
	h.frame.Interface, h.frame.LinkType = &h.iface, h.iface.LinkType
	if o.Filter == "" {
		return h, nil
	}
	if err := p.SetBPFFilter(o.Filter); err != nil {
		p.Close()
		return nil, &FilterError{o.Filter, err}
	}
	return h, nil
}

// activate opens the device as the options say.
func activate(o Options) (*pcap.Handle, error) {
	in, err := pcap.NewInactiveHandle(o.Device)
	if err != nil {
		return nil, fmt.Errorf("%s: %w", o.Device, err)
	}
	defer in.CleanUp()
	// For "any" libpcap only warns that it can not be promiscuous, but gopacket takes a warning for an error.
	promiscuous := o.Promiscuous && o.Device != Any
	err = errors.Join(
		in.SetSnapLen(o.SnapLen),
		in.SetBufferSize(o.Buffer),
		in.SetPromisc(promiscuous),
		in.SetTimeout(Wait),
		in.SetImmediateMode(o.Immediate),
	)
	if err != nil {
		return nil, fmt.Errorf("%s: %w", o.Device, err)
	}
	p, err := in.Activate()
	if err != nil {
		return nil, explainOpen(o.Device, in, err)
	}
	return p, nil
}

// explainOpen says why the device could not be opened.
func explainOpen(device string, in *pcap.InactiveHandle, err error) error {
	if lacksRights() {
		return &RightsError{device}
	}
	if more := in.Error(); more.Error() != "" {
		err = more
	}
	return fmt.Errorf("%s: %w", device, err)
}

// linkOf is the link type of p in the full 16 bits: those that gopacket knows on a live device fit into 8.
func linkOf(p *pcap.Handle) capture.LinkType {
	switch link := capture.LinkType(p.LinkType()); link {
	case capture.LinkRawOld, capture.LinkRawOpenBSD:
		return capture.LinkRaw
	default:
		return link
	}
}

// Next gives the next frame; it is valid until the call after, and its bytes are the
// kernel's. The error is ErrIdle when none came for a while, io.EOF after Close, and
// otherwise says what became of the device.
func (h *Handle) Next() (*capture.Frame, error) {
	data, info, err := h.pcap.ZeroCopyReadPacketData()
	switch {
	case err == nil:
	case err == pcap.NextErrorTimeoutExpired:
		return nil, ErrIdle
	case err == io.EOF:
		return nil, err
	default:
		return nil, h.lost(err)
	}
	f := &h.frame
	f.Number++
	f.FileNumber = f.Number
	f.Time, f.WireLen, f.Data = info.Timestamp.UTC(), info.Length, data[:len(data):len(data)]
	return f, nil
}

// lost says that no more frames will come.
func (h *Handle) lost(err error) error {
	if more := h.pcap.Error(); more.Error() != "" {
		err = more
	}
	return &LostError{h.iface.Name, err}
}

// Interface is the device as a capture describes it.
func (h *Handle) Interface() *capture.Interface { return &h.iface }

// Counts asks the kernel for the counts so far.
func (h *Handle) Counts() (capture.Counts, error) {
	s, err := h.pcap.Stats()
	if err != nil {
		return capture.Counts{}, fmt.Errorf("%s: no statistics: %w", h.iface.Name, err)
	}
	return capture.Counts{
		At: time.Now(), Received: uint64(s.PacketsReceived),
		Dropped: uint64(s.PacketsDropped), InterfaceDropped: uint64(s.PacketsIfDropped),
	}, nil
}

// Close ends the capture; what Next gave is not valid any longer.
func (h *Handle) Close() { h.pcap.Close() }
