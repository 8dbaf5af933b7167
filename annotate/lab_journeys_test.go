package annotate_test

import "testing"

// quest is whose the frames of a capture are, as the web server's access log tells.
type quest struct {
	Client, Name string
	Frames       []int
}

// compareQuests: the frames of a client's question and of its connection belong to a journey
// of that client to that name, or to none.
func (v *vantage) compareQuests(t testing.TB, r *recorder) {
	for _, q := range v.Journeys {
		for _, n := range q.Frames {
			l := r.frames[n]
			j := l.Journey
			if j != nil && (j.Name != q.Name || j.Client.String() != q.Client) {
				t.Errorf("%s: frame %d belongs to the journey %s -> %s, want %s -> %s", v.File, n, j.Client, j.Name, q.Client, q.Name)
			}
			if j == nil && l.InJourney() {
				t.Errorf("%s: frame %d belongs to no journey, want %s -> %s", v.File, n, q.Client, q.Name)
			}
		}
	}
}
