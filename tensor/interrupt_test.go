package tensor

import (
	"testing"
	"time"
)

// Operations that take seconds end soon after an interrupt, with the error that
// the interpreter waits for, and leave the package usable.
func TestInterruptOfLongOperations(t *testing.T) {
	defer ClearInterrupt()
	a := As(Float64).Randn(700, 700)
	b, long := Randn(3000, 3000), Rand(4<<20)
	image, weight := Randn(16, 64, 64, 64), Randn(64, 64, 3, 3)
	for name, f := range map[string]func(){
		"SVD":     func() { a.SVD() },
		"MatMul":  func() { b.MatMul(b) },
		"Sort":    func() { long.Sort(0, false) },
		"Conv":    func() { image.Conv2d(weight, nil, 1, 1) },
		"Lgamma":  func() { long.Lgamma() },
		"CumProd": func() { long.View(2, -1).CumProd(0) },
		"FFT":     func() { long.FFT(0) },
	} {
		ClearInterrupt()
		done := time.AfterFunc(time.Millisecond, Interrupt)
		err := errorOf(f)
		for err == nil { // it was done before the interrupt came
			err = errorOf(f)
		}
		done.Stop()
		if err != ErrInterrupted {
			t.Errorf("%s ended with %v", name, err)
		}
	}
	ClearInterrupt()
	if v := Ones(3).Sum().Item(); v != 3 {
		t.Errorf("the sum of three ones is %v after an interrupt", v)
	}
}
