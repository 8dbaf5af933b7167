package cli

import (
	"slices"

	"github.com/pktjourney/pktjourney/annotate/render"
	"github.com/pktjourney/pktjourney/annotate/render/report"
)

// formats are all formats that a result can have, the default first.
var formats = render.FormatList(slices.Concat(render.Formats, report.Formats))
