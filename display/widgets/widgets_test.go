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
	opened Message
	sent   []Message
	keys   []string // of the updates among them
	closed bool
	close  func() // what a front end that closes it calls
}

func (c *fakeComm) ID() string           { return c.id }
func (c *fakeComm) Send(m Message) error { c.sent = append(c.sent, m); return nil }
func (c *fakeComm) Close() error         { c.closed = true; return nil }

func (c *fakeComm) Update(key string, m Message) error {
	c.keys = append(c.keys, key)
	return c.Send(m)
}

func (c *fakeComm) state() map[string]any { return c.opened.Data["state"].(map[string]any) }

func (f *frontEnd) Open(target string, m Message, receive Receiver, closed func()) (Comm, error) {
	if _, err := json.Marshal(m.Data); err != nil || target != "jupyter.widget" || m.Metadata["version"] != "2.1.0" {
		return nil, fmt.Errorf("open %s %v: %v", target, m.Metadata, err)
	}
	c := &fakeComm{id: fmt.Sprint("w", len(f.opened)), opened: m, close: closed}
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
func (f *frontEnd) send(data string) []Message {
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
		same(t, got, []Message{update("echo_update", map[string]any{test.property: test.echoed})})
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
	same(t, f.opened[0].keys, []string{"value"})
	same(t, f.opened[0].sent, []Message{update("update", map[string]any{"value": 10})})
	if called {
		t.Error("a handler was called by a cell's own change")
	}
	NewDropdown("d", "a", "b").SetValue("b")
	same(t, f.opened[1].sent, []Message{update("update", map[string]any{"index": 1})})
	o := NewOutput()
	o.Show(map[string]any{"text/plain": "p", "image/png": []byte("PNG")}, nil)
	same(t, f.opened[2].sent[0].Data["state"], any(map[string]any{"outputs": []any{map[string]any{
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
	states := back.sent[0].Data["states"].(map[string]any)
	same(t, len(states), 3)
	same(t, states["w0"].(map[string]any)["model_name"], any("IntProgressModel"))
	same(t, states["w0"].(map[string]any)["state"].(map[string]any)["value"], any(4))
	same(t, states["w2"].(map[string]any)["state"].(map[string]any)["children"], any([]string{"IPY_MODEL_w0", "IPY_MODEL_w1"}))
	same(t, f.opened[3].closed, true)

	f.opened = f.opened[:1]
	same(t, f.send(`{"method": "request_state"}`)[0].Data["state"].(map[string]any)["value"], any(4))
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
		`"b" is none of the options ["a"]`:                       func() { NewDropdown("d", "a").SetValue("b") },
		"a VBox has no style":                                    func() { VBox().SetStyle("bar_color", "red") },
		`the look "great" is none of`:                            func() { NewIntProgress("p", 1).SetLook("great") },
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

// A binary value travels beside the JSON, and the message says where it belongs.
func TestBinaryValues(t *testing.T) {
	f := connect(t)
	i := NewImage("png", []byte("PNG"))
	first := f.opened[0].opened
	same(t, []any{first.Data["buffer_paths"], first.Buffers}, []any{[][]string{{"value"}}, [][]byte{[]byte("PNG")}})
	if _, there := f.opened[0].state()["value"]; there {
		t.Error("the value is in the JSON, too")
	}
	i.SetValue([]byte("other"))
	same(t, f.opened[0].sent, []Message{{
		Data:    map[string]any{"method": "update", "state": map[string]any{}, "buffer_paths": [][]string{{"value"}}},
		Buffers: [][]byte{[]byte("other")},
	}})
	back := &fakeComm{}
	f.receivers["jupyter.widget.control"](back, map[string]any{"method": "request_states"})
	same(t, []any{back.sent[0].Data["buffer_paths"], back.sent[0].Buffers}, []any{[][]string{{"w0", "state", "value"}}, [][]byte{[]byte("other")}})
	same(t, i.text(), "image/png of 5 bytes")
}

// A widget has a layout and a style of its own once they are not the usual ones, and they go when it goes.
func TestLayoutAndStyle(t *testing.T) {
	f := connect(t)
	s := NewIntSlider("n", 3, 0, 10)
	s.SetLayout("width", "300px")
	s.SetLayout("margin", "1em")
	s.SetStyle("description_width", "initial")
	b := NewButton("go", nil)
	b.SetLook("success")
	same(t, len(f.opened), 4)
	layout, style := f.opened[1], f.opened[2]
	same(t, layout.state()["_model_name"], any("LayoutModel"))
	same(t, style.state()["_model_name"], any("SliderStyleModel"))
	same(t, layout.sent, []Message{update("update", map[string]any{"width": "300px"}), update("update", map[string]any{"margin": "1em"})})
	same(t, f.opened[0].sent, []Message{
		update("update", map[string]any{"layout": "IPY_MODEL_w1"}), update("update", map[string]any{"style": "IPY_MODEL_w2"}),
	})
	same(t, f.opened[3].sent, []Message{update("update", map[string]any{"button_style": "success"})})
	s.Close()
	same(t, []bool{f.opened[0].closed, layout.closed, style.closed}, []bool{true, true, true})
}

// What a front end has closed is text from then on, and is not closed again.
func TestClosedByAFrontEnd(t *testing.T) {
	f := connect(t)
	s := NewIntSlider("n", 3, 0, 10)
	f.opened[0].close()
	s.SetValue(4)
	s.Close()
	data, _ := s.MIMEBundle()
	same(t, data, map[string]any{"text/plain": "n: 4 of 0…10"})
	same(t, []any{len(f.opened[0].sent), f.opened[0].closed, len(open.models)}, []any{0, false, 0})
}
