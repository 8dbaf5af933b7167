// Package render writes what annotate finds out, one file per format. Every
// renderer is an [annotate.Sink] that writes as it goes: no output needs the
// whole capture in memory. The list of formats is [Formats].
//
// Text that came from the wire is hostile: it may hold escape sequences that
// drive a terminal. It leaves this package only through [Neutral] or, in JSON, through
// appendJSON.
//
// To add a format, write a file with a constructor and list it in format.go;
// the tests run every format over hostile text.
package render
