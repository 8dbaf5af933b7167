package render

// paragraph appends a line of text behind a title in a colour. Where the terminal is
// too narrow for it, further lines follow, indented.
func (t *table) paragraph(title, color, text string, indent int) {
	b := t.out.b
	if title != "" {
		b = t.opts.painted(b, color, title)
	}
	t.out.b = append(t.appendFlowing(b, text, columnsOf(title), indent), '\n')
}

// item appends text behind the margin and a mark; its further lines stand below its first.
func (t *table) item(mark, text string) {
	indent := margin + columnsOf(mark)
	b := append(appendSpaces(t.out.b, margin), mark...)
	t.out.b = append(t.appendFlowing(b, text, indent, indent), '\n')
}

// appendFlowing appends text that begins in the column start and goes on, below, in
// the column indent.
func (t *table) appendFlowing(b []byte, text string, start, indent int) []byte {
	width := t.opts.Width
	if width == 0 {
		return append(b, text...)
	}
	line, rest := wrap([]byte(text), max(width-start, 1))
	b = append(b, line...)
	for len(rest) > 0 {
		line, rest = wrap(rest, max(width-indent, 1))
		b = append(appendSpaces(append(b, '\n'), indent), line...)
	}
	return b
}
