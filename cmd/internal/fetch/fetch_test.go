package fetch

import (
	"fmt"
	"net/netip"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"time"
)

func TestParse(t *testing.T) {
	for _, c := range []struct{ arg, host, urls string }{
		{"www.google.com", "www.google.com", "http://www.google.com/ https://www.google.com/"},
		{"www.google.com.", "www.google.com", "http://www.google.com/ https://www.google.com/"},
		{"192.0.2.1", "192.0.2.1", "http://192.0.2.1/ https://192.0.2.1/"},
		{"2001:db8::1", "2001:db8::1", "http://[2001:db8::1]/ https://[2001:db8::1]/"},
		{"example.com:8080", "example.com", "http://example.com:8080/ https://example.com:8080/"},
		{"http://user:secret@example.com/a?b", "example.com", "http://example.com/a?b"},
		{"https://example.com", "example.com", "https://example.com"},
	} {
		got, err := Parse(c.arg)
		if err != nil || got.Host != c.host || strings.Join(got.URLs, " ") != c.urls {
			t.Errorf("Parse(%q) = %+v, %v", c.arg, got, err)
		}
	}
	for _, arg := range []string{"", "ftp://x/", "http://", "a/b", "a b", "-x", "a?b", "x@y", "http://[::1/"} {
		if got, err := Parse(arg); err == nil {
			t.Errorf("Parse(%q) = %+v", arg, got)
		}
	}
}

func TestServers(t *testing.T) {
	dir := t.TempDir()
	file := func(name, text string) string {
		path := filepath.Join(dir, name)
		if err := os.WriteFile(path, []byte(text), 0o666); err != nil {
			t.Fatal(err)
		}
		return path
	}
	behind := file("behind", "nameserver 192.0.2.53\nnameserver 192.0.2.54\n")
	for _, c := range []struct{ name, conf, behind, want string }{
		{"servers", "# of the house\nsearch lan\nnameserver 192.0.2.1\nnameserver 2001:db8::1\noptions edns0\n", behind, "[192.0.2.1 2001:db8::1] 0"},
		{"a cache, and those behind it", "nameserver 127.0.0.53\n", behind, "[192.0.2.53 192.0.2.54] 1"},
		{"a cache that says no more", "nameserver 127.0.0.1\n", filepath.Join(dir, "none"), "[] 1"},
		{"a cache beside a server", "nameserver ::1\nnameserver 192.0.2.1\n", behind, "[192.0.2.1] 0"},
		{"nothing", "nameserver\nnameserver x\n", behind, "[] 0"},
	} {
		servers, notes := serversIn(file("conf", c.conf), c.behind)
		if got := fmt.Sprint(servers, " ", len(notes)); got != c.want {
			t.Errorf("%s: %s %q, want %s", c.name, got, notes, c.want)
		}
	}
}

func TestRun(t *testing.T) {
	keys, err := os.CreateTemp(t.TempDir(), "")
	if err != nil {
		t.Fatal(err)
	}
	defer keys.Close()
	var said strings.Builder
	if err := Run(`echo hello; echo KEY >>"$SSLKEYLOGFILE"`, keys, time.Minute, &said); err != nil || said.String() != "hello\n" {
		t.Errorf("%v, %q", err, said.String())
	}
	if b, _ := os.ReadFile(keys.Name()); string(b) != "KEY\n" {
		t.Errorf("the key log has %q", b)
	}
	if err := Run("exit 3", nil, time.Minute, &said); err == nil || err.Error() != "exit status 3" {
		t.Errorf("%v", err)
	}
	if err := Run("sleep 100", nil, 50*time.Millisecond, &said); err == nil || !strings.Contains(err.Error(), "did not end within 50ms") {
		t.Errorf("%v", err)
	}
}

func TestLocalAddr(t *testing.T) {
	if got := LocalAddr(netip.MustParseAddr("127.0.0.1")); got != netip.MustParseAddr("127.0.0.1") {
		t.Errorf("to this machine from %v", got)
	}
}
