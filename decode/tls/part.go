package tls

// Class says what a record carries, also where that is encrypted.
type Class uint8

// The classes. Unknown bytes are those of no record that could be found.
const (
	Unknown Class = iota
	Handshake
	ChangeCipherSpec
	AlertClass
	ApplicationData
	Heartbeat
)

// Part is a run of bytes that belong to one record, or to none.
type Part struct {
	Len     int   // bytes, counting those that Gap was told of
	Class   Class // what the record carries
	Deduced bool  // Class follows from the order of the handshake; the bytes do not say it
	Begin   bool  // the record's first byte is in this part
	End     bool  // the record's last byte is in this part

	// Record is filled in from the part that completes the header on; until then its Length is 0.
	Record Record
	// Handshakes are the messages that end in this part.
	Handshakes []HandshakeType
	// Plain is the application data of a record that was opened and ended in this part; valid
	// until the next call. Nil without secrets.
	Plain []byte
	// Err is what is wrong with a message that ended in this part, or nil.
	Err error
}
