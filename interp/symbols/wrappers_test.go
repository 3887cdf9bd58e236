package symbols

import (
	"errors"
	"fmt"
	"io"
	"iter"
	"reflect"
	"slices"
	"sort"
	"strings"
	"testing"

	"github.com/gophergrad/gophergrad/interp/box"
	"gonum.org/v1/gonum/mat"
)

// TestWrappersCallThrough calls every method of every wrapper, on a box whose methods record their name and
// return zero values.
func TestWrappersCallThrough(t *testing.T) {
	all := wrapperTable().ordered
	if len(all) < 250 {
		t.Fatalf("only %d wrappers", len(all))
	}
	for _, iface := range all {
		called := ""
		methods := map[string]func(any) any{}
		for m := range methodsOf(iface) {
			methods[m.Name] = func(any) any {
				laidOut := withoutNames(m.Type)
				return reflect.MakeFunc(laidOut, func([]reflect.Value) []reflect.Value {
					called = m.Name
					return zeros(laidOut)
				}).Interface()
			}
		}
		typ := box.NewType("T", methods)
		w := reflect.ValueOf(Wrapper(iface)(box.Box{Type: typ, Value: 1}))
		if !w.Type().Implements(iface) {
			t.Errorf("%v does not implement %v", w.Type(), iface)
			continue
		}
		for m := range methodsOf(iface) {
			f := w.MethodByName(m.Name)
			var args []reflect.Value
			for i := range f.Type().NumIn() {
				args = append(args, reflect.Zero(f.Type().In(i)))
			}
			if f.Type().IsVariadic() {
				f.CallSlice(args)
			} else {
				f.Call(args)
			}
			if called != m.Name {
				t.Errorf("%v.%s called %q", iface, m.Name, called)
			}
		}
		if same := Wrapper(iface)(box.Box{Type: typ, Value: 1}); same != w.Interface() {
			t.Errorf("%v: wrappers of the same box differ", iface)
		}
	}
}

func methodsOf(iface reflect.Type) func(func(reflect.Method) bool) {
	return func(yield func(reflect.Method) bool) {
		for i := range iface.NumMethod() {
			if !yield(iface.Method(i)) {
				return
			}
		}
	}
}

// withoutNames is f as a method of a cell has it: with any for empty interfaces.
func withoutNames(f reflect.Type) reflect.Type {
	list := func(types iter.Seq[reflect.Type]) (all []reflect.Type) {
		for t := range types {
			if t.Kind() == reflect.Interface && t.NumMethod() == 0 {
				t = reflect.TypeFor[any]()
			}
			all = append(all, t)
		}
		return all
	}
	return reflect.FuncOf(list(f.Ins()), list(f.Outs()), f.IsVariadic())
}

func zeros(f reflect.Type) []reflect.Value {
	var out []reflect.Value
	for i := range f.NumOut() {
		out = append(out, reflect.Zero(f.Out(i)))
	}
	return out
}

// implementing reports for each interface whether methods, by name and type, has what it needs.
func implementing(methods map[string]any) func(reflect.Type) bool {
	return func(iface reflect.Type) bool {
		for m := range methodsOf(iface) {
			if f, ok := methods[m.Name]; !ok || reflect.TypeOf(f) != m.Type {
				return false
			}
		}
		return true
	}
}

// boxed makes a box with these methods.
func boxed(methods map[string]any) box.Box {
	bind := map[string]func(any) any{}
	for name, f := range methods {
		bind[name] = func(any) any { return f }
	}
	return box.Box{Type: box.NewType("T", bind)}
}

func TestRichestKeepsOptionalMethods(t *testing.T) {
	inner := io.ErrUnexpectedEOF
	methods := map[string]any{
		"Error":  func() string { return "outer" },
		"Unwrap": func() error { return inner },
		"Is":     func(target error) bool { return target == io.EOF },
		"Extra":  func() {},
	}
	wrap := Richest(reflect.TypeFor[error](), implementing(methods))
	err := wrap(boxed(methods)).(error)
	if err = fmt.Errorf("around %w", err); err.Error() != "around outer" {
		t.Errorf("message %q", err)
	}
	if !errors.Is(err, inner) || !errors.Is(err, io.EOF) || errors.Is(err, io.ErrNoProgress) {
		t.Error("errors.Is does not see Unwrap and Is")
	}

	delete(methods, "Error")
	if Richest(reflect.TypeFor[error](), implementing(methods)) != nil {
		t.Error("a type without Error became an error")
	}
}

func TestWrapperInUse(t *testing.T) {
	words := []string{"c", "a", "b"}
	b := boxed(map[string]any{
		"Len":  func() int { return len(words) },
		"Less": func(i, j int) bool { return words[i] < words[j] },
		"Swap": func(i, j int) { words[i], words[j] = words[j], words[i] },
	})
	sort.Sort(Wrapper(reflect.TypeFor[sort.Interface]())(b).(sort.Interface))
	if !slices.IsSorted(words) {
		t.Error(words)
	}

	source := strings.NewReader("text")
	r := Wrapper(reflect.TypeFor[io.Reader]())(boxed(map[string]any{"Read": source.Read})).(io.Reader)
	if text, err := io.ReadAll(r); string(text) != "text" || err != nil {
		t.Error(text, err)
	}

	eye := mat.NewDiagDense(2, []float64{1, 1})
	m := Wrapper(reflect.TypeFor[mat.Matrix]())(boxed(map[string]any{"Dims": eye.Dims, "At": eye.At, "T": eye.T})).(mat.Matrix)
	if mat.Sum(m) != 2 {
		t.Errorf("sum of the identity %v", mat.Sum(m))
	}

	if Wrapper(reflect.TypeFor[reflect.Type]()) != nil {
		t.Error("an interface with unexported methods has a wrapper")
	}
}
