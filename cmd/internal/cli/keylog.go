package cli

import (
	"fmt"
	"io"
	"os"

	"github.com/pktjourney/pktjourney/decode/capture"
	"github.com/pktjourney/pktjourney/decode/secret"
)

// maxKeyLog bounds what is read of a key log.
const maxKeyLog = 256 << 20

// readKeyLog reads the TLS secrets in the file that --keylog names, and its text; none when it names none.
func readKeyLog(name string) (log *secret.Log, text []byte, err error) {
	log = new(secret.Log)
	if name == "" {
		return log, nil, nil
	}
	f, err := os.Open(name)
	if err != nil {
		return nil, nil, failed(statusNothing, fmt.Errorf("cannot read the key log: %w", err))
	}
	defer f.Close()
	text, err = io.ReadAll(io.LimitReader(f, maxKeyLog))
	if err != nil {
		return nil, nil, failed(statusNothing, fmt.Errorf("cannot read the key log: %w", err))
	}
	log.Add(text)
	return log, text, nil
}

// keyed is a source that adds the secrets which its files bring to a log.
type keyed struct {
	capture.Source
	files []*capture.File
	read  []int // bytes of each file's key log that were added
	log   *secret.Log
}

// withSecrets makes the files of r add their secrets to log. Only pcapng has any.
func (r *reading) withSecrets(log *secret.Log) {
	k := &keyed{Source: r.Source, log: log}
	for _, f := range r.files {
		if f.Format() == "pcapng" {
			k.files = append(k.files, f)
		}
	}
	if len(k.files) > 0 {
		k.read = make([]int, len(k.files))
		r.Source = k
	}
}

// Next implements capture.Source. The secrets for a frame stand before it.
func (k *keyed) Next() (*capture.Frame, error) {
	f, err := k.Source.Next()
	for i, file := range k.files {
		if text := file.KeyLog(); len(text) > k.read[i] {
			k.log.Add(text[k.read[i]:])
			k.read[i] = len(text)
		}
	}
	return f, err
}
