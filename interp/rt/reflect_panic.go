package rt

import (
	"bytes"
	"regexp"
)

// A panic of package reflect means what it says if the cell called the package; otherwise the interpreter did, for an
// operation of the cell's.

// reflects reports whether the panic came from package reflect, which the cell called.
func (g *goroutine) reflects() bool { return g.at != nil && g.at.reflects }

// reflects reports whether in Go's traceback of a panic nothing but package reflect stands between the panic and the call
// of compiled code by the interpreter.
func reflects(trace []byte) bool {
	_, trace, _ = bytes.Cut(trace, []byte("\npanic("))
	lines := bytes.Split(trace, []byte("\n"))
	for i := 2; i+1 < len(lines); i += 2 { // a call, and its place
		switch {
		case bytes.HasPrefix(lines[i], []byte("reflect.Value.call(")):
			return i > 2 // the call itself may have failed
		case !bytes.HasPrefix(lines[i], []byte("reflect.")) && !ownReflect.Match(lines[i+1]):
			return false
		}
	}
	return false
}

var ownReflect = regexp.MustCompile(`/interp/rt/reflect_\w+\.go:`)
