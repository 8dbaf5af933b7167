package capture

import (
	"errors"
	"io"
	"path/filepath"
	"time"
)

// Merged gives the frames of several files as those of one capture: by time, numbered from
// 1, as mergecap writes them. It is a Source.
//
// The files are merged, not sorted: a frame waits for those before it in its own file, and
// of frames with the same time that of the file named first comes first. Frames without a
// time come as soon as their file allows. One frame of each file is held.
type Merged struct {
	files  []*File
	pieces []piece
	ready  bool // each piece has its next frame
	last   int  // the piece whose frame was given last
	number int
	damage *DamageError // the first that a piece met
}

// piece is one of the files and its next frame; nil when it has no more.
type piece struct {
	file  *File
	next  *Frame
	shift time.Duration
}

// Merge reads files, which stay the caller's to close, in turns.
func Merge(files []*File) *Merged {
	m := &Merged{files: files, pieces: make([]piece, len(files))}
	for i, f := range files {
		m.pieces[i].file = f
	}
	return m
}

// Shift makes the frames of the file of that index come with times so much later: its clock
// was behind. It is called before Next.
func (m *Merged) Shift(index int, by time.Duration) { m.pieces[index].shift = by }

// Last is the index of the file whose frame Next gave.
func (m *Merged) Last() int { return m.last }

// Next gives the next frame; it is valid until the call after. Its Number is that in all
// files, its FileNumber that in its own, which Interface.File names. A file that can not be
// read any further ends there, and the others go on; when all have ended, the error is the
// first *DamageError, or io.EOF when there was none.
func (m *Merged) Next() (*Frame, error) {
	if err := m.refill(); err != nil {
		return nil, err
	}
	first := -1
	for i := range m.pieces {
		if f := m.pieces[i].next; f != nil && (first < 0 || f.Time.Before(m.pieces[first].next.Time)) {
			first = i
		}
	}
	if first < 0 {
		return nil, m.end()
	}
	m.last = first
	m.number++
	f := m.pieces[first].next
	f.Number = m.number
	return f, nil
}

// Size is how many bytes the files have on disk; 0 when that is not known of all.
func (m *Merged) Size() int64 {
	var sum int64
	for _, f := range m.files {
		if f.Size() == 0 {
			return 0
		}
		sum += f.Size()
	}
	return sum
}

// Read is how many of those bytes were read so far.
func (m *Merged) Read() int64 {
	var sum int64
	for _, f := range m.files {
		sum += f.Read()
	}
	return sum
}

func (m *Merged) end() error {
	if m.damage != nil {
		return m.damage
	}
	return io.EOF
}

// refill reads the frame behind the one that was given last; at first, one of each file.
func (m *Merged) refill() error {
	if m.ready {
		return m.advance(&m.pieces[m.last])
	}
	m.ready = true
	for i := range m.pieces {
		if err := m.advance(&m.pieces[i]); err != nil {
			return err
		}
	}
	return nil
}

// advance reads the next frame of p.
func (m *Merged) advance(p *piece) error {
	if p.file == nil {
		return nil
	}
	f, err := p.file.Next()
	var damage *DamageError
	switch {
	case err == nil:
		if p.shift != 0 && !f.Time.IsZero() {
			f.Time = f.Time.Add(p.shift)
		}
		f.Interface.File = filepath.Base(p.file.Name)
		p.next = f
		return nil
	case errors.As(err, &damage):
		if m.damage == nil {
			m.damage = damage
		}
	case err != io.EOF:
		return err
	}
	*p = piece{}
	return nil
}
