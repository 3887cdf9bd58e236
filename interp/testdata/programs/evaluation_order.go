package main

import (
	"errors"
	"fmt"
	"strings"
)

var log []string

func l[T any](s string, v T) T { log = append(log, s); return v }
func dump(name string)         { fmt.Println(name+":", strings.Join(log, " ")); log = nil }
func safe(name string, f func()) {
	defer func() {
		if r := recover(); r != nil {
			log = append(log, fmt.Sprint("!", r))
		}
		dump(name)
	}()
	f()
}

type T struct {
	x, y int
	next *T
	arr  [3]int
	sl   []int
	m    map[string]int
	f    func(int) int
}

func (t T) V() T           { log = append(log, "V"); return t }
func (t *T) P() *T         { log = append(log, "P"); return t }
func (t *T) Inc(n int) int { t.x += n; return t.x }

var gx, gy = initX(), initY()

func initX() int { return gy + 1 }
func initY() int { return 10 }

type I interface{ M(int) int }
type Im int

func (i Im) M(n int) int { log = append(log, fmt.Sprint("M", int(i), n)); return n + int(i) }
func mkI(n int) I        { log = append(log, fmt.Sprint("mk", n)); return Im(n) }
func nilI() I            { log = append(log, "nilI"); return nil }
func pair() (int, error) { log = append(log, "pair"); return 1, errors.New("e") }
func three(a, b, c int)  { log = append(log, fmt.Sprint(a, b, c)) }
func fn() func(...int) int {
	log = append(log, "fn")
	return func(a ...int) int { log = append(log, fmt.Sprint("call", a)); return len(a) }
}

