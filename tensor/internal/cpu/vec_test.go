package cpu

import (
	"fmt"
	"math"
	"math/rand/v2"
	"slices"
	"testing"
)

// TestVec compares every kernel with its Go twin: each length around the vectors' and all special values, and with dst
// for an operand.
func TestVec(t *testing.T) {
	testBinary(t, "AddF32", AddF32, add[float32])
	testBinary(t, "AddF64", AddF64, add[float64])
	testBinary(t, "SubF32", SubF32, sub[float32])
	testBinary(t, "SubF64", SubF64, sub[float64])
	testBinary(t, "MulF32", MulF32, mul[float32])
	testBinary(t, "MulF64", MulF64, mul[float64])
	testBinary(t, "DivF32", DivF32, div[float32])
	testBinary(t, "DivF64", DivF64, div[float64])
	testBinary(t, "ReLUBackwardF32", ReLUBackwardF32, reluBackward[float32])
	testBinary(t, "ReLUBackwardF64", ReLUBackwardF64, reluBackward[float64])
	testBinary(t, "MaximumF32", MaximumF32, maximum[float32])
	testBinary(t, "MaximumF64", MaximumF64, maximum[float64])
	testBinary(t, "MinimumF32", MinimumF32, minimum[float32])
	testBinary(t, "MinimumF64", MinimumF64, minimum[float64])
	testScalar(t, "AffineF32", func(d, x []float32, a float32) { AffineF32(d, x, d, x, a) }, func(d, x []float32, a float32) { affine(d, x, d, x, a) })
	testScalar(t, "AffineF64", func(d, x []float64, a float64) { AffineF64(d, x, d, x, a) }, func(d, x []float64, a float64) { affine(d, x, d, x, a) })
	testScalar(t, "ShiftScaleF32", func(d, x []float32, a float32) { ShiftScaleF32(d, x, a, a-2) }, func(d, x []float32, a float32) { shiftScale(d, x, a, a-2) })
	testScalar(t, "ShiftScaleF64", func(d, x []float64, a float64) { ShiftScaleF64(d, x, a, a-2) }, func(d, x []float64, a float64) { shiftScale(d, x, a, a-2) })
	testScalar(t, "AddProductsF32", func(d, x []float32, _ float32) { AddProductsF32(d, x, d) }, func(d, x []float32, _ float32) { addProducts(d, x, d) })
	testScalar(t, "AddProductsF64", func(d, x []float64, _ float64) { AddProductsF64(d, x, d) }, func(d, x []float64, _ float64) { addProducts(d, x, d) })
	testUnary(t, "AbsF32", AbsF32, each[float32](math.Abs))
	testUnary(t, "AbsF64", AbsF64, each[float64](math.Abs))
	testUnary(t, "NegF32", NegF32, neg[float32])
	testUnary(t, "NegF64", NegF64, neg[float64])
	testUnary(t, "RsqrtF32", RsqrtF32, rsqrt)
	testScalar(t, "LeakyReLUF32", LeakyReLUF32, leakyReLU[float32])
	testUnary(t, "SqrtF32", SqrtF32, each[float32](math.Sqrt))
	testUnary(t, "SqrtF64", SqrtF64, each[float64](math.Sqrt))
	testScalar(t, "ScaleF32", ScaleF32, scale[float32])
	testScalar(t, "ScaleF64", ScaleF64, scale[float64])
	testScalar(t, "ShiftF32", ShiftF32, shift[float32])
	testScalar(t, "ShiftF64", ShiftF64, shift[float64])
	testScalar(t, "AxpyF32", AxpyF32, axpy[float32])
	testScalar(t, "AxpyF64", AxpyF64, axpy[float64])
	testScalar(t, "ClampMinF32", ClampMinF32, clampMin[float32])
	testScalar(t, "ClampMinF64", ClampMinF64, clampMin[float64])
	testScalar(t, "ClampMaxF32", ClampMaxF32, clampMax[float32])
	testScalar(t, "ClampMaxF64", ClampMaxF64, clampMax[float64])
}

