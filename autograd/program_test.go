package autograd_test

import (
	"fmt"
	"math"
	"slices"
	"testing"

	"github.com/gophergrad/gophergrad/tensor"
	"pgregory.net/rapid"
)

// scalarGraph is a program on single numbers, differentiated by the chain rule
// in the plainest way: the model that tensors must agree with, element by
// element.
type scalarGraph struct {
	value, grad []float64
	back        []func()
}

func (g *scalarGraph) leaf(v float64) int {
	g.value, g.grad, g.back = append(g.value, v), append(g.grad, 0), append(g.back, nil)
	return len(g.value) - 1
}

// apply adds a node with the given value and partial derivatives.
func (g *scalarGraph) apply(v float64, in []int, partial ...float64) int {
	out := g.leaf(v)
	g.back[out] = func() {
		for i, x := range in {
			g.grad[x] += g.grad[out] * partial[i]
		}
	}
	return out
}

func (g *scalarGraph) run() {
	for i := len(g.back) - 1; i >= 0; i-- {
		if g.back[i] != nil {
			g.back[i]()
		}
	}
}

// value is a tensor of a program and the model's numbers for its elements.
type value struct {
	t     *tensor.Tensor
	nodes []int
}

// Random programs of operations, views and in-place changes compute what a
// scalar interpreter computes, forward and backward.
func TestRandomPrograms(t *testing.T) {
	rapid.Check(t, func(r *rapid.T) {
		g := &scalarGraph{}
		var vars, leaves []value
		for k := range 2 {
			v := make([]float64, 6)
			nodes := make([]int, 6)
			for i := range v {
				v[i] = 2*fraction(i, 10*k+rapid.IntRange(0, 5).Draw(r, "seed")) - 1
				nodes[i] = g.leaf(v[i])
			}
			leaves = append(leaves, value{tensor.FromSlice(v, 2, 3).SetRequiresGrad(true), nodes})
		}
		vars = append(vars, leaves...)
		program := ""
		for range rapid.IntRange(1, 12).Draw(r, "steps") {
			x := vars[rapid.IntRange(0, len(vars)-1).Draw(r, "x")]
			y := vars[rapid.IntRange(0, len(vars)-1).Draw(r, "y")]
			op := rapid.SampledFrom([]string{"add", "sub", "mul", "tanh", "sin", "scale", "flip", "transpose", "sum", "row", "write", "cat", "relu", "quotient", "pick", "window", "product", "exp", "maximum", "where", "cumsum", "softmax", "gather", "scatter add", "row product", "row maximum"}).Draw(r, "op")
			program += " " + op
			z := value{nodes: make([]int, 6)}
			for i := range 6 {
				a, b := x.nodes[i], y.nodes[i]
				va, vb := g.value[a], g.value[b]
				switch op {
				case "add":
					z.nodes[i] = g.apply(va+vb, []int{a, b}, 1, 1)
				case "sub":
					z.nodes[i] = g.apply(va-vb, []int{a, b}, 1, -1)
				case "mul":
					z.nodes[i] = g.apply(va*vb, []int{a, b}, vb, va)
				case "tanh":
					h := math.Tanh(va)
					z.nodes[i] = g.apply(h, []int{a}, 1-h*h)
				case "sin":
					z.nodes[i] = g.apply(math.Sin(va), []int{a}, math.Cos(va))
				case "scale":
					z.nodes[i] = g.apply(va*0.5, []int{a}, 0.5)
				case "flip":
					z.nodes[i] = x.nodes[i/3*3+2-i%3]
				case "transpose": // read as 3×2, written as 2×3
					z.nodes[i] = x.nodes[i%2*3+i/2]
				case "sum": // broadcast the column sums
					a0, a1 := x.nodes[i%3], x.nodes[3+i%3]
					z.nodes[i] = g.apply(g.value[a0]+g.value[a1], []int{a0, a1}, 1, 1)
				case "row": // x with its first row times y's second
					if z.nodes[i] = a; i < 3 {
						b = y.nodes[3+i]
						z.nodes[i] = g.apply(va*g.value[b], []int{a, b}, g.value[b], va)
					}
				case "relu":
					z.nodes[i] = g.apply(max(va, 0), []int{a}, map[bool]float64{true: 1}[va > 0])
				case "quotient":
					d := vb*vb + 1
					z.nodes[i] = g.apply(va/d, []int{a, b}, 1/d, -2*va*vb/(d*d))
				case "pick": // columns 2, 0 and 2 again
					z.nodes[i] = x.nodes[i/3*3+2-2*(i%3%2)]
				case "window": // overlapping windows of the elements in a row
					z.nodes[i] = x.nodes[i/3+i%3]
				case "product": // x·(yᵀ·x)/4, a sum over both inner sizes
					var in []int
					var partial []float64
					v := 0.0
					for k := range 3 {
						for r := range 2 {
							p, q, s := x.nodes[i/3*3+k], y.nodes[r*3+k], x.nodes[r*3+i%3]
							vp, vq, vs := g.value[p], g.value[q], g.value[s]
							v += vp * vq * vs / 4
							in, partial = append(in, p, q, s), append(partial, vq*vs/4, vp*vs/4, vp*vq/4)
						}
					}
					z.nodes[i] = g.apply(v, in, partial...)
				case "exp":
					e := math.Exp(va / 4)
					z.nodes[i] = g.apply(e, []int{a}, e/4)
				case "maximum":
					half := map[bool]float64{true: 0.5}[va == vb]
					z.nodes[i] = g.apply(max(va, vb), []int{a, b}, half+map[bool]float64{true: 1}[va > vb], half+map[bool]float64{true: 1}[vb > va])
				case "where":
					if z.nodes[i] = a; va <= 0 {
						z.nodes[i] = b
					}
				case "cumsum":
					if z.nodes[i] = a; i%3 > 0 {
						z.nodes[i] = g.apply(g.value[z.nodes[i-1]]+va, []int{z.nodes[i-1], a}, 1, 1)
					}
				case "softmax", "row product", "row maximum":
					row := x.nodes[i/3*3:][:3]
					u, v, w := g.value[row[0]], g.value[row[1]], g.value[row[2]]
					switch op {
					case "softmax":
						all := math.Exp(u) + math.Exp(v) + math.Exp(w)
						s := math.Exp(va) / all
						d := []float64{-s * math.Exp(u) / all, -s * math.Exp(v) / all, -s * math.Exp(w) / all}
						d[i%3] += s
						z.nodes[i] = g.apply(s, row, d...)
					case "row product":
						z.nodes[i] = g.apply(u*v*w, row, v*w, u*w, u*v)
					case "row maximum": // the first, where several are
						z.nodes[i] = row[slices.Index([]float64{u, v, w}, max(u, v, w))]
					}
				case "gather":
					z.nodes[i] = x.nodes[i/3*3+[]int{2, 0, 0, 1, 1, 2}[i]]
				case "scatter add": // y's rows at columns 0, 0, 2 and 1, 1, 1 of x
					z.nodes[i] = a
					for k, to := range []int{0, 0, 2, 4, 4, 4} {
						if from := y.nodes[k]; to == i {
							z.nodes[i] = g.apply(g.value[z.nodes[i]]+g.value[from], []int{z.nodes[i], from}, 1, 1)
						}
					}
				case "write": // x with its last column from y
					if z.nodes[i] = a; i%3 == 2 {
						z.nodes[i] = b
					}
				case "cat": // x's second row above y's first
					if i < 3 {
						z.nodes[i] = x.nodes[3+i]
					} else {
						z.nodes[i] = y.nodes[i-3]
					}
				}
			}
			switch op {
			case "add":
				z.t = x.t.Add(y.t)
			case "sub":
				z.t = x.t.Sub(y.t)
			case "mul":
				z.t = x.t.Mul(y.t)
			case "tanh":
				z.t = x.t.Tanh()
			case "sin":
				z.t = x.t.Sin()
			case "scale":
				z.t = x.t.MulScalar(0.5)
			case "flip":
				z.t = x.t.Flip(1)
			case "transpose":
				z.t = x.t.T().Reshape(2, 3)
			case "sum":
				z.t = x.t.SumKeepDim(0).Expand(2, 3)
			case "relu":
				z.t = x.t.ReLU()
			case "quotient":
				z.t = x.t.Div(y.t.Square().AddScalar(1))
			case "pick":
				z.t = x.t.Index(tensor.All, []int{2, 0, 2})
			case "window":
				z.t = x.t.Flatten().Narrow(0, 0, 4).Unfold(0, 3, 1)
			case "product":
				z.t = x.t.MatMul(y.t.T().MatMul(x.t)).DivScalar(4)
			case "row":
				z.t = x.t.Clone()
				z.t.Select(0, 0).MulInPlace(y.t.Select(0, 1))
			case "exp":
				z.t = x.t.DivScalar(4).Exp()
			case "maximum":
				z.t = x.t.Maximum(y.t)
			case "where":
				z.t = tensor.Where(x.t.GtScalar(0), x.t, y.t)
			case "cumsum":
				z.t = x.t.CumSum(1)
			case "softmax":
				z.t = x.t.Softmax(1)
			case "row product":
				z.t = x.t.ProdKeepDim(1).Expand(2, 3)
			case "row maximum":
				most, _ := x.t.MaxKeepDim(1)
				z.t = most.Expand(2, 3)
			case "gather":
				z.t = x.t.Gather(1, tensor.Of([][]int{{2, 0, 0}, {1, 1, 2}}))
			case "scatter add":
				z.t = x.t.ScatterAdd(1, tensor.Of([][]int{{0, 0, 2}, {1, 1, 1}}), y.t)
			case "write":
				z.t = x.t.Clone()
				z.t.Narrow(1, 2, 1).CopyInPlace(y.t.Narrow(1, 2, 1))
			case "cat":
				z.t = tensor.Cat([]*tensor.Tensor{x.t.Narrow(0, 1, 1), y.t.Narrow(0, 0, 1)}, 0)
			}
			vars = append(vars, z)
		}
		last := vars[len(vars)-1]
		last.t.Sum().Backward()
		for _, n := range last.nodes {
			g.grad[n]++
		}
		g.run()
		check := func(what string, got []float64, nodes []int, want []float64) {
			for i, n := range nodes {
				if math.Abs(got[i]-want[n]) > 1e-9*(1+math.Abs(want[n])) {
					r.Fatalf("%s after%s: element %d is %v, want %v", what, program, i, got[i], want[n])
				}
			}
		}
		check("value", last.t.Float64s(), last.nodes, g.value)
		for k, l := range leaves {
			got := make([]float64, 6)
			if l.t.Grad() != nil {
				got = l.t.Grad().Float64s()
			}
			check(fmt.Sprint("gradient of leaf ", k), got, l.nodes, g.grad)
		}
	})
}
