package cli

import (
	"bytes"
	"errors"
	"fmt"
	"io/fs"
	"os"
	"path/filepath"
	"regexp"
	"slices"

	"github.com/spf13/cobra"

	"github.com/pktjourney/pktjourney/annotate"
	"github.com/pktjourney/pktjourney/annotate/render"
	"github.com/pktjourney/pktjourney/decode"
	"github.com/pktjourney/pktjourney/rules"
)

func newJourneyTestCommand(env *Env) *cobra.Command {
	update := false
	cmd := &cobra.Command{
		Use:   "test DIR",
		Short: "Test a journey of one's own on captures",
		Long: `Test labels captures by the documented journey in DIR and compares each frame with
the label that is expected. It prints each frame that differs, and a count for each
capture.

DIR holds the journey, its only *.yaml file or journey.yaml, and beside each capture
NAME.pcap or NAME.pcapng (also with .gz or .zst) the file NAME.expect. That has one
line for each frame:

  # number, step, further steps
  1 -            # outside the journey
  2 1.3          # performs step 1.3
  3 3.6 1.4,1.5  # is evidence of further steps too
  4 2            # belongs to phase 2 and performs none of its steps

Lines before the first frame may name files, from the folder of NAME.expect:
"capture: PATH" a capture that lies elsewhere, "keylog: PATH" the TLS secrets to
decrypt it with.

Exit status:
  0  every frame has the label that is expected
  1  some differ
  2  wrong usage, or a file that cannot be used`,
		Example: `  pktjourney journey test my-journey
  pktjourney journey test --update my-journey`,
		Args: func(_ *cobra.Command, args []string) error {
			if len(args) != 1 {
				return usageError(fmt.Errorf("test takes one folder, got %d", len(args)), "as in pktjourney journey test my-journey")
			}
			return nil
		},
		RunE: func(_ *cobra.Command, args []string) error { return runJourneyTest(env, args[0], update) },
	}
	cmd.Flags().BoolVar(&update, "update", false, "write what the frames are labelled now as what is expected")
	return cmd
}

// runJourneyTest tries the journey in dir on all its captures. What is wrong with a
// file ends it: half an answer could pass for a whole one.
func runJourneyTest(env *Env, dir string, update bool) error {
	j, err := journeyIn(env, dir)
	if err != nil {
		return err
	}
	trials, err := trialsIn(dir)
	if err != nil {
		return failed(statusUsage, err)
	}
	differ, frames := 0, 0
	for _, t := range trials {
		t.journey, t.update = j, update
		n, err := t.run(env)
		if err != nil {
			return failed(statusUsage, err)
		}
		differ += n
		frames += len(t.got)
	}
	if differ > 0 {
		return failed(statusPart, fmt.Errorf("frames labelled otherwise than expected: %d of %d", differ, frames))
	}
	return nil
}

// journeyIn reads the journey of a folder; its mistakes are listed.
func journeyIn(env *Env, dir string) (*rules.Journey, error) {
	if _, err := os.ReadDir(dir); err != nil {
		return nil, failed(statusUsage, err)
	}
	names, err := fs.Glob(os.DirFS(dir), "*.yaml")
	const first = "journey.yaml"
	switch {
	case err != nil:
		return nil, failed(statusUsage, err)
	case len(names) > 1 && slices.Contains(names, first):
		names = []string{first}
	case len(names) != 1:
		return nil, usageError(fmt.Errorf("%s has %d files *.yaml, none of them %s", dir, len(names), first), "one holds the journey")
	}
	path := filepath.Join(dir, names[0])
	j, err := rules.LoadFile(path)
	if mistakes := rules.Mistakes(err); len(mistakes) > 0 {
		err = listMistakes(env, path, mistakes)
	}
	if err != nil {
		return nil, failed(statusUsage, err)
	}
	return j, nil
}

// trial is one capture with the labels that are expected.
type trial struct {
	name    string // without ending
	expect  string // path; the file need not be there
	capture string // path; "" when only the file of expectations tells it
	journey *rules.Journey
	update  bool

	got map[int]string // by frame number; see labelWord
}

// trialName takes a file's name apart.
var trialName = regexp.MustCompile(`^(.+)\.(?:(expect)|pcap(?:ng)?(?:\.gz|\.zst)?)$`)

