package cmp

import (
	real "cmp"
	"math"
	"testing"
)

func TestOrder(t *testing.T) {
	values := []float64{math.NaN(), math.Inf(-1), -1, math.Copysign(0, -1), 0, 1}
	for _, x := range values {
		for _, y := range values {
			if Less(x, y) != real.Less(x, y) || Compare(x, y) != real.Compare(x, y) {
				t.Errorf("%v and %v: %v %v", x, y, Less(x, y), Compare(x, y))
			}
		}
	}
	if Compare("a", "b") != -1 || !Less("a", "b") {
		t.Error("strings")
	}
}

func TestOr(t *testing.T) {
	if Or(0, 2, 3) != 2 || Or("", "") != "" || Or[int]() != 0 {
		t.Error("Or does not give the first that is not zero")
	}
}
