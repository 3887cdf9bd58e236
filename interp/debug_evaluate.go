package interp

import (
	"context"
	"fmt"
	"go/token"
	"go/types"
	"reflect"
	"slices"
	"time"
	"unsafe"

	"github.com/gophergrad/gophergrad/interp/debug"
	"github.com/gophergrad/gophergrad/interp/lower"
	"github.com/gophergrad/gophergrad/interp/rt"
)

// local is something that code sees which a debugger evaluates: a variable of a stopped function, or what a cell which
// still runs has declared for the session.
type local struct {
	obj     types.Object
	pointer reflect.Value // to a function's variable
	lowered string        // the name of the session's variable
}

// starts notes that a cell begins to run.
func (s *Session) starts(run *rt.Run, ch *checked) {
	s.mu.Lock()
	defer s.mu.Unlock()
	s.live[run] = ch
}

// declared lists the variables of the session that the cells which run have declared so far. s.mu is held.
func (s *Session) declaredLive() []*types.Var {
	var list []*types.Var
	for run, ch := range s.live {
		for _, v := range ch.hoisted {
			if s.rt.HasReached(run, s.lowerer.NameOf(v)) {
				list = append(list, v)
			}
		}
	}
	return list
}

// seen lists the variables that code sees in a frame.
func (s *Session) seen(f debug.Frame) []local {
	s.mu.Lock()
	defer s.mu.Unlock()
	var list []local
	pkg := types.NewPackage(lower.CellPath, "main")
	for i, v := range f.Locals {
		list = append(list, local{obj: types.NewVar(token.NoPos, pkg, v.Name, v.Type), pointer: reflect.ValueOf(f.Values[i])})
	}
	for _, v := range s.declaredLive() {
		list = append(list, local{obj: types.NewVar(token.NoPos, pkg, v.Name(), v.Type()), lowered: s.lowerer.NameOf(v)})
	}
	for _, ch := range s.live {
		for _, name := range ch.pkg.Scope().Names() {
			if obj := ch.pkg.Scope().Lookup(name); obj.Pkg() == ch.pkg {
				list = append(list, local{obj: obj})
			}
		}
	}
	return list
}

// declareLocals makes the function's variables that the cell names known by pointers to them.
func (s *Session) declareLocals(ch *checked) {
	for _, v := range ch.locals {
		switch {
		case v.lowered != "":
			s.lowerer.Name(v.obj, v.lowered)
		case v.pointer.IsValid() && ch.uses(v.obj):
			s.rt.Preset(s.lowerer.Pointed(v.obj), func(slot reflect.Value) {
				*(*unsafe.Pointer)(slot.UnsafePointer()) = v.pointer.UnsafePointer()
			})
		}
	}
}

func (ch *checked) uses(obj types.Object) bool {
	for _, used := range ch.info.Uses {
		if used == obj {
			return true
		}
	}
	return false
}

// evaluationTime is how long code may run that a debugger evaluates. Other goroutines wait meanwhile, perhaps those
// that it waits for.
const evaluationTime = 5 * time.Second

// runIn runs code as a cell that sees the variables of a frame, and gives the values of its last expression. With keep
// the session takes the variables that it declares.
func (s *Session) runIn(ctx context.Context, f debug.Frame, code string, keep bool) (values []any, err error) {
	const label = "debugger"
	defer func() {
		if p := recover(); p != nil {
			s.lowerer.Discard()
			err = s.internalError(p)
		}
	}()
	c, errs := parse(s.fset, label, code)
	if len(errs) > 0 {
		return nil, syntaxError(label, code, errs)
	}
	c.locals = s.seen(f)
	ch, entry, failed := s.compile(c)
	if failed != nil {
		return nil, failed
	}
	ctx, cancel := context.WithTimeout(ctx, evaluationTime)
	defer cancel()
	run := &rt.Run{Cell: label, Quiet: true}
	if t := s.debugger.core.Stopped(); t != nil {
		run.Out = t.Out
	}
	failure := s.rt.Execute(run, entry, ctx.Done(), grace)
	if keep && failure == nil {
		s.commit(ch, run)
	} else {
		s.abandon(ch)
	}
	switch {
	case failure != nil && ctx.Err() == context.DeadlineExceeded:
		return nil, fmt.Errorf("it took longer than %v; a stopped goroutine may be what it waits for", evaluationTime)
	case failure != nil:
		return nil, s.failureError(failure, ch)
	}
	return run.Values, nil
}

type evaluateArguments struct {
	Expression string `json:"expression"`
	FrameID    int    `json:"frameId"`
}

// in finds the frame to evaluate in, none for what the session's variables are enough for.
func (d *debugger) in(frame int) (debug.Frame, error) {
	if frame == 0 {
		return debug.Frame{}, nil
	}
	return d.frame(frame)
}

// evaluate runs an expression or statements in a frame.
func (d *debugger) evaluate(ctx context.Context, a evaluateArguments) (any, error) {
	f, err := d.in(a.FrameID)
	if err != nil {
		return nil, err
	}
	values, err := d.s.runIn(ctx, f, a.Expression, false)
	if err != nil {
		return nil, err
	}
	if len(values) == 0 {
		return body{"result": "", "variablesReference": 0}, nil
	}
	var shown body
	d.s.mu.Lock()
	defer d.s.mu.Unlock()
	for _, v := range slices.Backward(values) {
		b := d.variable(watched{expr: a.Expression, value: reflect.ValueOf(v)})
		if shown != nil {
			b["value"] = fmt.Sprint(b["value"], ", ", shown["value"])
		}
		shown = b
	}
	shown["result"] = shown["value"]
	delete(shown, "value")
	delete(shown, "name")
	return shown, nil
}

// Holds evaluates the condition of a breakpoint. One that cannot be evaluated stops, and says why.
func (d *debugger) Holds(condition string, f debug.Frame, done <-chan struct{}) (holds bool, text string) {
	ctx, cancel := context.WithCancel(context.Background())
	defer cancel()
	go func() {
		select {
		case <-done:
			cancel()
		case <-ctx.Done():
		}
	}()
	values, err := d.s.runIn(ctx, f, "bool("+condition+")", false)
	switch {
	case ctx.Err() != nil: // the cell was interrupted
		return false, ""
	case err != nil:
		return true, fmt.Sprintf("condition %s: %v", condition, err)
	}
	return values[0].(bool), ""
}

type richArguments struct {
	Name    string `json:"variableName"`
	FrameID int    `json:"frameId"`
}

// richInspectVariables shows a variable as a cell would.
func (d *debugger) richInspectVariables(ctx context.Context, a richArguments) (any, error) {
	f, err := d.in(a.FrameID)
	if err != nil {
		return nil, err
	}
	values, err := d.s.runIn(ctx, f, a.Name, false)
	if err != nil {
		return nil, err
	}
	if len(values) == 0 {
		return nil, fmt.Errorf("%s has no value", a.Name)
	}
	return d.s.resultBundle(values), nil
}

type copyArguments struct {
	From    string `json:"srcVariableName"`
	To      string `json:"dstVariableName"`
	FrameID int    `json:"srcFrameId"`
}

// copyToGlobals makes a variable of the session that has the value of a function's variable.
func (d *debugger) copyToGlobals(ctx context.Context, a copyArguments) (any, error) {
	f, err := d.frame(a.FrameID)
	if err != nil {
		return nil, err
	}
	_, err = d.s.runIn(ctx, f, a.To+" := "+a.From, true)
	return body{}, err
}
