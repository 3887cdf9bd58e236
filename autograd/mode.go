// Package autograd differentiates programs of tensor operations: it walks the
// record that package tensor keeps ([tensor.Node]) backwards and applies the
// derivative of each operation, one line of a table (the rules files).
//
// Reverse-mode automatic differentiation: Griewank and Walther, Evaluating
// Derivatives, SIAM 2008.
package autograd

import "github.com/gophergrad/gophergrad/tensor"

// NoGrad runs f without recording history, in this goroutine.
func NoGrad(f func()) { tensor.WithGradEnabled(false, f) }

// EnableGrad runs f with recording, also within NoGrad.
func EnableGrad(f func()) { tensor.WithGradEnabled(true, f) }

// SetGradEnabled runs f with or without recording.
func SetGradEnabled(on bool, f func()) { tensor.WithGradEnabled(on, f) }

// SavedTensorsHooks runs f with every tensor that its operations save for their
// derivatives held as what pack makes of it, a file or fewer bits say, until the
// backward pass needs it: then unpack gives it back, of the same shape and dtype.
// Both run without recording. The inner ones of nested hooks count.
func SavedTensorsHooks(pack func(x *tensor.Tensor) any, unpack func(packed any) *tensor.Tensor, f func()) {
	tensor.WithPacking(pack, unpack, f)
}

// InferenceMode is NoGrad by PyTorch's other name.
func InferenceMode(f func()) { NoGrad(f) }

// IsGradEnabled reports whether operations of this goroutine are recorded.
func IsGradEnabled() bool { return tensor.GradEnabled() }
