package rt

import (
	"os"
	"runtime"
	"runtime/metrics"
	"sync"
	"sync/atomic"
	"time"

	"github.com/gophergrad/gophergrad/internal/gid"
	"github.com/gophergrad/gophergrad/internal/memory"
	"github.com/gophergrad/gophergrad/interp/debug"
)

// Run is one execution of a cell, with the goroutines it started.
type Run struct {
	Cell    string          // its label, In[3]
	Values  []any           // what the last expression gave
	Reached map[string]bool // the new variables it has declared
	Out     any             // where its output goes; the session's business
	Quiet   bool            // no debugger stops it
	done    chan struct{}
	over    chan struct{} // gets a value when the last goroutine of a stopped run has ended
	stopped atomic.Bool
	live    int // goroutines not yet ended
	mu      sync.Mutex
	ended   *Failure             // by a panic from which code does not recover
	started map[*os.Process]bool // and not waited for yet
}

// goroutine is a goroutine that runs lowered code.
type goroutine struct {
	run       *Run
	recovered []Frame   // where the panic began that was recovered last
	at        *spot     // where the latest panic began
	defers    *Defers   // the innermost that is running deferred calls
	frames    []Frame   // the functions a panic has left so far
	overrun   bool      // it ended because it recursed too deeply
	ending    time.Time // when Poll ended it: its deferred calls are running since
	thread    *debug.Thread
	using     []mapUse // the maps it reads and changes now
}

func (r *Runtime) current() *goroutine {
	if g, ok := r.goroutines.Load(gid.Current()); ok {
		return g.(*goroutine)
	}
	return nil
}

func (r *Runtime) currentRun() *Run {
	if g := r.current(); g != nil {
		return g.run
	}
	return nil
}

// Current is the run that the calling goroutine belongs to, nil for a goroutine of compiled code.
func (r *Runtime) Current() *Run { return r.currentRun() }

// Execute runs f as a cell and waits for its end; interrupt ends it early. A cell that does not end within grace
// after an interrupt is left behind: it will end as soon as it comes back from compiled code.
func (r *Runtime) Execute(run *Run, f func(), interrupt <-chan struct{}, grace time.Duration) *Failure {
	run.done, run.over, run.Reached = make(chan struct{}), make(chan struct{}, 1), map[string]bool{}
	ended := make(chan *Failure, 1)
	r.host.Resume()
	r.startBeside(run)
	go r.guard(run, f, func(failure *Failure) { ended <- failure })
	select {
	case failure := <-ended:
		run.settle(grace)
		return failure
	case <-interrupt:
	}
	r.interrupt(run)
	run.endProcesses()
	select {
	case failure := <-ended:
		run.settle(grace)
		if failure != nil {
			return failure
		}
	case <-time.After(grace):
	}
	return &Failure{Interrupted: true}
}

// settle waits for the other goroutines of a run that was told to end, but not longer than grace.
func (run *Run) settle(grace time.Duration) {
	if run.stopped.Load() {
		select {
		case <-run.over:
		case <-time.After(grace):
		}
	}
}

// interrupt makes every goroutine of the run end at its next poll.
func (r *Runtime) interrupt(run *Run) {
	if run.stopped.Swap(true) {
		return
	}
	close(run.done)
	r.mu.Lock()
	defer r.mu.Unlock()
	if run.live == 0 {
		return
	}
	r.stops++
	*r.stop = true
	if r.live == run.live { // compiled code that runs is the run's own
		r.host.Interrupt()
	}
}

// Stop makes every goroutine of lowered code end at its next poll.
func (r *Runtime) Stop() {
	r.goroutines.Range(func(_, g any) bool {
		r.interrupt(g.(*goroutine).run)
		return true
	})
}

// start counts a goroutine of the run.
func (r *Runtime) start(run *Run) {
	r.mu.Lock()
	defer r.mu.Unlock()
	if r.live == 0 {
		r.unwatch = r.watchMemory()
	}
	r.live++
	run.live++
	if r.live > 1 {
		*r.shared = true
	}
}

// guard runs f in the calling goroutine and reports how it ended.
func (r *Runtime) guard(run *Run, f func(), ended func(*Failure)) {
	id := gid.Current()
	g := &goroutine{run: run}
	r.goroutines.Store(id, g)
	var failure *Failure
	finished := false
	defer func() {
		if !finished && failure == nil { // by Goexit
			failure = &Failure{Frames: g.frames, Interrupted: run.stopped.Load(), Overrun: g.overrun, Exited: !g.overrun && !run.stopped.Load()}
		}
		if g.thread != nil {
			g.thread.End()
		}
		r.goroutines.Delete(id)
		r.leaveMaps(g)
		r.mu.Lock()
		r.live--
		run.live--
		if r.live == 0 {
			*r.shared = r.callbacks
			r.unwatch()
		}
		if run.live == 0 && run.stopped.Load() {
			r.unpoll()
			r.host.Resume()
			select {
			case run.over <- struct{}{}:
			default:
			}
		}
		r.mu.Unlock()
		ended(failure)
	}()
	if failure = r.attempt(g, f); failure != nil && !final(failure.Value) {
		failure.Text = "panic, whose value cannot be shown" // a method of the cell's makes the message: it may do anything
		r.attempt(g, func() { failure.Text = message(failure.Value) })
		if g.thread != nil {
			g.thread.Uncaught(failure.Text)
		}
	}
	finished = true
}

