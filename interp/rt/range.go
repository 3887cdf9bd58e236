package rt

import "github.com/gophergrad/gophergrad/interp/rangefunc"

// RangeContinued panics for an iterator that calls the body in a state other than rangefunc.Ready.
func RangeContinued(state int) {
	switch state {
	case rangefunc.Over:
		panic(runtimeError("range function continued iteration after whole loop exit"))
	case rangefunc.InBody:
		panic(runtimeError("range function continued iteration after loop body panic"))
	}
	panic(runtimeError("range function continued iteration after function for loop body returned false"))
}

// RangeExit gives the state in which the iterator left the loop. It may not have swallowed the body's panic.
func RangeExit(state int) int {
	if state == rangefunc.InBody {
		panic(runtimeError("range function recovered a loop body panic and did not resume panicking"))
	}
	return state
}
