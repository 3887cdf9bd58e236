// Package rt is what lowered code calls while it runs: boxes for values of cells' types, guarded goroutines, defers,
// channel operations that an interrupt ends, and the lines that tracebacks show.
package rt

import (
	"fmt"
	"go/types"
	"io"
	"os"
	"reflect"
	"sync"
	"sync/atomic"

	"github.com/gophergrad/gophergrad/interp/box"
	"github.com/gophergrad/gophergrad/interp/debug"
	"github.com/gophergrad/gophergrad/interp/symbols"
)

// Runtime is the run-time state of one session.
type Runtime struct {
	mu         sync.Mutex
	types      atomic.Pointer[[]*box.Type] // by the numbers lowered code uses
	functions  []Function
	goroutines sync.Map // gid → *goroutine
	live       int      // goroutines of all runs
	unwatch    func()   // ends watchStack, which goes on while they live
	stops      int      // reasons for lowered code to poll
	stop       *bool    // lowered code polls while it is set
	shared     *bool    // lowered code tells of its operations on maps while it is set
	callbacks  bool     // compiled code may run lowered code in goroutines of its own
	uses       uses     // of maps
	signals    signals
	guests     sync.Map    // gid → *goroutine: those of compiled code that use maps of cells
	overflow   atomic.Bool // some goroutine recurses too deeply
	host       Host
	variables  map[string]reflect.Value // the session's variables by their lowered names: pointers
	presets    map[string]func(slot reflect.Value)
	entry      func()   // the cell evaluated last
	reflected  sync.Map // *box.Type → *cellType, so that equal types are equal as interfaces
	debugged   *bool    // lowered code calls the debugger while it is set
	Debugger   *debug.Debugger
	Standard   [3]*os.File                // the session's input, output and error
	Types      func(types.Type) *box.Type // describes a type, nil for one that compiled code knows
	Import     func(path string) (*types.Package, error)
	asking     io.Reader // what stands for stdin
}

// Host is the session around the runtime.
type Host interface {
	// Failed reports a panic that ended a goroutine which the run started.
	Failed(run *Run, failure *Failure)
	// Interrupt makes compiled operations that are running return early, until Resume.
	Interrupt()
	Resume()
	// Write gives the target of print and println.
	Write(run *Run, text string)
}

// New returns the runtime of a session.
func New(host Host) *Runtime {
	r := &Runtime{
		variables: map[string]reflect.Value{}, presets: map[string]func(reflect.Value){}, uses: uses{maps: map[uintptr]use{}},
		stop: new(bool), shared: new(bool), debugged: new(bool), host: host,
	}
	r.types.Store(&[]*box.Type{})
	return r
}

// Describe gives t the next number.
func (r *Runtime) Describe(t *box.Type) int {
	r.mu.Lock()
	defer r.mu.Unlock()
	t.Poll = func() {
		if *r.stop {
			r.Poll()
		}
	}
	old := *r.types.Load()
	next := append(old[:len(old):len(old)], t)
	r.types.Store(&next)
	return len(old)
}

func (r *Runtime) typ(id int) *box.Type { return (*r.types.Load())[id] }

// CompiledInterface finds the run-time type of an interface of a compiled package.
func (r *Runtime) CompiledInterface(t *types.Named) (*box.Type, error) {
	obj := t.Obj()
	if obj.Pkg() == nil {
		return &box.Type{Raw: reflect.TypeFor[error]()}, nil
	}
	sym, ok := symbols.Table(obj.Pkg().Path())[obj.Name()]
	if !ok {
		return nil, fmt.Errorf("the interface %s.%s, which the kernel does not hold", obj.Pkg().Path(), obj.Name())
	}
	return &box.Type{Raw: sym.Type().Elem()}, nil
}

