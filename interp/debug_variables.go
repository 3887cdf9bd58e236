package interp

import (
	"cmp"
	"context"
	"fmt"
	"go/types"
	"reflect"
	"slices"
	"strings"
	"time"

	"github.com/gophergrad/gophergrad/interp/box"
	"github.com/gophergrad/gophergrad/interp/debug"
	"github.com/gophergrad/gophergrad/tensor"
)

// watched is a value that a debugger shows in its tree of variables.
type watched struct {
	name  string
	expr  string // what evaluates to it, empty if nothing does
	value reflect.Value
	typ   types.Type // nil where only compiled code knows it
}

// parts are what a value expands to.
type parts struct {
	count   int
	at      func(i int) watched
	indexed bool // they are elements, which front ends may ask for in pieces
}

func listed(items []watched) parts {
	return parts{count: len(items), at: func(i int) watched { return items[i] }}
}

// shownParts is how many parts of a value are listed to a front end that does not ask for a piece.
const shownParts = 500

type scopeArguments struct {
	FrameID int `json:"frameId"`
}

func (d *debugger) scopes(_ context.Context, a scopeArguments) (any, error) {
	f, err := d.frame(a.FrameID)
	if err != nil {
		return nil, err
	}
	scope := func(name, hint string, p parts) body {
		return body{"name": name, "presentationHint": hint, "variablesReference": d.handle(p), "expensive": false}
	}
	return body{"scopes": []body{scope("Locals", "locals", locals(f)), scope("Globals", "globals", d.s.globals())}}, nil
}

// handle numbers what can be expanded.
func (d *debugger) handle(p parts) int {
	d.mu.Lock()
	defer d.mu.Unlock()
	d.next++
	d.handles[d.next] = p
	return d.next
}

func locals(f debug.Frame) parts {
	var items []watched
	for i, v := range f.Locals {
		items = append(items, watched{v.Name, v.Name, reflect.ValueOf(f.Values[i]).Elem(), v.Type})
	}
	return listed(items)
}

// globals are the variables of the session, those included that cells which run have declared.
func (s *Session) globals() parts {
	s.mu.Lock()
	defer s.mu.Unlock()
	found := map[string]watched{}
	for name, e := range s.names {
		if _, ok := e.obj.(*types.Var); ok && e.value.IsValid() && !isRecalled(name) {
			found[name] = watched{name, name, e.value.Elem(), e.obj.Type()}
		}
	}
	for _, v := range s.declaredLive() {
		found[v.Name()] = watched{v.Name(), v.Name(), s.rt.Variable(s.lowerer.NameOf(v)).Elem(), v.Type()}
	}
	var items []watched
	for _, name := range sortedKeys(found) {
		items = append(items, found[name])
	}
	return listed(items)
}

type variableArguments struct {
	Reference int    `json:"variablesReference"`
	Filter    string `json:"filter"`
	Start     int    `json:"start"`
	Count     int    `json:"count"`
}

func (d *debugger) variables(_ context.Context, a variableArguments) (any, error) {
	d.mu.Lock()
	p, ok := d.handles[a.Reference]
	d.mu.Unlock()
	if !ok {
		return nil, fmt.Errorf("there is no variable %d any more: the cell went on", a.Reference)
	}
	if a.Filter == "named" && p.indexed || a.Filter == "indexed" && !p.indexed {
		p.count = 0
	}
	end := p.count
	if a.Count > 0 {
		end = min(end, a.Start+a.Count)
	}
	return body{"variables": d.list(p, max(a.Start, 0), end)}, nil
}

// list describes a piece of what a value expands to; only its names while something runs that may change it.
func (d *debugger) list(p parts, start, end int) []body {
	still := d.still()
	d.s.mu.Lock()
	defer d.s.mu.Unlock()
	list := []body{}
	for i := start; i < end; i++ {
		switch {
		case i == start+shownParts:
			return append(list, body{"name": "…", "value": fmt.Sprintf("%d more", end-i), "variablesReference": 0})
		case still:
			list = append(list, d.variable(p.at(i)))
		default:
			list = append(list, body{"name": p.at(i).name, "value": "", "variablesReference": 0})
		}
	}
	return list
}

// still reports whether nothing runs that may change the variables: everything is at its end, or follows the debugger.
// A goroutine that has just begun may soon do so.
func (d *debugger) still() bool {
	for range 20 {
		followed := 0
		if d.core.Stopped() != nil {
			followed = len(d.core.Threads())
		}
		if d.s.rt.Live() <= followed {
			return true
		}
		if followed == 0 {
			return false
		}
		time.Sleep(time.Millisecond)
	}
	return false
}

// inspectVariables lists the variables of the session.
func (d *debugger) inspectVariables(context.Context, none) (any, error) {
	p := d.s.globals()
	return body{"variables": d.list(p, 0, p.count)}, nil
}

// variable describes a value. s.mu is held.
func (d *debugger) variable(w watched) body {
	b := body{"name": w.name, "evaluateName": w.expr, "value": w.text(), "variablesReference": 0}
	if typ := w.typeText(); !d.valuesOnly || typ == "int" || typ == "bool" {
		b["type"] = typ
	}
	if p := d.s.partsOf(w); p.count > 0 {
		b["variablesReference"] = d.handle(p)
		if p.indexed {
			b["indexedVariables"] = p.count
		} else {
			b["namedVariables"] = p.count
		}
	}
	return b
}

