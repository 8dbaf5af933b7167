package cli

import (
	"bufio"
	"errors"
	"fmt"
	"io"
	"os"
	"path/filepath"
	"slices"
	"strconv"
	"strings"

	"github.com/pktjourney/pktjourney/annotate"
	"github.com/pktjourney/pktjourney/rules"
)

// maxExpectation bounds what is read of a file of expected labels.
const maxExpectation = 64 << 20

// outside is the word for a frame that is no part of the journey.
const outside = "-"

// expectation is what a file says of the labels of one capture.
type expectation struct {
	head    string // the text before the first frame, as it stands
	capture string // path; "" when the file names none
	keylog  string // path; "" when the file names none
	labels  map[int]string
}

// labelWord is a label as such files have it: the step, the phase alone where the
// frame performs no step, or "-"; and behind a blank the further steps.
func labelWord(l *annotate.Label) string {
	if !l.InJourney() {
		return outside
	}
	word := string(l.Step)
	if word == "" {
		word = strconv.Itoa(l.Phase)
	}
	for i, id := range l.Also {
		word += []string{" ", ","}[min(i, 1)] + string(id)
	}
	return word
}

// readExpectation reads the file at path. Paths in it are understood from its folder.
// Of mistakes it tells the first, as path:line: reason. With headOnly it stops before the frames.
func readExpectation(path string, j *rules.Journey, headOnly bool) (*expectation, error) {
	f, err := os.Open(path)
	if err != nil {
		return nil, err
	}
	defer f.Close()
	e := &expectation{labels: map[int]string{}}
	lines := bufio.NewScanner(io.LimitReader(f, maxExpectation))
	for n := 1; lines.Scan(); n++ {
		text := strings.TrimPrefix(lines.Text(), "\ufeff")
		if len(e.labels) == 0 && e.heading(filepath.Dir(path), text) {
			continue
		}
		if headOnly {
			return e, nil
		}
		if err := e.line(j, text); err != nil {
			return nil, fmt.Errorf("%s:%d: %w", path, n, err)
		}
	}
	if err := lines.Err(); err != nil {
		return nil, fmt.Errorf("%s: %w", path, err)
	}
	return e, nil
}

// heading takes a line that may stand before the frames.
func (e *expectation) heading(dir, text string) bool {
	trimmed := strings.TrimSpace(text)
	key, value, _ := strings.Cut(trimmed, ":")
	file := filepath.FromSlash(strings.TrimSpace(value))
	if !filepath.IsAbs(file) && file != "" {
		file = filepath.Join(dir, file)
	}
	switch {
	case trimmed == "", trimmed[0] == '#':
	case file == "":
		return false
	case key == "capture":
		e.capture = file
	case key == "keylog":
		e.keylog = file
	default:
		return false
	}
	e.head += text + "\n"
	return true
}

// line takes the line of one frame.
func (e *expectation) line(j *rules.Journey, text string) error {
	text, _, _ = strings.Cut(text, "#")
	words := strings.Fields(text)
	if len(words) == 0 {
		return nil
	}
	if len(words) < 2 || len(words) > 3 {
		return fmt.Errorf("%q: a line is a frame number, a step or %q, and further steps with commas", strings.TrimSpace(text), outside)
	}
	number, err := strconv.Atoi(words[0])
	switch {
	case err != nil || number < 1:
		return fmt.Errorf("%q is no frame number", words[0])
	case e.labels[number] != "":
		return fmt.Errorf("frame %d comes twice", number)
	}
	if err := checkLabel(j, words[1:]); err != nil {
		return err
	}
	e.labels[number] = strings.Join(words[1:], " ")
	return nil
}

// checkLabel refuses what no frame of j can have.
func checkLabel(j *rules.Journey, words []string) error {
	phase, err := strconv.Atoi(words[0])
	switch {
	case words[0] == outside && len(words) == 2:
		return errors.New("a frame outside the journey has no further steps")
	case words[0] == outside:
	case err == nil && j.Phase(phase) == nil:
		return fmt.Errorf("the journey has no phase %d", phase)
	case err != nil && j.Step(rules.ID(words[0])) == nil:
		return fmt.Errorf("the journey has no step %q", words[0])
	}
	for _, also := range words[1:] {
		for id := range strings.SplitSeq(also, ",") {
			if j.Step(rules.ID(id)) == nil {
				return fmt.Errorf("the journey has no step %q", id)
			}
		}
	}
	return nil
}

// numbers are the frames that e or got has, in order.
func (e *expectation) numbers(got map[int]string) []int {
	var list []int
	for n := range got {
		list = append(list, n)
	}
	for n := range e.labels {
		if got[n] == "" {
			list = append(list, n)
		}
	}
	slices.Sort(list)
	return list
}
