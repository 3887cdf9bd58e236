// Zeros keep their sign on every way into a function.
package main

import "fmt"

type V struct{ X, Y float64 }

func (v V) inv() (float64, float64) { return 1 / v.X, 1 / v.Y }

type F float32

func (f F) inv() F { return 1 / f }

func apply(g func(float64) float64, x float64) float64 { return g(x) }

func two(x, y float64) (float64, float64) { return y, x }
func one(v V) V                           { return v }
func arr(a [2]float32) float32            { return 1 / a[1] }
func vari(x ...float64) float64           { return 1 / x[0] }
func cx(c complex128) float64             { return 1 / imag(c) }
func gen[T ~float64 | ~float32](x T) T    { return 1 / x }
func anyf(x any) float64                  { return 1 / x.(float64) }

type I interface{ inv() F }

func main() {
	var zero float64
	nz := -zero * 1
	nz = -1 / (1 / zero)
	f := func(x float64) float64 { return 1 / x }
	fmt.Println(f(nz))
	fmt.Println(apply(f, nz))
	fmt.Println(apply(func(x float64) float64 { return 1 / x }, nz))
	a, b := two(nz, 1)
	fmt.Println(1/a, 1/b)
	v := V{nz, nz}
	fmt.Println(v.inv())
	w := one(v)
	fmt.Println(w.inv())
	fmt.Println(F(nz).inv())
	fmt.Println(arr([2]float32{0, float32(nz)}))
	fmt.Println(vari(nz))
	fmt.Println(cx(complex(0, nz)))
	fmt.Println(gen(nz), gen(F(nz)))
	fmt.Println(anyf(nz))
	var i I = F(nz)
	fmt.Println(i.inv())
	defer func(x float64) { fmt.Println(1 / x) }(nz)
	func(x float64) { fmt.Println(1 / x) }(nz)
	g := v.inv
	fmt.Println(g())
	h := V.inv
	fmt.Println(h(v))
	done := make(chan bool)
	go func(x float64) { fmt.Println(1 / x); done <- true }(nz)
	<-done
	s := []V{{nz, nz}}
	for _, e := range s {
		fmt.Println(e.inv())
	}
	m := map[float64]int{nz: 1}
	for k := range m {
		fmt.Println(1 / k)
	}
	p := &v
	q := *p
	fmt.Println(1/q.X, 1/p.X)
}
