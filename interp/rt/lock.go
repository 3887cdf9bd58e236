package rt

import (
	"sync"
	"time"
)

// Waiting for a mutex or a group cannot be interrupted in Go; these waits can.

// locker is what a mutex and the reading side of one have in common.
type locker interface {
	Lock()
	TryLock() bool
}

// Lock is l.Lock.
func (r *Runtime) Lock(l locker) { r.acquire(l.TryLock) }

// RLock is l.RLock.
func (r *Runtime) RLock(l interface{ TryRLock() bool }) { r.acquire(l.TryRLock) }

// acquire tries until it succeeds, ever more rarely, or until the run is interrupted.
func (r *Runtime) acquire(try func() bool) {
	for pause := time.Microsecond; !try(); pause = min(2*pause, time.Millisecond) {
		r.Poll()
		time.Sleep(pause)
	}
}

// Wait is g.Wait. A goroutine waits in its place, and stays behind if the run is interrupted.
func (r *Runtime) Wait(g *sync.WaitGroup) {
	run := r.currentRun()
	if run == nil {
		g.Wait()
		return
	}
	done := make(chan struct{})
	go func() {
		g.Wait()
		close(done)
	}()
	select {
	case <-done:
	case <-run.done:
		r.Poll()
	}
}

// WaitGo is g.Go in a goroutine of the run.
func (r *Runtime) WaitGo(g *sync.WaitGroup, f func()) {
	g.Add(1)
	r.Go(func() {
		defer g.Done()
		f()
	})
}
