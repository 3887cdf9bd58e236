// Package tensor has n-dimensional arrays and the operations on them.
//
// A [Tensor] is a view (shape, strides, offset) of a [Storage]. Every operation
// is one entry of the op table (see [Ops]) and passes one chokepoint that, where
// an input needs a gradient, records a [Node]. The derivatives live in package
// autograd, which walks that record.
//
// Operations that cannot go on (shapes, dtypes, devices) panic with an [*Error].
package tensor
