// Package fft computes discrete Fourier transforms: Stockham's self-sorting algorithm (Cochran et al. 1967) with radices
// 2 to 5 over eight transforms side by side, so that every step works on whole vectors. Few long transforms are cut into
// many short ones (Bailey 1990), and sizes with larger prime factors become convolutions (Bluestein 1970).
package fft

import "github.com/gophergrad/gophergrad/tensor/internal/cpu"

// Float is the type of the parts of complex numbers, which lie interleaved.
type Float interface{ float32 | float64 }

// lanes is how many transforms are computed side by side.
const lanes = 8

// Transform sets dst to the transforms of src along the middle one of three dimensions, outer×n×inner complex numbers
// in row-major order. The exponent is negative, for inverse positive; nothing is scaled. dst may be src. It returns
// early, unfinished, while [cpu.Interrupted] is set.
func Transform[F Float](dst, src []F, outer, n, inner int, inverse bool) {
	switch {
	case n == 0 || outer*inner == 0:
	case n == 1:
		copy(dst, src)
	case planOf[F](n) == nil:
		bluestein(dst, src, outer, n, inner, inverse)
	case inner == 1 && outer < lanes/2 && n >= longest/8:
		for i := range outer {
			long(dst[2*i*n:2*(i+1)*n], src[2*i*n:2*(i+1)*n], n, inverse)
		}
	case inner == 1:
		transformRows(dst, src, outer, n, inverse)
	default:
		transformColumns(dst, src, outer, n, inner, inverse)
	}
}

// longest is the size from which a single transform is cut into short ones.
const longest = 4096

// grain is the number of elements below which work is not shared out.
const grain = 1 << 13

// strip is the working memory of lanes transforms of size n side by side: element j of transform l is at j·lanes + l.
type strip[F Float] struct {
	re, im, re2, im2 []F
	all              []F
}

func newStrip[F Float](n int) *strip[F] {
	all := stripsOf[F]().Get(4 * n * lanes)
	size := n * lanes
	return &strip[F]{all[:size], all[size : 2*size], all[2*size : 3*size], all[3*size : 4*size], all}
}

func (s *strip[F]) free() { stripsOf[F]().Put(s.all) }

// spare is memory for interleaved numbers, free between passes.
func (s *strip[F]) spare() []F { return s.all[2*len(s.re):] }

// swap makes the transform that follows an inverse one, or its result.
func (s *strip[F]) swap() { s.re, s.im = s.im, s.re }

// run transforms re and im.
func (s *strip[F]) run(p *plan[F]) {
	from, to := [2][]F{s.re, s.im}, [2][]F{s.re2, s.im2}
	for _, step := range p.steps {
		step.run(to[0], to[1], from[0], from[1], step.m, step.s, step.twiddles)
		from, to = to, from
	}
	s.re, s.im, s.re2, s.im2 = from[0], from[1], to[0], to[1]
	if len(p.steps)%2 == 1 { // spare lies behind: bring the result to the front
		copy(s.re2, s.re)
		copy(s.im2, s.im)
		s.re, s.im, s.re2, s.im2 = s.re2, s.im2, s.re, s.im
	}
}

// loadRows takes w ≤ lanes transforms that lie one behind the other.
func (s *strip[F]) loadRows(src []F, n, w int) {
	z := s.spare()
	if w < lanes {
		clear(z)
	}
	transposePairs(z, lanes, src, n, w, n)
	split(s.re, s.im, z)
}

func (s *strip[F]) storeRows(dst []F, n, w int) {
	z := s.spare()
	join(z, s.re, s.im)
	transposePairs(dst, n, z, lanes, n, w)
}

// loadColumns takes w ≤ lanes neighbouring transforms, whose elements are apart numbers apart.
func (s *strip[F]) loadColumns(src []F, n, w, apart int) {
	z := s.spare()
	if w < lanes {
		clear(z)
	}
	for j := range n {
		copy(z[2*j*lanes:][:2*w], src[2*j*apart:])
	}
	split(s.re, s.im, z)
}

func (s *strip[F]) storeColumns(dst []F, n, w, apart int) {
	z := s.spare()
	join(z, s.re, s.im)
	for j := range n {
		copy(dst[2*j*apart:][:2*w], z[2*j*lanes:])
	}
}

func transformRows[F Float](dst, src []F, rows, n int, inverse bool) {
	p := planOf[F](n)
	inParallel((rows+lanes-1)/lanes, n*lanes, func(i int) {
		w := min(lanes, rows-i*lanes)
		s := newStrip[F](n)
		defer s.free()
		s.loadRows(src[2*i*lanes*n:], n, w)
		s.transform(p, inverse)
		s.storeRows(dst[2*i*lanes*n:], n, w)
	})
}

func (s *strip[F]) transform(p *plan[F], inverse bool) {
	if inverse {
		s.swap()
	}
	s.run(p)
	if inverse {
		s.swap()
	}
}

func transformColumns[F Float](dst, src []F, outer, n, inner int, inverse bool) {
	p, strips := planOf[F](n), (inner+lanes-1)/lanes
	inParallel(outer*strips, n*lanes, func(i int) {
		first := i % strips * lanes
		w, at := min(lanes, inner-first), 2*(i/strips*n*inner+first)
		s := newStrip[F](n)
		defer s.free()
		s.loadColumns(src[at:], n, w, inner)
		s.transform(p, inverse)
		s.storeColumns(dst[at:], n, w, inner)
	})
}

// inParallel calls f for 0 to n-1, each of which handles so many elements.
func inParallel(n, elements int, f func(i int)) {
	cpu.Parallel(n, grain/elements+1, func(lo, hi int) {
		for i := lo; i < hi && !cpu.Interrupted.Load(); i++ {
			f(i)
		}
	})
}
