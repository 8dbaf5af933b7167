package cli

import (
	"errors"
	"fmt"
	"time"

	"github.com/spf13/pflag"

	"github.com/pktjourney/pktjourney/decode/capture/live"
)

// captureOptions are the flags as they were given.
type captureOptions struct {
	annotateOptions
	device        string
	save          string
	count         int
	duration      time.Duration
	snapLen       int
	buffer        int // MiB
	noPromiscuous bool
	plain         bool
}

// maxBuffer is what libpcap takes at most, in MiB: its size is an int of 32 bits.
const maxBuffer = 2047

func (o *captureOptions) addFlags(f *pflag.FlagSet) {
	f.SortFlags = false
	f.StringVarP(&o.device, "interface", "i", "", "capture on `IFACE`, or on \"any\" (default: the one that leads to the internet)")
	f.StringVarP(&o.save, "write", "w", "", "also keep the frames in `FILE`, as pcapng")
	f.IntVarP(&o.count, "count", "c", 0, "end after `COUNT` frames")
	f.Lookup("count").DefValue = ""
	f.DurationVar(&o.duration, "duration", 0, "end after `TIME`, as in 30s or 5m")
	f.Lookup("duration").DefValue = ""
	f.IntVar(&o.snapLen, "snaplen", live.DefaultSnapLen, "keep the first `BYTES` of each frame")
	f.IntVar(&o.buffer, "buffer", live.DefaultBuffer>>20, "let the kernel keep up to `MIB` MiB of frames that are still to be read")
	f.BoolVar(&o.plain, "plain", false, "on a terminal, print lines as they come instead of the live view")
	f.BoolVar(&o.noPromiscuous, "no-promiscuous", false, "only frames that are for this machine")
	o.annotateOptions.addFlags(f)
	f.Lookup("filter").Usage = "capture only the frames that the libpcap filter `EXPR` lets through"
	f.Lookup("force").Usage = "overwrite files that exist"
}

// check refuses numbers that make no sense.
func (o *captureOptions) check() error {
	const hint = "see pktjourney capture --help"
	switch {
	case o.count < 0:
		return usageError(fmt.Errorf("--count %d", o.count), hint)
	case o.duration < 0:
		return usageError(fmt.Errorf("--duration %v", o.duration), hint)
	case o.snapLen < 1 || o.snapLen > live.DefaultSnapLen:
		return usageError(fmt.Errorf("--snaplen %d: it is 1 to %d bytes", o.snapLen, live.DefaultSnapLen), hint)
	case o.buffer < 1 || o.buffer > maxBuffer:
		return usageError(fmt.Errorf("--buffer %d: it is 1 to %d MiB", o.buffer, maxBuffer), hint)
	case o.save == "-":
		return usageError(errors.New("-w needs a file: standard output is for the labels"), "name a file with -w")
	case o.save != "" && o.save == o.output:
		return usageError(fmt.Errorf("-w and -o are both %s", o.save), "the frames and their labels need a file each")
	}
	return nil
}

// live says what to capture.
func (o *captureOptions) live(env *Env) live.Options {
	return live.Options{
		Device: o.device, Filter: o.filter, SnapLen: o.snapLen, Buffer: o.buffer << 20,
		Promiscuous: !o.noPromiscuous, Immediate: env.OutTerminal && o.output == "",
	}
}

// defaultDevice names the interface that the default route uses.
func defaultDevice() (string, error) {
	const hint = "name one with -i; pktjourney interfaces lists them"
	list, err := live.Devices()
	if err != nil {
		return "", failed(statusNothing, err)
	}
	for _, d := range list {
		if d.DefaultRoute {
			return d.Name, nil
		}
	}
	return "", usageError(errors.New("no interface has a default route"), hint)
}
