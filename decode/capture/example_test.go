package capture_test

import (
	"bytes"
	"fmt"
	"io"

	"github.com/pktjourney/pktjourney/decode/capture"
	"github.com/pktjourney/pktjourney/decode/capture/captest"
)

// Frames come until io.EOF; whatever else ends the reading says where it did.
func ExampleFile_Next() {
	file := captest.Pcap(capture.LinkEthernet, capture.Frame{Data: []byte("first")}, capture.Frame{Data: []byte("second")})
	f, err := capture.OpenReader("a.pcap", bytes.NewReader(file[:60])) // as if cut by a full disk
	if err != nil {
		fmt.Println(err)
		return
	}
	defer f.Close()
	for {
		frame, err := f.Next()
		if err == io.EOF {
			return
		}
		if err != nil {
			fmt.Println(err)
			return
		}
		fmt.Printf("frame %d: %s\n", frame.Number, frame.Data)
	}
	// Output:
	// frame 1: first
	// a.pcap: cut short at byte 45, at frame 2: a record header has 16 bytes, 15 are left
}
