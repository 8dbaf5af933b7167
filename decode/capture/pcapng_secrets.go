package capture

// A decryption secrets block (section 4.7) with the secrets type of TLS key
// logs, which says "TLSK".
const (
	secretsBodyLen = 8
	secretsTLS     = 0x544c534b
)

// maxKeyLog bounds the secrets that are kept of one file, in bytes.
const maxKeyLog = 16 << 20

// readSecrets keeps the TLS secrets of a decryption secrets block. Other
// kinds, and those beyond the limit, are passed over.
func (g *pcapngReader) readSecrets(b block) error {
	if b.length > g.limit {
		return g.skip(b)
	}
	body, err := g.body(b, secretsBodyLen)
	if err != nil {
		return err
	}
	kind, length := g.order.uint32(body), g.order.uint32(body[4:])
	secrets := body[secretsBodyLen:]
	if kind == secretsTLS && int64(length) <= int64(len(secrets)) && len(g.keyLog)+int(length) < maxKeyLog {
		g.keyLog = append(g.keyLog, secrets[:length]...)
		g.keyLog = append(g.keyLog, '\n')
	}
	g.consume(b)
	return nil
}
