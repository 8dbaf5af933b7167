package quic

// decodeNumber restores a packet number of which the lowest bits bits were sent,
// from the largest number seen before (RFC 9000 appendix A.3). largest is -1 before the first packet.
func decodeNumber(largest int64, truncated uint32, bits uint) int64 {
	expected := largest + 1
	window := int64(1) << bits
	candidate := expected&^(window-1) | int64(truncated)
	switch {
	case candidate <= expected-window/2 && candidate < 1<<62-window:
		return candidate + window
	case candidate > expected+window/2 && candidate >= window:
		return candidate - window
	}
	return candidate
}
