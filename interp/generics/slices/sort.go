package slices

import (
	"cmp"
	"sort"
)

// Sort sorts x, NaN first.
func Sort[S ~[]E, E cmp.Ordered](x S) {
	switch x := any([]E(x)).(type) { // compiled where it can be
	case []int:
		sort.Ints(x)
		return
	case []float64:
		sort.Float64s(x)
		return
	case []string:
		sort.Strings(x)
		return
	}
	numbers := 0
	for i, v := range x {
		if v != v {
			x[i], x[numbers] = x[numbers], v
			numbers++
		}
	}
	mergeSort(x[numbers:], make(S, len(x)-numbers), func(a, b E) bool { return a < b })
}

// SortFunc sorts x by compare. Ours is stable.
func SortFunc[S ~[]E, E any](x S, compare func(a, b E) int) { SortStableFunc(x, compare) }

// SortStableFunc sorts x by compare and leaves elements that compare equal in their order.
func SortStableFunc[S ~[]E, E any](x S, compare func(a, b E) int) {
	mergeSort(x, make(S, len(x)), func(a, b E) bool { return compare(a, b) < 0 })
}

// mergeSort sorts x, stably, with space of the same length. Should less panic, x still has all its elements.
func mergeSort[S ~[]E, E any](x, space S, less func(a, b E) bool) {
	if len(x) <= 8 {
		for i := 1; i < len(x); i++ {
			for j := i; j > 0 && less(x[j], x[j-1]); j-- {
				x[j], x[j-1] = x[j-1], x[j]
			}
		}
		return
	}
	half := len(x) / 2
	mergeSort(x[:half], space[:half], less)
	mergeSort(x[half:], space[half:], less)
	if !less(x[half], x[half-1]) {
		return
	}
	left, right := x[:half], x[half:]
	for i := range space {
		if len(left) == 0 || len(right) > 0 && less(right[0], left[0]) {
			space[i], right = right[0], right[1:]
		} else {
			space[i], left = left[0], left[1:]
		}
	}
	copy(x, space)
}

// IsSorted reports whether x is sorted, NaN first.
func IsSorted[S ~[]E, E cmp.Ordered](x S) bool {
	for i := 1; i < len(x); i++ {
		if cmp.Less(x[i], x[i-1]) {
			return false
		}
	}
	return true
}

// IsSortedFunc reports whether x is sorted by compare.
func IsSortedFunc[S ~[]E, E any](x S, compare func(a, b E) int) bool {
	for i := 1; i < len(x); i++ {
		if compare(x[i], x[i-1]) < 0 {
			return false
		}
	}
	return true
}

// Min is the least element; NaN if there is one. It panics if x is empty.
func Min[S ~[]E, E cmp.Ordered](x S) E {
	if len(x) == 0 {
		panic("slices.Min: empty list")
	}
	least := x[0]
	for i := 1; i < len(x); i++ {
		least = min(least, x[i]) // the builtin knows NaN and -0
	}
	return least
}

// MinFunc is the first of the least elements by compare. It panics if x is empty.
func MinFunc[S ~[]E, E any](x S, compare func(a, b E) int) E {
	if len(x) == 0 {
		panic("slices.MinFunc: empty list")
	}
	least := x[0]
	for i := 1; i < len(x); i++ {
		if compare(x[i], least) < 0 {
			least = x[i]
		}
	}
	return least
}

// Max is the greatest element; NaN if there is one. It panics if x is empty.
func Max[S ~[]E, E cmp.Ordered](x S) E {
	if len(x) == 0 {
		panic("slices.Max: empty list")
	}
	greatest := x[0]
	for i := 1; i < len(x); i++ {
		greatest = max(greatest, x[i]) // the builtin knows NaN and -0
	}
	return greatest
}

// MaxFunc is the first of the greatest elements by compare. It panics if x is empty.
func MaxFunc[S ~[]E, E any](x S, compare func(a, b E) int) E {
	if len(x) == 0 {
		panic("slices.MaxFunc: empty list")
	}
	greatest := x[0]
	for i := 1; i < len(x); i++ {
		if compare(x[i], greatest) > 0 {
			greatest = x[i]
		}
	}
	return greatest
}

// BinarySearch is where target is in the sorted x or would be inserted, and whether it is there.
func BinarySearch[S ~[]E, E cmp.Ordered](x S, target E) (int, bool) {
	return BinarySearchFunc(x, target, cmp.Compare[E])
}

// BinarySearchFunc is BinarySearch in an x sorted by compare.
func BinarySearchFunc[S ~[]E, E, T any](x S, target T, compare func(E, T) int) (int, bool) {
	low, high := 0, len(x)
	for low < high {
		middle := low + (high-low)/2
		if compare(x[middle], target) < 0 {
			low = middle + 1
		} else {
			high = middle
		}
	}
	return low, low < len(x) && compare(x[low], target) == 0
}
