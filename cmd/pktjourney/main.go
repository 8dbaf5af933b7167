// Command pktjourney gives each frame of a packet capture its place in the
// documented journey from getting an IP address to seeing a web page.
package main

import (
	"os"

	"github.com/pktjourney/pktjourney/cmd/internal/cli"
)

func main() { os.Exit(cli.Main(cli.System(), os.Args[1:])) }