// attempt runs f and describes the panic that ends it.
func (r *Runtime) attempt(g *goroutine, f func()) (failure *Failure) {
	defer func() {
		if p := recover(); p != nil {
			failure = &Failure{Value: r.panicValue(g, p), Frames: g.frames}
			if g.at != nil {
				failure.Callee = g.at.callee
			}
			if final(failure.Value) {
				failure.Text = message(failure.Value)
				g.run.End(failure)
				r.interrupt(g.run)
			}
		}
	}()
	f()
	return nil
}

// unpoll takes back one reason to poll.
func (r *Runtime) unpoll() {
	r.stops--
	if r.stops <= 0 {
		r.stops = 0
		*r.stop = false
	}
}

// Go starts f in a goroutine of the current run: its panics do not end the process.
func (r *Runtime) Go(f func()) {
	run := r.runOrNew()
	r.start(run)
	go r.attend(run, f)
}

// Guarded makes f part of the current run in whatever goroutine compiled code calls it. Once the run was interrupted, it
// is not called any more.
func (r *Runtime) Guarded(f func()) func() {
	run := r.runOrNew()
	r.ExpectCallbacks()
	return func() {
		if !run.stopped.Load() {
			r.start(run)
			r.attend(run, f)
		}
	}
}

func (r *Runtime) runOrNew() *Run {
	if run := r.currentRun(); run != nil {
		return run
	}
	return &Run{done: make(chan struct{})}
}

// attend runs f in the calling goroutine, which start has counted, and shows its panic.
func (r *Runtime) attend(run *Run, f func()) {
	r.guard(run, f, func(failure *Failure) {
		if failure != nil && !failure.Interrupted && !failure.Exited {
			r.host.Failed(run, failure)
		}
	})
}

// Flags connects the variables that tell lowered code to poll, to call the debugger, and to announce what it does with
// maps.
func (r *Runtime) Flags(stop, debugged, shared *bool) int {
	r.mu.Lock()
	defer r.mu.Unlock()
	*stop = r.stops > 0
	r.stop, r.debugged, r.shared = stop, debugged, shared
	return 0
}

// deepest is the number of Go frames beyond which a goroutine is taken to recurse without end when stacks use up
// memory.
const deepest = 60_000

// deferredTime is how long the deferred calls of a goroutine that Poll ended may run.
const deferredTime = time.Second

// Poll ends the calling goroutine if its run was interrupted or if it recurses without end. Deferred calls run.
func (r *Runtime) Poll() {
	g := r.current()
	if g == nil {
		return
	}
	if !g.ending.IsZero() && time.Since(g.ending) < deferredTime {
		return
	}
	if g.run.stopped.Load() {
		g.ending, g.frames = time.Now(), r.Stack()
		runtime.Goexit()
	}
	if r.overflow.Load() {
		var pc [1]uintptr
		if runtime.Callers(deepest, pc[:]) > 0 {
			g.overrun, g.ending, g.frames = true, time.Now(), r.Stack()
			runtime.Goexit()
		}
	}
}

// stackLimit is how much memory all stacks may take before recursion is looked for. Go ends the process when one
// stack reaches 1 GB.
const stackLimit = 256 << 20

// watchMemory looks at the memory that stacks and objects use until the returned function is called.
func (r *Runtime) watchMemory() (stop func()) {
	done := make(chan struct{})
	go func() {
		sample := []metrics.Sample{{Name: "/memory/classes/heap/stacks:bytes"}}
		ticker := time.NewTicker(10 * time.Millisecond)
		defer ticker.Stop()
		defer r.setOverflow(false)
		for {
			select {
			case <-done:
				return
			case <-ticker.C:
			}
			metrics.Read(sample)
			r.setOverflow(sample[0].Value.Uint64() > stackLimit)
			if err := memory.Exhausted(); err != nil {
				r.exhaust(err)
			}
		}
	}()
	return func() { close(done) }
}

// exhaust ends every run: the objects that are in use take more memory than there is, and the system would kill the
// process.
func (r *Runtime) exhaust(err error) {
	text := runtimeError("out of memory: " + err.Error() + " (let go of large variables: assign nil, or %reset)")
	r.goroutines.Range(func(_, g any) bool {
		run := g.(*goroutine).run
		run.End(&Failure{Value: text, Text: text.Error()})
		r.interrupt(run)
		return true
	})
}

// setOverflow makes lowered code poll while some goroutine may recurse without end.
func (r *Runtime) setOverflow(over bool) {
	r.mu.Lock()
	defer r.mu.Unlock()
	if r.overflow.Swap(over) == over {
		return
	}
	if over {
		r.stops++
		*r.stop = true
	} else {
		r.unpoll()
	}
}

// Sleep is time.Sleep, which an interrupt ends.
func (r *Runtime) Sleep(d time.Duration) {
	run := r.currentRun()
	if run == nil {
		time.Sleep(d)
		return
	}
	timer := time.NewTimer(d)
	defer timer.Stop()
	select {
	case <-timer.C:
	case <-run.done:
		r.Poll()
	}
}
