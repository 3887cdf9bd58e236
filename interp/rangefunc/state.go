// Package rangefunc names the states of a range over a function. Lowered code keeps the state in a variable, and the
// runtime tells an iterator that ignores it.
package rangefunc

// The states. Those from Return on say how the body left the loop.
const (
	Over   = -3 // the loop has been left
	InBody = -2 // the body runs, or has panicked
	Broken = -1 // the body broke out of the loop
	Ready  = 0  // the body may run
	Return = 1  // the body returned from the function around it
)
