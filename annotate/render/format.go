package render

import (
	"io"
	"path/filepath"
	"strings"

	"github.com/pktjourney/pktjourney/annotate"
	"github.com/pktjourney/pktjourney/rules"
)

// Options say how to render.
type Options struct {
	Journey *rules.Journey // the documented journey; must be there
	Lang    rules.Lang
	Summary bool // only the journeys and the capture, no frames

	ByteOrderMark bool // of CSV: begin with U+FEFF, so that spreadsheets read UTF-8

	// For pcapng.
	Program string // that writes the file, with its version
	Secrets []byte // of TLS, in the SSLKEYLOGFILE format, to be put into the file

	// For reports.
	Cover Cover

	// For tables.
	Color bool // ANSI colours
	Width int  // columns of the terminal; 0: no limit, nothing is wrapped
	Fold  bool // show runs of like frames as one line
	All   bool // also the frames outside every journey
	Live  bool // frames are shown as they come: Flush keeps nothing back
}

// Cover is what a report says of itself and of its capture.
type Cover struct {
	Title, Author, Course, Date string // as they were given; "" for none
	SHA256                      string // of the capture file, in hexadecimal; "" when it is not known
	Command                     string // that makes the report again
}

// Format is one output format.
type Format struct {
	Name    string
	Endings []string // of file names that ask for it
	Doc     string   // one line
	New     func(io.Writer, Options) annotate.Sink
}

// FormatList is some formats, the default first.
type FormatList []Format

// Formats are the formats of this package, the default first. To add one, list it here.
var Formats = FormatList{
	{Name: "table", Endings: []string{".txt"}, Doc: "for people", New: Table},
	{Name: "ndjson", Endings: []string{".ndjson", ".jsonl", ".json"}, Doc: "one JSON object a line, for programs", New: NDJSON},
	{Name: "pcapng", Endings: []string{".pcapng"}, Doc: "the capture itself, labels as comments of its packets, for Wireshark", New: Pcapng},
	{Name: "csv", Endings: []string{".csv"}, Doc: "one row a frame, for spreadsheets", New: CSV},
}

// Named finds a format by its name.
func (l FormatList) Named(name string) (Format, bool) {
	for _, f := range l {
		if f.Name == name {
			return f, true
		}
	}
	return Format{}, false
}

// Of finds the format that the ending of a file name asks for.
func (l FormatList) Of(file string) (Format, bool) {
	ending := strings.ToLower(filepath.Ext(file))
	for _, f := range l {
		for _, e := range f.Endings {
			if e == ending {
				return f, true
			}
		}
	}
	return Format{}, false
}

// Names are the names of all formats, for messages: "table, ndjson".
func (l FormatList) Names() string {
	var names []string
	for _, f := range l {
		names = append(names, f.Name)
	}
	return strings.Join(names, ", ")
}
