package widgets

import (
	"encoding/json"
	"fmt"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
)

// frontEnd is a front end that keeps what widgets send.
type frontEnd struct {
	opened    []*fakeComm
	receivers map[string]Receiver // by comm, and by target
}

type fakeComm struct {
	id     string
	state  map[string]any
	sent   []map[string]any
	closed bool
}

func (c *fakeComm) ID() string { return c.id }
func (c *fakeComm) Send(data map[string]any) error {
	c.sent = append(c.sent, data)
	return nil
}
func (c *fakeComm) Close() error { c.closed = true; return nil }

func (f *frontEnd) Open(target string, data, metadata map[string]any, receive Receiver) (Comm, error) {
	if _, err := json.Marshal(data); err != nil || target != "jupyter.widget" || metadata["version"] != "2.1.0" {
		return nil, fmt.Errorf("open %s %v: %v", target, metadata, err)
	}
	c := &fakeComm{id: fmt.Sprint("w", len(f.opened)), state: data["state"].(map[string]any)}
	f.opened = append(f.opened, c)
	f.receivers[c.id] = receive
	return c, nil
}

func (f *frontEnd) Accept(target string, receive Receiver) { f.receivers[target] = receive }

// connect gives widgets a front end until the test ends.
func connect(t *testing.T) *frontEnd {
	f := &frontEnd{receivers: map[string]Receiver{}}
	SetComms(f)
	t.Cleanup(func() { current.Store(nil); clear(open.models) })
	return f
}

// send is what a view sends to the widget that was opened last, and gives what is sent back.
func (f *frontEnd) send(data string) []map[string]any {
	var parsed map[string]any
	if err := json.Unmarshal([]byte(data), &parsed); err != nil {
		panic(err)
	}
	back := &fakeComm{}
	f.receivers[f.opened[len(f.opened)-1].id](back, parsed)
	return back.sent
}

func same(t *testing.T, got, want any) {
	t.Helper()
	if diff := cmp.Diff(want, got); diff != "" {
		t.Errorf("(-want +got)\n%s", diff)
	}
}

// The values that views send are taken over if they are possible, and told to all views either way.
func TestControls(t *testing.T) {
	f := connect(t)
	var seen []any
	note := func(c Control) Control {
		c.OnMove(func() { seen = append(seen, c.Current()) })
		return c
	}
	for _, test := range []struct {
		control  Control
		property string
		sent     string
		echoed   any // nil: what was before
		value    any
	}{
		{NewIntSlider("n", 3, 0, 10), "value", "7", 7, 7},
		{NewIntSlider("n", 3, 0, 10), "value", "11", 3, 3},
		{NewIntSlider("n", 3, 0, 10), "value", "2.5", 3, 3},
		{NewIntSlider("n", 3, 0, 10), "value", `"x"`, 3, 3},
		{NewFloatSlider("x", 0.5, 0, 1, 0.1), "value", "1", 1.0, 1.0},
		{NewFloatSlider("x", 0.5, 0, 1, 0.1), "value", "null", 0.5, 0.5},
		{NewDropdown("d", "a", "b"), "index", "1", 1, "b"},
		{NewDropdown("d", "a", "b"), "index", "2", 0, "a"},
	} {
		seen = nil
		before := note(test.control).Current()
		f.opened = append(f.opened, test.control.base().comm.(*fakeComm)) // the last
		got := f.send(fmt.Sprintf(`{"method": "update", "state": {%q: %s, "min": 5}, "buffer_paths": []}`, test.property, test.sent))
		same(t, got, []map[string]any{update("echo_update", map[string]any{test.property: test.echoed})})
		same(t, test.control.Current(), test.value)
		if moved := before != test.value; moved != (len(seen) == 1) || moved && seen[0] != test.value {
			t.Errorf("%s: the handlers saw %v", test.sent, seen)
		}
	}
}

func TestSettingTellsTheViews(t *testing.T) {
	f := connect(t)
	s := NewIntSlider("n", 3, 0, 10)
	called := false
	s.OnChange(func(int) { called = true })
	s.SetValue(99)
	same(t, s.Value(), 10)
	same(t, f.opened[0].sent, []map[string]any{update("update", map[string]any{"value": 10})})
	if called {
		t.Error("a handler was called by a cell's own change")
	}
	o := NewOutput()
	o.Show(map[string]any{"text/plain": "p", "image/png": []byte("PNG")}, nil)
	same(t, f.opened[1].sent[0]["state"], any(map[string]any{"outputs": []any{map[string]any{
		"output_type": "display_data", "data": map[string]any{"text/plain": "p", "image/png": "UE5H"}, "metadata": map[string]any{},
	}}}))
}

func TestButton(t *testing.T) {
	f := connect(t)
	clicks := 0
	NewButton("go", func() { clicks++ })
	f.send(`{"method": "custom", "content": {"event": "click"}}`)
	f.send(`{"method": "custom", "content": {"event": "hover"}}`)
	f.send(`{"method": "custom"}`)
	same(t, clicks, 1)
}

// A page that is loaded again asks for all widgets at once, or for one.
func TestStatesAreGivenAgain(t *testing.T) {
	f := connect(t)
	p := NewIntProgress("p", 10)
	box := VBox(p, NewHTML("<b>h</b>"))
	closed := NewHTML("closed")
	closed.Close()
	p.SetValue(4)
	back := &fakeComm{}
	f.receivers["jupyter.widget.control"](back, map[string]any{"method": "request_states"})
	states := back.sent[0]["states"].(map[string]any)
	same(t, len(states), 3)
	same(t, states["w0"].(map[string]any)["model_name"], any("IntProgressModel"))
	same(t, states["w0"].(map[string]any)["state"].(map[string]any)["value"], any(4))
	same(t, states["w2"].(map[string]any)["state"].(map[string]any)["children"], any([]string{"IPY_MODEL_w0", "IPY_MODEL_w1"}))
	same(t, f.opened[3].closed, true)

	f.opened = f.opened[:1]
	same(t, f.send(`{"method": "request_state"}`)[0]["state"].(map[string]any)["value"], any(4))
	data, _ := box.MIMEBundle()
	same(t, data["text/plain"], any("p: 4 of 10\n<b>h</b>"))
	same(t, data["application/vnd.jupyter.widget-view+json"].(map[string]any)["model_id"], any("w2"))
}

func TestWithoutAFrontEnd(t *testing.T) {
	s := NewFloatSlider("rate", 0.1, 0, 1, 0.01)
	s.SetValue(0.2)
	data, _ := HBox(s, NewDropdown("d", "a")).MIMEBundle()
	same(t, data, map[string]any{"text/plain": "rate: 0.2 of 0…1\nd: a of [\"a\"]"})
}

func TestImpossibleControls(t *testing.T) {
	for want, f := range map[string]func(){
		"a slider from 5 to 1 cannot stand at 3":                 func() { NewIntSlider("n", 3, 5, 1) },
		"a slider from 0 to 1 in steps of 0 cannot stand at 0.5": func() { NewFloatSlider("x", 0.5, 0, 1, 0) },
		`the dropdown "d" has no options`:                        func() { NewDropdown("d") },
	} {
		func() {
			defer func() {
				if p := recover(); p == nil || !strings.Contains(fmt.Sprint(p), want) {
					t.Errorf("%v, want %s", p, want)
				}
			}()
			f()
		}()
	}
}