func testBinary[T Float](t *testing.T, name string, kernel, twin func(dst, x, y []T)) {
	overLengths(t, name, func(got, want, x, y []T) {
		kernel(got, x, y)
		twin(want, x, y)
	})
	overLengths(t, name+" in place", func(got, want, x, y []T) {
		copy(got, x)
		kernel(got, got, y)
		twin(want, x, y)
	})
}

func testUnary[T Float](t *testing.T, name string, kernel, twin func(dst, x []T)) {
	overLengths(t, name, func(got, want, x, _ []T) {
		kernel(got, x)
		twin(want, x)
	})
}

func testScalar[T Float](t *testing.T, name string, kernel, twin func(dst, x []T, a T)) {
	for _, a := range []T{0, 0.7} {
		overLengths(t, name, func(got, want, x, y []T) {
			copy(got, y) // some add to dst
			copy(want, y)
			kernel(got, x, a)
			twin(want, x, a)
		})
	}
}

// overLengths calls f for slices of many lengths and expects got and want to become the same, and nothing behind got
// to be written.
func overLengths[T Float](t *testing.T, name string, f func(got, want, x, y []T)) {
	t.Helper()
	r := rand.New(rand.NewPCG(1, 2))
	for n := range 80 {
		got, want, x, y := make([]T, n+1), make([]T, n), randomValues[T](r, n), randomValues[T](r, n)
		got[n] = 77
		f(got[:n], want, x, y)
		for i, v := range append(want, 77) {
			if g := got[i]; g != v && (g == g || v == v) {
				t.Fatalf("%s of %d elements: %v at %d, want %v", name, n, g, i, v)
			}
		}
	}
}

func randomValues[T Float](r *rand.Rand, n int) []T {
	special := []T{0, T(math.Copysign(0, -1)), T(math.Inf(1)), T(math.Inf(-1)), T(math.NaN())}
	out := make([]T, n)
	for i := range out {
		out[i] = T(r.NormFloat64())
		if r.IntN(10) == 0 {
			out[i] = special[r.IntN(len(special))]
		}
	}
	return out
}

func TestReductions(t *testing.T) {
	r := rand.New(rand.NewPCG(1, 2))
	for n := range 200 {
		x, y, x64, y64 := make([]float32, n), make([]float32, n), make([]float64, n), make([]float64, n)
		var sum, dot, size float64
		for i := range n {
			x[i], y[i] = float32(r.NormFloat64()), float32(r.NormFloat64())
			x64[i], y64[i] = float64(x[i]), float64(y[i])
			sum += x64[i]
			dot += x64[i] * y64[i]
			size += math.Abs(x64[i] * y64[i])
		}
		for _, c := range []struct {
			name           string
			got, want, eps float64
		}{
			{"SumF32", SumF32(x), sum, 1e-13}, {"SumF64", SumF64(x64), sum, 1e-13},
			{"DotF32", float64(DotF32(x, y)), dot, 1e-6 * size}, {"DotF64", DotF64(x64, y64), dot, 1e-14 * size},
		} {
			if !(math.Abs(c.got-c.want) <= c.eps) {
				t.Errorf("%s of %d elements is %v, want %v", c.name, n, c.got, c.want)
			}
		}
	}
}

// TestTranscendental measures errors in units in the last place against float64, over the whole range.
func TestTranscendental(t *testing.T) {
	testUlps(t, "ExpF32", ExpF32, math.Exp, 2)
	testUlps(t, "SigmoidF32", SigmoidF32, sigmoid, 3)
	testUlps(t, "TanhF32", TanhF32, math.Tanh, 3)
	testUlps(t, "LogF32", LogF32, math.Log, 2)
	testUlps(t, "ErfF32", ErfF32, math.Erf, 3)
	testUlps(t, "SinF32", SinF32, math.Sin, 0.501)
	testUlps(t, "CosF32", CosF32, math.Cos, 0.501)
}

