package tensor

import (
	"fmt"
	"math"
	"math/rand/v2"
	"slices"
	"testing"
)

// TestSortPositions compares with the standard library's stable sort: lengths on both sides of where the method changes,
// equal numbers, zeros of both signs, infinities and nan.
func TestSortPositions(t *testing.T) {
	r := rand.New(rand.NewPCG(1, 2))
	for _, n := range []int{0, 1, 2, 47, 48, 300, 5000} {
		for _, descending := range []bool{false, true} {
			floats, doubles, ints := make([]float32, n), make([]float64, n), make([]int64, n)
			for i := range n {
				special := []float64{0, math.Copysign(0, -1), math.Inf(1), math.Inf(-1), math.NaN(), 1, -1}
				v := r.NormFloat64() * math.Exp(10*r.NormFloat64())
				if r.IntN(4) == 0 {
					v = special[r.IntN(len(special))]
				}
				floats[i], doubles[i], ints[i] = float32(v), v, r.Int64()>>r.IntN(64)-r.Int64()>>r.IntN(64)
			}
			testSortPositions(t, floats, descending)
			testSortPositions(t, doubles, descending)
			testSortPositions(t, ints, descending)
		}
	}
}

func testSortPositions[C compute](t *testing.T, row []C, descending bool) {
	t.Helper()
	got, want := make([]int64, len(row)), make([]int64, len(row))
	for i := range want {
		want[i] = int64(i)
	}
	order := func(i, j int64) int {
		if descending {
			i, j = j, i
		}
		switch {
		case less(row[i], row[j]):
			return -1
		case less(row[j], row[i]):
			return 1
		}
		return 0
	}
	slices.SortStableFunc(want, order)
	sortPositions(got, row, descending)
	if !slices.Equal(got, want) {
		t.Errorf("%T of %d, descending %v: wrong order", row, len(row), descending)
	}
	for _, k := range []int{min(5, len(row)), min(40, len(row))} {
		top := make([]int64, k)
		pickTop(top, row, PickAttrs{Descending: descending})
		if slices.CompareFunc(top, want[:k], order) != 0 {
			t.Errorf("the first %d of %T of %d, descending %v: %v, want %v", k, row, len(row), descending, top, want[:k])
		}
	}
}

// TestLargeAsSmall computes on a matrix whose work is shared out, and on a few of its rows at a time, which is not.
func TestLargeAsSmall(t *testing.T) {
	const rows, cols, few = 400, 200, 8
	x, y, row := Randn(rows, cols), Randn(rows, cols), Randn(cols)
	wide := Randn(cols, rows).T()
	mask := x.GtScalar(0)
	index := RandInt(0, cols, rows, cols)
	columns := RandInt(0, cols, 70)
	part := func(t *Tensor, at int) *Tensor {
		if at < 0 {
			return t
		}
		return t.Narrow(0, at, few)
	}
	for name, f := range map[string]func(at int) *Tensor{
		"add":             func(at int) *Tensor { return part(x, at).Add(part(y, at)) },
		"add row":         func(at int) *Tensor { return part(x, at).Add(row) },
		"add column":      func(at int) *Tensor { return part(x, at).Add(part(y, at).Narrow(1, 3, 1)) },
		"add transposed":  func(at int) *Tensor { return part(x, at).Add(part(wide, at)) },
		"number less":     func(at int) *Tensor { return part(x, at).RSubScalar(2) },
		"gt":              func(at int) *Tensor { return part(x, at).Gt(part(y, at)) },
		"gt number":       func(at int) *Tensor { return part(x, at).GtScalar(0.5) },
		"gt transposed":   func(at int) *Tensor { return part(x, at).Gt(part(wide, at)) },
		"where":           func(at int) *Tensor { return Where(part(mask, at), part(x, at), part(y, at)) },
		"where number":    func(at int) *Tensor { return part(x, at).MaskedFill(part(mask, at), 2) },
		"sin":             func(at int) *Tensor { return part(x, at).Sin() },
		"float64":         func(at int) *Tensor { return part(x, at).Double() },
		"bfloat16":        func(at int) *Tensor { return part(x, at).Cast(BFloat16) },
		"bool":            func(at int) *Tensor { return part(mask, at).Clone() },
		"int32":           func(at int) *Tensor { return part(wide, at).MulScalar(100).Cast(Int32) },
		"int16":           func(at int) *Tensor { return part(wide.MulScalar(100).Cast(Int16).T().Clone().T(), at).Clone() },
		"transposed":      func(at int) *Tensor { return part(wide, at).Clone() },
		"transposed bool": func(at int) *Tensor { return part(wide.GtScalar(0).T().Clone().T(), at).Clone() },
		"every second":    func(at int) *Tensor { return part(x, at).Slice(1, 0, cols, 2).Clone() },
		"cat":             func(at int) *Tensor { return Cat([]*Tensor{part(x, at), part(wide, at)}, 1) },
		"flip":            func(at int) *Tensor { return part(x, at).Flip(1) },
		"sum":             func(at int) *Tensor { return part(x, at).Sum(1) },
		"max":             func(at int) *Tensor { v, i := part(x, at).MaxKeepDim(1); return v.Add(i) },
		"sort":            func(at int) *Tensor { v, i := part(x, at).Sort(1, true); return v.Add(i) },
		"topk":            func(at int) *Tensor { v, i := part(x, at).TopK(7, 1); return v.Add(i) },
		"columns":         func(at int) *Tensor { return part(x, at).IndexSelect(1, columns) },
		"gather":          func(at int) *Tensor { return part(x, at).Gather(1, part(index, at)) },
		"scatter add":     func(at int) *Tensor { return part(x, at).ScatterAdd(1, part(index, at), part(y, at)) },
		"softmax":         func(at int) *Tensor { return part(x, at).Softmax(1) },
		"pow":             func(at int) *Tensor { return part(x, at).Pow(3) },
		"gelu":            func(at int) *Tensor { return part(x, at).GELU() },
	} {
		var parts []*Tensor
		for at := 0; at < rows; at += few {
			parts = append(parts, f(at))
		}
		if got, want := f(-1), Cat(parts, 0); got.DType() != want.DType() || !got.Equal(want) {
			t.Errorf("%s: not what the parts give", name)
		}
	}
	lower, upper := x.Tril(-3), x.Triu(5)
	for i := range rows {
		for _, j := range []int{0, cols / 2, cols - 1, max(0, min(cols-1, i-3)), max(0, min(cols-1, i-2)), max(0, min(cols-1, i+5)), min(cols-1, i+4)} {
			want := func(keep bool) float64 {
				if keep {
					return x.At(i, j)
				}
				return 0
			}
			if lower.At(i, j) != want(j <= i-3) || upper.At(i, j) != want(j >= i+5) {
				t.Fatal(fmt.Sprint("triangles at ", i, j))
			}
		}
	}
}
