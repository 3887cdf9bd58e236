package interp

import (
	"context"
	"encoding/json"
	"fmt"
	"go/ast"
	"go/parser"
	"go/token"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"sync"

	"github.com/gophergrad/gophergrad/interp/debug"
	"github.com/gophergrad/gophergrad/interp/lower"
	"github.com/gophergrad/gophergrad/interp/rt"
)

// debugger answers a front end's debugger. The requests are those of the Debug Adapter Protocol and what Jupyter adds
// to it: https://jupyter-client.readthedocs.io/en/stable/messaging.html#debug-request
type debugger struct {
	s        *Session
	core     *debug.Debugger
	requests map[string]func(context.Context, json.RawMessage) (any, error)

	mu       sync.Mutex
	emit     func(event string, body any)
	attached bool
	// JupyterLab shows the values of Python's types only, and the type in the place of the value for all others.
	valuesOnly bool
	codes      map[string]string             // cells by their files
	files      map[string]string             // of cells that hold functions, or run, by their labels
	lines      map[string][]debug.Breakpoint // by file
	frames     map[int]debug.Frame           // those shown since the stop
	handles    map[int]parts                 // what can be expanded, by its variablesReference
	next       int                           // the latest number given to a frame or handle
}

func newDebugger(s *Session) *debugger {
	d := &debugger{
		s: s, emit: func(string, any) {}, codes: map[string]string{}, files: map[string]string{}, lines: map[string][]debug.Breakpoint{},
		frames: map[int]debug.Frame{}, handles: map[int]parts{},
	}
	d.core = debug.New(d)
	d.requests = map[string]func(context.Context, json.RawMessage) (any, error){
		"debugInfo":               request(d.info),
		"initialize":              request(d.initialize),
		"attach":                  request(d.attach),
		"configurationDone":       request(d.nothing),
		"disconnect":              request(d.disconnect),
		"terminate":               request(d.disconnect),
		"dumpCell":                request(d.dumpCell),
		"source":                  request(d.source),
		"setBreakpoints":          request(d.setBreakpoints),
		"setExceptionBreakpoints": request(d.setExceptionBreakpoints),
		"modules":                 request(d.modules),
		"threads":                 request(d.threads),
		"stackTrace":              request(d.stackTrace),
		"scopes":                  request(d.scopes),
		"variables":               request(d.variables),
		"inspectVariables":        request(d.inspectVariables),
		"richInspectVariables":    request(d.richInspectVariables),
		"evaluate":                request(d.evaluate),
		"copyToGlobals":           request(d.copyToGlobals),
		"continue":                request(d.proceed(debug.Run)),
		"next":                    request(d.proceed(debug.Over)),
		"stepIn":                  request(d.proceed(debug.Into)),
		"stepOut":                 request(d.proceed(debug.Out)),
		"pause":                   request(d.pause),
	}
	return d
}

// body is the content of a response or an event.
type body = map[string]any

// request makes a handler of a function of a request's arguments.
func request[A any](handle func(context.Context, A) (any, error)) func(context.Context, json.RawMessage) (any, error) {
	return func(ctx context.Context, raw json.RawMessage) (any, error) {
		var arguments A
		if len(raw) > 0 {
			if err := json.Unmarshal(raw, &arguments); err != nil {
				return nil, fmt.Errorf("malformed arguments: %w", err)
			}
		}
		return handle(ctx, arguments)
	}
}

type none struct{}

// Debug answers a request of a debugger.
func (s *Session) Debug(ctx context.Context, command string, arguments json.RawMessage) (any, error) {
	handle := s.debugger.requests[command]
	if handle == nil {
		return nil, fmt.Errorf("the debugger has no %s", command)
	}
	return handle(ctx, arguments)
}

// DebugEvents sets where the debugger's events go.
func (s *Session) DebugEvents(emit func(event string, body any)) {
	s.debugger.mu.Lock()
	defer s.debugger.mu.Unlock()
	s.debugger.emit = emit
}

