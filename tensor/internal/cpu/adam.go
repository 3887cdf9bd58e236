package cpu

import "math"

// Adam holds the numbers of one step of Adam (Kingma and Ba, 2015) or AdamW (Loshchilov and Hutter, 2019).
type Adam struct {
	LR, Beta1, Beta2, Eps float64
	L2                    float64 // Adam's weight_decay: L2·param is added to the gradient
	Decay                 float64 // AdamW's weight_decay: the parameter first shrinks by LR·Decay
	Step                  int     // 1 for the first step
}

// StepF32 updates a parameter and the running means m and v of its gradient and of the gradient's square, in
// the order of operations of torch.optim.Adam and AdamW. The slices have one length.
func (o Adam) StepF32(param, grad, m, v []float32) {
	n := len(param)
	keep, lr, correction := o.numbers()
	adamF32(param, grad[:n], m[:n], v[:n], float32(keep), float32(o.L2), float32(1-o.Beta1), float32(o.Beta2),
		float32(1-o.Beta2), float32(correction), float32(o.Eps), float32(lr))
}

// StepF64 is StepF32 for float64.
func (o Adam) StepF64(param, grad, m, v []float64) {
	n := len(param)
	keep, lr, correction := o.numbers()
	adam(param, grad[:n], m[:n], v[:n], keep, o.L2, 1-o.Beta1, o.Beta2, 1-o.Beta2, correction, o.Eps, lr)
}

// numbers returns the factor of the old parameter and what corrects m and v for having begun at zero.
func (o Adam) numbers() (keep, lr, correction float64) {
	t := float64(o.Step)
	return 1 - o.LR*o.Decay, o.LR / (1 - math.Pow(o.Beta1, t)), math.Sqrt(1 - math.Pow(o.Beta2, t))
}

var adamF32 = adam[float32]

func adam[T Float](param, grad, m, v []T, keep, l2, rest1, beta2, rest2, correction, eps, lr T) {
	for i, p := range param {
		p *= keep
		g := fma(l2, p, grad[i])
		m[i] = fma(rest1, g-m[i], m[i])
		v[i] = fma(rest2*g, g, v[i]*beta2)
		param[i] = p - lr*m[i]/(T(math.Sqrt(float64(v[i])))/correction+eps)
	}
}
