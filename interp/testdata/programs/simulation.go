package main

import (
	"container/heap"
	"fmt"
	"math"
	"math/rand"
	"slices"
	"strings"
	"time"
)

type Vec struct{ X, Y, Z float64 }

func (a Vec) Add(b Vec) Vec     { return Vec{a.X + b.X, a.Y + b.Y, a.Z + b.Z} }
func (a Vec) Mul(k float64) Vec { return Vec{a.X * k, a.Y * k, a.Z * k} }
func (a Vec) Dot(b Vec) float64 { return a.X*b.X + a.Y*b.Y + a.Z*b.Z }
func (a Vec) Len() float64      { return math.Sqrt(a.Dot(a)) }
func (a *Vec) Normalize()       { *a = a.Mul(1 / a.Len()) }

type Body struct {
	Pos, Vel Vec
	Mass     float64
}
type System []Body

func (s System) Step(dt float64) {
	for i := range s {
		b := &s[i]
		var acc Vec
		for j, o := range s {
			if i == j {
				continue
			}
			d := o.Pos.Add(b.Pos.Mul(-1))
			r := d.Len() + 1e-3
			acc = acc.Add(d.Mul(o.Mass / (r * r * r)))
		}
		b.Vel = b.Vel.Add(acc.Mul(dt))
	}
	for i := range s {
		s[i].Pos = s[i].Pos.Add(s[i].Vel.Mul(dt))
	}
}
func (s System) Energy() (e float64) {
	for i, b := range s {
		e += 0.5 * b.Mass * b.Vel.Dot(b.Vel)
		for _, o := range s[:i] {
			e -= b.Mass * o.Mass / o.Pos.Add(b.Pos.Mul(-1)).Len()
		}
	}
	return
}

type Grid [][]bool

func NewGrid(h, w int, live ...[2]int) Grid {
	g := make(Grid, h)
	for i := range g {
		g[i] = make([]bool, w)
	}
	for _, p := range live {
		g[p[0]][p[1]] = true
	}
	return g
}
func (g Grid) Next() Grid {
	h, w := len(g), len(g[0])
	n := NewGrid(h, w)
	for y := range g {
		for x, alive := range g[y] {
			c := 0
			for dy := -1; dy <= 1; dy++ {
				for dx := -1; dx <= 1; dx++ {
					if (dy != 0 || dx != 0) && g[(y+dy+h)%h][(x+dx+w)%w] {
						c++
					}
				}
			}
			n[y][x] = c == 3 || alive && c == 2
		}
	}
	return n
}
func (g Grid) String() string {
	var b strings.Builder
	for _, row := range g {
		for _, c := range row {
			b.WriteByte(map[bool]byte{true: '#', false: '.'}[c])
		}
		b.WriteByte('\n')
	}
	return b.String()
}

type Event struct {
	At   time.Duration
	Name string
	Do   func(*Sim)
	idx  int
}
type Queue []*Event

func (q Queue) Len() int           { return len(q) }
func (q Queue) Less(i, j int) bool { return q[i].At < q[j].At }
func (q Queue) Swap(i, j int)      { q[i], q[j] = q[j], q[i]; q[i].idx, q[j].idx = i, j }
func (q *Queue) Push(x any)        { e := x.(*Event); e.idx = len(*q); *q = append(*q, e) }
func (q *Queue) Pop() (x any)      { n := len(*q) - 1; x = (*q)[n]; *q = (*q)[:n]; return }

type Sim struct {
	now   time.Duration
	queue Queue
	trace []string
}

func (s *Sim) After(d time.Duration, name string, do func(*Sim)) *Event {
	e := &Event{At: s.now + d, Name: name, Do: do}
	heap.Push(&s.queue, e)
	return e
}
func (s *Sim) Run() {
	for s.queue.Len() > 0 {
		e := heap.Pop(&s.queue).(*Event)
		s.now = e.At
		s.trace = append(s.trace, fmt.Sprintf("%v:%s", s.now, e.Name))
		if e.Do != nil {
			e.Do(s)
		}
	}
}

type Graph map[string]map[string]int

