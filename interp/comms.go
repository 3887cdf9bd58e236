package interp

import (
	"context"
	"strings"

	"github.com/gophergrad/gophergrad/display/widgets"
	"github.com/gophergrad/gophergrad/interp/rt"
	"github.com/gophergrad/gophergrad/kernel"
)

// ServeComms connects the widgets of cells to the front ends.
func (s *Session) ServeComms(c *kernel.Comms) { widgets.SetComms(comms{s, c}) }

// comms makes connections of widgets. What cells have a widget call runs as a cell does, and its output is shown below
// the cell that made the widget.
type comms struct {
	s      *Session
	kernel *kernel.Comms
}

func (c comms) Open(target string, m widgets.Message, receive widgets.Receiver, closed func()) (widgets.Comm, error) {
	opened, err := c.kernel.Open(target, kernel.CommMessage(m))
	if err != nil {
		return nil, err
	}
	opened.OnMessage(c.hook(c.s.currentRun(), receive))
	opened.OnClose(func(context.Context, *kernel.Comm, kernel.CommMessage, kernel.Output) { closed() })
	return comm{opened}, nil
}

func (c comms) Accept(target string, receive widgets.Receiver) {
	c.kernel.Register(target, func(_ context.Context, opened *kernel.Comm, _ kernel.CommMessage, _ kernel.Output) {
		opened.OnMessage(c.hook(nil, receive))
	})
}

func (c comms) hook(creator *rt.Run, receive widgets.Receiver) kernel.CommHook {
	var cell string
	var below any
	if creator != nil {
		cell, below = creator.Cell, creator.Out
	}
	return func(ctx context.Context, from *kernel.Comm, m kernel.CommMessage, out kernel.Output) {
		run := &rt.Run{Cell: cell, Out: below}
		if below == nil {
			run.Out = out
		}
		defer c.s.stdio.begin(run)()
		failure := c.s.rt.Execute(run, func() { receive(comm{from}, m.Data) }, ctx.Done(), grace)
		if failure != nil {
			c.s.Write(run, strings.Join(c.s.failureError(failure, nil).Traceback, "\n")+"\n")
		}
	}
}

// comm is a kernel's comm as widgets use it.
type comm struct{ *kernel.Comm }

func (c comm) ID() string                   { return c.Comm.ID }
func (c comm) Send(m widgets.Message) error { return c.Comm.Send(kernel.CommMessage(m)) }
func (c comm) Update(key string, m widgets.Message) error {
	return c.Comm.Update(key, kernel.CommMessage(m))
}
func (c comm) Close() error { return c.Comm.Close(kernel.CommMessage{}) }