// Exports are the runtime's functions for lowered code, in yaegi's form.
func (r *Runtime) Exports() map[string]map[string]reflect.Value {
	v := reflect.ValueOf
	return map[string]map[string]reflect.Value{"rt/rt": {
		"Var": v(r.Var), "Entry": v(r.Enter), "Reached": v(r.Reached), "Export": v(Export),
		"ExecuteText": v(r.ExecuteText), "ExecuteTemplate": v(r.ExecuteTemplate), "ExecuteHTML": v(r.ExecuteHTML), "ExecuteTemplateHTML": v(r.ExecuteTemplateHTML),
		"Funcs": v(r.Funcs), "FuncsHTML": v(r.FuncsHTML),
		"JSONTarget": v(JSONTarget), "ScanTarget": v(ScanTarget), "Each": v(Each), "LogArg": v(LogArg), "JSONDecode": v(JSONDecode), "Flags": v(r.Flags), "Poll": v(r.Poll), "Result": v(r.Result),
		"Try": v(r.Try), "Defers": v((*Defers)(nil)), "Recover": v(r.Recover), "Panic": v(r.Panic), "Go": v(r.Go),
		"LogPrint": v(r.LogPrint), "LogPrintf": v(r.LogPrintf), "LogPrintln": v(r.LogPrintln), "LogPanic": v(r.LogPanic), "LogPanicf": v(r.LogPanicf),
		"LogPanicln": v(r.LogPanicln), "LogFatal": v(r.LogFatal), "LogFatalf": v(r.LogFatalf), "LogFatalln": v(r.LogFatalln), "LogOutput": v(r.LogOutput),
		"EncodeGob": v(r.EncodeGob), "DecodeGob": v(r.DecodeGob), "EncodeXML": v(r.EncodeXML), "EncodeXMLElement": v(r.EncodeXMLElement),
		"DecodeXML": v(r.DecodeXML), "DecodeXMLElement": v(r.DecodeXMLElement),
		"Lock": v(r.Lock), "RLock": v(r.RLock), "Wait": v(r.Wait), "Unlock": v(r.Unlock), "UnlockRW": v(r.UnlockRW),
		"RUnlock": v(r.RUnlock), "CondWait": v(r.CondWait), "WaitGo": v(r.WaitGo), "LockerLock": v(r.LockerLock),
		"LockerUnlock": v(r.LockerUnlock),
		"Enter":        v(r.EnterCall),
		"Input":        v(r.Input), "Read": v(r.Read),
		"Recv": v(r.Recv), "RecvOK": v(r.RecvOK), "Send": v(r.Send), "Select": v(r.Select), "Sending": v(Sending),
		"Receiving": v(Receiving), "Close": v(Close),
		"Box": v(r.Box), "Any": v(Any), "Field": v(Field), "Canon": v(Canon), "Unboxed": v(Unboxed), "To": v(r.To), "Open": v(r.Open), "ToOK": v(r.ToOK), "As": v(r.As),
		"AsOK": v(r.AsOK), "Is": v(r.Is), "Implementer": v(r.To), "NonNil": v(NonNil), "NilReceiver": v(NilReceiver), "Dyn": v(r.Dyn), "Reflected": v(r.Reflected), "Equal": v(Equal),
		"Bind": v(r.Bind), "Raw": v(r.Raw), "Size": v(Size), "Buffer": v(Buffer), "GrowBuilder": v(GrowBuilder), "GrowBuffer": v(GrowBuffer), "Count": v(Count), "SameChan": v(SameChan), "Clear": v(r.Clear), "FloatMin": v(FloatMin),
		"Reading": v(r.Reading), "Changing": v(r.Changing), "Left": v(r.Left), "Encode": v(r.Encode),
		"CloseFile": v(r.CloseFile), "KillProcess": v(r.KillProcess), "SignalProcess": v(r.SignalProcess), "Range": v(r.Range),
		"WaitProcess": v(r.WaitProcess), "StartCommand": v(r.StartCommand), "WaitCommand": v(r.WaitCommand), "RunCommand": v(r.RunCommand),
		"CommandOutput": v(r.CommandOutput), "CombinedOutput": v(r.CombinedOutput),
		"FloatMax": v(FloatMax), "Print": v(r.Print), "Println": v(r.Println), "Words": v(Words), "Len": v(Len), "Runes": v(Runes), "RangeContinued": v(RangeContinued), "RangeExit": v(RangeExit),
	}}
}

// Result keeps the values of a cell's last expression.
func (r *Runtime) Result(values ...any) {
	if g := r.current(); g != nil {
		g.run.Values = values
	}
}

// FloatMin reports whether x replaces m as the minimum: NaN wins, and -0 is less than 0.
func FloatMin(x, m float64) bool { return min(x, m) == x && !sameFloat(x, m) || x != x }

// FloatMax reports whether x replaces m as the maximum.
func FloatMax(x, m float64) bool { return max(x, m) == x && !sameFloat(x, m) || x != x }

func sameFloat(a, b float64) bool { return a == b && (a != 0 || 1/a == 1/b) }

// Var notes where a variable of the session lives.
func (r *Runtime) Var(name string, p any) int {
	r.mu.Lock()
	defer r.mu.Unlock()
	r.variables[name] = reflect.ValueOf(p)
	if set := r.presets[name]; set != nil {
		set(r.variables[name])
		delete(r.presets, name)
	}
	return 0
}

// Forget drops a variable that no code can name any more.
func (r *Runtime) Forget(name string) {
	r.mu.Lock()
	defer r.mu.Unlock()
	delete(r.variables, name)
}

// Preset gives a variable its value as soon as it is known where it lives.
func (r *Runtime) Preset(name string, set func(slot reflect.Value)) {
	r.mu.Lock()
	defer r.mu.Unlock()
	r.presets[name] = set
}

// Reached notes that the running cell has declared a variable of the session.
func (r *Runtime) Reached(name string) {
	if run := r.currentRun(); run != nil {
		r.mu.Lock()
		defer r.mu.Unlock()
		run.Reached[name] = true
	}
}

// HasReached reports whether a run has declared a variable of the session so far.
func (r *Runtime) HasReached(run *Run, name string) bool {
	r.mu.Lock()
	defer r.mu.Unlock()
	return run.Reached[name]
}

// Variable gives a pointer to a variable of the session.
func (r *Runtime) Variable(name string) reflect.Value {
	r.mu.Lock()
	defer r.mu.Unlock()
	return r.variables[name]
}

// Enter notes the function of the cell being evaluated.
func (r *Runtime) Enter(f func()) int {
	r.entry = f
	return 0
}

// TakeEntry gives the function of the cell evaluated last.
func (r *Runtime) TakeEntry() func() {
	f := r.entry
	r.entry = nil
	return f
}
