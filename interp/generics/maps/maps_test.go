package maps

import (
	real "maps"
	"reflect"
	"slices"
	"testing"

	"pgregory.net/rapid"
)

func sum(a, b int) bool { return (a+b)&1 == 0 }

// TestMaps does with our functions and the real ones the same, in turn, to two maps.
func TestMaps(t *testing.T) {
	maps := rapid.MapOf(rapid.IntRange(0, 5), rapid.IntRange(0, 1))
	rapid.Check(t, func(t *rapid.T) {
		a, b := maps.Draw(t, "a"), maps.Draw(t, "b")
		if rapid.Bool().Draw(t, "nil") {
			b = nil
		}
		check := func(name string, got, want any) {
			if !reflect.DeepEqual(got, want) {
				t.Fatalf("%s: %v, want %v", name, got, want)
			}
		}
		check("Equal", Equal(a, b), real.Equal(a, b))
		check("EqualFunc", EqualFunc(a, b, sum), real.EqualFunc(a, b, sum))
		check("Clone", Clone(b), real.Clone(b))
		check("Keys", slices.Sorted(Keys(a)), slices.Sorted(real.Keys(a)))
		check("Values", slices.Sorted(Values(a)), slices.Sorted(real.Values(a)))
		check("Collect", Collect(All(b)), real.Collect(real.All(b)))
		ours, want := Clone(a), real.Clone(a)
		Copy(ours, b)
		real.Copy(want, b)
		check("Copy", ours, want)
		DeleteFunc(ours, sum)
		real.DeleteFunc(want, sum)
		check("DeleteFunc", ours, want)
		Insert(ours, All(a))
		real.Insert(want, real.All(a))
		check("Insert", ours, want)
	})
}

func TestIteratorsStop(t *testing.T) {
	m := map[int]int{1: 1, 2: 2, 3: 3}
	calls := 0
	All(m)(func(int, int) bool { calls++; return false })
	Keys(m)(func(int) bool { calls++; return false })
	Values(m)(func(int) bool { calls++; return false })
	if calls != 3 {
		t.Errorf("%d calls of three yields that want no more", calls)
	}
}
