package rt

import "fmt"

// Refusal is the panic of lowered code that needs what the interpreter cannot do rightly, where only running could
// tell.
type Refusal struct{ What string }

func (r *Refusal) Error() string { return "gophergrad cannot run " + r.What }

// Exit is the panic of a call that would end the process.
type Exit string

func (e Exit) Error() string { return string(e) }

// final reports whether a panic with v ends the run: its code does not recover from it.
func final(v any) bool {
	switch v.(type) {
	case *Refusal, Exit, Race:
		return true
	}
	return false
}

// refuse ends the running code.
func (r *Runtime) refuse(format string, args ...any) {
	r.end(&Refusal{fmt.Sprintf(format, args...)})
}

// Exit is os.Exit.
func (r *Runtime) Exit(code int) { r.end(Exit(fmt.Sprintf("os.Exit(%d): the kernel goes on", code))) }

// end ends the running code. Should compiled code recover, as fmt does around String methods, the run fails all the
// same.
func (r *Runtime) end(v any) {
	if run := r.currentRun(); run != nil {
		run.End(&Failure{Value: v, Text: message(v), Frames: r.Stack()})
	}
	panic(v)
}

// End notes why the run fails, whatever its code does.
func (run *Run) End(f *Failure) {
	run.mu.Lock()
	defer run.mu.Unlock()
	if run.ended == nil {
		run.ended = f
	}
}

// Ended is why the run fails although its code may have gone on; nil if it does not.
func (run *Run) Ended() *Failure {
	run.mu.Lock()
	defer run.mu.Unlock()
	return run.ended
}
