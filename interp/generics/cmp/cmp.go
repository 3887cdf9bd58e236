// Package cmp is the source of package cmp's generics.
package cmp

import "cmp"

// Less reports whether x comes before y; NaN comes before every number.
func Less[T cmp.Ordered](x, y T) bool {
	return x < y || x != x && y == y
}

// Compare is -1, 0 or +1 as x comes before, with or after y; NaN comes before every number and with NaN.
func Compare[T cmp.Ordered](x, y T) int {
	switch {
	case x < y:
		return -1
	case x > y:
		return 1
	case x == y:
		return 0
	}
	// One is NaN at least.
	switch {
	case y == y:
		return -1
	case x == x:
		return 1
	}
	return 0
}

// Or is the first of vals that is not zero, or zero.
func Or[T comparable](vals ...T) T {
	var zero T
	for _, v := range vals {
		if v != zero {
			return v
		}
	}
	return zero
}
