// Package widgets is Jupyter's interactive widgets: sliders, buttons and boxes whose state the kernel and every view
// share. A value of the package is shown like any other, as a cell's last expression or by display.Show; the front end
// needs the ipywidgets extension (jupyterlab_widgets), without which a widget is text.
//
// The protocol is version 2.1 of https://github.com/jupyter-widgets/ipywidgets, packages/schema/messages.md.
package widgets

import "sync/atomic"

// Comm is a connection to the front ends.
type Comm interface {
	ID() string
	Send(data map[string]any) error
	Close() error
}

// Receiver is called with what a front end sends. It answers through the comm it is given.
type Receiver func(c Comm, data map[string]any)

// Comms makes connections.
type Comms interface {
	// Open opens a comm to a target of the front ends.
	Open(target string, data, metadata map[string]any, receive Receiver) (Comm, error)
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