func (d *debugger) event(name string, b body) {
	d.mu.Lock()
	emit := d.emit
	d.mu.Unlock()
	emit(name, b)
}

// Stopped tells the front end that a goroutine has stopped.
func (d *debugger) Stopped(stop debug.Stop) {
	b := body{"reason": stop.Reason, "threadId": stop.Thread.ID, "allThreadsStopped": true}
	if stop.Text != "" {
		b["text"] = stop.Text
	}
	if stop.Reason == "exception" {
		b["description"] = "Paused on a panic"
	}
	d.event("stopped", b)
}

// Continued tells the front end that everything runs on.
func (d *debugger) Continued(t *debug.Thread) {
	d.forget()
	d.event("continued", body{"threadId": t.ID, "allThreadsContinued": true})
}

// panics is the exception filter that there is. JupyterLab shows it, not its label.
const panics = "uncaught panics"

var filters = []body{{"filter": panics, "label": "Uncaught Panics", "default": false,
	"description": "Stop at panics that nothing recovers, where they began"}}

func (d *debugger) info(context.Context, none) (any, error) {
	stopped := []int{}
	if t := d.core.Stopped(); t != nil {
		stopped = append(stopped, t.ID)
	}
	d.mu.Lock()
	defer d.mu.Unlock()
	breakpoints := []body{}
	for _, source := range sortedKeys(d.lines) {
		breakpoints = append(breakpoints, body{"source": source, "breakpoints": d.lines[source]})
	}
	return body{
		"isStarted": d.attached, "hashMethod": "Murmur2", "hashSeed": hashSeed, "tmpFilePrefix": filePrefix, "tmpFileSuffix": fileSuffix,
		"breakpoints": breakpoints, "stoppedThreads": stopped, "richRendering": true, "copyToGlobals": true,
		"exceptionPaths": []string{},
	}, nil
}

type initializeArguments struct {
	ClientID string `json:"clientID"`
}

func (d *debugger) initialize(_ context.Context, a initializeArguments) (any, error) {
	d.mu.Lock()
	d.valuesOnly = a.ClientID == "jupyterlab"
	d.mu.Unlock()
	return body{
		"supportsConfigurationDoneRequest": true, "supportsEvaluateForHovers": true, "supportsConditionalBreakpoints": true, "supportsModulesRequest": false,
		"supportsTerminateRequest": true, "exceptionBreakpointFilters": filters,
	}, nil
}

// attach makes cells that run from now on stop where the user wants.
func (d *debugger) attach(context.Context, none) (any, error) {
	d.mu.Lock()
	d.attached = true
	d.mu.Unlock()
	d.s.rt.SetDebugged(true)
	d.event("initialized", body{})
	return body{}, nil
}

func (d *debugger) disconnect(context.Context, none) (any, error) {
	d.mu.Lock()
	d.attached, d.lines = false, map[string][]debug.Breakpoint{}
	d.mu.Unlock()
	d.s.rt.SetDebugged(false)
	d.core.Reset()
	d.forget()
	return body{}, nil
}

func (d *debugger) nothing(context.Context, none) (any, error) { return body{}, nil }

func (d *debugger) modules(context.Context, none) (any, error) {
	return body{"modules": []body{}, "totalModules": 0}, nil
}

// Cells are files to a debugger, which exist by name only: a front end computes it from the text of a cell. JupyterLab
// shows cells by their numbers if the names of their files are like those of ipykernel, else by these names.

var filePrefix = filepath.Join(os.TempDir(), fmt.Sprintf("ipykernel_%d", os.Getpid())) + string(filepath.Separator)

const (
	fileSuffix = ".go"
	hashSeed   = 0x9747b28c
)

func fileOf(code string) string {
	return fmt.Sprintf("%s%d%s", filePrefix, murmur2(code, hashSeed), fileSuffix)
}

