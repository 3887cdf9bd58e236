package main

import "fmt"

func F[A any](a A) any {
	type T struct{ x A }
	t := T{a}
	var ts []T
	ts = append(ts, t)
	return ts[0]
}

func Pairs[K comparable, V any](m map[K]V) int {
	type pair struct {
		k K
		v V
	}
	type list []pair
	var ps list
	for k, v := range m {
		ps = append(ps, pair{k, v})
	}
	return len(ps)
}

func main() {
	fmt.Println(F(1), F("s"), F(1) == F(1), F(1) == F(2), F[any](1) == F(1))
	fmt.Printf("%T %v\n", F(1), Pairs(map[string]int{"a": 1}))
	_, ok := F(1).(fmt.Stringer)
	fmt.Println(ok)
}
