package http2

import (
	"strings"
	"testing"
)

func TestGap(t *testing.T) {
	page := data(1, false, strings.Repeat("x", 100)) + data(1, true, "end") // 109 and 12 bytes
	promise := frame(TypePushPromise, flagEndHeaders, 1, "\x00\x00\x00\x02"+block(":method: GET"))
	for _, c := range []struct {
		reason string
		events []event
		want   string
	}{
		{"inside data", []event{s2c(ok(1, false), page[:50]), {dir: sv, gap: 20}, s2c(page[70:])},
			"1:200{head 41 1:200 41\n1:200 61\n1:200 103 1:200 103}"},
		{"to the end of data", []event{s2c(ok(1, false), page[:50]), {dir: sv, gap: 59}, s2c(page[109:])},
			"1:200{head 41 1:200 41\n1:200 100\n1:200 103}"},
		{"the last data", []event{s2c(ok(1, false), page[:119]), {dir: sv, gap: 2}, s2c(ok(3, true))},
			"1:200{head 101 1:200 101 1:200 101\n1:200 103}\n3:200{head}"},
		{"beyond data, up to the next frame that starts a chunk", []event{s2c(ok(1, false), page[:50]), {dir: sv, gap: 65}, s2c(page[115:]), s2c(ok(3, true))},
			"1:200{head 41 1:200 41\n1:200 100 - 6\n- 6\n3:200{head}"},
		{"inside the header of a frame", []event{s2c(ok(1, false), page[:5]), {dir: sv, gap: 5}, s2c(page[10:]), s2c(data(1, true, "end"))},
			"1:200{head 1:200\n- 5\n- 111\n1:200 3}"},
		{"inside a field block", []event{s2c(ok(1, true)[:12]), {dir: sv, gap: len(ok(1, true)) - 12}, s2c(ok(3, true))},
			"1:response{\n1:responsehead}\n3:200{head}"},
		{"of the preface", []event{{dir: cl, gap: 24}, c2s(settings(), get(1, "/"))},
			"- 24\n[SETTINGS] 1:GET{head}"},
		{"inside SETTINGS", []event{s2c(settings(3, 100, 4, 65535)[:12]), {dir: sv, gap: 5}, s2c(settings(3, 100, 4, 65535)[17:], ping)},
			"[SETTINGS]\n[SETTINGS]\n[SETTINGS] [PING]"},
		{"inside padding", []event{c2s(headers(1, false, ":method: PUT"), frame(TypeData, flagPadded, 1, "\x09abc"+strings.Repeat("\x00", 9))[:15]), {dir: cl, gap: 7}, c2s(ping)},
			"1:PUT{head 3 1:PUT 3\n1:PUT 3\n[PING]"},
		{"of the padding's length", []event{c2s(headers(1, false, ":method: PUT"), frame(TypeData, flagPadded, 1, "\x09abc"+strings.Repeat("\x00", 9))[:9]), {dir: cl, gap: 2}, c2s("bc"+strings.Repeat("\x00", 9), ping)},
			"1:PUT{head 1:PUT\n1:PUT 1\n1:PUT 12 [PING]"},
		{"of a promised stream", []event{s2c(promise[:11]), {dir: sv, gap: len(promise) - 11}, s2c(ping)},
			"1:request{\n1:requesthead}\n[PING]"},
	} {
		var conn Conn
		if got := strings.Join(run(&conn, c.events), "\n"); got != c.want {
			t.Errorf("%s: got\n%s\nwant\n%s", c.reason, got, c.want)
		}
	}
}

func TestMissingBytesAreCounted(t *testing.T) {
	var c Conn
	parts := c.Data(sv, []byte(ok(1, false)+data(1, true, "0123456789")[:12]), nil)
	parts = c.Gap(sv, 7, parts)
	m := parts[len(parts)-1].Message
	if m.BodyBytes != 10 || m.Missing != 7 || !m.Complete {
		t.Errorf("%+v", m)
	}
}

// Who asks is a guess at first: a field that only requests or only responses have tells.
func TestRoles(t *testing.T) {
	for _, c := range []struct {
		reason string
		events []event
		want   string
	}{
		{"the guess is wrong, a request tells", []event{s2c(get(1, "/")), c2s(ok(1, true))}, "1:GET{head}\n1:200{head}"},
		{"the guess is wrong, a response tells", []event{c2s(ok(1, true)), s2c(get(3, "/"), headers(5, true, "x: y"))}, "1:200{head}\n3:GET{head} 5:request{head}"},
		{"nothing tells", []event{s2c(headers(1, true, "x: y")), c2s(headers(3, true, "x: y"))}, "1:response{head}\n3:request{head}"},
	} {
		var conn Conn
		conn.Client(cl)
		conn.Join()
		if got := strings.Join(run(&conn, c.events), "\n"); got != c.want {
			t.Errorf("%s: got\n%s\nwant\n%s", c.reason, got, c.want)
		}
	}
}