func testUlps(t *testing.T, name string, kernel func(dst, x []float32), exact func(float64) float64, ulps float64) {
	t.Helper()
	var x []float32
	for v := -110.0; v < 110; v += 0.0037 {
		x = append(x, float32(v), float32(v/100), float32(v*1e-6))
	}
	for _, v := range []float64{0, math.Copysign(0, -1), math.Inf(1), math.Inf(-1), math.NaN(), 1e38, -1e38, 1e-40, 1e6, 2e8, 4e8} {
		x = append(x, float32(v))
	}
	got := make([]float32, len(x))
	kernel(got, x)
	worst := 0.0
	for i, g := range got {
		want := exact(float64(x[i]))
		w := float32(want)
		if g == w || g != g && w != w {
			continue
		}
		ulp := float64(math.Nextafter32(float32(math.Abs(want)), math.MaxFloat32)) - math.Abs(float64(w))
		e := math.Abs(float64(g)-want) / ulp
		if !(e <= ulps) {
			t.Fatalf("%s(%v) = %v, want %v", name, x[i], g, w)
		}
		worst = max(worst, e)
	}
	t.Logf("%s: worst error %.2f units in the last place", name, worst)
}

// sigmoid is 0 where its denominator passes float32's range.
func sigmoid(x float64) float64 {
	d := 1 + math.Exp(-x)
	if d > math.MaxFloat32 {
		return 0
	}
	return 1 / d
}

func BenchmarkVec(b *testing.B) {
	for _, n := range []int{1000, 64000, 1000000} {
		x, y, z := make([]float32, n), make([]float32, n), make([]float32, n)
		for i := range x {
			x[i], y[i] = float32(i%100)/50-1, float32(i%77+1)/40
		}
		for _, k := range []struct {
			name string
			f    func()
		}{
			{"AddF32", func() { AddF32(z, x, y) }}, {"MulF32", func() { MulF32(z, x, y) }}, {"DivF32", func() { DivF32(z, x, y) }},
			{"AxpyF32", func() { AxpyF32(z, x, 1e-3) }}, {"ClampMinF32", func() { ClampMinF32(z, x, 0) }},
			{"ExpF32", func() { ExpF32(z, x) }}, {"TanhF32", func() { TanhF32(z, x) }}, {"LogF32", func() { LogF32(z, y) }}, {"ErfF32", func() { ErfF32(z, x) }}, {"SumF32", func() { SumF32(x) }},
			{"DotF32", func() { DotF32(x, y) }},
		} {
			b.Run(fmt.Sprintf("%s/%d", k.name, n), func(b *testing.B) {
				for b.Loop() {
					k.f()
				}
				b.ReportMetric(float64(n)*float64(b.N)/float64(b.Elapsed().Nanoseconds()), "elem/ns")
			})
		}
	}
}

func BenchmarkAdamF32(b *testing.B) {
	p, g, m, v := make([]float32, 100000), make([]float32, 100000), make([]float32, 100000), make([]float32, 100000)
	for b.Loop() {
		Adam{LR: 1e-4, Beta1: 0.9, Beta2: 0.999, Eps: 1e-8, Step: 10}.StepF32(p, g, m, v)
	}
}

// TestActivations compares with float64: the errors are of sums, and so relative to their largest term.
func TestActivations(t *testing.T) {
	var x, g []float32
	for v := -20.0; v < 20; v += 0.0037 {
		x, g = append(x, float32(v)), append(g, float32(math.Cos(v)))
	}
	y := make([]float32, len(x))
	TanhF32(y, x)
	got := make([]float32, len(x))
	unary := func(f func(dst, x []float32)) func(dst, g, x []float32) {
		return func(dst, _, x []float32) { f(dst, x) }
	}
	for _, c := range []struct {
		name   string
		kernel func(dst, g, x []float32)
		exact  func(g, x float64) float64
		of     []float32
	}{
		{"GELUF32", unary(GELUF32), func(_, x float64) float64 { return GELU(x) }, x},
		{"SiLUF32", unary(SiLUF32), func(_, x float64) float64 { return SiLU(x) }, x},
		{"GELUBackwardF32", GELUBackwardF32, GELUBackward, x}, {"SiLUBackwardF32", SiLUBackwardF32, SiLUBackward, x},
		{"SigmoidBackwardF32", SigmoidBackwardF32, SigmoidBackward, y}, {"TanhBackwardF32", TanhBackwardF32, TanhBackward, y},
	} {
		c.kernel(got, g, c.of)
		for i, v := range got {
			want := c.exact(float64(g[i]), float64(c.of[i]))
			if e := math.Abs(float64(v) - want); e > 3e-7*max(1, math.Abs(float64(c.of[i]))) {
				t.Fatalf("%s at %v is %v, want %v", c.name, c.of[i], v, want)
			}
		}
	}
}

