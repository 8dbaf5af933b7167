// Package deptest keeps imports one-way: a test names what a package must not
// depend on, and why.
package deptest

import (
	"os/exec"
	"strings"
	"testing"
)

// Module is the path that all packages of the project begin with.
const Module = "github.com/pktjourney/pktjourney/"

// Bans fails when the package at path, or one below it, depends on one of the packages
// in reasons. A path that ends in "/..." bans all below it. Paths of the
// project are given without Module; reasons say why each is banned.
func Bans(t *testing.T, path string, reasons map[string]string) {
	t.Helper()
	out, err := exec.Command("go", "list", "-deps", Module+path).Output()
	if err != nil {
		t.Fatalf("go list: %v", err)
	}
	for _, dep := range strings.Fields(string(out)) {
		for banned, why := range reasons {
			if matches(strings.TrimPrefix(dep, Module), banned) {
				t.Errorf("%s depends on %s: %s", path, dep, why)
			}
		}
	}
}

func matches(dep, banned string) bool {
	if below, ok := strings.CutSuffix(banned, "/..."); ok {
		return dep == below || strings.HasPrefix(dep, below+"/")
	}
	return dep == banned
}
