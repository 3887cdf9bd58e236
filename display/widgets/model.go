package widgets

import (
	"fmt"
	"maps"
	"slices"
	"strings"
	"sync"
)

// Widget is a widget of this package.
type Widget interface {
	// MIMEBundle makes package display show a view of the widget.
	MIMEBundle() (data, metadata map[string]any)
	// Close removes all views of the widget and forgets it.
	Close()
	base() *model
}

// model is the state that a widget shares with its views.
type model struct {
	text func() string // of the widget, for front ends without views

	mu       sync.Mutex
	comm     Comm // nil without front ends
	state    map[string]any
	parts    map[string]*model                // its layout and style, once they are not the usual ones
	accept   map[string]func(any) (any, bool) // the properties that views may change, and what makes values of theirs good
	handlers []func()                         // called when a view has changed a property
	onCustom func(content map[string]any)
}

// open are the models that front ends may ask for.
var open = struct {
	sync.Mutex
	models map[string]*model
}{models: map[string]*model{}}

// newModel makes the model of a widget of ipywidgets' controls; name is without Model or View.
func newModel(name string, state map[string]any) *model {
	return newModelOf("@jupyter-widgets/controls", "2.0.0", name+"Model", name+"View", state)
}

func newModelOf(module, version, modelName, view string, state map[string]any) *model {
	m := &model{accept: map[string]func(any) (any, bool){}, state: map[string]any{
		"_model_module": module, "_model_module_version": version, "_model_name": modelName,
		"_view_module": module, "_view_module_version": version, "_view_name": view,
	}}
	maps.Copy(m.state, state)
	return m
}

// connect tells the front ends of a model that is complete.
func (m *model) connect(text func() string) {
	m.text = text
	c := comms()
	if c == nil {
		return
	}
	first := message("state", m.snapshot(), nil)
	first.Metadata = map[string]any{"version": "2.1.0"}
	comm, err := c.Open("jupyter.widget", first, m.receive, func() { m.disconnect() })
	if err != nil {
		panic(fmt.Errorf("widgets: %w", err)) // the states of this package are JSON
	}
	m.mu.Lock()
	m.comm = comm
	m.mu.Unlock()
	open.Lock()
	defer open.Unlock()
	open.models[comm.ID()] = m
}

// disconnect forgets the front ends, and gives the comm there was; nil if there was none.
func (m *model) disconnect() Comm {
	m.mu.Lock()
	comm := m.comm
	m.comm = nil
	m.mu.Unlock()
	if comm != nil {
		open.Lock()
		delete(open.models, comm.ID())
		open.Unlock()
	}
	return comm
}

func (m *model) connection() Comm {
	m.mu.Lock()
	defer m.mu.Unlock()
	return m.comm
}

// reference is how other models name this one; "" without front ends.
func (m *model) reference() string {
	if comm := m.connection(); comm != nil {
		return "IPY_MODEL_" + comm.ID()
	}
	return ""
}

func (m *model) base() *model { return m }

// Close removes all views of the widget and forgets it.
func (m *model) Close() {
	if comm := m.disconnect(); comm != nil {
		comm.Close()
	}
	m.mu.Lock()
	parts := m.parts
	m.parts = nil
	m.mu.Unlock()
	for _, part := range parts {
		part.Close()
	}
}

// MIMEBundle shows a view of the widget.
func (m *model) MIMEBundle() (data, metadata map[string]any) {
	data = map[string]any{"text/plain": m.text()}
	if comm := m.connection(); comm != nil {
		data["application/vnd.jupyter.widget-view+json"] = map[string]any{
			"version_major": 2, "version_minor": 0, "model_id": comm.ID(),
		}
	}
	return data, nil
}

func (m *model) snapshot() map[string]any {
	m.mu.Lock()
	defer m.mu.Unlock()
	return maps.Clone(m.state)
}

func (m *model) get(property string) any {
	m.mu.Lock()
	defer m.mu.Unlock()
	return m.state[property]
}

// set changes properties here and in all views.
func (m *model) set(state map[string]any) {
	m.mu.Lock()
	maps.Copy(m.state, state)
	m.mu.Unlock()
	if comm := m.connection(); comm != nil {
		comm.Update(strings.Join(slices.Sorted(maps.Keys(state)), " "), update("update", state))
	}
}

func update(method string, state map[string]any) Message {
	return message("state", state, map[string]any{"method": method})
}

// onChange adds what is called when a view has changed a property.
func (m *model) onChange(handler func()) {
	m.mu.Lock()
	defer m.mu.Unlock()
	m.handlers = append(m.handlers, handler)
}

// receive handles what a view sends.
func (m *model) receive(c Comm, data map[string]any) {
	switch data["method"] {
	case "update":
		state, _ := data["state"].(map[string]any)
		m.changed(c, state)
	case "request_state":
		c.Send(update("update", m.snapshot()))
	case "custom":
		content, _ := data["content"].(map[string]any)
		if m.onCustom != nil {
			m.onCustom(content)
		}
	}
}

// changed takes over what a view has changed, tells the other views and calls the handlers. A value that is not good is
// answered with the one that stands.
func (m *model) changed(c Comm, state map[string]any) {
	m.mu.Lock()
	before := maps.Clone(m.state)
	echo := map[string]any{}
	for property, value := range state {
		if accept := m.accept[property]; accept != nil {
			if good, ok := accept(value); ok {
				m.state[property] = good
			}
			echo[property] = m.state[property]
		}
	}
	differs := false
	for property, value := range echo {
		differs = differs || before[property] != value
	}
	handlers := m.handlers
	m.mu.Unlock()
	c.Send(update("echo_update", echo))
	if differs {
		for _, handle := range handlers {
			handle()
		}
	}
}

// control answers a page that was loaded anew: it asks for all widgets there are.
func control(c Comm, data map[string]any) {
	if data["method"] != "request_states" {
		return
	}
	open.Lock()
	models := maps.Clone(open.models)
	open.Unlock()
	states := map[string]any{}
	for id, m := range models {
		state := m.snapshot()
		states[id] = map[string]any{
			"model_name": state["_model_name"], "model_module": state["_model_module"],
			"model_module_version": state["_model_module_version"], "state": state,
		}
	}
	c.Send(message("states", states, map[string]any{"method": "update_states"}))
}

// integer is a whole number from JSON.
func integer(v any) (any, bool) {
	f, ok := v.(float64)
	return int(f), ok && f == float64(int(f))
}

func number(v any) (any, bool) {
	f, ok := v.(float64)
	return f, ok
}
