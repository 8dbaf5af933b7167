package rules

import (
	"cmp"
	"errors"
	"fmt"
	"slices"
)

// Mistake is something that a data file must not have.
type Mistake struct {
	File   string
	Line   int // from 1; 0 when the whole file is meant
	Reason string
}

// Error is "file:line: reason".
func (m *Mistake) Error() string {
	if m.Line == 0 {
		return fmt.Sprintf("%s: %s", m.File, m.Reason)
	}
	return fmt.Sprintf("%s:%d: %s", m.File, m.Line, m.Reason)
}

// Mistakes are all mistakes in an error of Load, in the order of the files' lines;
// none when the error is another.
func Mistakes(err error) []*Mistake {
	if joined, ok := err.(interface{ Unwrap() []error }); ok {
		var all []*Mistake
		for _, e := range joined.Unwrap() {
			all = append(all, Mistakes(e)...)
		}
		return all
	}
	var m *Mistake
	if errors.As(err, &m) {
		return []*Mistake{m}
	}
	return nil
}

// joinMistakes makes one error of mistakes, nil of none.
func joinMistakes(mistakes []*Mistake) error {
	slices.SortStableFunc(mistakes, func(a, b *Mistake) int {
		return cmp.Or(cmp.Compare(a.File, b.File), a.Line-b.Line)
	})
	errs := make([]error, len(mistakes))
	for i, m := range mistakes {
		errs[i] = m
	}
	return errors.Join(errs...)
}
