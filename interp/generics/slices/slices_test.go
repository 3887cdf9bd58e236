package slices

import (
	"cmp"
	"fmt"
	"math"
	real "slices"
	"testing"

	"pgregory.net/rapid"
)

// outcome is all a caller can see of a call: results, what became of the whole array it worked on, a panic's text.
type outcome struct{ Results, Array, Panic string }

// observe calls f with its arguments, s copied into an array with some room.
func observe(s, v []int, i, j, room int, f func(s, v []int, i, j int) []any) (o outcome) {
	var array []int
	if s != nil {
		array = append(append(make([]int, 0, len(s)+room), s...), make([]int, room)...)
		s = array[:len(s)]
	}
	defer func() {
		if p := recover(); p != nil {
			o.Panic = fmt.Sprint(p)
		}
		o.Array = fmt.Sprint(array)
	}()
	o.Results = fmt.Sprintf("%#v", f(s, v, i, j))
	return o
}

func parity(a, b int) int      { return a&1 - b&1 }
func sameParity(a, b int) bool { return a&1 == b&1 }
func even(a int) bool          { return a&1 == 0 }

// TestSlices calls our function and the real one alike. Small numbers make equal elements and bad indices common.
func TestSlices(t *testing.T) {
	for _, c := range []struct {
		name       string
		ours, real func(s, v []int, i, j int) []any
	}{
		{"Equal", func(s, v []int, i, j int) []any { return []any{Equal(s, v), EqualFunc(s, v, sameParity)} },
			func(s, v []int, i, j int) []any { return []any{real.Equal(s, v), real.EqualFunc(s, v, sameParity)} }},
		{"Compare", func(s, v []int, i, j int) []any { return []any{Compare(s, v), CompareFunc(s, v, parity)} },
			func(s, v []int, i, j int) []any { return []any{real.Compare(s, v), real.CompareFunc(s, v, parity)} }},
		{"Index", func(s, v []int, i, j int) []any {
			return []any{Index(s, i), IndexFunc(s, even), Contains(s, j), ContainsFunc(s, even)}
		},
			func(s, v []int, i, j int) []any {
				return []any{real.Index(s, i), real.IndexFunc(s, even), real.Contains(s, j), real.ContainsFunc(s, even)}
			}},
		{"Insert", func(s, v []int, i, j int) []any { return []any{Insert(s, i, v...)} },
			func(s, v []int, i, j int) []any { return []any{real.Insert(s, i, v...)} }},
		{"Insert overlapping", func(s, v []int, i, j int) []any { return []any{Insert(s, i, s[j:]...)} },
			func(s, v []int, i, j int) []any { return []any{real.Insert(s, i, s[j:]...)} }},
		{"Replace", func(s, v []int, i, j int) []any { return []any{Replace(s, i, j, v...)} },
			func(s, v []int, i, j int) []any { return []any{real.Replace(s, i, j, v...)} }},
		{"Replace overlapping", func(s, v []int, i, j int) []any { return []any{Replace(s, i, j, s...)} },
			func(s, v []int, i, j int) []any { return []any{real.Replace(s, i, j, s...)} }},
		{"Delete", func(s, v []int, i, j int) []any { return []any{Delete(s, i, j)} },
			func(s, v []int, i, j int) []any { return []any{real.Delete(s, i, j)} }},
		{"DeleteFunc", func(s, v []int, i, j int) []any { return []any{DeleteFunc(s, even)} },
			func(s, v []int, i, j int) []any { return []any{real.DeleteFunc(s, even)} }},
		{"Compact", func(s, v []int, i, j int) []any { return []any{Compact(s)} },
			func(s, v []int, i, j int) []any { return []any{real.Compact(s)} }},
		{"CompactFunc", func(s, v []int, i, j int) []any { return []any{CompactFunc(s, sameParity)} },
			func(s, v []int, i, j int) []any { return []any{real.CompactFunc(s, sameParity)} }},
		{"Clone", func(s, v []int, i, j int) []any { return []any{Clone(s)} },
			func(s, v []int, i, j int) []any { return []any{real.Clone(s)} }},
		{"Grow", func(s, v []int, i, j int) []any { return []any{Grow(s, i), cap(Grow(s, i)) >= len(s)+i} },
			func(s, v []int, i, j int) []any { return []any{real.Grow(s, i), cap(real.Grow(s, i)) >= len(s)+i} }},
		{"Clip", func(s, v []int, i, j int) []any { return []any{Clip(s), cap(Clip(s))} },
			func(s, v []int, i, j int) []any { return []any{real.Clip(s), cap(real.Clip(s))} }},
		{"Reverse", func(s, v []int, i, j int) []any { Reverse(s); return nil },
			func(s, v []int, i, j int) []any { real.Reverse(s); return nil }},
		{"Concat", func(s, v []int, i, j int) []any { return []any{Concat(s, v, s), Concat[[]int]()} },
			func(s, v []int, i, j int) []any { return []any{real.Concat(s, v, s), real.Concat[[]int]()} }},
		{"Repeat", func(s, v []int, i, j int) []any { return []any{Repeat(s, i)} },
			func(s, v []int, i, j int) []any { return []any{real.Repeat(s, i)} }},
		{"Sort", func(s, v []int, i, j int) []any { Sort(s); return nil },
			func(s, v []int, i, j int) []any { real.Sort(s); return nil }},
		{"SortFunc", func(s, v []int, i, j int) []any { SortFunc(s, cmp.Compare[int]); return nil },
			func(s, v []int, i, j int) []any { real.SortFunc(s, cmp.Compare[int]); return nil }},
		{"SortStableFunc", func(s, v []int, i, j int) []any { SortStableFunc(s, parity); return nil },
			func(s, v []int, i, j int) []any { real.SortStableFunc(s, parity); return nil }},
		{"IsSorted", func(s, v []int, i, j int) []any { return []any{IsSorted(v), IsSortedFunc(v, parity)} },
			func(s, v []int, i, j int) []any { return []any{real.IsSorted(v), real.IsSortedFunc(v, parity)} }},
		{"Min", func(s, v []int, i, j int) []any { return []any{Min(s)} },
			func(s, v []int, i, j int) []any { return []any{real.Min(s)} }},
		{"MinFunc", func(s, v []int, i, j int) []any { return []any{MinFunc(s, parity)} },
			func(s, v []int, i, j int) []any { return []any{real.MinFunc(s, parity)} }},
		{"Max", func(s, v []int, i, j int) []any { return []any{Max(s)} },
			func(s, v []int, i, j int) []any { return []any{real.Max(s)} }},
		{"MaxFunc", func(s, v []int, i, j int) []any { return []any{MaxFunc(s, parity)} },
			func(s, v []int, i, j int) []any { return []any{real.MaxFunc(s, parity)} }},
		{"BinarySearch", func(s, v []int, i, j int) []any {
			index, found := BinarySearch(sorted(s), i)
			return []any{index, found}
		},
			func(s, v []int, i, j int) []any {
				index, found := real.BinarySearch(sorted(s), i)
				return []any{index, found}
			}},
		{"BinarySearchFunc", func(s, v []int, i, j int) []any {
			index, found := BinarySearchFunc(sorted(s), i, cmp.Compare[int])
			return []any{index, found}
		},
			func(s, v []int, i, j int) []any {
				index, found := real.BinarySearchFunc(sorted(s), i, cmp.Compare[int])
				return []any{index, found}
			}},
		{"All", func(s, v []int, i, j int) []any { return []any{pairs(All(s), i)} },
			func(s, v []int, i, j int) []any { return []any{pairs(real.All(s), i)} }},
		{"Backward", func(s, v []int, i, j int) []any { return []any{pairs(Backward(s), i)} },
			func(s, v []int, i, j int) []any { return []any{pairs(real.Backward(s), i)} }},
		{"Collect", func(s, v []int, i, j int) []any { return []any{Collect(Values(s))} },
			func(s, v []int, i, j int) []any { return []any{real.Collect(real.Values(s))} }},
		{"AppendSeq", func(s, v []int, i, j int) []any { return []any{AppendSeq(s, Values(v))} },
			func(s, v []int, i, j int) []any { return []any{real.AppendSeq(s, real.Values(v))} }},
		{"Chunk", func(s, v []int, i, j int) []any { return []any{Collect(Chunk(s, j))} },
			func(s, v []int, i, j int) []any { return []any{real.Collect(real.Chunk(s, j))} }},
		{"Sorted", func(s, v []int, i, j int) []any {
			return []any{Sorted(Values(s)), SortedFunc(Values(s), cmp.Compare[int])}
		},
			func(s, v []int, i, j int) []any {
				return []any{real.Sorted(real.Values(s)), real.SortedFunc(real.Values(s), cmp.Compare[int])}
			}},
		{"SortedStableFunc", func(s, v []int, i, j int) []any { return []any{SortedStableFunc(Values(s), parity)} },
			func(s, v []int, i, j int) []any { return []any{real.SortedStableFunc(real.Values(s), parity)} }},
	} {
		t.Run(c.name, func(t *testing.T) {
			rapid.Check(t, func(t *rapid.T) {
				length := rapid.SampledFrom([]int{0, 1, 2, 3, 4, 5, 70}).Draw(t, "length")
				s := rapid.SliceOfN(rapid.IntRange(0, 6), length, length).Draw(t, "s")
				if len(s) == 0 && rapid.Bool().Draw(t, "nil") {
					s = nil
				}
				room := rapid.SampledFrom([]int{100, 1, 0}).Draw(t, "room")
				v := rapid.SliceOfN(rapid.IntRange(0, 6), 0, 5).Draw(t, "v")
				index := rapid.SampledFrom([]int{0, 1, 2, 3, 4, 5, 8, -1})
				i, j := index.Draw(t, "i"), index.Draw(t, "j")
				ours, want := observe(s, v, i, j, room, c.ours), observe(s, v, i, j, room, c.real)
				if ours != want {
					t.Fatalf("%v\nwant %v", ours, want)
				}
			})
		})
	}
}