// TestSinCosF64 compares with the standard library, which is within 1 unit in the last place too, near multiples of π/2
// and beyond the range that the kernels reduce.
func TestSinCosF64(t *testing.T) {
	var x []float64
	for i := range 20000 {
		v := float64(i) * math.Pi / 2
		x = append(x, v, math.Nextafter(v, 0), -v*1000, float64(i)*0.01, math.Ldexp(1.3, i%60))
	}
	got := make([]float64, len(x))
	for _, c := range []struct {
		name   string
		kernel func(dst, x []float64)
		exact  func(float64) float64
	}{{"SinF64", SinF64, math.Sin}, {"CosF64", CosF64, math.Cos}} {
		c.kernel(got, x)
		for i, g := range got {
			if w := c.exact(x[i]); math.Abs(g-w) > 2e-16+4e-16*math.Abs(w) {
				t.Fatalf("%s(%v) = %v, want %v", c.name, x[i], g, w)
			}
		}
	}
}

// TestExtremes compares with the standard library, with and without NaN at every place.
func TestExtremes(t *testing.T) {
	r := rand.New(rand.NewPCG(1, 2))
	for n := 1; n < 140; n++ {
		testExtremes(t, r, n, MaxF32, MinF32)
		testExtremes(t, r, n, MaxF64, MinF64)
	}
}

func testExtremes[T Float](t *testing.T, r *rand.Rand, n int, largest, smallest func([]T) T) {
	x := make([]T, n)
	for i := range x {
		x[i] = T(r.NormFloat64())
	}
	if largest(x) != slices.Max(x) || smallest(x) != slices.Min(x) {
		t.Errorf("extremes of %v: %v and %v", x, largest(x), smallest(x))
	}
	x[r.IntN(n)] = T(math.NaN())
	if hi, lo := largest(x), smallest(x); hi == hi || lo == lo {
		t.Errorf("extremes of %d elements with a NaN: %v and %v", n, hi, lo)
	}
}

// TestConversions compares the kernels with conversions one by one, for all half-precision numbers and lengths.
func TestConversions(t *testing.T) {
	bits, back := make([]uint16, 1<<16), make([]uint16, 1<<16)
	wide, exact := make([]float32, 1<<16), make([]float32, 1<<16)
	for i := range bits {
		bits[i] = uint16(i)
	}
	r := rand.New(rand.NewPCG(1, 2))
	for _, c := range []struct {
		name string
		from func([]float32, []uint16)
		to   func([]uint16, []float32)
		one  func(uint16) float32
		down func(float32) uint16
	}{{"float16", FromF16, ToF16, F16ToF32, F32ToF16}, {"bfloat16", FromBF16, ToBF16, BF16ToF32, F32ToBF16}} {
		c.from(wide, bits)
		for i, v := range wide {
			if w := c.one(bits[i]); v != w && (v == v || w == w) {
				t.Fatalf("%s %#x is %v, want %v", c.name, i, v, w)
			}
			exact[i] = math.Float32frombits(r.Uint32())
		}
		c.to(back, exact)
		for i, v := range back {
			if w := c.down(exact[i]); v != w && exact[i] == exact[i] {
				t.Fatalf("%v is %s %#x, want %#x", exact[i], c.name, v, w)
			}
		}
	}
	for n := range 30 {
		doubles, bytes, got := make([]float64, n), make([]uint8, n), make([]float32, n)
		for i := range n {
			bytes[i] = uint8(r.Uint32())
		}
		FromBytes(got, bytes)
		WidenF32(doubles, got)
		for i, v := range doubles {
			if v != float64(bytes[i]) {
				t.Errorf("%d became %v", bytes[i], v)
			}
			doubles[i] = r.NormFloat64()
		}
		NarrowF64(got, doubles)
		for i, v := range got {
			if v != float32(doubles[i]) {
				t.Errorf("%v became %v", doubles[i], v)
			}
		}
	}
}
