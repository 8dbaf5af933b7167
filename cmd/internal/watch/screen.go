package watch

import (
	"io"
	"time"

	tea "charm.land/bubbletea/v2"
)

// Options say how the screen is shown.
type Options struct {
	Title string    // what is captured on
	In    io.Reader // keys; nil: the terminal
	Out   io.Writer // the terminal
	Color bool
	Now   func() time.Time
	Quit  func() // is called when the user wants the end
}

// refresh is how often the screen is drawn.
const refresh = 100 * time.Millisecond

// Screen shows a board on a terminal.
type Screen struct {
	program *tea.Program
	done    chan error
}

// Show begins to show b. It takes the terminal until Close.
func Show(b *Board, o Options) *Screen {
	m := &model{board: b, quit: o.Quit, look: look{width: 80, height: 24, color: o.Color, title: o.Title, began: o.Now()}}
	options := []tea.ProgramOption{tea.WithOutput(o.Out), tea.WithoutSignalHandler()}
	if o.In != nil {
		options = append(options, tea.WithInput(o.In))
	}
	s := &Screen{program: tea.NewProgram(m, options...), done: make(chan error, 1)}
	go func() {
		_, err := s.program.Run()
		s.done <- err
		o.Quit() // whatever ended it, nobody watches any more
	}()
	return s
}

// Close gives the terminal back. The error is that of the terminal.
func (s *Screen) Close() error {
	s.program.Quit()
	return <-s.done
}

// model is the program of the screen.
type model struct {
	board *Board
	look  look
	quit  func()
	kept  string // what is shown while it is held
}

type tick time.Time

func next() tea.Cmd { return tea.Tick(refresh, func(at time.Time) tea.Msg { return tick(at) }) }

// Init implements tea.Model.
func (m *model) Init() tea.Cmd { return next() }

// Update implements tea.Model.
func (m *model) Update(msg tea.Msg) (tea.Model, tea.Cmd) {
	switch msg := msg.(type) {
	case tea.WindowSizeMsg:
		m.look.width, m.look.height = max(msg.Width, 20), max(msg.Height, 6)
		m.kept = ""
	case tick:
		return m, next()
	case tea.KeyPressMsg:
		switch msg.String() {
		case "q", "ctrl+c", "esc":
			m.quit()
			return m, nil
		case "a":
			m.look.all = !m.look.all
		case "space", " ":
			m.look.held, m.kept = !m.look.held, ""
		}
	}
	return m, nil
}

// View implements tea.Model.
func (m *model) View() tea.View {
	if !m.look.held || m.kept == "" {
		m.kept = m.board.draw(&m.look)
	}
	v := tea.NewView(m.kept)
	v.AltScreen = true
	return v
}
