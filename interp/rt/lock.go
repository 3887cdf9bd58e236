package rt

import (
	"sync"
	"sync/atomic"
	"time"
)

// Waiting for a mutex, a group or a condition cannot be interrupted in Go, and unlocking what is not locked ends the
// process; here it can, and is a panic.

// locker is what a mutex and the reading side of one have in common.
type locker interface {
	sync.Locker
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

// Unlock is l.Unlock of a mutex.
func (r *Runtime) Unlock(l *sync.Mutex) {
	if l.TryLock() {
		l.Unlock()
		panic(plainError("sync: unlock of unlocked mutex"))
	}
	l.Unlock()
}

// UnlockRW is l.Unlock.
func (r *Runtime) UnlockRW(l *sync.RWMutex) {
	if l.TryRLock() { // nobody writes
		l.RUnlock()
		panic(plainError("sync: Unlock of unlocked RWMutex"))
	}
	l.Unlock()
}

// RUnlock is l.RUnlock.
func (r *Runtime) RUnlock(l *sync.RWMutex) {
	if l.TryLock() { // nobody reads
		l.Unlock()
		panic(plainError("sync: RUnlock of unlocked RWMutex"))
	}
	l.RUnlock()
}

// CondWait is c.Wait. A goroutine waits in its place; if the run is interrupted it stays behind and gives what wakes it
// to the next.
func (r *Runtime) CondWait(c *sync.Cond) {
	run := r.currentRun()
	l, ok := c.L.(locker)
	if run == nil || !ok {
		c.Wait()
		return
	}
	if l.TryLock() {
		l.Unlock()
		panic(plainError("sync: Cond.Wait with its mutex unlocked"))
	}
	var left atomic.Bool
	woken := aside(func() {
		c.Wait()
		if left.Swap(true) {
			l.Unlock()
			c.Signal()
		}
	})
	select {
	case p := <-woken:
		repanic(p)
		return
	case <-run.done:
	}
	if left.Swap(true) {
		<-woken
	} else { // whoever waits has it locked after, as deferred calls expect
		for until := time.Now().Add(lockAgain); !l.TryLock() && time.Now().Before(until); {
			time.Sleep(time.Millisecond)
		}
	}
	r.Poll()
}

// lockAgain is how long an interrupted wait tries to lock the mutex of its condition.
const lockAgain = 20 * time.Millisecond

// Wait is g.Wait. A goroutine waits in its place, and stays behind if the run is interrupted.
func (r *Runtime) Wait(g *sync.WaitGroup) {
	run := r.currentRun()
	if run == nil {
		g.Wait()
		return
	}
	select {
	case p := <-aside(g.Wait):
		repanic(p)
	case <-run.done:
		r.Poll()
	}
}

// aside runs f in another goroutine and gives what it panicked with.
func aside(f func()) <-chan any {
	ended := make(chan any, 1)
	go func() {
		defer func() { ended <- recover() }()
		f()
	}()
	return ended
}

func repanic(p any) {
	if p != nil {
		panic(p)
	}
}

// WaitGo is g.Go. Should f panic, those who wait for g go on.
func (r *Runtime) WaitGo(g *sync.WaitGroup, f func()) {
	g.Add(1)
	r.Go(func() {
		defer g.Done()
		f()
	})
}

// LockerLock is l.Lock.
func (r *Runtime) LockerLock(l sync.Locker) {
	if l, ok := l.(locker); ok {
		r.Lock(l)
		return
	}
	l.Lock()
}

// LockerUnlock is l.Unlock.
func (r *Runtime) LockerUnlock(l sync.Locker) {
	switch l := l.(type) {
	case *sync.Mutex:
		r.Unlock(l)
	case *sync.RWMutex:
		r.UnlockRW(l)
	default:
		l.Unlock()
	}
}
