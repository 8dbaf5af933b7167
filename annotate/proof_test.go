package annotate_test

import (
	"flag"
	"fmt"
	"os"
	"path/filepath"
	"slices"
	"strconv"
	"strings"
	"testing"

	"github.com/pktjourney/pktjourney/decode/fact"
	"github.com/pktjourney/pktjourney/rules"
)

var proofs = flag.Bool("proofs", false, "list which test notices when a piece of the documented journey is taken away")

// TestMain runs the tests, and when all of them passed takes the documented journey apart:
// without any one of its rules, without a step that a rule names beside its own, without a
// sentence of a journey's end, some story or recorded capture must come out otherwise.
func TestMain(m *testing.M) {
	flag.Parse()
	status := m.Run()
	if status == 0 && flag.Lookup("test.run").Value.String() == "" && flag.Lookup("test.fuzz").Value.String() == "" && !testing.Short() {
		status = prove()
	}
	os.Exit(status)
}

// change takes a piece of the journey away; undo puts it back.
type change struct {
	what string
	make func() (undo func())
}

// changes are all pieces that can be taken away from book.
func changes(book *rules.Journey) []change {
	var all []change
	for i := range book.Phases {
		p := &book.Phases[i]
		for k := range p.Stepless {
			all = append(all, ruleChanges(book, &p.Stepless[k])...)
		}
		for k := range p.Steps {
			s := &p.Steps[k]
			for n := range s.Rules {
				all = append(all, ruleChanges(book, &s.Rules[n])...)
			}
			for n := range s.Deduce {
				what := fmt.Sprintf("step %s: deduced from %s %s", s.ID, s.Deduce[n].From, s.Deduce[n].When)
				all = append(all, swap(what, &s.Deduce[n].From, "none"))
			}
		}
	}
	for i := range book.Variants {
		v := &book.Variants[i]
		all = append(all, swap("variant "+v.Name, &v.Name, "not "+v.Name))
		for k := range v.When {
			what := fmt.Sprintf("variant %s: %v %v", v.Name, v.When[k].Events, v.When[k].When)
			all = append(all, swap(what, &v.When[k].Events, nil))
		}
	}
	for name, s := range book.Phrases() {
		all = append(all, swap("phrase "+name, s, rules.Sentence{}))
	}
	return all
}

// ruleChanges take away the whole of r, each step that it names beside its own, its basis and its variants.
func ruleChanges(book *rules.Journey, r *rules.Rule) []change {
	what := fmt.Sprintf("step %s: %v", r.Step, r.Event)
	if r.Step == "" {
		what = fmt.Sprintf("phase %d: %v", r.Phase, r.Event)
	}
	if r.At != 0 {
		what += fmt.Sprintf(" at %v", r.At)
	}
	if len(r.When) > 0 {
		what += fmt.Sprintf(" when %v", r.When)
	}
	never := append(slices.Clone(r.When), rules.Condition{Fact: fact.None, Op: rules.Present})
	all := []change{swap(what, &r.When, never)}
	for i, id := range r.Also {
		all = append(all, swap(what+": also "+string(id), &r.Also, slices.Delete(slices.Clone(r.Also), i, i+1)))
	}
	if r.Deduced {
		all = append(all, swap(what+": deduced", &r.Deduced, false))
	}
	if r.Variant != 0 {
		all = append(all, swap(fmt.Sprintf("%s: variant %v", what, book.Names(nil, r.Variant)), &r.Variant, 0))
	}
	return all
}

// swap is the change of *place to other.
func swap[T any](what string, place *T, other T) change {
	return change{what, func() func() {
		was := *place
		*place = other
		return func() { *place = was }
	}}
}

// proof is a test that can be run again: it fails, or it does not.
type proof struct {
	name string
	spec string // the rule of the specification that it is about, as in "3: its repeats are retransmissions"
	run  func(t testing.TB)
}

// told are the stories that this run of the tests told.
var told []proof

// tell runs a test that prove can run again.
func tell(t *testing.T, name, spec string, run func(t testing.TB)) {
	t.Run(name, func(t *testing.T) {
		t.Log(spec)
		run(t)
		told = append(told, proof{t.Name(), spec, run})
	})
}

// failure stands in for a test and remembers that it failed.
type failure struct {
	testing.TB
	failed bool
}

func (f *failure) Helper()                        {}
func (f *failure) Error(...any)                   { f.failed = true }
func (f *failure) Errorf(string, ...any)          { f.failed = true }
func (f *failure) Fatal(...any)                   { f.failed = true; panic(f) }
func (f *failure) Fatalf(format string, _ ...any) { f.failed = true; panic(f) }

// fails runs p once more.
func (p *proof) fails() (failed bool) {
	f := new(failure)
	defer func() {
		if e := recover(); e != nil && e != any(f) {
			panic(e)
		}
		failed = f.failed
	}()
	p.run(f)
	return f.failed
}

// prove makes each change and looks for a test that fails with it.
func prove() (status int) {
	book := rules.Web()
	tests := append(told, recordings()...)
	for _, c := range changes(book) {
		undo := c.make()
		i := slices.IndexFunc(tests, func(p proof) bool { return p.fails() })
		undo()
		switch {
		case i < 0:
			status = 1
			fmt.Printf("no test fails without this: %s\n", c.what)
		case *proofs:
			fmt.Printf("%-70s %s\n", c.what, tests[i].name)
		}
		if i > 0 { // what is noticed by one test is often followed by what the same test notices
			p := tests[i]
			copy(tests[1:i+1], tests[:i])
			tests[0] = p
		}
	}
	return status | proveSpec()
}

// proveSpec finds a story about each of the specification's rules of matching.
func proveSpec() (status int) {
	const count = 17
	for rule := 1; rule <= count; rule++ {
		number := strconv.Itoa(rule)
		about := func(p proof) bool {
			numbers, _, _ := strings.Cut(p.spec, ":")
			return slices.Contains(strings.Split(numbers, ", "), number)
		}
		i := slices.IndexFunc(told, about)
		switch {
		case i < 0:
			status = 1
			fmt.Printf("no story is about rule %d\n", rule)
		case *proofs:
			fmt.Printf("rule %-65d %s\n", rule, told[i].name)
		}
	}
	return status
}

// recordings are all captures of the lab: with the labels that they had when somebody
// read them, and with the truth of the servers' logs.
func recordings() []proof {
	var all []proof
	for _, g := range goldens(new(failure)) {
		all = append(all, proof{"TestGoldenLabels: " + g.labels, "", g.compare})
	}
	truths, _ := filepath.Glob("../testdata/captures/*/truth.json")
	for _, file := range truths {
		for _, v := range readTruth(new(failure), file).Vantages {
			all = append(all, proof{"TestLabTruth: " + filepath.Join(filepath.Dir(file), v.File), "", func(t testing.TB) { v.compare(t, filepath.Dir(file)) }})
		}
	}
	return all
}
