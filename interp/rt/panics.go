package rt

import (
	"cmp"
	"reflect"
	"runtime"
	"strings"
)

// runtimeError is a panic that the Go runtime would raise.
type runtimeError string

func (e runtimeError) Error() string { return "runtime error: " + string(e) }

// RuntimeError marks it as a runtime.Error.
func (runtimeError) RuntimeError() {}

// plainError is one that the Go runtime raises without saying so.
type plainError string

func (e plainError) Error() string { return string(e) }

// RuntimeError marks it as a runtime.Error.
func (plainError) RuntimeError() {}

const nilDereference = runtimeError("invalid memory address or nil pointer dereference")

// panicValue gives the value of a panic as Go would: the interpreter works through reflection, whose panics stand for
// those of the runtime.
func (r *Runtime) panicValue(g *goroutine, p any) any {
	switch v := p.(type) {
	case reflect.Value:
		if v.IsValid() && v.CanInterface() {
			return r.panicValue(g, v.Interface())
		}
		return nil
	case *reflect.ValueError:
		if v.Kind == reflect.Invalid && !g.reflects() {
			return nilDereference
		}
	case string:
		if err := reflected(v); err != "" && !g.reflects() {
			if g.at != nil && strings.HasSuffix(string(err), "out of range") {
				return cmp.Or(runtimeError(g.at.outOfRange()), err)
			}
			return err
		}
	case runtime.Error:
		for _, mark := range []string{"hash of unhashable type: ", "comparing uncomparable type "} {
			if i := strings.Index(v.Error(), mark); i >= 0 {
				return runtimeError(strings.TrimRight(mark, ": ") + " " + r.nameOf(v.Error()[i+len(mark):]))
			}
		}
	case error:
		if i := strings.Index(v.Error(), "interface conversion: "); i >= 0 && strings.Contains(reflect.TypeOf(v).String(), "cfgError") {
			return plainError(v.Error()[i:])
		}
	}
	return p
}

// nameOf names a type by how the interpreter lays it out.
func (r *Runtime) nameOf(raw string) string {
	for _, t := range *r.types.Load() {
		if t.Raw != nil && t.Raw.String() == raw {
			return t.Name
		}
	}
	return raw
}

// reflected translates a panic of package reflect; "" if it is another.
func reflected(text string) runtimeError {
	for _, t := range translations {
		if strings.HasPrefix(text, t.prefix) && strings.HasSuffix(text, t.suffix) {
			return t.err
		}
	}
	if rest, ok := strings.CutPrefix(text, "reflect: cannot convert slice with length "); ok {
		if have, want, ok := strings.Cut(rest, " array with length "); ok {
			have, _, _ = strings.Cut(have, " ")
			return runtimeError("cannot convert slice with length " + have + " to array or pointer to array with length " + want)
		}
	}
	return ""
}

var translations = []struct {
	prefix, suffix string
	err            runtimeError
}{
	{"reflect: slice index out of range", "", "index out of range"},
	{"reflect: array index out of range", "", "index out of range"},
	{"reflect: string index out of range", "", "index out of range"},
	{"reflect.Value.Slice", "", "slice bounds out of range"},
	{"reflect: call of nil function", "", nilDereference},
	{"reflect.Value.Call: call of nil function", "", nilDereference},
	{"reflect: Method on nil interface value", "", nilDereference},
	{"reflect: Call using zero Value argument", "", nilDereference},
	{"reflect: call of reflect.Value.", " on zero Value", nilDereference},
	{"reflect.MakeSlice: negative len", "", "makeslice: len out of range"},
	{"reflect.MakeSlice: negative cap", "", "makeslice: cap out of range"},
	{"reflect.MakeSlice: len > cap", "", "makeslice: cap out of range"},
	{"reflect.Append: slice overflow", "", "growslice: len out of range"},
	{"reflect.Value.Grow: slice overflow", "", "growslice: len out of range"},
}
