package decode

import (
	"os"
	"reflect"
	"testing"
)

// All directions without bytes share noContent: what one writes there all others read.
func TestMain(m *testing.M) {
	code := m.Run()
	if !reflect.DeepEqual(noContent, content{}) {
		os.Stderr.WriteString("something wrote to noContent\n")
		code = 1
	}
	os.Exit(code)
}
