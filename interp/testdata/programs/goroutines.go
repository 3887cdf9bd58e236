package main

import (
	"context"
	"errors"
	"fmt"
	"sort"
	"sync"
	"sync/atomic"
	"time"
)

type job struct{ id, n int }
type result struct {
	job
	sum int
}

func worker(id int, jobs <-chan job, out chan<- result, wg *sync.WaitGroup) {
	defer wg.Done()
	for j := range jobs {
		s := 0
		for i := 1; i <= j.n; i++ {
			s += i
		}
		out <- result{j, s}
	}
}

func gen(ctx context.Context, n int) <-chan int {
	c := make(chan int)
	go func() {
		defer close(c)
		for i := range n {
			select {
			case c <- i:
			case <-ctx.Done():
				return
			}
		}
	}()
	return c
}

func stage[T, U any](in <-chan T, f func(T) U) <-chan U {
	out := make(chan U, 1)
	go func() {
		defer close(out)
		for v := range in {
			out <- f(v)
		}
	}()
	return out
}

func merge[T any](cs ...<-chan T) <-chan T {
	out := make(chan T)
	var wg sync.WaitGroup
	for _, c := range cs {
		wg.Go(func() {
			for v := range c {
				out <- v
			}
		})
	}
	go func() { wg.Wait(); close(out) }()
	return out
}

type Counter struct {
	mu sync.RWMutex
	m  map[string]int
}

func (c *Counter) Inc(k string) {
	c.mu.Lock()
	defer c.mu.Unlock()
	c.m[k]++
}
func (c *Counter) Get(k string) int {
	c.mu.RLock()
	defer c.mu.RUnlock()
	return c.m[k]
}

type key struct{}

type semaphore chan struct{}

func (s semaphore) acquire() { s <- struct{}{} }
func (s semaphore) release() { <-s }

type bus struct {
	subs []chan string
}

func main() {
	jobs, out := make(chan job), make(chan result, 10)
	var wg sync.WaitGroup
	for i := range 3 {
		wg.Add(1)
		go worker(i, jobs, out, &wg)
	}
	for i := range 6 {
		jobs <- job{i, i * 10}
	}
	close(jobs)
	wg.Wait()
	close(out)
	var rs []result
	for r := range out {
		rs = append(rs, r)
	}
	sort.Slice(rs, func(i, j int) bool { return rs[i].id < rs[j].id })
	fmt.Println(rs)

	ctx, cancel := context.WithCancel(context.WithValue(context.Background(), key{}, "v"))
	sum := 0
	for v := range stage(stage(gen(ctx, 100), func(i int) float64 { return float64(i) / 2 }), func(f float64) string { return fmt.Sprint(f) }) {
		sum += len(v)
		if v == "10.5" {
			cancel()
			break
		}
	}
	fmt.Println(sum, ctx.Err(), ctx.Value(key{}), context.Cause(ctx))
	total := 0
	for v := range merge(gen(context.Background(), 5), gen(context.Background(), 4)) {
		total += v
	}
	fmt.Println(total)

	c := Counter{m: map[string]int{}}
	for i := range 50 {
		wg.Add(1)
		go func() {
			defer wg.Done()
			c.Inc([]string{"a", "b"}[i%2])
		}()
	}
	wg.Wait()
	fmt.Println(c.Get("a"), c.Get("b"))

	var n atomic.Int64
	var once sync.Once
	sem := make(semaphore, 2)
	for range 10 {
		wg.Go(func() {
			sem.acquire()
			defer sem.release()
			once.Do(func() { n.Add(100) })
			n.Add(1)
		})
	}
	wg.Wait()
	fmt.Println(n.Load(), len(sem), cap(sem))

	tctx, cancel2 := context.WithTimeout(context.Background(), 20*time.Millisecond)
	defer cancel2()
	select {
	case <-tctx.Done():
		fmt.Println(tctx.Err(), errors.Is(tctx.Err(), context.DeadlineExceeded))
	case <-time.After(5 * time.Second):
		fmt.Println("late")
	}
	select {
	case v := <-make(chan int):
		fmt.Println(v)
	default:
		fmt.Println("default")
	}
	var nilc chan int
	timer := time.NewTimer(time.Millisecond)
	select {
	case <-nilc:
	case nilc <- 1:
	case <-timer.C:
		fmt.Println("timer")
	}
	ticker := time.NewTicker(time.Millisecond)
	ticks := 0
	for range ticker.C {
		if ticks++; ticks == 3 {
			ticker.Stop()
			break
		}
	}
	fmt.Println(ticks)

	cond := sync.NewCond(&sync.Mutex{})
	ready := false
	done := make(chan bool)
	go func() {
		cond.L.Lock()
		for !ready {
			cond.Wait()
		}
		cond.L.Unlock()
		close(done)
	}()
	cond.L.Lock()
	ready = true
	cond.L.Unlock()
	cond.Broadcast()
	<-done
	_, ok := <-done
	fmt.Println(ok)

	var sm sync.Map
	for i := range 5 {
		sm.Store(i, i*i)
	}
	v, loaded := sm.LoadOrStore(3, 0)
	fmt.Println(v, loaded)
	sm.Delete(0)
	cnt := 0
	sm.Range(func(k, v any) bool { cnt += k.(int) * v.(int); return true })
	fmt.Println(cnt)

	pool := sync.Pool{New: func() any { return new([]byte) }}
	b := pool.Get().(*[]byte)
	*b = append(*b, 'x')
	pool.Put(b)
	fmt.Println(len(*b))

	errc := make(chan error, 2)
	go func() {
		defer func() { errc <- fmt.Errorf("recovered: %v", recover()) }()
		var m map[string]int
		m["a"]++
	}()
	fmt.Println(<-errc)
	results := make([]int, 5)
	for i := range results {
		wg.Go(func() { results[i] = i * i })
	}
	wg.Wait()
	fmt.Println(results)
	b2 := bus{}
	for range 2 {
		b2.subs = append(b2.subs, make(chan string, 1))
	}
	for i, s := range b2.subs {
		s <- fmt.Sprint("m", i)
	}
	fmt.Println(<-b2.subs[0], <-b2.subs[1])
	var v2 atomic.Value
	v2.Store(job{1, 2})
	fmt.Println(v2.Load().(job).n)
	var ptr atomic.Pointer[job]
	fmt.Println(ptr.Load() == nil, ptr.CompareAndSwap(nil, &job{3, 4}), ptr.Load().id)
	f := sync.OnceValue(func() int { n.Add(1); return 42 })
	fmt.Println(f(), f(), n.Load())
	ring := make(chan int, 3)
	for i := 0; ; i++ {
		select {
		case ring <- i:
			continue
		default:
		}
		break
	}
	fmt.Println(len(ring), cap(ring))
}
