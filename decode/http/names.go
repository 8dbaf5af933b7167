package http

// methods are those that tell HTTP from other protocols: the registry of RFC 9110
// section 16.1.1 without PRI (which begins HTTP/2), and those of UPnP and of
// proxies that are in wide use. Reading them here also saves an allocation.
var methods = func() map[string]string {
	m := make(map[string]string)
	for _, name := range []string{
		"GET", "HEAD", "POST", "PUT", "DELETE", "CONNECT", "OPTIONS", "TRACE", // RFC 9110 section 9
		"PATCH",                                                            // RFC 5789
		"PROPFIND", "PROPPATCH", "MKCOL", "COPY", "MOVE", "LOCK", "UNLOCK", // RFC 4918
		"ACL", "SEARCH", "REPORT", "BIND", "UNBIND", "REBIND", "ORDERPATCH", "QUERY",
		"VERSION-CONTROL", "CHECKOUT", "CHECKIN", "UNCHECKOUT", "MKWORKSPACE", "UPDATE", "LABEL", "MERGE", // RFC 3253
		"BASELINE-CONTROL", "MKACTIVITY", "MKCALENDAR", "MKREDIRECTREF", "UPDATEREDIRECTREF", "LINK", "UNLINK",
		"M-SEARCH", "NOTIFY", "SUBSCRIBE", "UNSUBSCRIBE", // UPnP Device Architecture 1.1
		"PURGE", "POLL", "BMOVE", "BCOPY", "BPROPFIND", "BPROPPATCH", "BDELETE", "RPC_IN_DATA", "RPC_OUT_DATA", "RPC_CONNECT", "SSTP_DUPLEX_POST", "CCM_POST",
	} {
		m[name] = name
	}
	return m
}()

// maxMethod is longer than any method of the table.
const maxMethod = 24

// methodName is b as a string.
func methodName(b []byte) string {
	if name, ok := methods[string(b)]; ok {
		return name
	}
	return string(b)
}

// versionName is the number in "HTTP/1.1", which b is.
func versionName(b []byte) string {
	switch b = b[len(versionPrefix):]; string(b) {
	case "1.1":
		return "1.1"
	case "1.0":
		return "1.0"
	}
	return string(b)
}

// mayStartMethod reports whether b, which has no space yet, is the beginning of a method of the table.
func mayStartMethod(b []byte) bool {
	if len(b) > maxMethod {
		return false
	}
	for name := range methods {
		if len(name) >= len(b) && name[:len(b)] == string(b) {
			return true
		}
	}
	return false
}
