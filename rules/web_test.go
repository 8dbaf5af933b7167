package rules

import "testing"

func TestWeb(t *testing.T) {
	j, err := loadWeb()
	if err != nil {
		t.Fatal(err)
	}
	t.Log(len(j.Phases), len(j.Variants), len(j.byStep))
}
