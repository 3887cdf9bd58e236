package kernel

import (
	"context"
	"fmt"
	"log/slog"
	"net"
	"sync"
	"time"
)

// drainTime is how long a kernel that ends keeps sending what clients have not received yet. Jupyter kills a kernel
// that takes more than a few seconds.
const drainTime = 2 * time.Second

// Kernel serves one Evaluator to any number of Jupyter clients. Every connection has a goroutine that reads, which
// sorts requests into queues, and one that writes. Three more work: one on cells and comm messages, in order; one on
// what shell asks beside them; one on control.
type Kernel struct {
	evaluator Evaluator
	log       *slog.Logger
	session   string // new in every process, so that clients notice a restart
	comms     *Comms
	history   history

	signer  *signer
	shell   router
	control router
	stdin   router
	iopub   *xpub
	beat    *socket

	cells  *queue // execute_request and comm messages, one after the other
	asides *queue // what is answered at once, also while a cell runs
	orders *queue // the control channel
	inputs inputs

	count int                // of executed cells; used by the goroutine of cells only
	stop  context.CancelFunc // ends Run

	stateMu sync.Mutex
	running *request                // what the goroutine of cells works on; nil when idle
	cancel  context.CancelCauseFunc // interrupts it
	latest  *request                // running, or what ran last: the parent of what comms send
}

// New makes a kernel for an evaluator. Comms may be set up before Run.
func New(e Evaluator, log *slog.Logger) *Kernel {
	k := &Kernel{evaluator: e, log: log, session: newID(), cells: newQueue(), asides: newQueue(), orders: newQueue()}
	k.comms = newComms(k)
	return k
}

// Run serves the kernel that a connection file describes until a client shuts it down, ctx ends, the process is told
// to terminate or its parent dies. It returns an error only if it could not start. SIGINT interrupts the running cell.
func Run(ctx context.Context, connectionFile string, e Evaluator, log *slog.Logger) error {
	c, err := ReadConnection(connectionFile)
	if err != nil {
		return err
	}
	return New(e, log).Run(ctx, c)
}

// Run is like the function [Run], with the connection at hand.
func (k *Kernel) Run(ctx context.Context, c Connection) error {
	if err := k.listen(c); err != nil {
		return err
	}
	k.serve(ctx)
	return nil
}

func (k *Kernel) serve(ctx context.Context) {
	ctx, k.stop = context.WithCancel(ctx)
	defer k.stop()
	for _, s := range k.sockets() {
		go s.serve()
	}
	k.publish(nil, "status", status{"starting"})

	var workers sync.WaitGroup
	for _, q := range []*queue{k.cells, k.asides, k.orders} {
		workers.Go(func() { k.work(ctx, q) })
	}
	go k.watchSignals(ctx)
	go k.watchParent(ctx)

	<-ctx.Done()
	for _, q := range []*queue{k.cells, k.asides, k.orders} {
		q.close()
	}
	deadline := time.Now().Add(drainTime)
	awaitUntil(&workers, deadline.Add(-drainTime/2)) // a cell that ignores its context cannot hold up the end
	var sockets sync.WaitGroup
	for _, s := range k.sockets() {
		sockets.Go(func() { s.close(deadline) })
	}
	sockets.Wait()
}

func (k *Kernel) sockets() []*socket {
	return []*socket{k.shell.socket, k.control.socket, k.stdin.socket, k.iopub.socket, k.beat}
}

// listen opens the five sockets, all or none.
func (k *Kernel) listen(c Connection) (err error) {
	if k.signer, err = newSigner(c.Scheme, c.Key); err != nil {
		return err
	}
	var listeners []net.Listener
	for _, channel := range []struct {
		name string
		port int
	}{{"shell", c.Shell}, {"control", c.Control}, {"stdin", c.Stdin}, {"iopub", c.IOPub}, {"heartbeat", c.Heartbeat}} {
		l, err := c.listen(channel.port)
		if err != nil {
			for _, l := range listeners {
				l.Close()
			}
			return fmt.Errorf("%s channel: %w", channel.name, err)
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