func (g Graph) Edge(a, b string, w int) Graph {
	for _, p := range [][2]string{{a, b}, {b, a}} {
		if g[p[0]] == nil {
			g[p[0]] = map[string]int{}
		}
		g[p[0]][p[1]] = w
	}
	return g
}

type item struct {
	node string
	dist int
}
type pq []item

func (p pq) Len() int            { return len(p) }
func (p pq) Less(i, j int) bool  { return p[i].dist < p[j].dist }
func (p pq) Swap(i, j int)       { p[i], p[j] = p[j], p[i] }
func (p *pq) Push(x interface{}) { *p = append(*p, x.(item)) }
func (p *pq) Pop() interface{} {
	old := *p
	it := old[len(old)-1]
	*p = old[:len(old)-1]
	return it
}
func (g Graph) Dijkstra(from, to string) (path []string, dist int) {
	d, prev := map[string]int{from: 0}, map[string]string{}
	q := &pq{{from, 0}}
	for q.Len() > 0 {
		it := heap.Pop(q).(item)
		if it.node == to {
			for n := to; ; n = prev[n] {
				path = append(path, n)
				if n == from {
					break
				}
			}
			slices.Reverse(path)
			return path, it.dist
		}
		for n, w := range g[it.node] {
			if old, ok := d[n]; !ok || it.dist+w < old {
				d[n], prev[n] = it.dist+w, it.node
				heap.Push(q, item{n, d[n]})
			}
		}
	}
	return nil, -1
}

type Matrix struct {
	r, c int
	d    []float64
}

func M(r, c int, d ...float64) *Matrix {
	if len(d) == 0 {
		d = make([]float64, r*c)
	}
	return &Matrix{r, c, d}
}
func (m *Matrix) At(i, j int) *float64 { return &m.d[i*m.c+j] }
func (m *Matrix) Mul(o *Matrix) *Matrix {
	if m.c != o.r {
		panic(fmt.Sprintf("shapes %dx%d and %dx%d", m.r, m.c, o.r, o.c))
	}
	out := M(m.r, o.c)
	for i := range m.r {
		for j := range o.c {
			for k := range m.c {
				*out.At(i, j) += *m.At(i, k) * *o.At(k, j)
			}
		}
	}
	return out
}

func sieve(n int) (ps []int) {
	comp := make([]bool, n+1)
	for i := 2; i <= n; i++ {
		if comp[i] {
			continue
		}
		ps = append(ps, i)
		for j := i * i; j <= n; j += i {
			comp[j] = true
		}
	}
	return
}
func queens(n int) (count int) {
	cols, d1, d2 := make([]bool, n), make([]bool, 2*n), make([]bool, 2*n)
	var place func(int)
	place = func(r int) {
		if r == n {
			count++
			return
		}
		for c := range n {
			if cols[c] || d1[r+c] || d2[r-c+n] {
				continue
			}
			cols[c], d1[r+c], d2[r-c+n] = true, true, true
			place(r + 1)
			cols[c], d1[r+c], d2[r-c+n] = false, false, false
		}
	}
	place(0)
	return
}
func perms[T any](xs []T, f func([]T)) {
	if len(xs) <= 1 {
		f(xs)
		return
	}
	var rec func(int)
	rec = func(k int) {
		if k == len(xs) {
			f(xs)
			return
		}
		for i := k; i < len(xs); i++ {
			xs[k], xs[i] = xs[i], xs[k]
			rec(k + 1)
			xs[k], xs[i] = xs[i], xs[k]
		}
	}
	rec(0)
}

type LRU struct {
	cap        int
	m          map[string]*entry
	head, tail entry
}
type entry struct {
	k          string
	v          int
	prev, next *entry
}

