package interp

import (
	"fmt"
	"strings"
	"testing"

	"github.com/gophergrad/gophergrad/kernel"
)

// journalScreen is an output that notes what is shown.
type journalScreen struct {
	kernel.Output
	shown []string
}

func (s *journalScreen) note(format string, args ...any) {
	s.shown = append(s.shown, fmt.Sprintf(format, args...))
}
func (s *journalScreen) Stream(name, text string) { s.note("%s %s", name, text) }
func (s *journalScreen) Display(b kernel.Bundle, id string) {
	s.note("display %v %s", b.Data["text/plain"], id)
}
func (s *journalScreen) Update(b kernel.Bundle, id string) {
	s.note("update %v %s", b.Data["text/plain"], id)
}
func (s *journalScreen) Result(b kernel.Bundle) { s.note("result %v", b.Data["text/plain"]) }
func (s *journalScreen) Clear(wait bool)        { s.note("clear") }
func (s *journalScreen) text() string           { return strings.Join(s.shown, "|") }
func plainText(text string) kernel.Bundle {
	return kernel.Bundle{Data: map[string]any{"text/plain": text}}
}

func TestJournalShowsAgainAndFollows(t *testing.T) {
	own, late := &journalScreen{}, &journalScreen{}
	var j journal
	r := j.begin(kernel.Cell{Count: 1}, own)
	r.Stream("stdout", "a")
	r.Stream("stdout", "b")
	r.Display(plainText("0 %"), "bar")
	r.Update(plainText("50 %"), "bar")
	followed := make(chan bool)
	go func() { r.follow(late, nil); close(followed) }()
	for {
		r.mu.Lock()
		n := len(r.followers)
		r.mu.Unlock()
		if n == 1 {
			break
		}
	}
	r.Stream("stderr", "c")
	r.Result(plainText("d"))
	r.Update(plainText("x"), "of another cell")
	r.Update(plainText("y"), "of another cell")
	r.end(nil)
	<-followed
	if got, want := own.text(), "stdout a|stdout b|display 0 % bar|update 50 % bar|stderr c|result d|update x of another cell|update y of another cell"; got != want {
		t.Errorf("the cell showed %s, want %s", got, want)
	}
	if got, want := late.text(), "stdout ab|display 50 % bar|stderr c|display d |display x of another cell"; got != want {
		t.Errorf("the follower showed %s, want %s", got, want)
	}
	r.Clear(false)
	again := &journalScreen{}
	r.follow(again, nil)
	if again.text() != "" {
		t.Errorf("after Clear there is %s", again.text())
	}
}

func TestJournalIsBounded(t *testing.T) {
	var j journal
	first := j.begin(kernel.Cell{Count: 1}, &journalScreen{}) // runs on
	for i := range 100 {
		r := j.begin(kernel.Cell{Count: i + 2}, &journalScreen{})
		r.end(nil)
	}
	if runs := j.all(); len(runs) != journalRuns || runs[0] != first || runs[journalRuns-1].count != 101 {
		t.Errorf("%d runs are kept", len(runs))
	}
	first.Output = discardText{}
	for i := range 300_000 {
		first.Stream("stdout", fmt.Sprintf("%06d\n", i))
	}
	if first.text > journalText || len(first.items) > journalItems {
		t.Errorf("%d bytes in %d items", first.text, len(first.items))
	}
	first.end(nil)
	again := &journalScreen{}
	first.follow(again, nil)
	if got := again.text(); !strings.HasPrefix(got, "stderr [earlier output is not kept]") || !strings.HasSuffix(got, "299999\n") {
		t.Errorf("%.60s … %s", got, got[len(got)-20:])
	}
}

type discardText struct{ kernel.Output }

func (discardText) Stream(name, text string) {}
