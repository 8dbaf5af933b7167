package render

import (
	"bytes"
	"io"
	"strconv"
	"strings"

	"github.com/olekukonko/tablewriter"
	"github.com/olekukonko/tablewriter/renderer"
	"github.com/olekukonko/tablewriter/tw"

	"github.com/pktjourney/pktjourney/decode/capture"
	"github.com/pktjourney/pktjourney/rules"
	"github.com/pktjourney/pktjourney/rules/words"
)

// deviceWords are what the table of interfaces says.
type deviceWords struct {
	Head                                       [4]string
	Up, Down, Loopback, DefaultRoute, Everyone string
}

var deviceWordings = words.Tables[deviceWords]("interfaces")

// DeviceTable writes the interfaces as a table for people.
func DeviceTable(w io.Writer, list []capture.Device, lang rules.Lang) error {
	words := &deviceWordings[lang]
	var text bytes.Buffer
	t := newDeviceGrid(&text)
	t.Append(append(words.Head[:], ""))
	for i := range list {
		t.Append(words.row(&list[i]))
	}
	t.Render()
	var b []byte
	for line := range bytes.Lines(text.Bytes()) {
		b = append(append(b, bytes.TrimRight(line, " \n")...), '\n')
	}
	_, err := w.Write(b)
	return err
}

func newDeviceGrid(text *bytes.Buffer) *tablewriter.Table {
	cell := tw.CellConfig{
		Formatting: tw.CellFormatting{AutoWrap: tw.WrapNone, AutoFormat: tw.Off},
		Alignment:  tw.CellAlignment{Global: tw.AlignLeft},
		Padding:    tw.CellPadding{Global: tw.Padding{Right: "  "}},
	}
	return tablewriter.NewTable(text,
		tablewriter.WithConfig(tablewriter.Config{Row: cell, Behavior: tw.Behavior{TrimSpace: tw.Off}}),
		tablewriter.WithRenderer(renderer.NewBlueprint(tw.Rendition{
			Borders:  tw.BorderNone,
			Symbols:  tw.NewSymbols(tw.StyleNone),
			Settings: tw.Settings{Lines: tw.LinesNone, Separators: tw.SeparatorsNone},
		})),
	)
}

// row is the cells of d.
func (w *deviceWords) row(d *capture.Device) []string {
	state, link := w.Down, ""
	if d.Up {
		state = w.Up
	}
	if d.HasLinkType {
		link = LinkName(d.LinkType)
	}
	var addresses []string
	for _, a := range d.Addresses {
		addresses = append(addresses, a.String())
	}
	return []string{Neutral(d.Name), state, link, strings.Join(addresses, ", "), Neutral(w.remark(d))}
}

// remark is what is special about d.
func (w *deviceWords) remark(d *capture.Device) string {
	var list []string
	if d.DefaultRoute {
		list = append(list, w.DefaultRoute)
	}
	if d.Loopback {
		list = append(list, w.Loopback)
	}
	switch {
	case d.Name == "any":
		list = append(list, w.Everyone)
	case d.Description != "":
		list = append(list, d.Description)
	}
	return strings.Join(list, ", ")
}

// DeviceNDJSON writes the interfaces as NDJSON.
func DeviceNDJSON(w io.Writer, list []capture.Device) error {
	var b []byte
	for i := range list {
		b = appendDevice(b, &list[i])
	}
	_, err := w.Write(b)
	return err
}

func appendDevice(b []byte, d *capture.Device) []byte {
	b = appendJSON(append(b, `{"kind":"interface","interface":{"name":`...), d.Name)
	if d.Description != "" {
		b = appendJSON(append(b, `,"description":`...), d.Description)
	}
	b = append(b, `,"addresses":[`...)
	for i, a := range d.Addresses {
		if i > 0 {
			b = append(b, ',')
		}
		b = appendJSON(b, a.String())
	}
	b = append(b, ']')
	if d.HasLinkType {
		b = strconv.AppendInt(append(b, `,"link_type":`...), int64(d.LinkType), 10)
		b = appendJSON(append(b, `,"link":`...), LinkName(d.LinkType))
	}
	b = strconv.AppendBool(append(b, `,"up":`...), d.Up)
	b = strconv.AppendBool(append(b, `,"loopback":`...), d.Loopback)
	b = strconv.AppendBool(append(b, `,"default_route":`...), d.DefaultRoute)
	return append(b, "}}\n"...)
}
