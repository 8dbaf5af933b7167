package cli

import (
	"errors"
	"io"
	"time"

	"github.com/pktjourney/pktjourney/annotate/paths"
	"github.com/pktjourney/pktjourney/decode/capture"
)

// runPoints labels the captures of several points as one journey. They are read twice:
// first for the differences of their clocks.
func runPoints(env *Env, o *annotateOptions, in inputs) error {
	if o.vantage != autoVantage {
		return usageError(errors.New("--vantage is for captures of one point"), "the names before the captures tell the points")
	}
	s, err := o.settle(env, "")
	if err != nil {
		return err
	}
	offsets, err := clocks(env, in, s.workers > 1)
	if err != nil {
		return err
	}
	src, err := in.open(env, s.workers > 1)
	if err != nil {
		return failed(statusNothing, err)
	}
	defer src.close()
	out, err := openOutput(env, o, in)
	if err != nil {
		return err
	}
	s.annotate.Files = in.files()
	return errors.Join(s.runPoints(env, src, in, offsets, out), out.close())
}

// clocks reads the captures for the differences of the points' clocks. What is damaged is
// told when they are read again.
func clocks(env *Env, in inputs, ahead bool) ([]time.Duration, error) {
	src, err := in.open(env, ahead)
	if err != nil {
		return nil, failed(statusNothing, err)
	}
	defer src.close()
	at := in.at()
	merged := src.Source.(*capture.Merged)
	offsets, err := paths.Clocks(merged, len(in.points()), func(*capture.Frame) int { return at[merged.Last()] })
	var damage *capture.DamageError
	if err != io.EOF && !errors.As(err, &damage) {
		return nil, failed(statusNothing, err)
	}
	return offsets, nil
}

// at is the number of each capture's point.
func (l inputs) at() []int {
	numbers := make(map[string]int)
	for i, name := range l.points() {
		numbers[name] = i
	}
	at := make([]int, len(l))
	for i, in := range l {
		at[i] = numbers[in.name]
	}
	return at
}

// capturePoints are the points of the captures.
func (l inputs) capturePoints() []paths.Point {
	var points []paths.Point
	for _, name := range l.points() {
		p := paths.Point{Name: name, At: pointCalled(name)}
		for _, in := range l {
			if in.name == name {
				p.Files = append(p.Files, in.title())
			}
		}
		points = append(points, p)
	}
	return points
}

// runPoints reads the captures to their end.
func (s *settings) runPoints(env *Env, src *reading, in inputs, offsets []time.Duration, out *outputFile) error {
	at := in.at()
	merged := src.Source.(*capture.Merged)
	for i := range in {
		merged.Shift(i, -offsets[at[i]])
	}
	p := newProgress(env, src.Source, s.quiet)
	src.withSecrets(s.secrets)
	renderer := s.format.New(p.guard(out.w, out.w), s.render)
	sink, strict := s.behind(renderer)
	a := paths.New(s.render.Journey, s.annotate, in.capturePoints(), s.decoder, sink)
	damage, err := annotatePoints(strict.reads(copyTo(renderer, s.source(src), src.files)), func() int { return at[merged.Last()] }, a, offsets, p)
	p.clear()
	switch {
	case err != nil:
		return err
	case damage != nil:
		return damaged(damage, len(in))
	}
	return strict.verdict()
}

// annotatePoints gives every frame of src to a; point is where the newest was captured.
func annotatePoints(src capture.Source, point func() int, a *paths.Annotator, offsets []time.Duration, p *progress) (damage *capture.DamageError, err error) {
	for {
		f, err := src.Next()
		switch {
		case err == io.EOF:
			return nil, writing(a.Finish(nil, offsets))
		case errors.As(err, &damage):
			return damage, writing(a.Finish(damage, offsets))
		case err != nil:
			return nil, filterFailed(err)
		}
		p.saw(f.Number)
		if err := a.Frame(point(), f); err != nil {
			return nil, writing(err)
		}
	}
}
