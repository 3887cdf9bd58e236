package tensor

import (
	"errors"
	"fmt"
	"github.com/gophergrad/gophergrad/tensor/internal/cpu"
	"math"
	"testing"

	"pgregory.net/rapid"
)

func errorOf(f func()) (err error) {
	defer func() {
		if r := recover(); r != nil {
			err = r.(error)
		}
	}()
	f()
	return nil
}

func wantValues(t *testing.T, what string, x *Tensor, shape []int, values ...float64) {
	t.Helper()
	if fmt.Sprint(x.Shape(), x.Float64s()) != fmt.Sprint(shape, values) {
		t.Errorf("%s is %v %v, want %v %v", what, x.Shape(), x.Float64s(), shape, values)
	}
}

func TestConstructors(t *testing.T) {
	wantValues(t, "Of", Of([][]float32{{1, 2}, {3, 4}}), []int{2, 2}, 1, 2, 3, 4)
	wantValues(t, "Of a number", Of(2.5), []int{}, 2.5)
	wantValues(t, "Of bools", Of([]bool{true, false}), []int{2}, 1, 0)
	wantValues(t, "Arange", Arange(1, 7, 2), []int{3}, 1, 3, 5)
	wantValues(t, "Arange down", Arange(2, 0, -0.5), []int{4}, 2, 1.5, 1, 0.5)
	wantValues(t, "Linspace", As(Float64).Linspace(0, 1, 5), []int{5}, 0, 0.25, 0.5, 0.75, 1)
	wantValues(t, "Eye", Eye(2), []int{2, 2}, 1, 0, 0, 1)
	wantValues(t, "FromSlice", FromSlice([]int{1, 2, 3, 4, 5, 6}, 3, 2), []int{3, 2}, 1, 2, 3, 4, 5, 6)
	for _, c := range []struct {
		x    *Tensor
		want DType
	}{
		{Of([]int{1}), Int64}, {Of([]float64{1}), Float64}, {Of([]int32{1}), Int32}, {Of([]uint8{1}), UInt8}, {Of(true), Bool},
		{Arange(0, 3, 1), Int64}, {Arange(0, 1, 0.5), Float32}, {Ones(1), Float32}, {As(Float16).Ones(1), Float16}, {RandInt(0, 2, 1), Int64},
	} {
		if c.x.DType() != c.want {
			t.Errorf("dtype %v, want %v", c.x.DType(), c.want)
		}
	}
	if big := int64(1)<<62 + 1; Of([]int64{big}).Int64s()[0] != big {
		t.Error("large integers lose digits")
	}
}

func TestSeeds(t *testing.T) {
	ManualSeed(5)
	a := Randn(20).Float64s()
	ManualSeed(5)
	if b := Randn(20).Float64s(); fmt.Sprint(a) != fmt.Sprint(b) {
		t.Error("one seed, two sequences")
	}
	if b := RandnOpt([]int{20}, WithSeed(5), WithScale(2)).Float64s(); math.Abs(b[3]-2*a[3]) > 1e-6 {
		t.Errorf("scaled by 2: %v of %v", b[3], a[3])
	}
	if b := (Factory{}).From(NewGenerator(5)).Randn(20).Float64s(); fmt.Sprint(a) != fmt.Sprint(b) {
		t.Error("a generator of its own gives other numbers")
	}
}

// Small floating-point types round to nearest even, as PyTorch's.
func TestHalfPrecision(t *testing.T) {
	for h := range 1 << 16 {
		f := cpu.F16ToF32(uint16(h))
		if back := cpu.F32ToF16(f); back != uint16(h) && f == f {
			t.Fatalf("float16 %#04x is %v is %#04x", h, f, back)
		}
		b := cpu.BF16ToF32(uint16(h))
		if back := cpu.F32ToBF16(b); back != uint16(h) && b == b {
			t.Fatalf("bfloat16 %#04x is %v is %#04x", h, b, back)
		}
	}
	for _, c := range []struct{ in, f16, bf16 float64 }{
		{1 + 1.0/2048, 1, 1}, {1 + 3.0/2048, 1 + 1.0/512, 1}, {65519, 65504, 65536}, {65520, math.Inf(1), 65536},
		{1e-8, 0, 1.0011717677116394e-8}, {6e-8, 5.960464477539063e-8, 6.007030606269836e-8}, {1 + 1.0/256, 1 + 1.0/256, 1},
	} {
		x := Of([]float64{c.in})
		if got := x.Cast(Float16).Item(); got != c.f16 {
			t.Errorf("%v as float16 is %v, want %v", c.in, got, c.f16)
		}
		if got := x.Cast(BFloat16).Item(); got != c.bf16 {
			t.Errorf("%v as bfloat16 is %v, want %v", c.in, got, c.bf16)
		}
	}
}

