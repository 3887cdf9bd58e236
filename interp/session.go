// Package interp is a session of Go cells: each is parsed, checked by go/types against what earlier cells declared,
// lowered to the part of Go that yaegi runs right, and run.
package interp

import (
	"context"
	"fmt"
	"go/token"
	"go/types"
	"os"
	"reflect"
	"runtime"
	"strings"
	"sync"
	"sync/atomic"
	"time"

	"github.com/traefik/yaegi/interp"

	"github.com/gophergrad/gophergrad/autograd"
	"github.com/gophergrad/gophergrad/display"
	"github.com/gophergrad/gophergrad/interp/generics"
	"github.com/gophergrad/gophergrad/interp/lower"
	"github.com/gophergrad/gophergrad/interp/rt"
	"github.com/gophergrad/gophergrad/interp/symbols"
	"github.com/gophergrad/gophergrad/kernel"
	"github.com/gophergrad/gophergrad/tensor"
)

// Session is a session of cells. It implements [kernel.Evaluator].
type Session struct {
	fset     *token.FileSet
	importer *symbols.Importer
	lowerer  *lower.Lowerer
	rt       *rt.Runtime
	yaegi    *interp.Interpreter
	loaded   map[string]bool // packages whose symbols yaegi has

	mu      sync.Mutex // guards what follows: completion reads it while a cell runs
	checkMu sync.Mutex // guards the imported packages, to which imports add
	names   map[string]*entry
	imports map[string]string // names of imported packages → paths
	dots    []*types.Package  // dot imports, the last one wins
	results []result
	inputs  []kernel.Cell       // that have run, for %history
	spare   map[string][]string // variables that held results, by type
	former  map[string][]former // functions whose calls lead to the one of this name

	unreached map[string]string // names that no cell has declared → the cell that failed before it did

	evaluated []string // what yaegi was given since forgetCell
	swept     int      // how many names it had after the last sweep

	notice      atomic.Pointer[string] // shown by the next cell
	running     atomic.Int32           // cells that run
	crash       func()                 // ends the program after a panic in a goroutine; nil in a notebook, which goes on
	stdio       *stdio
	debugger    *debugger
	live        map[*rt.Run]*checked // cells that run
	journal     journal
	yaegiSource func(string) // sees what yaegi is given, in tests
}

// New starts a session.
func New() (*Session, error) {
	s := &Session{
		fset:    token.NewFileSet(),
		names:   map[string]*entry{},
		imports: map[string]string{},
		spare:   map[string][]string{},
		former:  map[string][]former{},

		unreached: map[string]string{},
		loaded:    map[string]bool{},
		live:      map[*rt.Run]*checked{},
	}
	display.SetSink(s.sink)
	s.importer = symbols.NewImporter(s.fset)
	s.rt = rt.New(s)
	autograd.CallSite = callSite(s.rt, autograd.CallSite)
	var err error
	if s.stdio, err = newStdio(s.rt); err != nil {
		return nil, err
	}
	s.rt.Ask(&stdin{File: os.Stdin, s: s})
	s.debugger = newDebugger(s)
	s.rt.Debugger = s.debugger.core
	s.lowerer = lower.New(s.rt, s.fset)
	s.lowerer.Points = s.debugger
	s.rt.Types, s.rt.Import = s.lowerer.Type, s.importer.Import
	s.lowerer.Sources = generics.NewImporter(s.fset, s.importer)
	s.yaegi = interp.New(interp.Options{Stdout: s.stdio.writer("stdout"), Stderr: trace{s}})
	if err := s.yaegi.Use(s.rt.Exports()); err != nil {
		return nil, err
	}
	if _, err := s.yaegi.Eval("import \"rt\"\nvar rt_stop, rt_debug, rt_shared bool\nvar _ = rt.Flags(&rt_stop, &rt_debug, &rt_shared)"); err != nil {
		return nil, err
	}
	return s, nil
}

