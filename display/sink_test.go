package display

import (
	"fmt"
	"io"
	"os"
	"strings"
	"sync"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"github.com/gophergrad/gophergrad/display/widgets"
)

// recorder is a sink that notes what it is told.
type recorder struct {
	mu     sync.Mutex
	events []string
	ids    []string
}

func (r *recorder) note(event, id string) {
	r.mu.Lock()
	defer r.mu.Unlock()
	r.events, r.ids = append(r.events, event), append(r.ids, id)
}

func (r *recorder) Display(b Bundle, id string) { r.note("display "+b.String(), id) }
func (r *recorder) Update(b Bundle, id string)  { r.note("update "+b.String(), id) }
func (r *recorder) ReadLine(prompt string, password bool) (string, error) {
	return fmt.Sprint(prompt, password), nil
}
func (r *recorder) Collect(f func(), _ func(...widgets.Shown)) { f() }
func (r *recorder) Clear(wait bool) {
	r.note(map[bool]string{true: "clear later", false: "clear"}[wait], "")
}

func record(t *testing.T) *recorder {
	r := &recorder{}
	SetSink(func() Sink { return r })
	t.Cleanup(func() { currentSink.Store(nil) })
	return r
}

func TestShowHandleAndClear(t *testing.T) {
	r := record(t)
	Show(1, "two")
	h, other := Handle(), Handle()
	h.Update("first")
	h.Update("second")
	other.Update("other")
	Clear(true)
	Clear(false)
	want := []string{"display 1", "display two", "display first", "update second", "display other", "clear later", "clear"}
	if diff := cmp.Diff(want, r.events); diff != "" {
		t.Error(diff)
	}
	if r.ids[0] != "" || r.ids[2] == "" || r.ids[2] != r.ids[3] || r.ids[4] == r.ids[2] {
		t.Errorf("display ids %q", r.ids)
	}
}

func TestProgressIsShownRarelyAndAtTheEnd(t *testing.T) {
	r := record(t)
	p := NewProgress(10_000)
	var group sync.WaitGroup
	for range 10 {
		group.Go(func() {
			for range 1000 {
				p.Tick("loss", 0.5)
			}
		})
	}
	group.Wait()
	last := r.events[len(r.events)-1]
	if !strings.Contains(last, "10000/10000") || !strings.HasSuffix(last, "loss 0.5") || strings.Contains(last, "left") {
		t.Errorf("at the end it shows %q", last)
	}
	most := 3 + int(time.Since(p.start)/progressInterval)
	if len(r.events) > most || !strings.HasPrefix(r.events[0], "display ░") {
		t.Errorf("shown %d times, %d at most: %q", len(r.events), most, r.events)
	}
	left := NewProgress(10) // by a loop that breaks
	left.Tick()
	left.Tick("two")
	CatchUp()
	shown := len(r.events)
	CatchUp()
	if last := r.events[len(r.events)-1]; !strings.HasSuffix(last, "left · two") || len(r.events) > shown {
		t.Errorf("after a loop that was left %q", r.events[shown-1:])
	}
}

func TestProgressBundle(t *testing.T) {
	p := &Progress{total: 200, done: 50, note: "<x>"}
	b := p.bundle(90 * time.Second)
	if want := "███████░░░░░░░░░░░░░░░░░░░░░░░ 50/200 · 1:30 · 4:30 left · <x>"; b.String() != want {
		t.Errorf("text %q, want %q", b, want)
	}
	html := b.Data["text/html"].(string)
	if !strings.Contains(html, "width:25.0%") || !strings.Contains(html, "&lt;x&gt;") {
		t.Errorf("HTML %s", html)
	}
	if got := (&Progress{}).bundle(2*time.Hour + 5*time.Second).String(); !strings.HasSuffix(got, "0/0 · 2:00:05") {
		t.Errorf("a bar of no steps shows %q", got)
	}
}

func TestInput(t *testing.T) {
	stdin := os.Stdin
	t.Cleanup(func() { os.Stdin = stdin })
	r, w, err := os.Pipe()
	if err != nil {
		t.Fatal(err)
	}
	os.Stdin = r
	io.WriteString(w, "one\r\ntwo\nthree")
	w.Close()
	var got []string
	for _, ask := range []func(string) (string, error){Input, Password, Input, Input} {
		line, err := ask("")
		got = append(got, fmt.Sprint(line, err))
	}
	record(t)
	for _, ask := range []func(string) (string, error){Input, Password} {
		line, _ := ask("prompt ")
		got = append(got, line)
	}
	want := []string{"one<nil>", "two<nil>", "three<nil>", "EOF", "prompt false", "prompt true"}
	if diff := cmp.Diff(want, got); diff != "" {
		t.Error(diff)
	}
}
