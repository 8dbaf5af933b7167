package cli

import (
	"bytes"
	"fmt"
	"strings"

	"github.com/mattn/go-runewidth"

	"github.com/pktjourney/pktjourney/annotate/render"
)

// maxProse is how wide paragraphs get at most: longer lines are hard to read.
const maxProse = 100

// prose lays paragraphs out for a terminal of some width; 0: each on one line.
type prose struct {
	bytes.Buffer
	width int
}

// columns measures text whatever the locale is, so that the same text gives the same lines.
var columns = &runewidth.Condition{StrictEmojiNeutral: true}

// heading begins a part.
func (p *prose) heading(text string) { fmt.Fprintf(p, "\n%s\n", render.Neutral(text)) }

// paragraphs writes the paragraphs of text, which stand apart by empty lines.
func (p *prose) paragraphs(text string, indent int) {
	for i, paragraph := range strings.Split(text, "\n\n") {
		if i > 0 {
			p.WriteByte('\n')
		}
		p.item("", paragraph, indent)
	}
}

// item writes mark and text; the lines after the first stand under the text.
func (p *prose) item(mark, text string, indent int) {
	hang := strings.Repeat(" ", indent+columns.StringWidth(mark))
	line := hang[:indent] + mark
	used := columns.StringWidth(line)
	fresh := true // the line has no word yet
	for _, word := range strings.Fields(render.Neutral(text)) {
		n := columns.StringWidth(word)
		switch {
		case fresh:
		case p.width > 0 && used+1+n > min(p.width, maxProse):
			fmt.Fprintln(p, line)
			line, used = hang, len(hang)
		default:
			line, used = line+" ", used+1
		}
		line, used, fresh = line+word, used+n, false
	}
	fmt.Fprintln(p, strings.TrimRight(line, " "))
}
