package render

import (
	"fmt"
	"strings"

	"github.com/pktjourney/pktjourney/rules"
	"github.com/pktjourney/pktjourney/rules/words"
)

// File is a file to be written.
type File struct {
	Name string
	Text []byte
}

// phaseShades are the background colours of the phases in Wireshark, in their order, as red, green and
// blue of 16 bits each. They are those of the table, made light enough for black text.
var phaseShades = [...]string{
	"62194,57054,63479", // 0 magenta
	"56540,62451,62965", // 1 cyan
	"56540,59367,64764", // 2 blue
	"64507,62194,53456", // 3 yellow
	"56026,62451,55512", // 4 green
	"52942,61680,58339", // 5 the same page, encrypted
}

// profileColumn is the title of the column with the labels.
var profileColumn = words.Of("wireshark.column")

// WiresharkProfile makes the files of a profile of Wireshark (User's Guide, section 11.6) for annotated captures: a
// column with the label of each packet, and a colour for each phase of the journey.
func WiresharkProfile(j *rules.Journey, lang rules.Lang) []File {
	return []File{
		{"preferences", []byte(profilePreferences(lang))},
		{"colorfilters", []byte(profileColors(j, lang))},
	}
}

func profilePreferences(lang rules.Lang) string {
	return "# A profile for captures that pktjourney annotated\n" +
		"gui.column.format: \n" +
		"\t\"No.\", \"%m\",\n" +
		"\t\"Time\", \"%t\",\n" +
		"\t\"Source\", \"%s\",\n" +
		"\t\"Destination\", \"%d\",\n" +
		"\t\"Protocol\", \"%p\",\n" +
		"\t\"" + profileColumn.In(lang) + "\", \"%Cus:frame.comment:0:R\",\n" +
		"\t\"Info\", \"%i\"\n"
}

// profileColors are the colour rules: the first that matches counts.
func profileColors(j *rules.Journey, lang rules.Lang) string {
	var b strings.Builder
	b.WriteString("# The phases of the journey\n")
	for i := range j.Phases {
		p := &j.Phases[i]
		name := strings.ReplaceAll(fmt.Sprintf("%d %s", p.Number, p.Name.In(lang)), "@", " ")
		fmt.Fprintf(&b, "@%s@frame.comment matches \"^[[]%d[].]\"@[%s][0,0,0]\n", name, p.Number, phaseShades[p.Number%len(phaseShades)])
	}
	return b.String()
}