// shownText is how long the text of a value may be in the tree.
const shownText = 200

func (w watched) text() string {
	if t, ok := w.tensor(); ok {
		return tensorText(t)
	}
	p := valuePrinter{limit: shownText}
	p.print(w.value, w.typ, 0)
	return strings.Join(strings.Fields(p.text.String()), " ")
}

func (w watched) typeText() string {
	dynamic := w.inside()
	switch {
	case w.typ != nil && types.IsInterface(w.typ) && dynamic.value.IsValid():
		return typeText(w.typ) + " (" + dynamic.typeText() + ")"
	case w.typ != nil:
		return typeText(w.typ)
	case dynamic.typ != nil:
		return typeText(dynamic.typ)
	case w.value.IsValid():
		return strings.ReplaceAll(w.value.Type().String(), "interface {}", "any")
	}
	return "nil"
}

func (w watched) tensor() (*tensor.Tensor, bool) {
	if v := w.inside().value; v.IsValid() && v.CanInterface() {
		t, ok := v.Interface().(*tensor.Tensor)
		return t, ok && t != nil
	}
	return nil, false
}

func tensorText(t *tensor.Tensor) string {
	return fmt.Sprintf("%v %v on %v", t.Shape(), t.DType(), t.Device())
}

// inside is what an interface holds: the value out of its box, with its own type.
func (w watched) inside() watched {
	if w.value.IsValid() && w.value.Kind() == reflect.Interface {
		w.value, w.typ = w.value.Elem(), nil
	}
	if w.value.IsValid() && w.value.CanInterface() {
		if b, ok := w.value.Interface().(box.Boxed); ok {
			w.value, w.typ = reflect.ValueOf(b.Unwrap_().Value), b.Unwrap_().Type.Go
		}
	}
	return w
}

// partsOf is what a value expands to.
func (s *Session) partsOf(w watched) parts {
	if t, ok := w.tensor(); ok {
		return tensorParts(w, t)
	}
	w = w.inside()
	switch w.value.Kind() {
	case reflect.Pointer:
		return s.pointerParts(w)
	case reflect.Struct:
		return s.fields(w, w.value, w.typ)
	case reflect.Slice, reflect.Array:
		elem := elemOf(w.typ)
		return parts{count: w.value.Len(), indexed: true, at: func(i int) watched {
			name := fmt.Sprintf("[%d]", i)
			return watched{name, w.expr + name, w.value.Index(i), elem}
		}}
	case reflect.Map:
		return mapParts(w)
	}
	return parts{}
}

func elemOf(t types.Type) types.Type {
	if list, ok := underlying[interface {
		types.Type
		Elem() types.Type
	}](t); ok {
		return list.Elem()
	}
	return nil
}

func (s *Session) pointerParts(w watched) parts {
	elem := elemOf(w.typ)
	if w.value.IsNil() {
		return parts{}
	}
	target := w.value.Elem()
	if elem != nil {
		target = box.Pointed(w.value, s.lowerer.Box(elem))
	}
	if target.Kind() == reflect.Struct {
		return s.fields(w, target, elem)
	}
	return listed([]watched{{"*", "*" + w.expr, target, elem}})
}

// fields are those of a struct.
func (s *Session) fields(w watched, v reflect.Value, t types.Type) parts {
	st, ok := underlying[*types.Struct](t)
	if ok && st.NumFields() != v.NumField() {
		ok = false
	}
	return parts{count: v.NumField(), at: func(i int) watched {
		if !ok {
			name := v.Type().Field(i).Name
			return watched{name, w.expr + "." + name, v.Field(i), nil}
		}
		f := st.Field(i)
		return watched{f.Name(), w.expr + "." + f.Name(), box.Revealed(v.Field(i), f.Type()), f.Type()}
	}}
}

func mapParts(w watched) parts {
	m, _ := underlying[*types.Map](w.typ)
	var items []watched
	for iter := w.value.MapRange(); iter.Next(); {
		key, value := watched{value: iter.Key()}, watched{value: iter.Value()}
		if m != nil {
			key.typ, value.typ = m.Key(), m.Elem()
		}
		value.name = "[" + key.text() + "]"
		value.expr = w.expr + value.name
		items = append(items, value)
	}
	slices.SortFunc(items, func(a, b watched) int { return cmp.Compare(a.name, b.name) })
	return listed(items)
}

// tensorParts are what there is to know of a tensor, and the tensors along its first dimension.
func tensorParts(w watched, t *tensor.Tensor) parts {
	known := []watched{
		{name: "shape", expr: w.expr + ".Shape()", value: reflect.ValueOf(t.Shape())},
		{name: "dtype", expr: w.expr + ".DType()", value: reflect.ValueOf(t.DType())},
		{name: "device", expr: w.expr + ".Device()", value: reflect.ValueOf(t.Device())},
		{name: "requires grad", expr: w.expr + ".RequiresGrad()", value: reflect.ValueOf(t.RequiresGrad())},
	}
	if t.Grad() != nil {
		known = append(known, watched{name: "grad", expr: w.expr + ".Grad()", value: reflect.ValueOf(t.Grad())})
	}
	known = append(known, watched{name: "values", expr: w.expr + ".String()", value: reflect.ValueOf(t.String())})
	return listed(known)
}
