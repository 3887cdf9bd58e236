package rt

import (
	"bytes"
	"fmt"
	"reflect"
	"regexp"
	"runtime"
	"strconv"
	"strings"
	"unsafe"

	"github.com/traefik/yaegi/interp"
)

// Function is a function of a cell, for tracebacks.
type Function struct {
	Name string // as the user wrote it; empty for the cell itself
	Cell string
}

// Frame is a place in a cell that a panic passed.
type Frame struct {
	Function, Cell string
	Line           int
	Elided         bool // not a place: frames that are not known
}

// Failure is how a cell or goroutine ended other than by finishing.
type Failure struct {
	Value       any    // what was panicked with
	Text        string // its message
	Frames      []Frame
	Callee      string // the compiled function in which it began, called by the cell; "" if it began in the cell's code
	Interrupted bool
	Overrun     bool // it recursed without end
	Exited      bool // it called runtime.Goexit
}

// Function numbers a function.
func (r *Runtime) Function(name, cell string) int {
	r.mu.Lock()
	defer r.mu.Unlock()
	r.functions = append(r.functions, Function{Name: name, Cell: cell})
	return len(r.functions) - 1
}

// A place is an int: a mark that tells it from the user's integers, the number of a function, and a line.
const (
	placeMark    = 0x4c69
	markShift    = 48
	functionBits = 24
)

// Place is the number of a line of a function: lowered code keeps the one that it is at in a local variable. Line 0 is
// of code that the user did not write.
func (r *Runtime) Place(function, line int) int {
	return placeMark<<markShift | function<<functionBits | line
}

// frameOf is the place that a number stands for.
func (r *Runtime) frameOf(place int64) Frame {
	r.mu.Lock()
	defer r.mu.Unlock()
	f := r.functions[place>>functionBits&(1<<functionBits-1)]
	return Frame{Function: f.Name, Cell: f.Cell, Line: lineOf(place)}
}

func lineOf(place int64) int { return int(place & (1<<functionBits - 1)) }

// The interpreter says nothing about where its functions are. But each runs in a Go function of its own, whose
// arguments Go's traceback prints, and the second of them is the frame with the function's variables.
var (
	interpreted = regexp.MustCompile(`^github\.com/traefik/yaegi/interp\.runCfg\(0x[0-9a-f]+, 0x([0-9a-f]+), `)
	frameType   = func() reflect.Type {
		f, _ := reflect.TypeFor[interp.Interpreter]().FieldByName("frame")
		return f.Type.Elem()
	}()
)

// Stack lists where the calling goroutine is in cells, the innermost place first. A deferred call that runs has no
// part in it of the function that deferred it. Go leaves out the middle of a deep stack.
func (r *Runtime) Stack() []Frame { return r.frames(goTrace()) }

// goTrace is Go's traceback of the calling goroutine.
func goTrace() []byte {
	text := make([]byte, 64<<10)
	return text[:runtime.Stack(text, false)]
}

// frames finds the places of cells in Go's traceback of the calling goroutine.
func (r *Runtime) frames(text []byte) []Frame {
	frames := []Frame{}
	var last unsafe.Pointer
	unwinding := false // a deferred call: the function that deferred it is still to come
	for line := range bytes.Lines(text) {
		switch {
		case bytes.Contains(line, []byte("rt.(*Runtime).unwind(")):
			unwinding = true
		case bytes.Contains(line, []byte("rt.(*Runtime).Try(")):
			unwinding = false
		case bytes.Contains(line, []byte(" frames elided...")):
			frames = append(frames, Frame{Elided: true})
			unwinding = false
		}
		if unwinding || !interpreted.Match(line) {
			continue
		}
		if p, place := running(frameIn(line)); p != nil && p != last {
			last = p
			if frame := r.frameOf(place); frame.Line > 0 {
				frames = append(frames, frame)
			}
		}
	}
	return frames
}

// frameIn is the interpreter's frame that a line of Go's traceback names.
func frameIn(line []byte) reflect.Value {
	address, _ := strconv.ParseUint(string(interpreted.FindSubmatch(line)[1]), 16, 64)
	return frameAt(uintptr(address))
}

// frameAt is the interpreter's frame at an address. It is on the calling goroutine's stack, which keeps it alive.
func frameAt(address uintptr) reflect.Value {
	return reflect.NewAt(frameType, *(*unsafe.Pointer)(unsafe.Pointer(&address)))
}

// running finds the variable with the place in an interpreter's frame, or in that of the function around it.
func running(frame reflect.Value) (unsafe.Pointer, int64) {
	for ; !frame.IsNil(); frame = frame.Elem().FieldByName("anc") {
		if p, place := placeIn(frame); p != nil {
			return p, place
		}
	}
	return nil, 0
}

// placeIn finds the variable with the place in an interpreter's frame; nil if the function has none.
func placeIn(frame reflect.Value) (unsafe.Pointer, int64) {
	data := frame.Elem().FieldByName("data")
	for i := range data.Len() {
		slot := *(*reflect.Value)(data.Index(i).Addr().UnsafePointer())
		if slot.Kind() == reflect.Int && slot.CanAddr() && slot.Int()>>markShift == placeMark {
			return slot.Addr().UnsafePointer(), slot.Int()
		}
	}
	return nil, 0
}

// Leave notes what the interpreter prints when a panic leaves a function, and reports whether it was that.
func (r *Runtime) Leave(text string) bool {
	if !strings.Contains(text, ": panic: ") {
		return false
	}
	g := r.current()
	switch {
	case g == nil || g.frames != nil && !panicIsNew():
	case g.defers != nil && g.defers.depth > deepDefer: // each traceback goes through the whole stack
		g.at = nil
	default:
		text := goTrace()
		g.frames, g.at = r.frames(text), spotOf(text)
	}
	return true
}

// callee finds in Go's traceback of a panic the compiled function that the interpreter called.
func callee(trace []byte) string {
	_, trace, _ = bytes.Cut(trace, []byte("\npanic("))
	lines := bytes.Split(trace, []byte("\n"))
	for i := 2; i+2 < len(lines); i += 2 { // a call, and its place
		switch {
		case bytes.Contains(lines[i], []byte("/yaegi/")), bytes.HasPrefix(lines[i], []byte("reflect.")):
			return ""
		case bytes.HasPrefix(lines[i+2], []byte("reflect.Value.call(")):
			name := lines[i][:bytes.LastIndexByte(lines[i], '(')]
			return string(name[bytes.LastIndexByte(name, '/')+1:])
		}
	}
	return ""
}

// deepDefer is how many deferred calls may be around a panic that is looked at. Endless recursion through deferred calls
// that panic has more.
const deepDefer = 100

// panicIsNew reports whether the panic that leaves a function began in it or in what it called, rather than being
// one that has left another function and goes on.
func panicIsNew() bool {
	var pcs [32]uintptr
	frames := runtime.CallersFrames(pcs[:runtime.Callers(2, pcs[:])])
	panicked := false
	for {
		frame, more := frames.Next()
		switch {
		case frame.Function == "runtime.gopanic":
			panicked = true
		case panicked:
			return !strings.HasSuffix(frame.Function, "interp.runCfg.func1") && !strings.HasSuffix(frame.Function, "rt.(*Runtime).unwind")
		}
		if !more {
			return true
		}
	}
}

// message is the text of a panic's value.
func message(value any) string {
	switch v := value.(type) {
	case error:
		return v.Error()
	case fmt.Stringer:
		return v.String()
	}
	return fmt.Sprint(value)
}
