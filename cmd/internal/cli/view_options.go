package cli

import (
	"errors"
	"fmt"
	"path/filepath"
	"strings"

	"github.com/spf13/pflag"

	"github.com/pktjourney/pktjourney/annotate/render"
	"github.com/pktjourney/pktjourney/rules"
)

// viewOptions are the flags that say what the result looks like.
type viewOptions struct {
	format  string
	lang    string
	summary bool
	all     bool
	noFold  bool
	color   string
	bom     bool

	fixed render.Format // of a command that has one format of its own; its New is nil otherwise
}

func (o *viewOptions) addFlags(f *pflag.FlagSet) {
	f.StringVarP(&o.format, "format", "f", "", "`FORMAT` of the result: "+formatHelp()+" (default table)")
	f.StringVar(&o.lang, "lang", "", "`LANG` of names and sentences: en or ko (default from the locale)")
	f.BoolVar(&o.summary, "summary", false, "only the journeys and their steps, no frame list")
	f.BoolVar(&o.all, "all", false, "in the table, also the frames outside every journey")
	f.BoolVar(&o.noFold, "no-fold", false, "on a terminal, show each frame of a run of like frames")
	f.BoolVar(&o.bom, "bom", false, "begin CSV with a byte order mark, so that spreadsheets read Korean")
	f.StringVar(&o.color, "color", "auto", "colours in the table: `WHEN` is auto, always or never")
}

// formatHelp is "table (for people), ...".
func formatHelp() string {
	var list []string
	for _, f := range formats {
		list = append(list, f.Name+" ("+f.Doc+")")
	}
	return strings.Join(list, ", ")
}

// settle understands the flags; output is the name of the file that is written, or "".
func (o *viewOptions) settle(env *Env, j *rules.Journey, output string, s *settings) error {
	format, err := o.chosen(output)
	if err != nil {
		return err
	}
	lang, err := o.language(env)
	if err != nil {
		return err
	}
	switch o.color {
	case "auto", "always", "never":
	default:
		return usageError(fmt.Errorf("--color %q", o.color), "it is auto, always or never")
	}
	s.format = format
	s.annotate.Lang = lang
	if format.Name == pcapngFormat {
		if err := o.checkPcapng(env, output); err != nil {
			return err
		}
	}
	s.render = render.Options{Journey: j, Lang: lang, Summary: o.summary, All: o.all, ByteOrderMark: o.bom, Program: "pktjourney " + version()}
	if output == "" {
		s.render.Color = env.colored(o.color)
		s.render.Width = env.Width
		s.render.Fold = env.OutTerminal && !o.noFold
	} else {
		s.render.Color = o.color == "always"
	}
	return nil
}

// chosen is the format: that of the flag, else that of the file's ending, else the first.
func (o *viewOptions) chosen(output string) (render.Format, error) {
	if o.fixed.New != nil {
		return o.fixed, nil
	}
	if o.format == "pcap" || o.format == "" && isPcapName(output) {
		return render.Format{}, usageError(errors.New("a pcap file has no room for labels: its packets have no comments"), "-f pcapng writes a file with comments, which Wireshark reads as well")
	}
	if o.format != "" {
		f, ok := formats.Named(o.format)
		if !ok {
			return f, usageError(fmt.Errorf("no format is called %q", o.format), "the formats are "+formats.Names())
		}
		return f, nil
	}
	if f, ok := formats.Of(output); ok {
		return f, nil
	}
	if ending := filepath.Ext(output); output != "" && ending != "" {
		return render.Format{}, usageError(fmt.Errorf("no format is known for %s files", ending), "choose one with -f: "+formats.Names())
	}
	return formats[0], nil
}

func (o *viewOptions) language(env *Env) (rules.Lang, error) {
	switch o.lang {
	case "":
		return env.language(), nil
	case "en":
		return rules.English, nil
	case "ko":
		return rules.Korean, nil
	}
	return rules.English, usageError(fmt.Errorf("no language is called %q", o.lang), "the languages are en and ko")
}

// pcapngFormat is the format that holds the capture itself.
const pcapngFormat = "pcapng"

// checkPcapng refuses what makes no sense with a file of packets.
func (o *viewOptions) checkPcapng(env *Env, output string) error {
	switch {
	case o.summary:
		return usageError(errors.New("--summary leaves nothing of a pcapng file"), "choose another format, or leave --summary out")
	case (output == "" || output == "-") && env.OutTerminal:
		return usageError(errors.New("a pcapng file is nothing for a terminal"), "write it to a file with -o FILE")
	}
	return nil
}

// isPcapName reports whether a file name is that of a pcap file.
func isPcapName(name string) bool {
	switch strings.ToLower(filepath.Ext(name)) {
	case ".pcap", ".cap", ".dmp":
		return true
	}
	return false
}
