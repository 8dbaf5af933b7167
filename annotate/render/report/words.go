package report

import "github.com/pktjourney/pktjourney/rules/words"

// pageWords are what a report says by itself, in one language.
type pageWords struct {
	Title, By, Course, Date          string
	Capture, File, SHA256, Taken     string
	Frames, Contents                 string
	Glance, Phase, Steps, Time       string
	TimeNote                         string
	Complete, Incomplete             string
	Waterfall, WaterfallNote         string
	Ladder, LadderNote, Folded       string // "%d": frames of a folded run
	LadderMore                       string // "%d": frames that the figure leaves out
	StepByStep, Document, Simplified string
	Here, Reason                     string
	FieldsOf                         string // "%d": number of the frame
	MoreFrames                       string // "%d"
	Encapsulation, EncapsulationNote string
	EncapsulationOf                  string // step, frame
	Bytes                            string // "%d"
	MoreBytes                        string // "%d"
	Differences, NoDifferences       string
	Missing, NoMissing               string
	Routing                          string
	Questions                        string
	Appendix, AppendixNote           string
	Beyond                           string // "%s": frames that are not listed
	Search, AnyPhase, AnyStep, Host  string
	Outside, NoFrames, Shown         string // Shown: two numbers, filled in by the script
	Printed                          string // as Shown
	ShowMore, Close, Details         string
	LeansOn, Basis                   string
	Observed, Deduced, MissingState  string
	NotVisible                       string // of a step that can not be seen from the capture point
	NotNeeded                        string // of a step that this journey's way does not have
	OutsideTitle                     string
	Journey                          string // number
	MoreJourneys                     string // "%s"
	NoJourney                        string
	Made, Again, Digest              string
	Number, Source, Destination      string
	Protocol, Step, Does             string
	Script                           string
	Client, Gateway, DNS, Web        string
	OtherHost, Everybody             string
	Parts                            [6]string // DHCP, DNS, TCP, TLS, first byte, content
	Skip                             string
	OnlyPart                         string // "%s"
	Lost                             string // "%d"
}

var wordings = words.Tables[pageWords]("report")
