package capture

import (
	"bytes"
	"errors"
	"fmt"
	"unicode/utf8"
)

// headLen is how many bytes are looked at to tell what a file is; the mark of
// a tar archive is the last of them.
const headLen = 262

// recognise tells the format by content and reads the file header, waiting for
// no more bytes than that. The error's text goes on after the file's name.
func recognise(in *input) (format, string, error) {
	if in.available(1) == 0 {
		return nil, "", emptyError(in)
	}
	if magic, ok := in.peek(4); ok {
		if order, ok := pcapOrder(magic); ok {
			p, err := newPcapReader(in, order)
			return p, "pcap", headerError("pcap", err)
		}
		if littleEndian.uint32(magic) == blockSection {
			g, err := newPcapngReader(in)
			return g, "pcapng", headerError("pcapng", err)
		}
	}
	head, _ := in.peek(in.available(headLen))
	return nil, "", errors.New("is not a capture that can be read: it " + describe(head))
}

func emptyError(in *input) error {
	if cause := in.endOr("", 0); isShort(cause) {
		return fmt.Errorf("is cut short: %w", cause)
	}
	return errors.New("is empty")
}

func headerError(kind string, err error) error {
	switch {
	case err == nil:
		return nil
	case isShort(err):
		return fmt.Errorf("is a %s file that is cut short in its header: %w", kind, err)
	}
	return fmt.Errorf("is a damaged %s file: %w", kind, err)
}

// How to go on with a file that is not for us.
const (
	hintConvert = "; convert it: editcap -F pcapng FILE NEW.pcapng"
	hintUnpack  = "; decompress it first: "
)

// known are marks of other files that are taken for captures, with what to say
// of them.
var known = []struct {
	at   int
	mark string
	what string
}{
	{0, "snoop\x00\x00\x00", "is a snoop file" + hintConvert},
	{0, "btsnoop\x00", "is a btsnoop file (Bluetooth)" + hintConvert},
	{0, "GMBU", "is a Microsoft Network Monitor 2 file" + hintConvert},
	{0, "RTSS", "is a Microsoft Network Monitor 1 file" + hintConvert},
	{0, "TRSNIFF data    \x1a", "is a Sniffer file" + hintConvert},
	{0, "XCP\x00", "is a NetXRay file" + hintConvert},
	{0, "iptrace ", "is an AIX iptrace file" + hintConvert},
	{0, "ObserverPktBuffer", "is a Network Instruments Observer file" + hintConvert},
	{0, "\x7fver", "is an OmniPeek file" + hintConvert},
	{0, "\x1c\x00\x01\xac", "is an lcap file" + hintConvert},
	{0, "\xfd7zXZ\x00", "is compressed with xz" + hintUnpack + "xz -dc FILE | pktjourney annotate -"},
	{0, "BZh", "is compressed with bzip2" + hintUnpack + "bzip2 -dc FILE | pktjourney annotate -"},
	{0, "\x04\x22\x4d\x18", "is compressed with lz4" + hintUnpack + "lz4 -dc FILE | pktjourney annotate -"},
	{0, "\x1f\x9d", "is compressed with compress" + hintUnpack + "gzip -dc FILE | pktjourney annotate -"},
	{0, "PK\x03\x04", "is a zip archive; unpack it first"},
	{0, "7z\xbc\xaf\x27\x1c", "is a 7-Zip archive; unpack it first"},
	{0, "Rar!", "is a RAR archive; unpack it first"},
	{257, "ustar", "is a tar archive; unpack it first"},
	{0, "version https://git-lfs", "is a Git LFS pointer; fetch the file itself: git lfs pull"},
	{0, "\x7fELF", "is a program"},
	{0, "%PDF", "is a PDF document"},
	{0, "\x89PNG", "is a picture"},
}

// describe says what a file is that starts like head; its text goes on after
// "it".
func describe(head []byte) string {
	for _, k := range known {
		if len(head) >= k.at && bytes.HasPrefix(head[k.at:], []byte(k.mark)) {
			return k.what
		}
	}
	start := head[:min(len(head), 24)]
	switch {
	case isText(start):
		return fmt.Sprintf("starts like text: %q", start)
	case len(head) < 4:
		return fmt.Sprintf("has only %d bytes", len(head))
	case allZero(head):
		return "starts with zeros"
	}
	return fmt.Sprintf("starts with the bytes % x", head[:min(len(head), 8)])
}

// isText reports whether b is UTF-8, possibly cut, without control characters
// other than white space.
func isText(b []byte) bool {
	for len(b) > 0 {
		r, n := utf8.DecodeRune(b)
		if r == utf8.RuneError && n == 1 && utf8.FullRune(b) {
			return false
		}
		if r < ' ' && r != '\t' && r != '\n' && r != '\r' {
			return false
		}
		b = b[n:]
	}
	return true
}

func allZero(b []byte) bool { return len(bytes.Trim(b, "\x00")) == 0 }
