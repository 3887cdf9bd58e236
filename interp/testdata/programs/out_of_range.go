package main

import "fmt"

func try(name string, f func()) {
	defer func() { fmt.Println(name, recover()) }()
	f()
}

type T struct{ xs []int }

func (t *T) get(i int) int { return t.xs[i] }

var glob = []string{"a"}

func at(xs []int, i, j int) []int { return xs[i:j] }

type Tree []Tree

func main() {
	xs := []int{1, 2, 3}
	n := 7
	arr := [4]int{}
	s := "hello"
	try("slice", func() { fmt.Println(xs[n]) })
	try("const", func() { fmt.Println(xs[5]) })
	try("neg", func() { k := -1; fmt.Println(xs[k]) })
	try("array", func() { fmt.Println(arr[n]) })
	try("parr", func() { p := &arr; fmt.Println(p[n]) })
	try("string", func() { fmt.Println(s[n]) })
	try("set", func() { xs[n] = 1 })
	try("op", func() { xs[n] += 1 })
	try("inc", func() { xs[n]++ })
	try("glob", func() { fmt.Println(glob[n-3]) })
	try("field", func() { t := &T{xs}; fmt.Println(t.get(3)) })
	try("expr", func() { fmt.Println(xs[0], xs[n*2-1]) })
	try("nested", func() { m := [][]int{{1}, {2, 3}}; fmt.Println(m[1][2]) })
	try("nested2", func() { m := [][]int{{1}, {2, 3}}; fmt.Println(m[2][2]) })
	try("idx of idx", func() { fmt.Println(xs[xs[2]]) })
	try("call", func() { f := func() int { return 9 }; fmt.Println(xs[f()]) })
	try("loop", func() {
		for i := range 10 {
			xs[i] = i
		}
	})
	try("sl1", func() { fmt.Println(xs[n:]) })
	try("sl2", func() { fmt.Println(xs[:n]) })
	try("sl3", func() { fmt.Println(at(xs, 2, 1)) })
	try("sl4", func() { fmt.Println(xs[1:n]) })
	try("sl5", func() { fmt.Println(xs[0:2:n]) })
	try("sl6", func() { fmt.Println(xs[0:n:2]) })
	try("sl7", func() { k := 3; fmt.Println(xs[k:2:2]) })
	try("str", func() { fmt.Println(s[n:]) })
	try("str2", func() { fmt.Println(s[:n]) })
	try("str3", func() { k := 3; fmt.Println(s[k:2]) })
	try("arrs", func() { fmt.Println(arr[:n]) })
	try("neg2", func() { k := -2; fmt.Println(xs[k:]) })
	try("cap", func() { ys := make([]int, 2, 4); fmt.Println(ys[:3], ys[3]) })
	try("u8", func() { var k uint8 = 200; fmt.Println(xs[k]) })
	try("conv", func() { fmt.Println([4]int(xs)) })
	try("tree", func() { t := Tree{nil}; fmt.Println(t[0][n]) })
	try("empty", func() { var e []int; fmt.Println(e[0]) })
	try("swap", func() { xs[0], xs[n] = xs[n], xs[0] })
	try("make", func() { k := -1; fmt.Println(make([]int, k)) })
	try("makechan", func() { k := -1; fmt.Println(make(chan int, k)) })
	try("append", func() { xs = append(xs[:n], xs[1:]...) })
	func() {
		defer func() {
			fmt.Println(recover())
			defer func() { fmt.Println(recover()) }()
			_ = glob[4]
		}()
		_ = arr[n]
	}()
	err := func() (err error) {
		defer func() { err = recover().(error) }()
		return fmt.Errorf("%d", xs[n])
	}()
	fmt.Println(err)
	fmt.Println(oneLine(n))
}

func oneLine(n int) (err error) {
	defer func() { err = recover().(error) }()
	var e []int
	return fmt.Errorf("%d", e[n])
}
