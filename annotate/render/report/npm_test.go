package report

import (
	"archive/tar"
	"bytes"
	"compress/gzip"
	"crypto/sha512"
	"encoding/base64"
	"fmt"
	"io"
	"net/http"
	"os"
	"path"
	"path/filepath"
	"testing"
	"time"
)

// npmPackage is a package in the npm registry.
type npmPackage struct {
	name, version string
	sum           string // SHA-512 of its archive in base64, what npm calls its integrity
}

var (
	axeCore       = npmPackage{"axe-core", "4.14.1", "FHfa+lmNjQZfJz1q8wKqIDwC6DExcHt/pkjNQb09a3NPjCKg2rhu5qb2S4r76ASyFNNtuFooJpZe37OgudVGtQ=="}
	mermaidScript = npmPackage{"mermaid", "12.3.0", "4113TdXeLAsMruJ79OpFL5O8+LTFXhQqZ260rF3tgUmiNAtRm4Uume04I+65PRN6yZ69J4f8rVYWW8zRk65UYw=="}
)

// file is the content of a file of the package. The archive is fetched once and kept in the user's
// cache, as Go keeps modules there.
func (p npmPackage) file(t *testing.T, name string) string {
	t.Helper()
	archive, err := p.archive()
	if err != nil {
		t.Fatalf("%s %s: %v", p.name, p.version, err)
	}
	z, err := gzip.NewReader(bytes.NewReader(archive))
	if err != nil {
		t.Fatal(err)
	}
	for r := tar.NewReader(z); ; {
		h, err := r.Next()
		if err != nil {
			t.Fatalf("%s in %s %s: %v", name, p.name, p.version, err)
		}
		if h.Name == path.Join("package", name) {
			content, err := io.ReadAll(r)
			if err != nil {
				t.Fatal(err)
			}
			return string(content)
		}
	}
}

func (p npmPackage) archive() ([]byte, error) {
	folder, err := os.UserCacheDir()
	if err != nil {
		folder = os.TempDir()
	}
	folder = filepath.Join(folder, "pktjourney-tests")
	kept := filepath.Join(folder, p.name+"-"+p.version+".tgz")
	if archive, err := os.ReadFile(kept); err == nil && p.is(archive) {
		return archive, nil
	}
	archive, err := p.fetch()
	if err != nil {
		return nil, err
	}
	if err := os.MkdirAll(folder, 0o777); err != nil {
		return nil, err
	}
	part := fmt.Sprintf("%s.%d", kept, os.Getpid())
	if err := os.WriteFile(part, archive, 0o666); err != nil {
		return nil, err
	}
	return archive, os.Rename(part, kept)
}

func (p npmPackage) fetch() ([]byte, error) {
	client := http.Client{Timeout: 5 * time.Minute}
	answer, err := client.Get("https://registry.npmjs.org/" + p.name + "/-/" + p.name + "-" + p.version + ".tgz")
	if err != nil {
		return nil, err
	}
	defer answer.Body.Close()
	archive, err := io.ReadAll(answer.Body)
	if err == nil && !p.is(archive) {
		err = fmt.Errorf("%s, and %d bytes that are not the package", answer.Status, len(archive))
	}
	return archive, err
}

// is reports whether archive is that of the package.
func (p npmPackage) is(archive []byte) bool {
	sum := sha512.Sum512(archive)
	return base64.StdEncoding.EncodeToString(sum[:]) == p.sum
}
