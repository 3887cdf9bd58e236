package autograd

import (
	"errors"
	"fmt"
	"math"

	"github.com/gophergrad/gophergrad/tensor"
)

var errNoDependence = errors.New("gradcheck: the result does not depend on an input that requires a gradient")

// GradCheck compares the gradients of f at xs, Float64 or Complex128 tensors, with numerical
// ones and returns an error where they differ. It compares one directional
// derivative for each input, along fixed pseudo-random directions, of a
// pseudo-random combination of f's results: two evaluations an input instead of
// two an element.
func GradCheck(f func(xs ...*tensor.Tensor) []*tensor.Tensor, xs ...*tensor.Tensor) (err error) {
	EnableGrad(func() { err = gradCheck(f, xs) })
	return err
}

func gradCheck(f func(xs ...*T) []*T, xs []*T) error {
	leaves := make([]*T, len(xs))
	for i, x := range xs {
		leaves[i] = x.Detach().Clone()
		if x.RequiresGrad() {
			if x.DType() != tensor.Float64 && x.DType() != tensor.Complex128 {
				return fmt.Errorf("gradcheck: input %d is %v; numerical derivatives need float64 or complex128", i, x.DType())
			}
			leaves[i].SetRequiresGrad(true)
		}
	}
	y := project(f(leaves...))
	if y == nil || !y.RequiresGrad() {
		return errNoDependence
	}
	var wanted []*T
	for _, x := range leaves {
		if x.RequiresGrad() {
			wanted = append(wanted, x)
		}
	}
	grads := Gradients([]*T{y}, wanted, AllowUnused())
	at := 0
	for i, x := range leaves {
		if !x.RequiresGrad() {
			continue
		}
		g := grads[at]
		at++
		if x.NumEl() == 0 {
			continue
		}
		direction := pattern(x.Shape(), i+1)
		if x.DType().IsComplex() {
			direction = tensor.Complex(direction, pattern(x.Shape(), -i-1))
		}
		analytic := 0.0
		if g != nil {
			analytic = parts(g.Detach()).Mul(parts(direction)).Sum().Item()
		}
		numeric := directional(f, leaves, i, direction)
		if math.Abs(analytic-numeric) > 1e-6*(1+math.Abs(numeric)) {
			return fmt.Errorf("gradcheck: the derivative along input %d is %.9g by backward, %.9g by differences", i, analytic, numeric)
		}
	}
	return nil
}

// directional returns the derivative of the projected f along a direction of one
// input, by central differences of two step sizes (Richardson's extrapolation).
func directional(f func(xs ...*T) []*T, xs []*T, i int, direction *T) float64 {
	value := func(h float64) float64 {
		moved := append([]*T{}, xs...)
		moved[i] = xs[i].Detach().Add(direction.MulScalar(h)).SetRequiresGrad(true)
		return project(f(moved...)).Item()
	}
	slope := func(h float64) float64 { return (value(h) - value(-h)) / (2 * h) }
	const h = 1e-4
	return (4*slope(h/2) - slope(h)) / 3
}

// GradGradCheck is GradCheck of f's gradient: it checks second derivatives.
func GradGradCheck(f func(xs ...*tensor.Tensor) []*tensor.Tensor, xs ...*tensor.Tensor) (err error) {
	EnableGrad(func() { err = gradGradCheck(f, xs) })
	return err
}

func gradGradCheck(f func(xs ...*T) []*T, xs []*T) error {
	if project(f(xs...)) == nil {
		return errNoDependence
	}
	first := func(ys ...*T) []*T {
		var wanted []*T
		for _, y := range ys {
			if y.RequiresGrad() {
				wanted = append(wanted, y)
			}
		}
		var out []*T
		for _, g := range Gradients([]*T{project(f(ys...))}, wanted, CreateGraph(), AllowUnused()) {
			if g != nil {
				out = append(out, g)
			}
		}
		return out
	}
	if y := project(first(xs...)); y == nil || !y.RequiresGrad() {
		return nil // linear: the gradient is constant
	}
	return gradCheck(first, xs)
}

// project combines the tensors of a list that carry gradients to one number,
// with fixed weights.
func project(ys []*T) *T {
	var sum *T
	for i, y := range ys {
		y = parts(y)
		if !y.DType().IsFloat() || !y.RequiresGrad() {
			continue
		}
		term := y.Mul(pattern(y.Shape(), 100+i).Cast(y.DType())).Sum()
		if sum == nil {
			sum = term
		} else {
			sum = sum.Add(term)
		}
	}
	return sum
}

// parts returns the real and imaginary parts of complex numbers: the gradient of a
// real loss is made of its derivatives along both.
func parts(t *T) *T {
	if t.DType().IsComplex() {
		return t.AsReal()
	}
	return t
}

// pattern returns fixed numbers in [-1, 1] without regularity (a Weyl sequence).
func pattern(shape []int, seed int) *T {
	t := tensor.As(tensor.Float64).Zeros(shape...)
	v := make([]float64, t.NumEl())
	for i := range v {
		v[i] = 2*weyl(i, seed) - 1
	}
	if len(v) == 0 {
		return t
	}
	return tensor.FromSlice(v, len(v)).View(shape...)
}

// weyl returns the fractional part of multiples of the golden ratio.
func weyl(i, seed int) float64 {
	x := 0.5 + float64(i+1)*0.6180339887498949 + float64(seed)*0.3819660112501051*0.77
	return x - math.Floor(x)
}