// trialsIn finds the captures of a folder, in the order of their names.
func trialsIn(dir string) ([]*trial, error) {
	entries, err := os.ReadDir(dir)
	if err != nil {
		return nil, err
	}
	var list []*trial
	for _, entry := range entries {
		m := trialName.FindStringSubmatch(entry.Name())
		if m == nil || entry.IsDir() {
			continue
		}
		i := slices.IndexFunc(list, func(t *trial) bool { return t.name == m[1] })
		if i < 0 {
			i = len(list)
			list = append(list, &trial{name: m[1], expect: filepath.Join(dir, m[1]+".expect")})
		}
		switch t := list[i]; {
		case m[2] != "":
		case t.capture != "":
			return nil, fmt.Errorf("%s and %s have the same file of expectations", t.capture, entry.Name())
		default:
			t.capture = filepath.Join(dir, entry.Name())
		}
	}
	if len(list) == 0 {
		return nil, fmt.Errorf("%s has no capture and no file *.expect", dir)
	}
	return list, nil
}

// run labels the capture, and says how many frames differ.
func (t *trial) run(env *Env) (differ int, err error) {
	e, err := readExpectation(t.expect, t.journey, t.update)
	switch {
	case errors.Is(err, fs.ErrNotExist) && t.update:
		e = &expectation{}
	case errors.Is(err, fs.ErrNotExist):
		return 0, fmt.Errorf("%s is missing: --update writes it", t.expect)
	case err != nil:
		return 0, err
	}
	if e.capture == "" {
		e.capture = t.capture
	}
	if e.capture == "" {
		return 0, fmt.Errorf("%s:1: no capture lies beside it, and no line \"capture: PATH\" names one", t.expect)
	}
	if err := t.label(env, e); err != nil {
		return 0, fmt.Errorf("%s: %w", t.expect, err)
	}
	if t.update {
		return 0, t.write(env, e)
	}
	return t.compare(env, e)
}

// label labels the frames of the capture that e is about.
func (t *trial) label(env *Env, e *expectation) error {
	secrets, _, err := readKeyLog(e.keylog)
	if err != nil {
		return err
	}
	src, err := inputs{{file: e.capture}}.open(env, false)
	if err != nil {
		return err
	}
	defer src.close()
	src.withSecrets(secrets)
	t.got = map[int]string{}
	a := annotate.New(t.journey, annotate.Options{}, t)
	damage, err := annotateAll(src, &decode.Decoder{Secrets: secrets}, a, newProgress(env, src.Source, true))
	if err == nil && damage != nil {
		err = damage
	}
	return err
}

// Frame implements annotate.Sink.
func (t *trial) Frame(l *annotate.Labelled) error {
	t.got[l.Number] = labelWord(&l.Label)
	return nil
}

// Journey implements annotate.Sink.
func (t *trial) Journey(*annotate.Journey) error { return nil }

// Close implements annotate.Sink.
func (t *trial) Close(*annotate.Summary) error { return nil }

// compare prints the frames that are not labelled as e says, and counts them.
func (t *trial) compare(env *Env, e *expectation) (differ int, err error) {
	var out bytes.Buffer
	name := render.Neutral(t.name)
	for _, n := range e.numbers(t.got) {
		want, got := e.labels[n], t.got[n]
		if want == got {
			continue
		}
		differ++
		switch {
		case want == "":
			want = "nothing: it has no line"
		case got == "":
			got = "no such frame"
		}
		fmt.Fprintf(&out, "%s: frame %d: expected %s, got %s\n", name, n, want, got)
	}
	fmt.Fprintf(&out, "%s: frames: %d, different: %d\n", name, len(t.got), differ)
	_, err = env.Out.Write(out.Bytes())
	return differ, writing(err)
}

// write writes the labels as what is expected, behind what stood before the frames of e.
func (t *trial) write(env *Env, e *expectation) error {
	text := []byte(e.head)
	for _, n := range (&expectation{}).numbers(t.got) {
		text = fmt.Appendf(text, "%d %s\n", n, t.got[n])
	}
	if err := os.WriteFile(t.expect, text, 0o666); err != nil {
		return err
	}
	_, err := fmt.Fprintf(env.Out, "%s: frames: %d, written to %s\n", render.Neutral(t.name), len(t.got), render.Neutral(t.expect))
	return writing(err)
}
