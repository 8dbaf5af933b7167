package annotate

import "github.com/pktjourney/pktjourney/rules"

// maxDifferences bounds the sentences of one journey.
const maxDifferences = 32

// differ notes once that the packets of j depart from the document: the phrase
// named name, about step, seen in frames.
// A journey that does not keep that step of the document has no such difference.
func (a *Annotator) differ(j *Journey, name string, step rules.ID, v saying, frames ...int) {
	if !a.book.Keeps(step) {
		return
	}
	t := j.trail
	for i := range t.found {
		if t.found[i].name == name {
			return
		}
	}
	if len(t.found) >= maxDifferences {
		return
	}
	t.found = append(t.found, Difference{Step: step, Frames: frames, Text: a.say(name, v), Unseen: name == "difference.resolver-asked", name: name})
}
