package rules

import (
	"regexp"
	"strconv"
	"strings"

	"github.com/mattn/go-runewidth"
)

// ShortWidth is the most columns that Step.Short takes; a Korean character takes two.
const ShortWidth = 40

// stepID is how steps are named: the phase, a dot, the place in it.
var stepID = regexp.MustCompile(`^[0-9]{1,3}\.[0-9]{1,3}$`)

func (l *loader) readPhase(f file, n *node) {
	b := f.open(n, phaseKeys)
	p := Phase{Number: l.readNumber(b), Name: b.text("name"), Explanation: b.text("explanation")}
	for _, s := range b.list("steps") {
		p.Steps = append(p.Steps, l.readStep(f, s, p.Number))
	}
	for _, r := range b.list("stepless") {
		p.Stepless = append(p.Stepless, l.readRules(f, r, Rule{Phase: p.Number})...)
	}
	l.journey.Phases = append(l.journey.Phases, p)
}

// badNumber stands for the number of a phase that tells none.
const badNumber = -1

func (l *loader) readNumber(b block) int {
	n := b.need("number")
	if n == nil {
		return badNumber
	}
	v, ok := b.integer(n)
	switch {
	case !ok:
	case v < 0 || v > 999:
		b.mistake(n, "phases are numbered from 0 to 999")
	case l.journey.Phase(int(v)) != nil:
		b.mistake(n, "phase %d comes twice", v)
	default:
		return int(v)
	}
	return badNumber
}

func (l *loader) readStep(f file, n *node, phase int) Step {
	b := f.open(n, stepKeys)
	s := Step{
		ID: l.readID(b, phase), Phase: phase,
		Name: b.text("name"), Named: b.optionalText("named"), Short: b.text("short"),
		Explanation: b.text("explanation"), Corrections: readCorrections(b), Refs: b.words("refs"),
		Needs: readProtocol(b), Visible: readPoints(b, "visible"), Inside: b.flag("inside"),
		Between: l.readIDs(b, "between"),
	}
	checkShort(b, s.Short)
	for _, r := range b.list("frames") {
		s.Rules = append(s.Rules, l.readRules(f, r, Rule{Step: s.ID, Phase: phase})...)
	}
	for _, d := range b.list("deduce") {
		s.Deduce = append(s.Deduce, l.readDeduction(f, d))
	}
	return s
}

func (l *loader) readID(b block, phase int) ID {
	word := b.needWord("id")
	id := ID(word)
	switch of, _, _ := strings.Cut(word, "."); {
	case word == "":
	case !stepID.MatchString(word):
		b.mistake(b.values["id"], "%q is no step: steps are named like \"%d.1\"", word, phase)
	case of != strconv.Itoa(phase) && phase != badNumber:
		b.mistake(b.values["id"], "step %s stands in phase %d", word, phase)
	case l.places.steps[id]:
		b.mistake(b.values["id"], "step %s comes twice", word)
	}
	l.places.add(id)
	return id
}

// columns measures text independently of the locale, so that a file is right or wrong everywhere.
var columns = &runewidth.Condition{StrictEmojiNeutral: true}

func checkShort(b block, short Text) {
	for l, text := range short {
		if w := columns.StringWidth(text); w > ShortWidth {
			b.mistake(b.values["short"], "%q takes %d columns; a short name takes at most %d", short[l], w, ShortWidth)
		}
	}
}

func readCorrections(b block) []Correction {
	var corrections []Correction
	for _, n := range b.list("corrections") {
		c := b.open(n, correctionKeys)
		corrections = append(corrections, Correction{Text: c.text("text"), Refs: c.words("refs")})
	}
	return corrections
}

func readProtocol(b block) Protocol {
	switch word := b.word("needs"); word {
	case "":
	case "plain-http":
		return PlainHTTP
	case "https":
		return HTTPS
	case "tcp":
		return OverTCP
	case "https-over-tcp":
		return HTTPSOverTCP
	default:
		b.mistake(b.values["needs"], "%q: a step may need \"plain-http\", \"https\", \"tcp\" or \"https-over-tcp\"", word)
	}
	return AnyProtocol
}

func readPoints(b block, key string) Points {
	var set Points
	for _, n := range b.list(key) {
		p, ok := ParsePoint(b.scalar(n))
		if !ok || p == Unknown {
			b.mistake(n, "unknown capture point %q: there are %s", n.Value, listed(pointNames[Client:]))
			continue
		}
		set = set.With(p)
	}
	return set
}
