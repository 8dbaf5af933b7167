// Package filter reads only those frames of a capture that a libpcap filter
// (pcap-filter(7)) lets through. libpcap compiles the filter, once for each
// link type; running it needs no cgo.
package filter

import (
	"fmt"

	"golang.org/x/net/bpf"

	"github.com/pktjourney/pktjourney/decode/capture"
	"github.com/pktjourney/pktjourney/decode/capture/live"
)

// snapLen is what filters are compiled for; no frame is longer for them.
const snapLen = 256 << 10

// Error says that a filter can not be compiled.
type Error struct {
	Expr     string
	LinkType capture.LinkType
	Err      error // live.ErrNoLibpcap, or what libpcap says
}

// Error formats like `filter "tcp prt 80" for link type 1: syntax error`.
func (e *Error) Error() string {
	return fmt.Sprintf("filter %q for link type %d: %v", e.Expr, e.LinkType, e.Err)
}

// Unwrap gives the cause.
func (e *Error) Unwrap() error { return e.Err }

// Filter is a filter that was compiled for one link type.
type Filter struct {
	program []bpf.Instruction
	vm      *bpf.VM
	lengths []int   // places in program that ask for the length on the wire
	cut     *bpf.VM // for a frame that was cut, when there are such places
	cutLen  int     // the length on the wire that cut was made for
}

// Compile compiles a filter for frames of a link type. The error is an *Error.
func Compile(expr string, link capture.LinkType) (*Filter, error) {
	raw, err := live.CompileFilter(expr, link, snapLen)
	if err != nil {
		return nil, &Error{expr, link, err}
	}
	f, err := newFilter(raw)
	if err != nil {
		return nil, &Error{expr, link, err}
	}
	return f, nil
}

func newFilter(raw []bpf.RawInstruction) (*Filter, error) {
	program := make([]bpf.Instruction, len(raw))
	var lengths []int
	for i, ins := range raw {
		program[i] = ins.Disassemble()
		if ext, ok := program[i].(bpf.LoadExtension); ok && ext.Num == bpf.ExtLen {
			lengths = append(lengths, i)
		}
	}
	vm, err := bpf.NewVM(program)
	if err != nil { // of what libpcap makes, only jumps back to go along a protochain
		return nil, fmt.Errorf("its program has a loop, as for protochain, which can not be run: %w", err)
	}
	return &Filter{program: program, vm: vm, lengths: lengths}, nil
}

// Match reports whether the filter lets a frame through. It does not allocate,
// except for cut frames of ever different lengths when the filter asks for the
// length.
func (f *Filter) Match(frame *capture.Frame) bool {
	vm := f.vm
	if len(f.lengths) > 0 && frame.WireLen != len(frame.Data) {
		vm = f.forLength(frame.WireLen)
	}
	n, err := vm.Run(frame.Data)
	return err == nil && n > 0
}

// forLength gives a machine to which every frame is wireLen bytes long: the
// usual one takes the bytes that it is given for all there were.
func (f *Filter) forLength(wireLen int) *bpf.VM {
	if f.cut != nil && f.cutLen == wireLen {
		return f.cut
	}
	program := append([]bpf.Instruction(nil), f.program...)
	for _, i := range f.lengths {
		program[i] = bpf.LoadConstant{Dst: bpf.RegA, Val: uint32(wireLen)}
	}
	vm, err := bpf.NewVM(program)
	if err != nil { // not for a program of which one instruction became simpler
		vm = f.vm
	}
	f.cut, f.cutLen = vm, wireLen
	return vm
}