// Random views of views read what an index computed by hand reads.
func TestViews(t *testing.T) {
	rapid.Check(t, func(r *rapid.T) {
		shape := rapid.SliceOfN(rapid.IntRange(1, 4), 1, 4).Draw(r, "shape")
		n := numel(shape)
		x := Arange(0, float64(n), 1).View(shape...)
		want := x.Float64s()
		at := func(index []int) float64 { // where an index of the view lies in x
			p := x.offset
			for d, i := range index {
				p += i * x.strides[d]
			}
			return float64(p)
		}
		for range rapid.IntRange(0, 4).Draw(r, "steps") {
			d := rapid.IntRange(0, x.Dim()-1).Draw(r, "dim")
			switch rapid.IntRange(0, 3).Draw(r, "view") {
			case 0:
				x = x.Transpose(d, 0)
			case 1:
				x = x.Slice(d, rapid.IntRange(-3, 3).Draw(r, "start"), 4, rapid.IntRange(1, 2).Draw(r, "step"))
			case 2:
				x = x.Unsqueeze(d)
			case 3:
				if x.Size(d) > 0 && x.Dim() > 1 {
					x = x.Select(d, rapid.IntRange(0, x.Size(d)-1).Draw(r, "index"))
				}
			}
		}
		want = want[:0]
		index := make([]int, x.Dim())
		for i := range x.NumEl() {
			for d, rest := x.Dim()-1, i; d >= 0; d-- {
				index[d] = rest % x.shape[d]
				rest /= x.shape[d]
			}
			want = append(want, at(index))
		}
		for what, got := range map[string]*Tensor{"view": x, "contiguous": x.Contiguous(), "reshaped": x.Reshape(-1), "sum of two": x.Add(ZerosLike(x))} {
			if fmt.Sprint(got.Float64s()) != fmt.Sprint(want) {
				r.Fatalf("%s: %v, want %v", what, got.Float64s(), want)
			}
		}
	})
}

func TestIndexErrors(t *testing.T) {
	x := Arange(0, 6, 1).View(2, 3)
	for _, f := range []func(){
		func() { x.Index(2) }, func() { x.Index(0, 0, 0) }, func() { x.Index("a") }, func() { x.Index([]int{5}) },
		func() { x.Index(Ellipsis, Ellipsis) }, func() { x.Index(Of([]bool{true})) }, func() { x.SetIndex("v", 0) }, func() { x.At(0) },
		func() { x.SetIndex(Ones(5), 0) },
	} {
		var e *Error
		if err := errorOf(f); !errors.As(err, &e) {
			t.Errorf("want an *Error, got %v", err)
		}
	}
	x.SetIndex(9, All, 1)
	x.SetIndex(7, x.EqScalar(0))
	wantValues(t, "written", x, []int{2, 3}, 7, 9, 2, 3, 9, 5)
	x.SetIndex(8, Of(false))
	x.SetIndex(Of([][]int{{1, 2, 3}}), 0)
	wantValues(t, "nothing and a row written", x, []int{2, 3}, 1, 2, 3, 3, 9, 5)
	wantValues(t, "all by a mask without dimensions", x.Index(Of(true), 0), []int{1, 3}, 1, 2, 3)
	wantValues(t, "nothing by one", x.Index(Of(false)), []int{0, 2, 3})
}

// Every pair of dtypes promotes as PyTorch's torch.promote_types does.
func TestPromotion(t *testing.T) {
	for _, c := range []struct{ a, b, want DType }{
		{UInt8, Int8, Int16}, {UInt8, Int64, Int64}, {Bool, UInt8, UInt8}, {Int64, Float16, Float16}, {Float16, BFloat16, Float32},
		{Float32, Float64, Float64}, {Int32, Int8, Int32}, {Float64, Complex64, Complex128}, {Bool, Bool, Bool}, {UInt8, Int16, Int16},
	} {
		if got := PromoteTypes(c.a, c.b); got != c.want || PromoteTypes(c.b, c.a) != c.want {
			t.Errorf("%v with %v is %v, want %v", c.a, c.b, got, c.want)
		}
	}
	i, f := Of([]int{1, 2}), Ones(2)
	for _, c := range []struct {
		got  *Tensor
		want DType
	}{
		{i.MulScalar(2), Int64}, {i.MulScalar(2.5), Float32}, {f.Add(Of(1.0)), Float32}, {i.Add(Of(1.5)), Float64}, {i.Div(i), Float32},
		{As(Float64).Ones(2).Add(f), Float64}, {Of([]bool{true}).AddScalar(1), Int64}, {i.Sum(), Int64}, {f.Cast(Float16).Add(f), Float32},
	} {
		if c.got.DType() != c.want {
			t.Errorf("dtype %v, want %v", c.got.DType(), c.want)
		}
	}
}

func TestOfKeepsEveryType(t *testing.T) {
	type celsius float32
	for _, x := range []*Tensor{
		Of([]float32{1, 2, 3}), Of([]float64{1, 2, 3}), Of([]int{1, 2, 3}), Of([]int64{1, 2, 3}), Of([]int32{1, 2, 3}), Of([]int16{1, 2, 3}),
		Of([]int8{1, 2, 3}), Of([]uint8{1, 2, 3}), Of([3]float32{1, 2, 3}), Of([]celsius{1, 2, 3}), FromSlice([]celsius{1, 2, 3}), FromSlice([3]int{1, 2, 3}),
	} {
		wantValues(t, x.DType().String(), x, []int{3}, 1, 2, 3)
	}
	wantValues(t, "nested arrays", Of([2][2]int{{1, 2}, {3, 4}}), []int{2, 2}, 1, 2, 3, 4)
	wantValues(t, "empty", Of([][]float32{}), []int{0})
}
