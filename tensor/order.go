package tensor

import (
	"math"
	"slices"
	"sync"
)

// Sorting by radix: elements become unsigned keys in their order, nan last, which
// are distributed by one byte after the other (LSD radix sort). It is stable and
// takes time in proportion to the length.

// entry is a key and where its element was.
type entry struct {
	key uint64
	pos int64
}

// sortBuffers lends the two lists that sorting moves entries between.
var sortBuffers = sync.Pool{New: func() any { return new([2][]entry) }}

// sortPositions fills pos with the positions of the row's elements in their order;
// equal ones keep theirs. It ends early when interrupted.
func sortPositions[C compute](pos []int64, row []C, descending bool) {
	buffers := sortBuffers.Get().(*[2][]entry)
	defer sortBuffers.Put(buffers)
	for i := range buffers {
		buffers[i] = slices.Grow(buffers[i][:0], len(row))[:len(row)]
	}
	list, other := buffers[0], buffers[1]
	size := sortKeys(list, row, descending)
	if len(list) < 48 { // insertion
		for i := range list {
			e, j := list[i], i
			for ; j > 0 && list[j-1].key > e.key; j-- {
				list[j] = list[j-1]
			}
			list[j] = e
		}
		size = 0
	}
	var counts [8][256]int32
	for _, e := range list {
		for b := range size {
			counts[b][uint8(e.key>>(8*b))]++
		}
	}
	for b := range size {
		count := &counts[b]
		if int(count[uint8(list[0].key>>(8*b))]) == len(list) {
			continue // all have the same byte
		}
		sum := int32(0)
		for i, n := range count {
			count[i] = sum
			sum += n
		}
		for part := range slices.Chunk(list, 1<<20) {
			if interrupted.Load() {
				return
			}
			for _, e := range part {
				at := &count[uint8(e.key>>(8*b))]
				other[*at] = e
				*at++
			}
		}
		list, other = other, list
	}
	for i, e := range list {
		pos[i] = e.pos
	}
}

// withEntries calls f with the entries of a row.
func withEntries[C compute](row []C, descending bool, f func(list []entry)) {
	buffers := sortBuffers.Get().(*[2][]entry)
	defer sortBuffers.Put(buffers)
	buffers[0] = slices.Grow(buffers[0][:0], len(row))[:len(row)]
	sortKeys(buffers[0], row, descending)
	f(buffers[0])
}

// sortKeys makes the entries of a row and returns how many bytes keys have.
func sortKeys[C compute](list []entry, row []C, descending bool) (size int) {
	size = 8
	switch row := any(row).(type) {
	case []float32:
		for i, x := range row {
			bits := math.Float32bits(x + 0) // -0 is 0
			key := bits ^ (uint32(int32(bits)>>31) | 1<<31)
			if x != x {
				key = math.MaxUint32
			}
			list[i] = entry{uint64(key), int64(i)}
		}
		size = 4
	case []float64:
		for i, x := range row {
			bits := math.Float64bits(x + 0)
			key := bits ^ (uint64(int64(bits)>>63) | 1<<63)
			if x != x {
				key = math.MaxUint64
			}
			list[i] = entry{key, int64(i)}
		}
	case []int64:
		for i, x := range row {
			list[i] = entry{uint64(x) ^ 1<<63, int64(i)}
		}
	}
	if descending {
		for i := range list {
			list[i].key = ^list[i].key & (1<<(8*size-1)<<1 - 1)
		}
	}
	return size
}
