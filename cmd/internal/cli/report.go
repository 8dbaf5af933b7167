package cli

import (
	"crypto/sha256"
	"encoding/hex"
	"errors"
	"fmt"
	"io"
	"os"
	"path/filepath"
	"strings"

	"github.com/spf13/cobra"
	"github.com/spf13/pflag"

	"github.com/pktjourney/pktjourney/annotate"
	"github.com/pktjourney/pktjourney/annotate/render"
	"github.com/pktjourney/pktjourney/annotate/render/report"
)

func newReportCommand(env *Env) *cobra.Command {
	o := &annotateOptions{phase: annotate.NoPhase}
	cmd := &cobra.Command{
		Use:   "report [flags] [NAME=]CAPTURE...",
		Short: "Write a report to hand in",
		Long: `Report writes one HTML file, or one of Markdown, about saved captures: the journeys at a glance, a figure of
who says what to whom, each step with what the document teaches and what the capture
shows, frames taken apart byte by byte, the questions that courses ask with their answers,
and every frame. The file needs nothing else, prints well, and says by which command it can
be made again: then it is the same, byte for byte.

Without -o it goes beside you, under the capture's name with .html or .md behind it.

` + statusHelp,
		Example: `  pktjourney report --title "Lab 3" --author "Kim Minji" --course "Networks" --date 2026-11-27 lan.pcap
  pktjourney report --lang ko --keylog keys.txt -o lab3.html client.pcap`,
		Args: someCaptures,
		RunE: func(cmd *cobra.Command, args []string) error { return runReport(env, o, cmd.Flags(), args) },
	}
	f := cmd.Flags()
	f.SortFlags = false
	f.StringVarP(&o.format, "format", "f", "", "`FORMAT` of the report: html (default) or markdown")
	f.StringVarP(&o.output, "output", "o", "", "write to `FILE`; its ending chooses the format unless -f does")
	f.BoolVar(&o.force, "force", false, "overwrite FILE when it exists")
	f.StringVar(&o.cover.Title, "title", "", "`TITLE` of the report")
	f.StringVar(&o.cover.Author, "author", "", "who hands it in: `NAME`")
	f.StringVar(&o.cover.Course, "course", "", "for which `COURSE`")
	f.StringVar(&o.cover.Date, "date", "", "the `DATE` on the cover")
	f.StringVar(&o.lang, "lang", "", "`LANG` of the report: en or ko (default from the locale)")
	f.StringVar(&o.keylog, "keylog", "", "decrypt with the TLS secrets in `FILE` (SSLKEYLOGFILE format); those inside a\npcapng file are used without it")
	f.StringVar(&o.vantage, "vantage", autoVantage, "where the capture was taken: `POINT` is auto, client, router, resolver,\nname-server or web-server")
	f.StringVar(&o.host, "host", "", "tell only journeys to `NAME`")
	f.StringVar(&o.client, "client", "", "tell only journeys of the client with address `ADDR`")
	f.StringVar(&o.rules, "rules", "", "label by the documented journey in `FILE` instead of the built-in one")
	f.BoolVar(&o.quiet, "quiet", false, "show no progress")
	o.color = "auto"
	return cmd
}

func runReport(env *Env, o *annotateOptions, flags *pflag.FlagSet, args []string) error {
	in, err := splitArguments(args)
	if err != nil {
		return err
	}
	if err := o.chooseReport(); err != nil {
		return err
	}
	lang, err := o.language(env)
	if err != nil {
		return err
	}
	o.lang = [...]string{"en", "ko"}[lang]
	o.cover.Command = reportCommand(flags, o, in)
	if o.output == "" {
		if in[0].file == stdin {
			return usageError(errors.New("standard input has no name for the report"), "name the file with -o")
		}
		format, _ := report.Formats.Named(o.format)
		o.output = strings.TrimSuffix(in[0].title(), filepath.Ext(in[0].title())) + format.Endings[0]
	}
	if o.cover.SHA256, err = digest(in); err != nil {
		return failed(statusNothing, err)
	}
	if err := annotateInputs(env, o, in); err != nil {
		return err
	}
	if o.output != "-" && !o.quiet {
		fmt.Fprintf(env.Err, "%s is written\n", render.Neutral(o.output))
	}
	return nil
}

// chooseReport sets the format: that of the flag, else that of the file's ending, else a page.
func (o *annotateOptions) chooseReport() error {
	if o.format == "" {
		o.format = report.Formats[0].Name
		if f, ok := report.Formats.Of(o.output); ok {
			o.format = f.Name
		}
	}
	if _, ok := report.Formats.Named(o.format); !ok {
		return usageError(fmt.Errorf("no report is in the format %q", o.format), "the formats are "+report.Formats.Names())
	}
	return nil
}

// digest is the SHA-256 of a single capture file, in hexadecimal; "" of others.
func digest(in inputs) (string, error) {
	if len(in) != 1 || in[0].file == stdin {
		return "", nil
	}
	f, err := os.Open(in[0].file)
	if err != nil {
		return "", err
	}
	defer f.Close()
	if info, err := f.Stat(); err != nil || !info.Mode().IsRegular() {
		return "", err
	}
	sum := sha256.New()
	if _, err := io.Copy(sum, f); err != nil {
		return "", err
	}
	return hex.EncodeToString(sum.Sum(nil)), nil
}

// reportCommand is the command that makes the report again, with the names of the files without
// their folders, so that it does not depend on where they lie.
func reportCommand(flags *pflag.FlagSet, o *annotateOptions, in inputs) string {
	words := []string{"pktjourney", "report"}
	if o.format != report.Formats[0].Name {
		words = append(words, "--format", o.format)
	}
	words = append(words, "--lang", o.lang)
	flags.Visit(func(f *pflag.Flag) {
		switch f.Name {
		case "output", "force", "quiet", "lang", "format":
			return
		case "keylog", "rules":
			words = append(words, "--"+f.Name, quoted(filepath.Base(f.Value.String())))
			return
		}
		words = append(words, "--"+f.Name, quoted(f.Value.String()))
	})
	for _, i := range in {
		name := quoted(i.title())
		if i.file == stdin {
			name = stdin
		}
		if i.name != "" {
			name = i.name + "=" + name
		}
		words = append(words, name)
	}
	return strings.Join(words, " ")
}

// quoted is s as a shell takes it for one word.
func quoted(s string) string {
	if s != "" && strings.Trim(s, "abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789._-+:,/@%") == "" {
		return s
	}
	return "'" + strings.ReplaceAll(s, "'", `'\''`) + "'"
}
