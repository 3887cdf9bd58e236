package rt

import (
	"errors"
	"fmt"
	"os"
	"os/signal"
	"reflect"
	"runtime"
	"slices"
	"sync"
	"syscall"

	"github.com/gophergrad/gophergrad/interp/box"
)

// A cell runs in the session's process: what it does to its own process it would do to the session.

// signals are those that cells catch.
type signals struct {
	mu     sync.Mutex
	caught []os.Signal
	all    bool
}

// Notify is signal.Notify.
func (r *Runtime) Notify(c chan<- os.Signal, sigs ...os.Signal) {
	r.signals.mu.Lock()
	r.signals.caught = append(r.signals.caught, sigs...)
	r.signals.all = r.signals.all || len(sigs) == 0
	r.signals.mu.Unlock()
	signal.Notify(c, sigs...)
}

// harmless are the signals that do not end a session that does not catch them.
var harmless = []os.Signal{syscall.Signal(0), syscall.SIGINT, syscall.SIGCHLD, syscall.SIGCONT, syscall.SIGURG, syscall.SIGWINCH}

// ends reports whether a signal ends or stops this process.
func (s *signals) ends(sig os.Signal) bool {
	if sig == syscall.SIGKILL || sig == syscall.SIGSTOP {
		return true
	}
	s.mu.Lock()
	defer s.mu.Unlock()
	return !s.all && !slices.Contains(s.caught, sig) && !slices.Contains(harmless, sig)
}

// spare ends the run if it sends this process a signal that would end it. The process may be meant by its group, too.
func (r *Runtime) spare(pid int, sig os.Signal) {
	if slices.Contains([]int{os.Getpid(), 0, -1, -syscall.Getpgrp()}, pid) && r.signals.ends(sig) {
		r.end(Exit(fmt.Sprintf("the signal %q to this process: the kernel goes on", sig)))
	}
}

// Kill is syscall.Kill.
func (r *Runtime) Kill(pid int, sig syscall.Signal) error {
	r.spare(pid, sig)
	return syscall.Kill(pid, sig)
}

// KillProcess is p.Kill.
func (r *Runtime) KillProcess(p *os.Process) error {
	r.spare(p.Pid, os.Kill)
	return p.Kill()
}

// SignalProcess is p.Signal.
func (r *Runtime) SignalProcess(p *os.Process, sig os.Signal) error {
	r.spare(p.Pid, sig)
	return p.Signal(sig)
}

// Unhandled gives signal.Ignore or signal.Reset without the signals by which the session is interrupted and ended.
func Unhandled(change func(...os.Signal)) func(...os.Signal) {
	return func(sigs ...os.Signal) {
		sigs = slices.DeleteFunc(slices.Clone(sigs), func(sig os.Signal) bool { return sig == syscall.SIGINT || sig == syscall.SIGTERM })
		if len(sigs) > 0 { // none would mean all
			change(sigs...)
		}
	}
}

// SetFinalizer is runtime.SetFinalizer, whose errors end the process, as does a panic of the finalizer.
func (r *Runtime) SetFinalizer(obj, finalizer any) {
	obj, finalizer = opened(obj), opened(finalizer)
	of, by := reflect.TypeOf(obj), reflect.ValueOf(finalizer)
	if of == nil || of.Kind() != reflect.Pointer || reflect.ValueOf(obj).IsNil() {
		panic(plainError("runtime.SetFinalizer: the first argument must be a pointer, and not nil"))
	}
	if finalizer == nil {
		runtime.SetFinalizer(obj, nil)
		return
	}
	if by.Kind() != reflect.Func || by.Type().NumIn() != 1 || !of.AssignableTo(by.Type().In(0)) {
		r.refuse("runtime.SetFinalizer of a %s with a %s", typeName(obj), by.Type())
	}
	runtime.SetFinalizer(obj, reflect.MakeFunc(reflect.FuncOf([]reflect.Type{of}, nil, false), func(args []reflect.Value) []reflect.Value {
		r.Guarded(func() { by.Call(args) })()
		return nil
	}).Interface())
}

// opened gives a value without its box.
func opened(v any) any {
	if b, ok := v.(box.Box); ok {
		return b.Value
	}
	return v
}

// CloseFile is f.Close. The files through which the session gets input and output stay open.
func (r *Runtime) CloseFile(f *os.File) error {
	if f != nil && slices.Contains(r.Standard[:], f) {
		return &os.PathError{Op: "close", Path: f.Name(), Err: errors.New("the session needs it")}
	}
	return f.Close()
}
