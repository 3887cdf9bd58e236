package tensor

import "math/bits"

// Selecting with the algorithms of C++'s standard library, which PyTorch uses: they are not stable, and which of equal
// elements they find first depends on every step. Introsort and introselect are Musser's (1997), heaps Williams's (1964).

// smallest is how long a range is that is left to insertion.
const smallest = 16

// topEntries puts the k entries of the smallest keys first, in order.
func topEntries(list []entry, k int) {
	switch {
	case k == 0:
	case 64*k <= len(list):
		heapSelect(list, k)
		heapSort(list[:k])
	default:
		selectEntry(list, k-1)
		sortEntries(list[:k-1])
	}
}

// sortEntries sorts by keys.
func sortEntries(list []entry) {
	introsort(list, 2*(bits.Len(uint(len(list)))-1))
	insertionSort(list)
}

// introsort sorts but for ranges up to smallest; depth is how often it may still split before it takes to a heap.
func introsort(list []entry, depth int) {
	for len(list) > smallest {
		if depth == 0 {
			heapSelect(list, len(list))
			heapSort(list)
			return
		}
		depth--
		cut := partition(list)
		introsort(list[cut:], depth)
		list = list[:cut]
	}
}

func insertionSort(list []entry) {
	for i, e := range list {
		for ; i > 0 && e.key < list[i-1].key; i-- {
			list[i] = list[i-1]
		}
		list[i] = e
	}
}

// selectEntry moves the entry that sorting would put at n there, smaller ones before and larger ones behind it.
func selectEntry(list []entry, n int) {
	for depth := 2 * (bits.Len(uint(len(list))) - 1); len(list) > 3; depth-- {
		if depth == 0 {
			heapSelect(list, n+1)
			list[0], list[n] = list[n], list[0]
			return
		}
		if cut := partition(list); cut <= n {
			list, n = list[cut:], n-cut
		} else {
			list = list[:cut]
		}
	}
	insertionSort(list)
}

// partition splits a list around the median of three entries and returns where the second part begins.
func partition(list []entry) int {
	less := func(i, j int) bool { return list[i].key < list[j].key }
	a, b, c := 1, len(list)/2, len(list)-1
	if !less(a, b) {
		a, b = b, a
	}
	median := b
	switch {
	case less(b, c):
	case less(a, c):
		median = c
	default:
		median = a
	}
	list[0], list[median] = list[median], list[0]
	for i, j := 1, len(list); ; i++ {
		for less(i, 0) {
			i++
		}
		for j--; less(0, j); j-- {
		}
		if i >= j {
			return i
		}
		list[i], list[j] = list[j], list[i]
	}
}

// heapSelect makes a heap of the k smallest entries, the largest of them first.
func heapSelect(list []entry, k int) {
	heap := list[:k]
	for i := k/2 - 1; i >= 0; i-- {
		sink(heap, i, heap[i])
	}
	for i := k; i < len(list); i++ {
		if e := list[i]; e.key < heap[0].key {
			list[i] = heap[0]
			sink(heap, 0, e)
		}
	}
}

// heapSort sorts what is a heap.
func heapSort(heap []entry) {
	for n := len(heap) - 1; n > 0; n-- {
		e := heap[n]
		heap[n] = heap[0]
		sink(heap[:n], 0, e)
	}
}

// sink puts e into a heap that has a hole: the hole goes to the bottom, and e up from there.
func sink(heap []entry, hole int, e entry) {
	top := hole
	for child := 2*hole + 2; child <= len(heap); child = 2*hole + 2 {
		if child == len(heap) || heap[child].key < heap[child-1].key {
			child--
		}
		heap[hole] = heap[child]
		hole = child
	}
	for hole > top {
		parent := (hole - 1) / 2
		if heap[parent].key >= e.key {
			break
		}
		heap[hole] = heap[parent]
		hole = parent
	}
	heap[hole] = e
}
