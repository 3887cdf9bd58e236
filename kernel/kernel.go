package kernel

import (
	"context"
	"fmt"
	"log/slog"
	"net"
	"sync"
	"sync/atomic"
	"time"
)

// drainTime is how long a kernel that ends keeps sending what clients have not received yet. Jupyter kills a kernel
// that takes more than a few seconds.
const drainTime = 2 * time.Second

// Kernel serves one Evaluator to any number of Jupyter clients. Every connection has a goroutine that reads, which
// sorts requests into queues, and one that writes. More of them work: one for each subshell on its cells and comm
// messages, in order; one on what shell asks beside them; one on control.
type Kernel struct {
	evaluator Evaluator
	log       *slog.Logger
	session   string // new in every process, so that clients notice a restart
	comms     *Comms

	signer  *signer
	shell   router
	control router
	stdin   router
	iopub   *xpub
	beat    *socket
	pace    pace

	main   *subshell
	asides *queue // what is answered at once, also while a cell runs
	orders *queue // the control channel
	debugs *queue // requests of debuggers, which come there too
	inputs inputs

	debugger atomic.Pointer[request] // the latest request of one
	debugSeq atomic.Int64            // the number of the latest response or event

	stop    context.CancelFunc // ends Run
	workers sync.WaitGroup     // of the goroutines that answer requests

	stateMu  sync.Mutex
	children map[string]*subshell
	running  map[*request]context.CancelCauseFunc // the cells and comm messages being worked on, and what interrupts them
	latest   *request                             // running, or what ran last: the parent of what comms send
}

// New makes a kernel for an evaluator. Comms may be set up before Run.
func New(e Evaluator, log *slog.Logger) *Kernel {
	k := &Kernel{
		evaluator: e, log: log, session: newID(), main: newSubshell(""), asides: newQueue(), orders: newQueue(), debugs: newQueue(),
		children: map[string]*subshell{}, running: map[*request]context.CancelCauseFunc{},
		inputs: inputs{turn: make(chan struct{}, 1)},
	}
	k.comms = newComms(k)
	if debuggable, ok := e.(Debuggable); ok {
		debuggable.DebugEvents(k.debugEvent)
	}
	return k
}

// KeepHistory makes the kernel keep the cells it runs in a file, which it shares with other kernels, and answer
// history requests from it. To be called before Run.
func (k *Kernel) KeepHistory(file string) { k.main.history.file = file }

// Run serves the clients of a connection until one of them shuts the kernel down, ctx ends, the process is told to
// terminate or its parent dies. It returns an error only if it could not start. SIGINT interrupts the running cells.
func (k *Kernel) Run(ctx context.Context, c Connection) error {
	if err := k.listen(&c); err != nil {
		return err
	}
	if c.Registration.Port != "" {
		if err := c.register(ctx, k.signer); err != nil {
			return err
		}
	}
	k.serve(ctx)
	return nil
}

func (k *Kernel) serve(ctx context.Context) {
	ctx, k.stop = context.WithCancel(ctx)
	defer k.stop()
	k.watchSignals(ctx)
	for _, s := range k.sockets() {
		go s.serve()
	}
	k.publish(nil, "status", status{"starting"})

	k.serveCells(ctx, k.main)
	k.serveQueue(ctx, k.asides)
	k.serveQueue(ctx, k.orders)
	k.serveQueue(ctx, k.debugs)
	go k.watchParent(ctx)

	<-ctx.Done()
	k.orders.close() // the first: it makes subshells
	for _, s := range k.subshells() {
		s.cells.close()
	}
	k.asides.close()
	k.debugs.close()
	deadline := time.Now().Add(drainTime)
	awaitUntil(&k.workers, deadline.Add(-drainTime/2)) // a cell that ignores its context cannot hold up the end
	var sockets sync.WaitGroup
	for _, s := range k.sockets() {
		sockets.Go(func() { s.close(deadline) })
	}
	sockets.Wait()
}

func (k *Kernel) sockets() []*socket {
	return []*socket{k.shell.socket, k.control.socket, k.stdin.socket, k.iopub.socket, k.beat}
}

// listen opens the five sockets, all or none. A kernel that registers its ports enters them in c.
func (k *Kernel) listen(c *Connection) (err error) {
	if k.signer, err = newSigner(c.Scheme, c.Key); err != nil {
		return err
	}
	var listeners []net.Listener
	for _, channel := range []struct {
		name string
		port *int
	}{{"shell", &c.Shell}, {"control", &c.Control}, {"stdin", &c.Stdin}, {"iopub", &c.IOPub}, {"heartbeat", &c.Heartbeat}} {
		l, err := c.listen(*channel.port)
		if err != nil {
			for _, l := range listeners {
				l.Close()
			}
			return fmt.Errorf("%s channel: %w", channel.name, err)
		}
		if address, ok := l.Addr().(*net.TCPAddr); ok {
			*channel.port = address.Port
		}
		listeners = append(listeners, l)
	}
	k.shell = newRouter(listeners[0], k.log, func(from *peer, frames [][]byte) { k.receive(&k.shell, from, frames) })
	k.control = newRouter(listeners[1], k.log, func(from *peer, frames [][]byte) { k.receive(&k.control, from, frames) })
	k.stdin = newRouter(listeners[2], k.log, func(from *peer, frames [][]byte) { k.receive(&k.stdin, from, frames) })
	k.iopub = newXPub(listeners[3], k.log, k.welcome)
	k.beat = newEcho(listeners[4], k.log)
	return nil
}

func awaitUntil(group *sync.WaitGroup, deadline time.Time) {
	done := make(chan struct{})
	go func() { group.Wait(); close(done) }()
	select {
	case <-done:
	case <-time.After(time.Until(deadline)):
	}
}