// runs notes that a cell begins, until the returned function is called; a cell that holds functions is remembered.
func (d *debugger) runs(label, code string) (end func()) {
	d.mu.Lock()
	defer d.mu.Unlock()
	file := fileOf(code)
	d.files[label], d.codes[file] = file, code
	return func() {
		if !strings.Contains(code, "func") {
			d.mu.Lock()
			defer d.mu.Unlock()
			delete(d.files, label)
			if !d.attached {
				delete(d.codes, file)
			}
		}
	}
}

// Source is the file of a cell that is compiled for the debugger.
func (d *debugger) Source(label string) (string, bool) {
	d.mu.Lock()
	defer d.mu.Unlock()
	file, ok := d.files[label]
	return file, ok && d.attached
}

func (d *debugger) on() bool {
	d.mu.Lock()
	defer d.mu.Unlock()
	return d.attached
}

// renew compiles the functions of earlier cells again if a debugger has come or gone since.
func (s *Session) renew(ctx context.Context) {
	c := &cell{label: "debugger"}
	s.mu.Lock()
	for _, name := range sortedKeys(s.names) {
		e := s.names[name]
		if _, isFunc := e.decl.(*ast.FuncDecl); (isFunc || len(e.methods) > 0) && e.debugged != s.debugger.on() {
			e.debugged = !e.debugged
			c.renews = append(c.renews, e)
		}
	}
	s.mu.Unlock()
	if len(c.renews) == 0 {
		return
	}
	if ch, code, err := s.compile(c); err == nil && s.redirect(ch) == nil { // else they stay as they were
		run := &rt.Run{Cell: c.label, Quiet: true}
		s.rt.Execute(run, code, ctx.Done(), grace)
		s.commit(ch, run)
	}
}

// Point numbers a place in such a cell.
func (d *debugger) Point(p debug.Point, types string) int { return d.core.Point(p, types) }

type dumped struct {
	Code string `json:"code"`
}

func (d *debugger) dumpCell(_ context.Context, a dumped) (any, error) {
	d.mu.Lock()
	defer d.mu.Unlock()
	d.codes[fileOf(a.Code)] = a.Code
	return body{"sourcePath": fileOf(a.Code)}, nil
}

type sourceArguments struct {
	Source struct {
		Path string `json:"path"`
	} `json:"source"`
	Breakpoints []struct {
		debug.Breakpoint
		HitCondition string `json:"hitCondition"`
		LogMessage   string `json:"logMessage"`
	} `json:"breakpoints"`
}

func (d *debugger) source(_ context.Context, a sourceArguments) (any, error) {
	code, err := d.code(a.Source.Path)
	return body{"content": code, "mimeType": "text/x-go"}, err
}

func (d *debugger) code(path string) (string, error) {
	d.mu.Lock()
	defer d.mu.Unlock()
	code, ok := d.codes[path]
	if !ok {
		return "", fmt.Errorf("no cell is known as %s: dumpCell makes it known", path)
	}
	return code, nil
}

// setBreakpoints moves each breakpoint to the next line that has a statement.
func (d *debugger) setBreakpoints(_ context.Context, a sourceArguments) (any, error) {
	code, err := d.code(a.Source.Path)
	if err != nil {
		return nil, err
	}
	stops := stopLines(code)
	var breakpoints []debug.Breakpoint
	set := []body{}
	for i, b := range a.Breakpoints {
		point := body{"id": i, "line": b.Line, "verified": false, "source": body{"path": a.Source.Path}}
		at, _ := slices.BinarySearch(stops, b.Line)
		_, err := parser.ParseExpr(b.Condition)
		switch {
		case at == len(stops):
			point["message"] = "no statement begins here or below"
		case b.HitCondition != "" || b.LogMessage != "":
			point["message"] = "breakpoints count no hits and log no messages"
		case b.Condition != "" && err != nil:
			point["message"] = fmt.Sprintf("the condition is no expression: %v", err)
		default:
			b.Line = stops[at]
			point["line"], point["verified"] = b.Line, true
			breakpoints = append(breakpoints, b.Breakpoint)
		}
		set = append(set, point)
	}
	d.core.SetBreakpoints(a.Source.Path, breakpoints)
	d.mu.Lock()
	defer d.mu.Unlock()
	delete(d.lines, a.Source.Path)
	if len(breakpoints) > 0 {
		d.lines[a.Source.Path] = breakpoints
	}
	return body{"breakpoints": set}, nil
}