// Notice makes the next cell show a text on its standard error.
func (s *Session) Notice(text string) { s.notice.Store(&text) }

// Close ends what cells have left running and gives the standard streams back to the process.
func (s *Session) Close() {
	s.rt.Stop()
	s.stdio.close()
	display.SetSink(func() display.Sink { return nil })
}

// trace receives what yaegi prints about functions that a panic leaves.
type trace struct{ s *Session }

func (t trace) Write(p []byte) (int, error) {
	if !t.s.rt.Leave(string(p)) {
		t.s.stdio.writer("stderr").Write(p)
	}
	return len(p), nil
}

// grace is how long an interrupted cell may take to end before it is left behind.
const grace = 100 * time.Millisecond

// Execute runs a cell: its magics, and the Go between them.
func (s *Session) Execute(ctx context.Context, c kernel.Cell, out kernel.Output) (outcome kernel.Outcome) {
	if c.StoreHistory {
		s.mu.Lock()
		s.inputs = append(s.inputs, c)
		s.mu.Unlock()
	}
	if !c.Silent && !s.Beside(c.Code) {
		r := s.journal.begin(c, out)
		out = r
		defer func() { r.end(outcome.Err) }()
	}
	defer s.debugger.runs(cellLabel(c.Count), c.Code)()
	defer func() {
		if outcome.Err != nil {
			s.miss(c)
		}
	}()
	parts, err := divide(c.Code)
	if err != nil {
		return kernel.Outcome{Err: magicFailure(ctx, c, 1, err)}
	}
	for _, p := range parts {
		if outcome.Err = s.syntax(c, p); outcome.Err != nil {
			return outcome
		}
	}
	if len(parts) > 1 {
		if outcome.Err = s.rehearse(c, parts); outcome.Err != nil {
			return outcome
		}
	}
	for i, p := range parts {
		switch {
		case p.magic != nil:
			outcome.Err = s.runMagic(&call{part: p, s: s, ctx: ctx, cell: c, out: out, payload: &outcome.Payload})
		case i < len(parts)-1:
			outcome.Err = s.runGo(ctx, c, p, resultless{out}).Err
		default:
			outcome.Err = s.runGo(ctx, c, p, out).Err
		}
		if outcome.Err != nil {
			break
		}
	}
	return outcome
}

// resultless hides the value of a part of a cell that is not the last.
type resultless struct{ kernel.Output }

func (resultless) Result(kernel.Bundle) {}

// syntax checks that a part of a cell can be read.
func (s *Session) syntax(c kernel.Cell, p part) *kernel.CellError {
	if p.magic != nil && p.magic.takes != takesGo {
		return nil
	}
	_, errs := parse(token.NewFileSet(), cellLabel(c.Count), p.source(c.Code))
	if len(errs) > 0 {
		return syntaxError(cellLabel(c.Count), c.Code, errs)
	}
	return nil
}

// read parses the Go of a part of a cell.
func (s *Session) read(c kernel.Cell, p part) (*cell, *kernel.CellError) {
	label := cellLabel(c.Count)
	parsed, errs := parse(s.fset, label, p.source(c.Code))
	if len(errs) > 0 {
		return nil, syntaxError(label, c.Code, errs)
	}
	return parsed, nil
}

// runGo runs the Go of a part of a cell.
func (s *Session) runGo(ctx context.Context, c kernel.Cell, p part, out kernel.Output) kernel.Outcome {
	return s.execute(ctx, c, out, func(string) (*cell, *kernel.CellError) { return s.read(c, p) })
}

func cellLabel(count int) string { return fmt.Sprintf("In[%d]", count) }

