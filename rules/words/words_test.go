package words

import (
	"go/ast"
	"go/parser"
	"go/token"
	"io/fs"
	"maps"
	"path/filepath"
	"reflect"
	"regexp"
	"slices"
	"strconv"
	"strings"
	"testing"
	"unicode"

	"github.com/pktjourney/pktjourney/rules"
)

// inLatin are the texts that Korean writes as English does.
var inLatin = []string{
	"table.and", "table.hop", "table.parts.1", "table.parts.2", "table.phase",
	"report.sha256", "report.phase", "report.parts.1", "report.parts.2",
	"show.phase", "show.variant", "why.phase", "why.variant", "why.link.syn",
	"unit.microsecond", "unit.millisecond",
}

func TestEveryLanguage(t *testing.T) {
	for id, text := range catalogue {
		english, korean := text.In(rules.English), text.In(rules.Korean)
		switch {
		case strings.TrimSpace(english) == "" || strings.TrimSpace(korean) == "":
			t.Errorf("%s is not said in both languages: %q, %q", id, english, korean)
		case isKorean(english):
			t.Errorf("%s: the English text is Korean: %q", id, english)
		case isKorean(korean) == slices.Contains(inLatin, id):
			t.Errorf("%s: Korean %q; inLatin says otherwise", id, korean)
		case !maps.Equal(verbs(english), verbs(korean)):
			t.Errorf("%s: the verbs of %q and %q differ", id, english, korean)
		case !slices.Equal(places(english), places(korean)):
			t.Errorf("%s: the places of %q and %q differ", id, english, korean)
		}
	}
}

func TestVerbs(t *testing.T) {
	for format, want := range map[string]map[int]string{
		"%s of %d":         {1: "s", 2: "d"},
		"%[2]d, %[1]s":     {1: "s", 2: "d"},
		"%s, %[3]s at %d":  {1: "s", 3: "s", 4: "d"},
		"%.0f%% of 5":      {1: "f"},
		"nothing to fill":  {},
		"%q, then %[1]q %": {1: "q"},
	} {
		if got := verbs(format); !maps.Equal(got, want) {
			t.Errorf("verbs(%q) = %v, want %v", format, got, want)
		}
	}
}

var verb = regexp.MustCompile(`%(?:\[(\d+)\])?[-+# 0]*[\d.]*([a-z%])`)

// verbs are the verbs of a format by the argument that they take.
func verbs(format string) map[int]string {
	list := make(map[int]string)
	next := 1
	for _, m := range verb.FindAllStringSubmatch(format, -1) {
		if m[2] == "%" {
			continue
		}
		if m[1] != "" {
			next, _ = strconv.Atoi(m[1])
		}
		list[next] = m[2]
		next++
	}
	return list
}

var place = regexp.MustCompile(`\{\w+\}`)

func places(text string) []string {
	list := place.FindAllString(text, -1)
	slices.Sort(list)
	return list
}

func isKorean(s string) bool {
	return strings.ContainsFunc(s, func(r rune) bool { return unicode.Is(unicode.Hangul, r) })
}

func TestKebab(t *testing.T) {
	for name, want := range map[string]string{
		"Title": "title", "AnyPhase": "any-phase", "NoDHCP": "no-dhcp", "DNS": "dns", "SHA256": "sha256", "ACKsOfAll": "ac-ks-of-all", "already": "already",
	} {
		if got := kebab(name); got != want {
			t.Errorf("kebab(%s) = %s, want %s", name, got, want)
		}
	}
}

func TestTables(t *testing.T) {
	type interfaces struct {
		Up   string
		Head [2]string
	}
	for lang, got := range Tables[interfaces]("interfaces") {
		l := rules.Lang(lang)
		want := interfaces{Of("interfaces.up").In(l), [2]string{Of("interfaces.head.1").In(l), Of("interfaces.head.2").In(l)}}
		if !reflect.DeepEqual(got, want) {
			t.Errorf("language %d: %v, want %v", lang, got, want)
		}
	}
}

// What the program says stands in the catalogue alone, and the catalogue holds nothing that is not said.
func TestOneCatalogue(t *testing.T) {
	used := make(map[string]bool)
	for path, file := range source(t) {
		if filepath.Base(path) == "catalogue.go" {
			continue
		}
		ast.Inspect(file, func(n ast.Node) bool {
			switch x := n.(type) {
			case *ast.BasicLit:
				if x.Kind == token.STRING && isKorean(x.Value) {
					t.Errorf("%s: %s is not in the catalogue", path, x.Value)
				}
			case *ast.CallExpr:
				for _, id := range idsOf(x) {
					used[id] = true
				}
			}
			return true
		})
	}
	for id := range used {
		if _, ok := catalogue[id]; !ok && !slices.ContainsFunc(slices.Collect(maps.Keys(catalogue)), within(id)) {
			t.Errorf("the catalogue has no %s", id)
		}
	}
	for id := range catalogue {
		if !used[id] && !slices.ContainsFunc(slices.Collect(maps.Keys(used)), func(table string) bool { return within(table)(id) }) {
			t.Errorf("nothing says %s", id)
		}
	}
}

// within reports of an id whether it belongs to the table of that prefix.
func within(table string) func(string) bool {
	return func(id string) bool { return strings.HasSuffix(table, ".") && strings.HasPrefix(id, table) }
}

// source is the Go code of the project without its tests, by path.
func source(t *testing.T) map[string]*ast.File {
	t.Helper()
	files := make(map[string]*ast.File)
	err := filepath.WalkDir("../..", func(path string, d fs.DirEntry, err error) error {
		switch {
		case err != nil:
			return err
		case d.IsDir() && (d.Name() == "testdata" || d.Name() == ".git"):
			return fs.SkipDir
		case !strings.HasSuffix(path, ".go") || strings.HasSuffix(path, "_test.go"):
			return nil
		}
		files[path], err = parser.ParseFile(token.NewFileSet(), path, nil, 0)
		return err
	})
	if err != nil || len(files) < 100 {
		t.Fatalf("%d files, %v", len(files), err)
	}
	return files
}

// idsOf are the ids that a call asks for: those of a table as its prefix with a dot.
func idsOf(call *ast.CallExpr) []string {
	fun := call.Fun
	if x, ok := fun.(*ast.IndexExpr); ok { // Tables[T]
		fun = x.X
	}
	sel, ok := fun.(*ast.SelectorExpr)
	if !ok || len(call.Args) == 0 {
		return nil
	}
	id, ok := literal(call.Args[0])
	from, isPackage := sel.X.(*ast.Ident)
	switch {
	case !ok:
		return nil
	case sel.Sel.Name == "Of" && isPackage && from.Name == "words":
		return []string{id}
	case sel.Sel.Name == "Tables" && isPackage && from.Name == "words":
		return []string{id + "."}
	case sel.Sel.Name == "reply": // of the report: a question and its answer
		return []string{"question." + id, "answer." + id}
	}
	return nil
}

func literal(e ast.Expr) (string, bool) {
	lit, ok := e.(*ast.BasicLit)
	if !ok || lit.Kind != token.STRING {
		return "", false
	}
	s, err := strconv.Unquote(lit.Value)
	return s, err == nil
}
