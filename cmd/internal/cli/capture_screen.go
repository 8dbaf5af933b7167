package cli

import (
	"bytes"
	"errors"

	"github.com/pktjourney/pktjourney/annotate"
	"github.com/pktjourney/pktjourney/annotate/render"
	"github.com/pktjourney/pktjourney/cmd/internal/watch"
)

// screen reports whether the live view is shown: somebody watches a terminal, and did not ask for lines.
func (o *captureOptions) screen(env *Env, f render.Format) bool {
	return env.OutTerminal && env.Getenv("TERM") != "dumb" && !o.plain && o.output == "" && !o.summary && f.Name == render.Formats[0].Name
}

// show shows the live view until something ends the capture, and writes what came of the journeys then.
func (s *settings) show(env *Env, r *liveReading) error {
	board := watch.NewBoard(s.render.Journey, s.render, env.Now)
	var after bytes.Buffer // the journeys; a table keeps a bounded number
	sink, strict := s.behind(both{board, outcomes{s.format.New(&after, s.render)}})
	s.annotate.Preview = board.Preview
	decoder, a := s.decoder(), annotate.New(s.render.Journey, s.annotate, sink)
	r.idle = append(r.idle, a)
	r.flush = func() error {
		board.Dropped(r.dropped)
		return nil
	}
	i := r.handle.Interface()
	screen := watch.Show(board, watch.Options{
		Title: "pktjourney   " + render.Neutral(i.Name) + " (" + render.LinkName(i.LinkType) + ")",
		Out:   env.Out, Color: s.render.Color, Now: env.Now, Quit: r.stop.ask,
	})
	_, err := annotateAll(strict.reads(r), decoder, a, newProgress(env, r, true))
	err = errors.Join(err, writing(screen.Close()))
	if _, e := env.Out.Write(after.Bytes()); e != nil {
		err = errors.Join(err, writing(e))
	}
	if err != nil {
		return err
	}
	return strict.verdict()
}

// both is a sink of two.
type both struct{ first, second annotate.Sink }

// Frame implements annotate.Sink.
func (b both) Frame(l *annotate.Labelled) error {
	return errors.Join(b.first.Frame(l), b.second.Frame(l))
}

// Journey implements annotate.Sink.
func (b both) Journey(j *annotate.Journey) error {
	return errors.Join(b.first.Journey(j), b.second.Journey(j))
}

// Close implements annotate.Sink.
func (b both) Close(s *annotate.Summary) error {
	return errors.Join(b.first.Close(s), b.second.Close(s))
}

// outcomes passes on journeys, and no frames.
type outcomes struct{ annotate.Sink }

// Frame implements annotate.Sink.
func (o outcomes) Frame(l *annotate.Labelled) error {
	if p, ok := o.Sink.(render.Passer); ok {
		p.PassOver(l)
	}
	return nil
}