func sorted(s []int) []int {
	s = real.Clone(s)
	real.Sort(s)
	return s
}

// pairs collects up to n pairs.
func pairs(seq func(func(int, int) bool), n int) (all [][2]int) {
	seq(func(i, v int) bool {
		all = append(all, [2]int{i, v})
		return len(all) < n
	})
	return all
}

func TestFloats(t *testing.T) {
	float := rapid.SampledFrom([]float32{1, 2, float32(math.NaN()), float32(math.Copysign(0, -1)), 0, float32(math.Inf(1))})
	rapid.Check(t, func(t *rapid.T) {
		s := rapid.SliceOfN(float, 1, 20).Draw(t, "s")
		v := float.Draw(t, "v")
		ours, want := real.Clone(s), real.Clone(s)
		Sort(ours)
		real.Sort(want)
		// Zeros of either sign are equal; sorting may leave them in any order.
		if real.CompareFunc(ours, want, cmp.Compare[float32]) != 0 {
			t.Fatalf("sorted %v, want %v", ours, want)
		}
		i, found := BinarySearch(want, v)
		wantI, wantFound := real.BinarySearch(want, v)
		same(t, []any{Max(s), Min(s), IsSorted(s), Compact(real.Clone(s)), Index(s, v), i, found},
			[]any{real.Max(s), real.Min(s), real.IsSorted(s), real.Compact(real.Clone(s)), real.Index(s, v), wantI, wantFound})
	})
}

func same(t *rapid.T, got, want any) {
	if g, w := fmt.Sprint(got), fmt.Sprint(want); g != w {
		t.Fatalf("got %s, want %s", g, w)
	}
}

// TestSortTypes covers what Sort hands to compiled code, and types that only look like it.
func TestSortTypes(t *testing.T) {
	type ID int
	ids := []ID{3, 1, 2}
	Sort(ids)
	words := []string{"b", "c", "a"}
	Sort(words)
	floats := []float64{2, math.NaN(), 1}
	Sort(floats)
	if !real.IsSorted(ids) || !real.IsSorted(words) || !real.IsSorted(floats) {
		t.Error(ids, words, floats)
	}
}

func TestSortKeepsElementsWhenComparePanics(t *testing.T) {
	s := make([]int, 100)
	for i := range s {
		s[i] = i * 37 % 100
	}
	func() {
		defer func() { recover() }()
		calls := 0
		SortFunc(s, func(a, b int) int {
			if calls++; calls > 300 {
				panic("enough")
			}
			return a - b
		})
	}()
	real.Sort(s)
	for i, v := range s {
		if i != v {
			t.Fatalf("element %d became %d", i, v)
		}
	}
}
