package fft

// bluestein transforms sizes with large prime factors: jk = (j² + k² - (k-j)²)/2 makes the transform a convolution with
// a chirp, which transforms of a power of two compute.
func bluestein[F Float](dst, src []F, outer, n, inner int, inverse bool) {
	m := 1
	for m < 2*n-1 {
		m *= 2
	}
	chirp := make([]F, 2*n)
	kernel := make([]F, 2*m)
	for j := range n {
		re, im := root(j*j, 2*n)
		if inverse {
			im = -im
		}
		chirp[2*j], chirp[2*j+1] = F(re), F(im)
		for _, at := range []int{j, (m - j) % m} {
			kernel[2*at], kernel[2*at+1] = F(re)/F(m), F(-im)/F(m)
		}
	}
	Transform(kernel, kernel, 1, m, 1, false)
	rows := max(1, min(outer*inner, 1<<20/m)) // at a time
	work := make([]F, 2*rows*m)
	for first := 0; first < outer*inner; first += rows {
		count := min(rows, outer*inner-first)
		part := work[:2*count*m]
		inParallel(count, n, func(r int) {
			row, from := part[2*r*m:][:2*m], position(first+r, n, inner)
			clear(row[2*n:])
			for j := range n {
				at := 2 * (from + j*inner)
				row[2*j], row[2*j+1] = times(src[at], src[at+1], chirp[2*j], chirp[2*j+1])
			}
		})
		Transform(part, part, count, m, 1, false)
		inParallel(count, m, func(r int) {
			row := part[2*r*m:][:2*m]
			for j := 0; j < len(row); j += 2 {
				row[j], row[j+1] = times(row[j], row[j+1], kernel[j], kernel[j+1])
			}
		})
		Transform(part, part, count, m, 1, true)
		inParallel(count, n, func(r int) {
			row, to := part[2*r*m:], position(first+r, n, inner)
			for j := range n {
				at := 2 * (to + j*inner)
				dst[at], dst[at+1] = times(row[2*j], row[2*j+1], chirp[2*j], chirp[2*j+1])
			}
		})
	}
}

// position returns where the i-th transform begins.
func position(i, n, inner int) int { return i/inner*n*inner + i%inner }

func times[F Float](ar, ai, br, bi F) (re, im F) { return ar*br - ai*bi, ar*bi + ai*br }
