package main

import (
	"fmt"
	"iter"
	"runtime"
)

func bad(n int) iter.Seq[int] {
	return func(yield func(int) bool) {
		for i := range n {
			yield(i)
		}
	}
}

func try(name string, f func()) {
	defer func() {
		r := recover()
		_, rt := r.(runtime.Error)
		fmt.Println(name, r, rt)
	}()
	f()
}

var kept func(int) bool

func keeps(yield func(int) bool) {
	kept = yield
	yield(1)
}

func swallows(yield func(int) bool) {
	defer func() { fmt.Println("swallowed", recover()) }()
	yield(1)
}

func goesOn(yield func(int) bool) {
	func() {
		defer func() { fmt.Println("swallowed", recover()) }()
		yield(1)
	}()
	yield(2)
}

func leaves() int {
	for i := range bad(3) {
		return i
	}
	return -1
}

func outer() string {
loop:
	for i := range bad(2) {
		for j := range bad(2) {
			if j == 0 {
				continue loop
			}
			return fmt.Sprint(i, j)
		}
	}
	return "end"
}

func main() {
	try("break", func() {
		for i := range bad(5) {
			fmt.Println(i)
			if i == 1 {
				break
			}
		}
	})
	try("return", func() { fmt.Println(leaves()) })
	try("outer", func() { fmt.Println(outer()) })
	try("whole", func() {
		for i := range keeps {
			fmt.Println(i)
		}
		kept(2)
	})
	try("whole after break", func() {
		for i := range keeps {
			fmt.Println(i)
			break
		}
		kept(2)
	})
	try("whole after return", func() {
		func() {
			for range keeps {
				return
			}
		}()
		kept(2)
	})
	try("swallowed", func() {
		for i := range swallows {
			panic(i)
		}
	})
	try("goes on", func() {
		for i := range goesOn {
			panic(i)
		}
	})
	try("nested yield", func() {
		var y func(int) bool
		for i := range func(yield func(int) bool) { y = yield; yield(1) } {
			fmt.Println(i)
			y(2)
		}
	})
	try("fine", func() {
		for i := range bad(3) {
			if i == 1 {
				continue
			}
			fmt.Println(i)
		}
	})
	next, stop := iter.Pull(bad(2))
	fmt.Println(next())
	stop()
	a := [3]int{1, 2, 3}
	for i, v := range &a {
		a[2] = 10
		fmt.Println(i, v)
	}
	for i, v := range a {
		a[2] = 20
		fmt.Println(i, v)
	}
	p := &a
	for i, v := range *p {
		p[2] = 30
		fmt.Println(i, v)
	}
	for i, v := range p {
		p = &[3]int{7, 7, 7}
		a[2] = 5
		fmt.Println(i, v)
	}
	type grid [2][2]int
	g := &grid{{1, 2}, {3, 4}}
	for _, row := range g {
		g[1][1] = 9
		fmt.Println(row)
	}
	defer func() { fmt.Println(recover()) }()
	var np *[3]int
	for i := range np {
		fmt.Println(i)
	}
	for i, v := range np {
		fmt.Println(i, v)
	}
}
