package main

import "fmt"

func a(cs []chan int) int {
	n := 0
	for _, c := range cs {
		n += cap(c)
	}
	return n
}
func b(cs []chan int) int {
	n := 0
	for i := range cs {
		n += cap(cs[i])
	}
	return n
}
func c(cs []chan int) int {
	n := 0
	for _, c := range cs {
		v := <-c
		n += v
	}
	return n
}
func try(f func()) {
	defer func() {
		if r := recover(); r != nil {
			fmt.Println(r)
		}
	}()
	f()
}
func gen2(i int) chan int { c := make(chan int, 1); c <- i; return c }

func main() {
	cs := []chan int{gen2(1), gen2(2)}
	try(func() { fmt.Println(a(cs)) })
	try(func() { fmt.Println(b(cs)) })
	try(func() { fmt.Println(c(cs)) })
}