func NewLRU(n int) *LRU {
	l := &LRU{cap: n, m: map[string]*entry{}}
	l.head.next, l.tail.prev = &l.tail, &l.head
	return l
}
func (l *LRU) front(e *entry) {
	e.prev, e.next = &l.head, l.head.next
	e.prev.next, e.next.prev = e, e
}
func (e *entry) unlink() { e.prev.next, e.next.prev = e.next, e.prev }
func (l *LRU) Get(k string) (int, bool) {
	e, ok := l.m[k]
	if !ok {
		return 0, false
	}
	e.unlink()
	l.front(e)
	return e.v, true
}
func (l *LRU) Put(k string, v int) {
	if e, ok := l.m[k]; ok {
		e.v = v
		e.unlink()
		l.front(e)
		return
	}
	if len(l.m) == l.cap {
		old := l.tail.prev
		old.unlink()
		delete(l.m, old.k)
	}
	e := &entry{k: k, v: v}
	l.m[k] = e
	l.front(e)
}
func (l *LRU) Keys() (ks []string) {
	for e := l.head.next; e != &l.tail; e = e.next {
		ks = append(ks, e.k)
	}
	return
}

func main() {
	s := System{{Vec{0, 0, 0}, Vec{}, 10}, {Vec{1, 0, 0}, Vec{0, 3, 0}, 0.1}, {Vec{0, 2, 0}, Vec{-2, 0, 0.5}, 0.2}}
	e0 := s.Energy()
	for range 50 {
		s.Step(0.01)
	}
	fmt.Printf("%.6f %.6f %.4f\n", e0, s.Energy(), s[1].Pos)
	v := Vec{3, 4, 0}
	v.Normalize()
	fmt.Println(v, v.Len())
	g := NewGrid(5, 5, [2]int{1, 2}, [2]int{2, 2}, [2]int{3, 2})
	fmt.Print(g, g.Next())
	sim := &Sim{}
	sim.After(3*time.Second, "c", nil)
	sim.After(time.Second, "a", func(s *Sim) {
		s.After(1500*time.Millisecond, "b", func(s *Sim) { s.After(time.Millisecond, "end", nil) })
	})
	sim.Run()
	fmt.Println(sim.trace)
	gr := Graph{}
	gr.Edge("A", "B", 4).Edge("A", "C", 1).Edge("C", "B", 2).Edge("B", "D", 5).Edge("C", "D", 9)
	fmt.Println(gr.Dijkstra("A", "D"))
	fmt.Println(gr.Dijkstra("A", "Z"))
	m := M(2, 3, 1, 2, 3, 4, 5, 6).Mul(M(3, 2, 1, 0, 0, 1, 1, 1))
	fmt.Println(*m, *m.At(1, 1))
	func() {
		defer func() { fmt.Println(recover()) }()
		m.Mul(M(3, 1))
	}()
	ps := sieve(100)
	fmt.Println(len(ps), ps[len(ps)-3:], queens(6))
	n := 0
	perms([]string{"a", "b", "c"}, func(p []string) {
		n++
		if n == 4 {
			fmt.Println(strings.Join(p, ""))
		}
	})
	l := NewLRU(2)
	l.Put("a", 1)
	l.Put("b", 2)
	l.Get("a")
	l.Put("c", 3)
	_, ok := l.Get("b")
	fmt.Println(l.Keys(), ok, len(l.m))
	r := rand.New(rand.NewSource(1))
	in := 0
	for range 2000 {
		if x, y := r.Float64(), r.Float64(); x*x+y*y < 1 {
			in++
		}
	}
	fmt.Println(4*float64(in)/2000, r.NormFloat64())
	hist := [10]int{}
	for range 100 {
		hist[r.Intn(len(hist))]++
	}
	total := 0
	for i, c := range hist {
		total += c
		if i < 2 {
			fmt.Print(i, ":", strings.Repeat("*", c), " ")
		}
	}
	fmt.Println(total)
	x := 2.0
	for i := 0; math.Abs(x*x-2) > 1e-12; i++ {
		x -= (x*x - 2) / (2 * x)
	}
	fmt.Println(x)
	dp := map[[2]int]int{}
	var paths func(i, j int) int
	paths = func(i, j int) int {
		if i == 0 || j == 0 {
			return 1
		}
		k := [2]int{i, j}
		if v, ok := dp[k]; ok {
			return v
		}
		dp[k] = paths(i-1, j) + paths(i, j-1)
		return dp[k]
	}
	fmt.Println(paths(8, 8), len(dp))
}
