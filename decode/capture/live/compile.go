//go:build cgo && !windows

package live

import (
	"encoding/binary"
	"errors"
	"fmt"
	"os"

	"github.com/google/gopacket/pcap"
	"golang.org/x/net/bpf"

	"github.com/pktjourney/pktjourney/decode/capture"
)

// CompileFilter compiles a libpcap filter for frames of a link type. The
// instructions refuse a frame by returning 0.
func CompileFilter(expr string, link capture.LinkType, snapLen int) ([]bpf.RawInstruction, error) {
	h, err := emptyCapture(link, snapLen)
	if err != nil {
		return nil, err
	}
	defer h.Close()
	program, err := h.CompileBPFFilter(expr)
	if err != nil {
		return nil, err
	}
	raw := make([]bpf.RawInstruction, len(program))
	for i, ins := range program {
		raw[i] = bpf.RawInstruction{Op: ins.Code, Jt: ins.Jt, Jf: ins.Jf, K: ins.K}
	}
	return raw, nil
}

// emptyCapture opens a capture without frames, so that libpcap itself maps the
// link type to its own numbers. gopacket's functions that compile without a
// handle take a link type of eight bits, too few for Linux cooked v2 (276).
// libpcap closes the file that it is given, and so would Go: hence the path of
// a descriptor and not the descriptor.
func emptyCapture(link capture.LinkType, snapLen int) (*pcap.Handle, error) {
	r, w, err := os.Pipe()
	if err != nil {
		return nil, fmt.Errorf("no pipe to libpcap: %w", err)
	}
	defer r.Close()
	defer w.Close()
	if _, err := w.Write(pcapHeader(link, snapLen)); err != nil {
		return nil, fmt.Errorf("no pipe to libpcap: %w", err)
	}
	h, err := pcap.OpenOffline(fmt.Sprintf("/dev/fd/%d", r.Fd()))
	if err != nil {
		return nil, errors.Join(fmt.Errorf("libpcap does not take link type %d", link), err)
	}
	return h, nil
}

// pcapHeader is a pcap file without frames (draft-ietf-opsawg-pcap section 4).
func pcapHeader(link capture.LinkType, snapLen int) []byte {
	o := binary.NativeEndian
	b := o.AppendUint32(nil, 0xa1b2c3d4)
	b = o.AppendUint16(b, 2)
	b = o.AppendUint16(b, 4)
	b = append(b, make([]byte, 8)...)
	b = o.AppendUint32(b, uint32(snapLen))
	return o.AppendUint32(b, uint32(link))
}
