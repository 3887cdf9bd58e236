package errors

import (
	"fmt"
	"io/fs"
	"testing"
)

func TestAsType(t *testing.T) {
	inner := &fs.PathError{Op: "open"}
	if e, ok := AsType[*fs.PathError](fmt.Errorf("around %w", inner)); !ok || e != inner {
		t.Errorf("%v %v", e, ok)
	}
	if e, ok := AsType[*fs.PathError](fs.ErrExist); ok || e != nil {
		t.Errorf("%v %v", e, ok)
	}
	if _, ok := AsType[*fs.PathError](nil); ok {
		t.Error("nil is a PathError")
	}
}
