package fft

// long transforms n numbers as a matrix of n1×n2: its columns, then, turned by the angles between them, its rows (the
// "four-step" algorithm).
func long[F Float](dst, src []F, n int, inverse bool) {
	n1, n2 := planOf[F](n).split()
	if n1 < lanes {
		transformRows(dst, src, 1, n, inverse)
		return
	}
	mid := stripsOf[F]().Get(2 * n)
	defer stripsOf[F]().Put(mid)
	transformColumns(mid, src, 1, n1, n2, inverse)
	p := planOf[F](n2)
	inParallel((n1+lanes-1)/lanes, n2*lanes, func(i int) {
		first := i * lanes
		w := min(lanes, n1-first)
		s := newStrip[F](n2)
		defer s.free()
		s.loadRows(mid[2*first*n2:], n2, w)
		s.turn(first, n, inverse)
		s.transform(p, inverse)
		s.storeColumns(dst[2*first:], n2, w, n1)
	})
}

// turn multiplies element j of transform l by exp(∓2πi·j·(first+l)/n). The angles follow from products of those of
// small and of large j.
func (s *strip[F]) turn(first, n int, inverse bool) {
	const small = 32
	size := len(s.re) / lanes
	for l := range lanes {
		var near [small][2]float64
		for j := range near {
			near[j][0], near[j][1] = root((first+l)*j, n)
		}
		for far := 0; far < size; far += small {
			fr, fi := root((first+l)*far, n)
			for j := range min(small, size-far) {
				wr, wi := fr*near[j][0]-fi*near[j][1], fr*near[j][1]+fi*near[j][0]
				if inverse {
					wi = -wi
				}
				at := (far+j)*lanes + l
				re, im := s.re[at], s.im[at]
				s.re[at], s.im[at] = re*F(wr)-im*F(wi), re*F(wi)+im*F(wr)
			}
		}
	}
}
