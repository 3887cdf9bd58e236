package fft

import "github.com/gophergrad/gophergrad/tensor/internal/cpu"

// Real sets dst to the first elements, keep of n, of the transforms of real numbers along the middle one of three
// dimensions; those after n/2 are conjugates of those before. It reports whether it did: not for sizes that are better served by [Transform].
func Real[F Float](dst, src []F, outer, n, inner, keep int) bool {
	few := inner == 1 && outer < lanes/2 && n >= longest/8
	if n < 2 || outer*inner == 0 || few || planOf[F](n) == nil {
		return false
	}
	p := planOf[F](n)
	width := 2 * lanes // of a strip: two real numbers make a complex one
	if inner == 1 {
		inParallel((outer+width-1)/width, n*width, func(i int) {
			s := newStrip[F](n)
			defer s.free()
			for part, to := range [][]F{s.re, s.im} {
				first := i*width + part*lanes
				w := min(lanes, outer-first)
				if w < lanes {
					clear(to)
				}
				if w > 0 {
					cpu.Transpose(to, lanes, src[first*n:], n, w, n)
				}
			}
			s.run(p)
			for part := range 2 {
				first := i*width + part*lanes
				if w := min(lanes, outer-first); w > 0 {
					transposePairs(dst[2*first*keep:], keep, s.partOf(part), lanes, keep, w)
				}
			}
		})
		return true
	}
	strips := (inner + width - 1) / width
	inParallel(outer*strips, n*width, func(i int) {
		o, column := i/strips, i%strips*width
		s := newStrip[F](n)
		defer s.free()
		for part, to := range [][]F{s.re, s.im} {
			first := column + part*lanes
			w := min(lanes, inner-first)
			if w < lanes {
				clear(to)
			}
			for j := 0; j < n && w > 0; j++ {
				copy(to[j*lanes:][:w], src[(o*n+j)*inner+first:])
			}
		}
		s.run(p)
		for part := range 2 {
			first := column + part*lanes
			w := min(lanes, inner-first)
			if w <= 0 {
				break
			}
			z := s.partOf(part)
			for k := range keep {
				copy(dst[2*((o*keep+k)*inner+first):][:2*w], z[2*k*lanes:])
			}
		}
	})
	return true
}

// partOf returns the transforms of the real numbers that went into re (part 0) or im (part 1): the transform's even or odd part.
func (s *strip[F]) partOf(part int) []F {
	p, q := s.re, s.im
	if part == 1 {
		p, q = q, p
	}
	z := s.spare()
	for l := range lanes {
		z[2*l], z[2*l+1] = p[l], 0
	}
	halvesOf[F]()[part](z, p, q, len(p)/lanes)
	return z
}
