package annotate_test

import (
	"bytes"
	"crypto/tls"
	"errors"
	"io"
	"os"
	"path/filepath"
	"testing"

	"github.com/pktjourney/pktjourney/annotate"
	"github.com/pktjourney/pktjourney/decode/capture"
	"github.com/pktjourney/pktjourney/decode/capture/captest"
	"github.com/pktjourney/pktjourney/decode/capture/captest/packet"
)

// captures are the project's own captures of real servers.
func captures(tb testing.TB) map[string][]byte {
	files, err := filepath.Glob("../testdata/captures/*.pcap*")
	if err != nil || len(files) == 0 {
		tb.Fatalf("no captures: %v", err)
	}
	m := make(map[string][]byte)
	for _, name := range files {
		b, err := os.ReadFile(name)
		if err != nil {
			tb.Fatal(err)
		}
		m[filepath.Base(name)] = b
	}
	return m
}

// frames reads a whole capture into memory, up to damage if there is any.
func frames(tb testing.TB, file []byte) []*capture.Frame {
	src, err := capture.OpenReader("test", bytes.NewReader(file))
	if err != nil {
		return nil
	}
	defer src.Close()
	var all []*capture.Frame
	for {
		f, err := src.Next()
		var damage *capture.DamageError
		if err == io.EOF || errors.As(err, &damage) {
			return all
		}
		if err != nil {
			tb.Fatal(err)
		}
		own := *f
		own.Data = bytes.Clone(f.Data)
		all = append(all, &own)
	}
}

// FuzzAnnotate annotates whole captures. The recorder checks that each frame
// comes out once and in order, and each journey after its frames.
func FuzzAnnotate(f *testing.F) {
	for _, file := range captures(f) {
		f.Add(file)
	}
	c := packet.New()
	lease(c)
	c.WhoHas(router, client)
	c.IsAt(router, client)
	s := opened(c)
	s.Client.Send(getPage)
	s.Server.At(1000, page(3000)[1000:])
	s.Server.At(0, page(3000)[:1000])
	s.Close()
	f.Add(file(c))
	c = packet.New()
	s = c.Connection(toSecure)
	s.Open()
	secure(s, packet.TLS(example, tls.VersionTLS13, getPage, page(10)))
	f.Add(file(c))
	f.Add(file(resolverErrors(true)))
	c = atResolver()
	iteration(c)
	f.Add(file(c))
	f.Fuzz(func(t *testing.T, file []byte) {
		annotated(t, frames(t, file), annotate.Options{})
	})
}

// file is c as a pcap file.
func file(c *packet.Capture) []byte {
	var all []capture.Frame
	for _, f := range c.Frames() {
		all = append(all, *f)
	}
	return captest.Pcap(capture.LinkEthernet, all...)
}

// Any part of a capture can be annotated, not only a whole one.
func TestPartsOfCaptures(t *testing.T) {
	for name, file := range captures(t) {
		t.Run(name, func(t *testing.T) {
			all := frames(t, file)
			for i := range all {
				annotated(t, all[i:], annotate.Options{})
				annotated(t, all[:i], annotate.Options{})
			}
		})
	}
}

// Nor does a snap length stop it: labels stay possible where bytes are missing.
func TestCutCaptures(t *testing.T) {
	for name, file := range captures(t) {
		t.Run(name, func(t *testing.T) {
			for _, snap := range []int{0, 14, 20, 34, 42, 54, 66, 80, 96, 128, 256} {
				all := frames(t, file)
				for _, f := range all {
					f.Data = f.Data[:min(snap, len(f.Data))]
				}
				annotated(t, all, annotate.Options{})
			}
		})
	}
}