func main() {
	fmt.Println(gx, gy)
	safe("iface call", func() { mkI(1).M(l("a", 2)) })
	safe("fn call", func() { fn()(l("a", 1), l("b", 2)) })
	safe("deferred method", func() { defer mkI(1).M(l("a", 5)); log = append(log, "body") })
	safe("deferred chain", func() {
		t := T{}
		defer t.P().P().Inc(l("arg", 1))
		log = append(log, "body")
	})
	safe("go args", func() {
		done := make(chan bool)
		go func(a, b int) { three(a, b, 0); done <- true }(l("g1", 1), l("g2", 2))
		<-done
	})
	safe("struct lit order", func() {
		_ = T{y: l("y", 1), x: l("x", 2), sl: []int{l("s0", 1), l("s1", 2)}, f: l("f", func(i int) int { return i })}
	})
	safe("array lit keyed", func() { _ = [5]int{3: l("three", 1), 0: l("zero", 2), l("one", 3)} })
	safe("map lit", func() { _ = map[int]int{l("k1", 1): l("v1", 1), l("k2", 2): l("v2", 2)} })
	safe("nested call args", func() { three(l("a", 1), l("b", l("inner", 2)), l("c", 3)) })
	safe("binary", func() { _ = l("a", 1) + l("b", 2)*l("c", 3) - l("d", 4) })
	safe("compare", func() { _ = l("a", 1) < l("b", 2) == (l("c", 3) > l("d", 4)) })
	safe("index of call", func() { _ = l("arr", []int{1, 2, 3})[l("i", 1)] })
	safe("slice of call", func() { _ = l("arr", []int{1, 2, 3})[l("lo", 1):l("hi", 2):l("max", 3)] })
	safe("assign idx", func() { l("arr", []int{1, 2, 3})[l("i", 1)] = l("v", 5) })
	safe("assign map", func() { l("m", map[string]int{})[l("k", "k")] = l("v", 5) })
	safe("op assign ptr", func() { l("p", &T{}).x += l("v", 5) })
	safe("op assign idx", func() { l("a", []int{1, 2})[l("i", 1)] -= l("v", 5) })
	safe("op assign map f", func() { l("m", map[string]int{"a": 1})[l("k", "a")] <<= l("v", 5) })
	safe("swap", func() {
		a := []int{1, 2}
		a[l("i", 0)], a[l("j", 1)] = a[l("k", 1)], a[l("n", 0)]
		log = append(log, fmt.Sprint(a))
	})
	safe("nil map assign", func() { var m map[string]int; m[l("k", "a")] = l("v", 1) })
	safe("nil field assign", func() { var p *T; p.x = l("v", 1) })
	safe("oob assign", func() { a := []int{1}; a[l("i", 5)] = l("v", 1) })
	safe("oob assign arr", func() { var a [3]int; a[l("i", 5)] = l("v", 1) })
	safe("nil deref assign", func() { var p *int; *p = l("v", 1) })
	safe("nil nested assign", func() { p := &T{}; p.next.x = l("v", 1) })
	safe("nil nested2 assign", func() { p := &T{}; p.next.next.x = l("v", 1) })
	safe("nil slice idx assign", func() { p := &T{}; p.sl[0] = l("v", 1) })
	safe("nil ptr in 2nd", func() { var p *T; x := 0; x, p.x = l("a", 1), l("b", 2); _ = x })
	safe("partial", func() {
		x := 0
		defer func() { log = append(log, fmt.Sprint("x=", x)) }()
		var p *T
		x, p.x = 7, 8
	})
	safe("op assign nil", func() { var p *T; p.x += l("v", 1) })
	safe("op assign oob", func() { a := []int{1}; a[3] += l("v", 1) })
	safe("assert arg", func() { var a any = "s"; three(l("a", 1), a.(int), l("c", 2)) })
	safe("closure reads", func() {
		x := 1
		f := func() int { x++; return x }
		three(f(), x, f())
		y := x
		a := [...]int{y, f(), y}
		log = append(log, fmt.Sprint(a))
	})
	safe("return order", func() {
		x := 0
		g := func() (int, int) { x++; return x, func() int { x++; return x }() }
		a, b := g()
		log = append(log, fmt.Sprint(a, b))
	})
	safe("named result", func() {
		g := func() (r int, err error) {
			defer func() {
				if e := recover(); e != nil {
					err = fmt.Errorf("rec: %v r=%d", e, r)
				}
			}()
			r = 1
			r, err = pair()
			return r + 1, errors.New(l("x", []string{"q"})[3])
		}
		a, b := g()
		log = append(log, fmt.Sprint(a, b))
	})
	safe("range expr once", func() {
		for i, v := range l("r", []int{1, 2}) {
			log = append(log, fmt.Sprint(i, v))
		}
		for range l("n", 2) {
			log = append(log, "it")
		}
	})
	safe("range assign", func() {
		var a [2]int
		i := 0
		for i, a[i] = range []int{5, 6} {
		}
		log = append(log, fmt.Sprint(i, a))
	})
	safe("for parts", func() {
		for i := l("init", 0); l("cond", i < 2); i += l("post", 1) {
			log = append(log, "body")
		}
	})
	safe("if init", func() {
		if a, b := l("a", 1), l("b", 2); a > b {
		} else if c := l("c", 3); c > 2 {
			log = append(log, "yes")
		}
	})
	safe("switch true", func() {
		switch x := l("x", 5); {
		case l("c1", x > 9):
		case l("c2", x > 4), l("c3", true):
			log = append(log, "hit")
			fallthrough
		case l("c4", true):
			log = append(log, "fell")
		default:
			log = append(log, "def")
		}
	})
	safe("append", func() {
		s := append(l("s", []int{}), l("a", 1), l("b", 2))
		s = append(s, l("c", s)...)
		log = append(log, fmt.Sprint(s))
	})
	safe("copy", func() { copy(l("d", make([]int, 1)), l("s", []int{1})) })
	safe("conv", func() { _ = float64(l("x", 1)) + float64(len(l("s", "abc"))) })
	safe("send", func() { c := make(chan int, 1); l("c", c) <- l("v", 1); _ = <-l("c2", c) })
	safe("method value", func() { f := mkI(3).M; log = append(log, "between"); f(l("a", 1)) })
	safe("method value nil", func() { var i I; f := i.M; log = append(log, "after"); _ = f })
	safe("method value nilptr", func() { var p *T; f := p.V; log = append(log, "after"); _ = f })
	safe("method value nilptr2", func() { var p *T; f := p.P; log = append(log, "after"); _ = f })
	safe("embedded assign", func() {
		arr := [3]int{1, 2, 3}
		for i, v := range arr {
			arr[(i+1)%3] += v
		}
		log = append(log, fmt.Sprint(arr))
		sl := []int{1, 2, 3}
		for i, v := range sl {
			sl[(i+1)%3] += v
		}
		log = append(log, fmt.Sprint(sl))
		for i, v := range sl {
			if i == 0 {
				sl = append(sl, 9)
				sl[1] = 100
			}
			log = append(log, fmt.Sprint(v))
		}
	})
	safe("map range delete", func() {
		m := map[int]int{1: 1, 2: 2, 3: 3}
		n := 0
		for k := range m {
			for j := range m {
				if j != k {
					delete(m, j)
				}
			}
			n++
		}
		log = append(log, fmt.Sprint(n, len(m)))
	})
	safe("string bytes", func() {
		for i, r := range l("s", "aä\xff€") {
			log = append(log, fmt.Sprint(i, ":", r))
		}
	})
	safe("x op= x", func() {
		x := 1
		f := func() int { x = 10; return 1 }
		x += f()
		log = append(log, fmt.Sprint(x))
		a := []int{1, 2}
		g := func() int { a = []int{100, 200}; return 1 }
		a[0] += g()
		log = append(log, fmt.Sprint(a))
		x = x + f()
		log = append(log, fmt.Sprint(x))
	})
}
