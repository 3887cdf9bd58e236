package cpu

import (
	"runtime"
	"sync"
	"sync/atomic"
	"time"
)

// Parallel calls f(lo, hi) for consecutive ranges that cover [0, n), each of grain numbers but the last, on up to
// GOMAXPROCS goroutines, the caller's among them, and returns when all are done. The goroutines persist between
// calls. With n ≤ grain it is a plain call. A panic in f reaches the caller.
func Parallel(n, grain int, f func(lo, hi int)) {
	helpers := min(runtime.GOMAXPROCS(0), (n+grain-1)/grain) - 1
	if helpers <= 0 {
		if n > 0 {
			f(0, n)
		}
		return
	}
	j := &job{f: f, n: n, grain: grain, done: make(chan struct{})}
	j.left.Store(int64((n + grain - 1) / grain))
	startHelpers()
	for range helpers {
		select {
		case jobs <- j:
		default: // every helper has work already; the caller does this job's
		}
	}
	j.work()
	for start := time.Now(); j.left.Load() > 0; runtime.Gosched() {
		if time.Since(start) > awake {
			<-j.done
		}
	}
	if p := j.panicked.Load(); p != nil {
		panic(*p)
	}
}

// job is one call of Parallel. Helpers that come late find no range left, so nobody waits for them.
type job struct {
	f        func(lo, hi int)
	n, grain int
	next     atomic.Int64 // the first number not yet claimed
	left     atomic.Int64 // ranges not yet done
	done     chan struct{}
	panicked atomic.Pointer[any]
}

func (j *job) work() {
	for {
		hi := int(j.next.Add(int64(j.grain)))
		lo := hi - j.grain
		if lo >= j.n {
			return
		}
		j.call(lo, min(hi, j.n))
	}
}

func (j *job) call(lo, hi int) {
	defer func() {
		if p := recover(); p != nil {
			why := p // only here on the heap
			j.panicked.CompareAndSwap(nil, &why)
		}
		if j.left.Add(-1) == 0 {
			close(j.done)
		}
	}()
	j.f(lo, hi)
}

var jobs = make(chan *job, 64)

// startHelpers starts one goroutine a processor but the caller's, once.
var startHelpers = sync.OnceFunc(func() {
	for range runtime.NumCPU() - 1 {
		go func() {
			for {
				nextJob().work()
			}
		}()
	}
})

// awake is how long a goroutine without work looks for it before it sleeps: a thread takes long to wake, and the next
// operation of a training step comes soon.
const awake = 250 * time.Microsecond

func nextJob() *job {
	for start := time.Now(); time.Since(start) < awake; runtime.Gosched() {
		select {
		case j := <-jobs:
			return j
		default:
		}
	}
	return <-jobs
}
