// Package widgets is Jupyter's interactive widgets: sliders, buttons and boxes whose state the kernel and every view
// share. A value of the package is shown like any other, as a cell's last expression or by display.Show; the front end
// needs the ipywidgets extension (jupyterlab_widgets), without which a widget is text.
//
// The protocol is version 2.1 of https://github.com/jupyter-widgets/ipywidgets, packages/schema/messages.md.
package widgets

import (
	"maps"
	"slices"
	"sync/atomic"
)

// Message is what a comm carries. Buffers hold binary data beside the JSON.
type Message struct {
	Data, Metadata map[string]any
	Buffers        [][]byte
}

// Comm is a connection to the front ends.
type Comm interface {
	ID() string
	Send(m Message) error
	// Update sends a message that the next one with the same key makes needless.
	Update(key string, m Message) error
	Close() error
}

// Receiver is called with what a front end sends. It answers through the comm it is given.
type Receiver func(c Comm, data map[string]any)

// Comms makes connections.
type Comms interface {
	// Open opens a comm to a target of the front ends, which may close it.
	Open(target string, m Message, receive Receiver, closed func()) (Comm, error)
	// Accept lets front ends open comms to a target.
	Accept(target string, receive Receiver)
}

var current atomic.Pointer[Comms]

// SetComms says who makes connections from now on. Before, widgets work, but no view shows them.
func SetComms(c Comms) {
	current.Store(&c)
	c.Accept("jupyter.widget.control", control)
}

func comms() Comms {
	if c := current.Load(); c != nil {
		return *c
	}
	return nil
}

// message is a message with states, or one, under a key. Binary values travel as buffers, and buffer_paths says where
// among the states each belongs.
func message(key string, states, other map[string]any) Message {
	rest, paths, buffers := split(states)
	data := map[string]any{key: rest, "buffer_paths": append([][]string{}, paths...)}
	maps.Copy(data, other)
	return Message{Data: data, Buffers: buffers}
}

func split(values map[string]any) (rest map[string]any, paths [][]string, buffers [][]byte) {
	rest = map[string]any{}
	for _, key := range slices.Sorted(maps.Keys(values)) {
		switch v := values[key].(type) {
		case []byte:
			paths, buffers = append(paths, []string{key}), append(buffers, v)
		case map[string]any:
			below, belowPaths, belowBuffers := split(v)
			rest[key], buffers = below, append(buffers, belowBuffers...)
			for _, path := range belowPaths {
				paths = append(paths, append([]string{key}, path...))
			}
		default:
			rest[key] = v
		}
	}
	return rest, paths, buffers
}
