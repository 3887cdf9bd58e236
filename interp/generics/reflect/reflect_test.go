package reflect

import (
	"fmt"
	real "reflect"
	"testing"
)

func TestTypeFor(t *testing.T) {
	if TypeFor[error]() != real.TypeFor[error]() || TypeFor[[]int]() != real.TypeFor[[]int]() {
		t.Error("wrong type")
	}
}

func TestTypeAssert(t *testing.T) {
	v := real.ValueOf(fmt.Errorf("wrong"))
	if e, ok := TypeAssert[error](v); !ok || e.Error() != "wrong" {
		t.Error(e, ok)
	}
	if n, ok := TypeAssert[int](v); ok || n != 0 {
		t.Error(n, ok)
	}
}
