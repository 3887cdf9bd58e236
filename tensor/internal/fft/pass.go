package fft

import "math"

// The passes in Go; arch files put assembly in their place.

var (
	passes32 = goPasses[float32]()
	passes64 = goPasses[float64]()
	split32  = splitGo[float32]
	split64  = splitGo[float64]
	join32   = joinGo[float32]
	join64   = joinGo[float64]
	halves32 = [2]halves[float32]{evenGo[float32], oddGo[float32]}
	halves64 = [2]halves[float64]{evenGo[float64], oddGo[float64]}
)

type passes[F Float] [6]func(dstRe, dstIm, srcRe, srcIm []F, m, s int, twiddles []F)

func passOf[F Float](radix int) func(dstRe, dstIm, srcRe, srcIm []F, m, s int, twiddles []F) {
	if p, ok := any(&passes32).(*passes[F]); ok {
		return p[radix]
	}
	return any(&passes64).(*passes[F])[radix]
}

func goPasses[F Float]() passes[F] {
	return passes[F]{2: passGo[F](2), 3: passGo[F](3), 4: passGo[F](4), 5: passGo[F](5)}
}

// passGo combines radix parts of src, m·s elements each, by the definition.
func passGo[F Float](radix int) func(dstRe, dstIm, srcRe, srcIm []F, m, s int, twiddles []F) {
	var roots [5][2]F
	for k := range radix {
		sin, cos := math.Sincos(2 * math.Pi * float64(k) / float64(radix))
		roots[k] = [2]F{F(cos), F(-sin)}
	}
	return func(dstRe, dstIm, srcRe, srcIm []F, m, s int, twiddles []F) {
		for g := range m {
			for k := range radix {
				wr, wi := F(1), F(0)
				if k > 0 {
					wr, wi = twiddles[2*(g*(radix-1)+k-1)], twiddles[2*(g*(radix-1)+k-1)+1]
				}
				to := (g*radix + k) * s
				for q := range s {
					var re, im F
					for j := range radix {
						from, r := (g+j*m)*s+q, roots[j*k%radix]
						re += srcRe[from]*r[0] - srcIm[from]*r[1]
						im += srcRe[from]*r[1] + srcIm[from]*r[0]
					}
					dstRe[to+q], dstIm[to+q] = re*wr-im*wi, re*wi+im*wr
				}
			}
		}
	}
}

// split takes complex numbers apart.
func split[F Float](re, im, z []F) {
	switch re := any(re).(type) {
	case []float32:
		split32(re, any(im).([]float32), any(z).([]float32))
	case []float64:
		split64(re, any(im).([]float64), any(z).([]float64))
	}
}

// join is split's inverse.
func join[F Float](z, re, im []F) {
	switch re := any(re).(type) {
	case []float32:
		join32(any(z).([]float32), re, any(im).([]float32))
	case []float64:
		join64(any(z).([]float64), re, any(im).([]float64))
	}
}

func splitGo[F Float](re, im, z []F) {
	for i := range re {
		re[i], im[i] = z[2*i], z[2*i+1]
	}
}

func joinGo[F Float](z, re, im []F) {
	for i := range re {
		z[2*i], z[2*i+1] = re[i], im[i]
	}
}

// halves takes the transform of numbers x + i·y apart, lanes side by side: z gets that of x, or of y, where p and q are
// imaginary and real parts. The first of the n elements is not touched; for pairs in the middle z may be either's conjugate.
type halves[F Float] func(z, p, q []F, n int)

func halvesOf[F Float]() *[2]halves[F] {
	if h, ok := any(&halves32).(*[2]halves[F]); ok {
		return h
	}
	return any(&halves64).(*[2]halves[F])
}

func evenGo[F Float](z, p, q []F, n int) { halvesGo(z, p, q, n, 0.5) }

func oddGo[F Float](z, p, q []F, n int) { halvesGo(z, p, q, n, -0.5) }

func halvesGo[F Float](z, p, q []F, n int, half F) {
	for i := lanes; i < (n/2+1)*lanes; i++ {
		back := (n-i/lanes)*lanes + i%lanes
		re, im := (p[i]+p[back])/2, (q[i]-q[back])*half
		z[2*back], z[2*back+1] = re, -im
		z[2*i], z[2*i+1] = re, im
	}
}