// execute runs what read gives as a cell.
func (s *Session) execute(ctx context.Context, c kernel.Cell, out kernel.Output, read func(label string) (*cell, *kernel.CellError)) (outcome kernel.Outcome) {
	s.running.Add(1)
	defer s.running.Add(-1)
	label := cellLabel(c.Count)
	defer func() {
		if p := recover(); p != nil {
			s.lowerer.Discard()
			outcome.Err = s.internalError(p)
		}
	}()
	run := &rt.Run{Cell: label, Out: out}
	defer s.stdio.begin(run)()
	if notice := s.notice.Swap(nil); notice != nil {
		out.Stream("stderr", *notice)
	}
	s.renew(ctx)
	parsed, err := read(label)
	if err != nil {
		return kernel.Outcome{Err: err}
	}
	ch, code, err := s.compile(parsed)
	if err != nil || len(parsed.decls) == 0 { // no later cell is checked together with it
		defer s.forgetSource(parsed)
	}
	if err != nil {
		return kernel.Outcome{Err: err}
	}
	if err := s.redirect(ch); err != nil {
		return kernel.Outcome{Err: s.internalError(err)}
	}
	for _, u := range ch.unfit {
		out.Stream("stderr", fmt.Sprintf("%s stays as it was, it does not fit any more: %s: %s\n", u.name, s.fset.Position(u.reason.Pos), u.reason.Msg))
	}
	s.starts(run, ch)
	var shown kernel.Bundle
	failure := s.rt.Execute(run, func() {
		code()
		if len(run.Values) > 0 { // methods of cells may be called
			shown = s.resultBundle(run.Values)
		}
	}, ctx.Done(), grace)
	display.CatchUp()
	if ended := run.Ended(); ended != nil {
		if ended.Frames == nil && failure != nil {
			ended.Frames = failure.Frames
		}
		failure = ended
	}
	s.commit(ch, run)
	if failure != nil {
		s.stdio.flush()
		return kernel.Outcome{Err: s.failureError(failure, ch)}
	}
	s.stdio.flush()
	s.keep(c.Count, ch, run)
	if len(run.Values) > 0 {
		out.Result(shown)
	}
	return kernel.Outcome{}
}

// compile makes a cell ready to run; on an error nothing has changed.
func (s *Session) compile(c *cell) (*checked, func(), *kernel.CellError) {
	s.mu.Lock()
	defer s.mu.Unlock()
	ch, errs := s.checkRecalling(c)
	if len(errs) > 0 {
		return nil, nil, s.typeError(ch, errs)
	}
	imports, text, err := s.lower(ch)
	if err != nil {
		return nil, nil, err
	}
	if err := s.evaluate(imports, text); err != nil {
		s.lowerer.Discard()
		return nil, nil, err
	}
	s.lowerer.Keep()
	return ch, s.rt.TakeEntry(), nil
}

// checkRecalling checks a cell in which results of earlier ones may have names.
func (s *Session) checkRecalling(c *cell) (*checked, []types.Error) {
	ch, errs := s.check(c)
	if len(errs) > 0 && s.recall(c, errs) {
		return s.check(c)
	}
	return ch, errs
}

// lower turns a checked cell into source for yaegi.
func (s *Session) lower(ch *checked) (imports, text string, err *kernel.CellError) {
	defer func() {
		if p := recover(); p != nil {
			refusal, ok := p.(*lower.Refusal)
			if !ok {
				panic(p)
			}
			s.lowerer.Locate(refusal)
			s.lowerer.Discard()
			err = s.refusal(ch.label, ch.source, refusal)
		}
	}()
	s.lowerer.Lock()
	defer s.lowerer.Unlock()
	s.declareRecalled()
	s.declareLocals(ch)
	ch.replaced = s.unchangedTypes(ch)
	for old, new := range ch.replaced {
		s.lowerer.Same(old, new)
	}
	s.nameRestated(ch)
	s.hoist(ch)
	for _, f := range ch.functions {
		if f.decl.Body != nil {
			s.lowerer.Declare(f.obj, f.fn)
		}
	}
	s.succeed(ch)
	s.lowerer.Redescribe(ch.replaced)
	values := ch.values
	if ch.silent {
		values = 0
	}
	s.lowerer.Cell(ch.info, ch.pos(s.fset), ch.body, values)
	imports, text = s.lowerer.Take()
	return imports, text, nil
}

