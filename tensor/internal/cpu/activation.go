package cpu

import "math"

// Activation functions and their derivatives of one float64.

// GELU returns x·Φ(x), Φ the normal distribution (Hendrycks and Gimpel 2016).
func GELU(x float64) float64 { return x / 2 * (1 + math.Erf(x/math.Sqrt2)) }

// GELUBackward returns grad times GELU's derivative, Φ(x) + x·φ(x).
func GELUBackward(grad, x float64) float64 {
	return grad * ((1+math.Erf(x/math.Sqrt2))/2 + x*math.Exp(-x*x/2)/math.Sqrt(2*math.Pi))
}

// Sigmoid returns 1/(1+e⁻ˣ).
func Sigmoid(x float64) float64 { return 1 / (1 + math.Exp(-x)) }

// SiLU returns x·Sigmoid(x).
func SiLU(x float64) float64 { return x * Sigmoid(x) }

// SiLUBackward returns grad times SiLU's derivative.
func SiLUBackward(grad, x float64) float64 {
	s := Sigmoid(x)
	return grad * s * (1 + x*(1-s))
}

// SigmoidBackward returns grad times the sigmoid's derivative where it is y.
func SigmoidBackward(grad, y float64) float64 { return grad * y * (1 - y) }

// TanhBackward returns grad times the hyperbolic tangent's derivative where it is y.
func TanhBackward(grad, y float64) float64 { return grad * (1 - y*y) }
