package autograd_test

import (
	"math"
	"slices"
	"strings"
	"testing"

	"github.com/gophergrad/gophergrad/autograd"
	"github.com/gophergrad/gophergrad/tensor"
	"pgregory.net/rapid"
)

// alias is a tensor of a program and what the model knows of it: its elements are places of a memory that its views
// share, which holds nodes of the scalar graph.
type alias struct {
	t      *tensor.Tensor
	memory []int
	at     []int
	fixed  bool // a leaf or a view of one
}

func (a alias) nodes() []int {
	out := make([]int, len(a.at))
	for i, p := range a.at {
		out[i] = a.memory[p]
	}
	return out
}

// Random programs that write through views, and read what others wrote, compute what single numbers in shared memory
// do, forward and backward, or say that a value was changed that the derivative needs.
func TestRandomAliases(t *testing.T) {
	refused, all := 0, 0
	rapid.Check(t, func(r *rapid.T) {
		g := &scalarGraph{}
		fresh := func(t *tensor.Tensor, nodes []int, fixed bool) alias {
			at := make([]int, len(nodes))
			for i := range at {
				at[i] = i
			}
			return alias{t, nodes, at, fixed}
		}
		var vars, leaves []alias
		for k := range 2 {
			v, nodes := make([]float64, 6), make([]int, 6)
			for i := range v {
				v[i] = 2*fraction(i, 10*k+rapid.IntRange(0, 5).Draw(r, "seed")) - 1
				nodes[i] = g.leaf(v[i])
			}
			leaves = append(leaves, fresh(tensor.FromSlice(v, 2, 3).SetRequiresGrad(true), nodes, true))
			// something to write to from the start
			copies := make([]int, 6)
			for i, n := range nodes {
				copies[i] = g.apply(g.value[n], []int{n}, 1)
			}
			vars = append(vars, leaves[k], fresh(leaves[k].t.Clone(), copies, false))
		}
		draw := func(fits func(a alias) bool) alias {
			var some []alias
			for _, a := range vars {
				if fits(a) {
					some = append(some, a)
				}
			}
			return some[rapid.IntRange(0, len(some)-1).Draw(r, "operand")]
		}
		program := ""
		// compute applies f and its partial derivatives element by element.
		compute := func(x, y alias, f func(a, b float64) (v, da, db float64)) []int {
			out := make([]int, len(x.at))
			xs, ys := x.nodes(), y.nodes()
			for i := range out {
				v, da, db := f(g.value[xs[i]], g.value[ys[i]])
				out[i] = g.apply(v, []int{xs[i], ys[i]}, da, db)
			}
			return out
		}
		add := func(a, b float64) (v, da, db float64) { return a + b, 1, 1 }
		mul := func(a, b float64) (v, da, db float64) { return a * b, b, a }
		sin := func(a, _ float64) (v, da, db float64) { return math.Sin(a), math.Cos(a), 0 }
		tanh := func(a, _ float64) (v, da, db float64) { h := math.Tanh(a); return h, 1 - h*h, 0 }
		second := func(_, b float64) (v, da, db float64) { return b, 0, 1 }
		zero := func(_, _ float64) (v, da, db float64) { return 0, 0, 0 }
		for range rapid.IntRange(1, 14).Draw(r, "steps") {
			op := rapid.SampledFrom([]string{"Add", "Mul", "Sin", "Tanh", "T", "row", "column", "view", "diagonal", "windows",
				"AddInPlace", "MulInPlace", "SinInPlace", "TanhInPlace", "CopyInPlace", "ZeroInPlace", "MulInPlace itself"}).Draw(r, "op")
			program += " " + op
			writes := strings.Contains(op, "InPlace")
			x := draw(func(a alias) bool {
				distinct := len(slices.Compact(slices.Sorted(slices.Values(a.at)))) == len(a.at)
				return (!writes || !a.fixed && distinct) && (a.t.Dim() == 2 || op != "T" && op != "diagonal") && (a.t.Size(0) > 1 || op != "windows")
			})
			y := draw(func(a alias) bool { return slices.Equal(a.t.Shape(), x.t.Shape()) })
			look := func(t *tensor.Tensor) { // a view: its elements are found by their positions
				i, at := 0, make([]int, t.NumEl())
				var walk func(dim, pos int)
				walk = func(dim, pos int) {
					if dim == t.Dim() {
						at[i] = pos
						i++
						return
					}
					for k := range t.Size(dim) {
						walk(dim+1, pos+k*t.Strides()[dim])
					}
				}
				walk(0, t.Offset())
				vars = append(vars, alias{t, x.memory, at, x.fixed})
			}
			write := func(nodes []int) {
				for i, p := range x.at {
					x.memory[p] = nodes[i]
				}
			}
			switch op {
			case "Add":
				vars = append(vars, fresh(x.t.Add(y.t), compute(x, y, add), false))
			case "Mul":
				vars = append(vars, fresh(x.t.Mul(y.t), compute(x, y, mul), false))
			case "Sin":
				vars = append(vars, fresh(x.t.Sin(), compute(x, x, sin), false))
			case "Tanh":
				vars = append(vars, fresh(x.t.Tanh(), compute(x, x, tanh), false))
			case "T":
				look(x.t.T())
			case "row":
				look(x.t.Narrow(0, x.t.Size(0)-1, 1))
			case "column":
				look(x.t.Select(-1, 0).Unsqueeze(0))
			case "view":
				if x.t.IsContiguous() {
					look(x.t.View(-1))
				}
			case "diagonal":
				look(x.t.Diagonal(0))
			case "windows":
				look(x.t.Unfold(0, 2, 1))
			case "AddInPlace":
				nodes := compute(x, y, add)
				x.t.AddInPlace(y.t)
				write(nodes)
			case "MulInPlace":
				nodes := compute(x, y, mul)
				x.t.MulInPlace(y.t)
				write(nodes)
			case "MulInPlace itself":
				nodes := compute(x, x, mul)
				x.t.MulInPlace(x.t)
				write(nodes)
			case "SinInPlace":
				nodes := compute(x, x, sin)
				x.t.SinInPlace()
				write(nodes)
			case "TanhInPlace":
				nodes := compute(x, x, tanh)
				x.t.TanhInPlace()
				write(nodes)
			case "CopyInPlace":
				nodes := compute(x, y, second)
				x.t.CopyInPlace(y.t)
				write(nodes)
			case "ZeroInPlace":
				nodes := compute(x, y, zero)
				x.t.ZeroInPlace()
				write(nodes)
			}
		}
		check := func(what string, got, want []float64) {
			for i := range want {
				if math.Abs(got[i]-want[i]) > 1e-9*(1+math.Abs(want[i])) {
					r.Fatalf("%s after%s: element %d is %v, want %v", what, program, i, got[i], want[i])
				}
			}
		}
		for _, a := range vars {
			want := make([]float64, len(a.at))
			for i, n := range a.nodes() {
				want[i] = g.value[n]
			}
			check("value", a.t.Float64s(), want)
		}
		last := vars[rapid.IntRange(0, len(vars)-1).Draw(r, "result")]
		all++
		_, err := try(func() *tensor.Tensor { autograd.Backward(last.t.Sum(), autograd.RetainGraph()); return nil })
		if err != nil {
			if !strings.Contains(err.Error(), "changed in place") {
				r.Fatalf("after%s: %v", program, err)
			}
			refused++
			return
		}
		for _, n := range last.nodes() {
			g.grad[n]++
		}
		g.run()
		for _, l := range leaves {
			want, got := make([]float64, 6), make([]float64, 6)
			for i, n := range l.memory {
				want[i] = g.grad[n]
			}
			if l.t.Grad() != nil {
				got = l.t.Grad().Float64s()
			}
			check("gradient", got, want)
		}
	})
	if refused > all/2 {
		t.Errorf("%d of %d programs were refused", refused, all)
	}
}