// evaluate gives yaegi lowered source and the symbols of the packages it imports.
func (s *Session) evaluate(imports, text string) *kernel.CellError {
	if imports != "" {
		if err := s.load(imports); err != nil {
			return s.internalError(err)
		}
		if _, err := s.yaegi.Eval(imports); err != nil {
			return s.internalError(err)
		}
	}
	if s.yaegiSource != nil {
		s.yaegiSource(text)
	}
	s.stdio.sees(text)
	for _, m := range declaration.FindAllStringSubmatch(text, -1) {
		s.evaluated = append(s.evaluated, m[1])
	}
	if _, err := s.yaegi.Eval(text); err != nil {
		return s.internalError(fmt.Errorf("%w\n%s", err, text))
	}
	return nil
}

// load makes the symbols of imported packages known.
func (s *Session) load(imports string) error {
	for line := range strings.Lines(imports) {
		path := strings.TrimPrefix(unquote(line[strings.Index(line, `"`):]), lower.LibraryPrefix)
		if s.loaded[path] {
			continue
		}
		table := symbols.Table(path)
		for name, value := range s.overlay(path) {
			table[name] = value
		}
		name := symbols.Name(path)
		if err := s.yaegi.Use(interp.Exports{lower.LibraryPrefix + path + "/" + name: table, path + "/" + name: wrappers(table)}); err != nil {
			return err
		}
		s.loaded[path] = true
		if callsBack[path] {
			s.rt.ExpectCallbacks()
		}
	}
	return nil
}

// wrappers gives every interface the wrapper type that yaegi looks up, under the package's own path, when nil is
// converted to it. Nothing is ever wrapped in it: values of cells come in wrappers of our own.
func wrappers(table map[string]reflect.Value) map[string]reflect.Value {
	out := map[string]reflect.Value{}
	for name, symbol := range table {
		if t := symbol.Type(); t.Kind() == reflect.Pointer && t.Elem().Kind() == reflect.Interface {
			out["_"+name] = reflect.ValueOf((*struct{ IValue any })(nil))
		}
	}
	return out
}

func unquote(text string) string { return strings.Trim(strings.TrimSpace(text), "`\"") }

// Interrupt ends tensor operations that are running.
func (s *Session) Interrupt() { tensor.Interrupt() }

// Resume lets tensor operations run again.
func (s *Session) Resume() { tensor.ClearInterrupt() }

// Failed shows a panic that ended a goroutine.
func (s *Session) Failed(run *rt.Run, failure *rt.Failure) {
	if s.crash != nil {
		run.End(failure)
		s.crash()
		return
	}
	err := s.failureError(failure, nil)
	s.Write(run, "panic in a goroutine: "+ansi.ReplaceAllString(strings.Join(err.Traceback, "\n"), "")+"\n")
}

// Write shows text on the standard error of a run.
func (s *Session) Write(run *rt.Run, text string) { s.stdio.print(run, "stderr", text) }

// Info describes the language.
func (s *Session) Info() kernel.Info {
	return kernel.Info{
		Implementation: "gophergrad",
		Version:        Version,
		Banner:         "gophergrad " + Version + ": deep learning in Go notebooks (" + runtime.Version() + ")",
		Language: kernel.LanguageInfo{
			Name: "go", Version: strings.TrimPrefix(runtime.Version(), "go"), MIMEType: "text/x-go", FileExtension: ".go",
			PygmentsLexer: "go", CodeMirrorMode: "go", Exporter: "script",
		},
		HelpLinks: []kernel.HelpLink{{Text: "Go", URL: "https://go.dev/doc/"}},
	}
}

// Version is gophergrad's.
const Version = "0.1.0"
