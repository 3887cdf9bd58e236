package fft

import "github.com/gophergrad/gophergrad/tensor/internal/cpu"

// Real sets dst to the first n/2+1 elements of the transforms of real numbers along the middle one of three dimensions;
// the others are their conjugates. It reports whether it did: not for sizes that are better served by [Transform].
func Real[F Float](dst, src []F, outer, n, inner int) bool {
	few := inner == 1 && outer < lanes/2 && n >= longest/8
	if n < 2 || outer*inner == 0 || few || planOf[F](n) == nil {
		return false
	}
	p, half := planOf[F](n), n/2+1
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
					transposePairs(dst[2*first*half:], half, s.halfOf(part), lanes, half, w)
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
			z := s.halfOf(part)
			for k := range half {
				copy(dst[2*((o*half+k)*inner+first):][:2*w], z[2*k*lanes:])
			}
		}
	})
	return true
}

// halfOf returns the first halves of the transforms of the real numbers that went into re (part 0) or im (part 1):
// the transform's even or odd part.
func (s *strip[F]) halfOf(part int) []F {
	n, z := len(s.re)/lanes, s.spare()
	for k := range n/2 + 1 {
		back := (n - k) % n
		ar, ai := s.re[k*lanes:][:lanes], s.im[k*lanes:][:lanes]
		br, bi := s.re[back*lanes:][:lanes], s.im[back*lanes:][:lanes]
		to := z[2*k*lanes:][:2*lanes]
		if part == 0 {
			for l := range lanes {
				to[2*l], to[2*l+1] = (ar[l]+br[l])/2, (ai[l]-bi[l])/2
			}
		} else {
			for l := range lanes {
				to[2*l], to[2*l+1] = (ai[l]+bi[l])/2, (br[l]-ar[l])/2
			}
		}
	}
	return z
}
