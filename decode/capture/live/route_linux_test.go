//go:build cgo

package live

import "testing"

func TestBestRoute(t *testing.T) {
	const v4 = `Iface	Destination	Gateway 	Flags	RefCnt	Use	Metric	Mask		MTU	Window	IRTT
wlan0	00000000	010200C0	0003	0	0	600	00000000	0	0	0
eth0	00000000	010200C0	0003	0	0	100	00000000	0	0	0
eth0	000200C0	00000000	0001	0	0	0	00FFFFFF	0	0	0
`
	const v6 = `20010db8000000000000000000000000 40 00000000000000000000000000000000 00 00000000000000000000000000000000 00000100 00000001 00000000 00000001     eth1
00000000000000000000000000000000 00 00000000000000000000000000000000 00 fe800000000000000000000000000001 00000400 00000001 00000000 00000003     eth0
00000000000000000000000000000000 00 00000000000000000000000000000000 00 00000000000000000000000000000000 ffffffff 00000001 00000000 00200200       lo
`
	tests := []struct {
		name, text string
		read       func([]string) (route, bool)
		want       string
	}{
		{"the lowest metric wins", v4, readRoute, "eth0"},
		{"IPv6, not the kernel's refusal over lo", v6, readRoute6, "eth0"},
		{"no default route", "Iface Destination\n", readRoute, ""},
		{"nothing", "", readRoute6, ""},
	}
	for _, tt := range tests {
		if got := bestRoute(tt.text, tt.read); got != tt.want {
			t.Errorf("%s: %q, want %q", tt.name, got, tt.want)
		}
	}
}
