// Package slices is the source of package slices's generics.
package slices

import "cmp"

// Equal reports whether s1 and s2 have equal elements in the same order.
func Equal[S ~[]E, E comparable](s1, s2 S) bool {
	if len(s1) != len(s2) {
		return false
	}
	for i, v := range s1 {
		if v != s2[i] {
			return false
		}
	}
	return true
}

// EqualFunc is Equal with elements compared by eq.
func EqualFunc[S1 ~[]E1, S2 ~[]E2, E1, E2 any](s1 S1, s2 S2, eq func(E1, E2) bool) bool {
	if len(s1) != len(s2) {
		return false
	}
	for i, v := range s1 {
		if !eq(v, s2[i]) {
			return false
		}
	}
	return true
}

// Compare is the order of the first elements that differ; where one slice ends first, it comes first.
func Compare[S ~[]E, E cmp.Ordered](s1, s2 S) int {
	for i := 0; i < len(s1) && i < len(s2); i++ {
		if order := cmp.Compare(s1[i], s2[i]); order != 0 {
			return order
		}
	}
	return cmp.Compare(len(s1), len(s2))
}

// CompareFunc is Compare with elements compared by compare.
func CompareFunc[S1 ~[]E1, S2 ~[]E2, E1, E2 any](s1 S1, s2 S2, compare func(E1, E2) int) int {
	for i := 0; i < len(s1) && i < len(s2); i++ {
		if order := compare(s1[i], s2[i]); order != 0 {
			return order
		}
	}
	return cmp.Compare(len(s1), len(s2))
}

// Index is the first index of v in s, -1 if there is none.
func Index[S ~[]E, E comparable](s S, v E) int {
	for i := 0; i < len(s); i++ {
		if s[i] == v {
			return i
		}
	}
	return -1
}

// IndexFunc is the first index for whose element f holds, -1 if there is none.
func IndexFunc[S ~[]E, E any](s S, f func(E) bool) int {
	for i := 0; i < len(s); i++ {
		if f(s[i]) {
			return i
		}
	}
	return -1
}

// Contains reports whether v is in s.
func Contains[S ~[]E, E comparable](s S, v E) bool { return Index(s, v) >= 0 }

// ContainsFunc reports whether f holds for an element of s.
func ContainsFunc[S ~[]E, E any](s S, f func(E) bool) bool { return IndexFunc(s, f) >= 0 }

// Insert puts v before s[i]. It reuses s's array where that has room.
func Insert[S ~[]E, E any](s S, i int, v ...E) S {
	_ = s[i:]
	return splice(s, i, i, v)
}

// Replace puts v in place of s[i:j]. It reuses s's array where that has room.
func Replace[S ~[]E, E any](s S, i, j int, v ...E) S {
	_, _ = s[i:j], s[j:]
	return splice(s, i, j, v)
}

// Delete takes s[i:j] out of s's array and clears what is left over.
func Delete[S ~[]E, E any](s S, i, j int) S {
	_ = s[i:j:len(s)]
	return splice(s, i, j, nil)
}

// splice puts v in place of s[i:j], in s's array if it has room, and clears what is left over. v may overlap s.
func splice[S ~[]E, E any](s S, i, j int, v []E) S {
	if i == j && len(v) == 0 {
		return s
	}
	n := len(s) - (j - i) + len(v)
	if n > cap(s) {
		grown := append(s[:i], make([]E, n-i)...) // in a new array, which has room for more
		copy(grown[i:], v)
		copy(grown[i+len(v):], s[j:])
		return grown
	}
	v = append([]E(nil), v...)
	spliced := s[:n]
	copy(spliced[i+len(v):], s[j:])
	copy(spliced[i:], v)
	zero(s, n)
	return spliced
}

// zero clears s from index n on.
func zero[S ~[]E, E any](s S, n int) {
	var none E
	for ; n < len(s); n++ {
		s[n] = none
	}
}

// DeleteFunc takes the elements for which del holds out of s's array and clears what is left over.
func DeleteFunc[S ~[]E, E any](s S, del func(E) bool) S {
	n := 0
	for _, v := range s {
		if !del(v) {
			s[n] = v
			n++
		}
	}
	zero(s, n)
	return s[:n]
}

// Compact keeps one of each run of equal elements and clears what is left over.
func Compact[S ~[]E, E comparable](s S) S {
	n := 0
	for i, v := range s {
		if i == 0 || v != s[n-1] {
			s[n] = v
			n++
		}
	}
	zero(s, n)
	return s[:n]
}

// CompactFunc is Compact with elements compared by eq; it keeps the first of each run.
func CompactFunc[S ~[]E, E any](s S, eq func(E, E) bool) S {
	n := 0
	for i, v := range s {
		if i == 0 || !eq(s[n-1], v) {
			s[n] = v
			n++
		}
	}
	zero(s, n)
	return s[:n]
}

// Clone copies the elements of s. The clone of nil is nil.
func Clone[S ~[]E, E any](s S) S {
	if s == nil {
		return nil
	}
	return append(S{}, s...)
}

// Grow makes room for n more elements.
func Grow[S ~[]E, E any](s S, n int) S {
	if n < 0 {
		panic("cannot be negative")
	}
	if cap(s)-len(s) >= n {
		return s
	}
	return append(s, make([]E, n)...)[:len(s)]
}

// Clip drops the room that s does not use.
func Clip[S ~[]E, E any](s S) S { return s[:len(s):len(s)] }

// Reverse turns the order of the elements around.
func Reverse[S ~[]E, E any](s S) {
	for i, j := 0, len(s)-1; i < j; i, j = i+1, j-1 {
		s[i], s[j] = s[j], s[i]
	}
}

// Concat joins slices into a new one.
func Concat[S ~[]E, E any](slices ...S) S {
	n := 0
	for _, s := range slices {
		n += len(s)
	}
	joined := Grow[S](nil, n)
	for _, s := range slices {
		joined = append(joined, s...)
	}
	return joined
}

// Repeat joins count copies of x into a new slice.
func Repeat[S ~[]E, E any](x S, count int) S {
	if count < 0 {
		panic("cannot be negative")
	}
	if len(x) > 0 && count > int(^uint(0)>>1)/len(x) {
		panic("the result of (len(x) * count) overflows")
	}
	repeated := make(S, 0, len(x)*count)
	for i := 0; i < count && len(x) > 0; i++ {
		repeated = append(repeated, x...)
	}
	return repeated
}
