// Package captures holds the captures of this folder that go into programs.
package captures

import _ "embed"

// HTTP is http.pcap: a client gets an address, asks for a name and fetches a page in clear text.
//
//go:embed http.pcap
var HTTP []byte
