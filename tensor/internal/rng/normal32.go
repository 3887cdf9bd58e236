package rng

import "math"

// The float32 logarithm, sine and cosine are Cephes' polynomials in the order of operations of avx_mathfun, as
// PyTorch's binaries run them: every multiplication followed by an addition is one fused operation. The constants are
// avx_mathfun's:
//
//	Copyright (C) 2012 Giovanni Garberoglio, Interdisciplinary Laboratory for Computational Science (LISC),
//	Fondazione Bruno Kessler and University of Trento. Derived from sse_mathfun, Copyright (C) 2007 Julien
//	Pommier. Both under the zlib licence: provided 'as-is', without any express or implied warranty; altered source
//	versions must be plainly marked as such, as this translation is.
var (
	logPoly = [...]float32{7.0376836292e-2, -1.1514610310e-1, 1.1676998740e-1, -1.2420140846e-1, 1.4249322787e-1,
		-1.6668057665e-1, 2.0000714765e-1, -2.4999993993e-1, 3.3333331174e-1}
	cosPoly = [...]float32{2.443315711809948e-5, -1.388731625493765e-3, 4.166664568298827e-2}
	sinPoly = [...]float32{-1.9515295891e-4, 8.3321608736e-3, -1.6666654611e-1}
)

const (
	logQ1, logQ2             = -2.12194440e-4, 0.693359375
	sqrtHalf                 = 0.707106781186547524
	fourOverPi               = 1.27323954473516
	piQ1, piQ2, piQ3         = -0.78515625, -2.4187564849853515625e-4, -3.77489497744594108e-8 // π/4 in three parts
	twoPi            float32 = 2 * math.Pi
)

// boxMullerGo turns uniforms into normals, in place, block by block: the portable twin of the assembly.
func boxMullerGo(d []float32, mean, std float32) {
	for ; len(d) > 0; d = d[normalBlock:] {
		for j := range normalBlock / 2 {
			radius := float32(math.Sqrt(float64(-2 * log32(1-d[j]))))
			sin, cos := sincos32(twoPi * d[j+8])
			d[j], d[j+8] = fma32(radius*cos, std, mean), fma32(radius*sin, std, mean)
		}
	}
}

// log32 is the natural logarithm of x in (0, 1].
func log32(x float32) float32 {
	bits := math.Float32bits(x)
	e := float32(int32(bits>>23) - 126)
	x = math.Float32frombits(bits&0x007fffff | 0x3f000000) // in [0.5, 1)
	if x < sqrtHalf {
		e--
		x += x - 1
	} else {
		x--
	}
	z := x * x
	y := horner(x, logPoly[:]) * x
	y = fma32(y, z, e*logQ1)
	y = fma32(-z, 0.5, y)
	return fma32(e, logQ2, x+y)
}

// sincos32 is the sine and cosine of x in [0, 2π).
func sincos32(x float32) (sin, cos float32) {
	octant := (int32(x*fourOverPi) + 1) &^ 1
	y := float32(octant)
	x = fma32(y, piQ1, x)
	x = fma32(y, piQ2, x)
	x = fma32(y, piQ3, x)
	z := x * x
	cos = horner(z, cosPoly[:]) * z
	cos = fma32(cos, z, -(z*0.5)) + 1
	sin = fma32(horner(z, sinPoly[:])*z, x, x)
	if octant&2 != 0 {
		sin, cos = cos, sin
	}
	if octant&4 != 0 {
		sin = -sin
	}
	if (octant-2)&4 == 0 {
		cos = -cos
	}
	return sin, cos
}

func horner(x float32, coef []float32) float32 {
	y := coef[0]
	for _, c := range coef[1:] {
		y = fma32(y, x, c)
	}
	return y
}

// fma32 returns x*y + z rounded once. The float64 product is exact; rounding its sum first to float64 and then to
// float32 errs only where the float64 lands midway between two float32, so there the lost part decides.
func fma32(x, y, z float32) float32 {
	p, c := float64(x)*float64(y), float64(z)
	s := p + c
	if bits := math.Float64bits(s); bits&(1<<29-1) == 1<<28 {
		b := s - p
		if lost := (p - (s - b)) + (c - b); lost != 0 {
			if (lost > 0) == (s > 0) {
				bits++
			} else {
				bits--
			}
			s = math.Float64frombits(bits)
		}
	}
	return float32(s)
}
