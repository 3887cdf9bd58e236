package cpu

// The portable twin of the assembly tiles is 2×4: as many sums as a compiler keeps in registers.
const goRows, goLanes = 2, 2

func goTiles[T Float]() tiles[T] {
	return tiles[T]{rows: goRows, lanes: goLanes, dot: dot[T], axpy: axpy[T], buffers: &bufferPool[T]{}, kernel: [][2]tileFunc[T]{
		{tileGo[T](1, 1), tileGo[T](1, 2)},
		{tileGo[T](2, 1), tileGo2x4[T]},
	}}
}

// tileGo returns the kernel of a tile of any size.
func tileGo[T Float](rows, vecs int) tileFunc[T] {
	return func(k int, a []T, rs, cs int, b []T, ldb int, c []T, ldc int, tail int, accumulate bool) {
		for i := range rows {
			for j := range (vecs-1)*goLanes + tail {
				var sum T
				if accumulate {
					sum = c[i*ldc+j]
				}
				for p := range k {
					sum += a[i*rs+p*cs] * b[p*ldb+j]
				}
				c[i*ldc+j] = sum
			}
		}
	}
}

func tileGo2x4[T Float](k int, a []T, rs, cs int, b []T, ldb int, c []T, ldc int, tail int, accumulate bool) {
	if tail < goLanes {
		tileGo[T](2, 2)(k, a, rs, cs, b, ldb, c, ldc, tail, accumulate)
		return
	}
	c0, c1 := c[:4], c[ldc:ldc+4]
	if !accumulate {
		clear(c0)
		clear(c1)
	}
	s00, s01, s02, s03 := c0[0], c0[1], c0[2], c0[3]
	s10, s11, s12, s13 := c1[0], c1[1], c1[2], c1[3]
	for p := range k {
		row := b[p*ldb : p*ldb+4]
		a0, a1 := a[p*cs], a[rs+p*cs]
		s00 += a0 * row[0]
		s01 += a0 * row[1]
		s02 += a0 * row[2]
		s03 += a0 * row[3]
		s10 += a1 * row[0]
		s11 += a1 * row[1]
		s12 += a1 * row[2]
		s13 += a1 * row[3]
	}
	c0[0], c0[1], c0[2], c0[3] = s00, s01, s02, s03
	c1[0], c1[1], c1[2], c1[3] = s10, s11, s12, s13
}