// stopLines are the lines of a cell at which it can stop, sorted.
func stopLines(code string) []int {
	fset := token.NewFileSet()
	c, errs := parse(fset, "", goOnly(code))
	if len(errs) > 0 {
		return nil
	}
	var nodes []ast.Node
	for _, decl := range c.decls {
		nodes = append(nodes, decl)
	}
	for _, stmt := range c.body {
		nodes = append(nodes, stmt)
	}
	return lower.Lines(func(n ast.Node) int { return fset.Position(n.Pos()).Line }, nodes...)
}

type exceptionArguments struct {
	Filters []string `json:"filters"`
}

func (d *debugger) setExceptionBreakpoints(_ context.Context, a exceptionArguments) (any, error) {
	d.core.StopAtPanics(slices.Contains(a.Filters, panics))
	return body{}, nil
}

// proceed lets the stopped goroutine go on. Front ends do not always say which one they mean; there is only one.
func (d *debugger) proceed(step debug.Step) func(context.Context, none) (any, error) {
	return func(context.Context, none) (any, error) {
		return body{"allThreadsContinued": true}, d.core.Resume(step)
	}
}

func (d *debugger) pause(context.Context, none) (any, error) {
	d.core.Pause()
	return body{}, nil
}

func (d *debugger) threads(context.Context, none) (any, error) {
	list := []body{}
	for _, t := range d.core.Threads() {
		list = append(list, body{"id": t.ID, "name": strings.TrimSpace(fmt.Sprintf("goroutine %d of %s", t.ID, t.Cell))})
	}
	return body{"threads": list}, nil
}

type threadArguments struct {
	ThreadID   int `json:"threadId"`
	StartFrame int `json:"startFrame"`
	Levels     int `json:"levels"`
}

func (d *debugger) stackTrace(_ context.Context, a threadArguments) (any, error) {
	stack := d.core.Stack(a.ThreadID)
	if stack == nil {
		return nil, fmt.Errorf("goroutine %d is not stopped", a.ThreadID)
	}
	d.mu.Lock()
	defer d.mu.Unlock()
	list := []body{}
	for _, f := range page(stack, a.StartFrame, a.Levels) {
		d.next++
		d.frames[d.next] = f
		name := f.Function
		if name == "" {
			name = "cell"
		}
		list = append(list, body{"id": d.next, "name": name, "line": f.Line, "column": 1, "source": body{"path": f.Source}})
	}
	return body{"stackFrames": list, "totalFrames": len(stack)}, nil
}

// page is a piece of a list; a count of 0 means the rest of it.
func page[T any](list []T, start, count int) []T {
	list = list[min(max(start, 0), len(list)):]
	if count > 0 {
		list = list[:min(count, len(list))]
	}
	return list
}

// frame finds a frame by the number that stackTrace gave it.
func (d *debugger) frame(id int) (debug.Frame, error) {
	d.mu.Lock()
	defer d.mu.Unlock()
	f, ok := d.frames[id]
	if !ok {
		return f, fmt.Errorf("there is no frame %d any more: the cell went on", id)
	}
	return f, nil
}

// forget drops what was shown of a stop.
func (d *debugger) forget() {
	d.mu.Lock()
	defer d.mu.Unlock()
	clear(d.frames)
	clear(d.handles)
}
