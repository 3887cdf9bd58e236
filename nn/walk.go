package nn

import (
	"fmt"
	"reflect"
	"sort"
	"strconv"
	"strings"
	"sync"
	"unicode"
	"unsafe"

	"github.com/gophergrad/gophergrad/tensor"
)

// Composite is a value that tells its parts itself instead of leaving them to
// reflection: a module of a type that was defined in a cell, or a container.
type Composite interface {
	// Parts returns the name of the value's type without its package, and its
	// fields in order: true name, tag, and value. A slice's fields are its
	// elements, named "0", "1", …; a map's are named by their keys, sorted, with
	// a PkgPath, since names of other packages are taken as they are.
	Parts() (typeName string, fields []reflect.StructField, values []reflect.Value)
	// Method returns a method of the value as a Go func, nil if there is none.
	Method(name string) any
}

// role says what a tensor is to the module that holds it.
type role uint8

const (
	parameter role = iota
	buffer
)

// node is what was found of a module, or of a slice or map of modules.
type node struct {
	name     string
	typeName string
	module   any // the module, a pointer where it is a struct that can be changed
	tensors  [2][]Named
	children []*node
	embedded []any // what is embedded in the module: its tensors and children are the module's
	isModule bool  // it has a Forward method
}

// inspect finds the tensors and submodules of m.
func inspect(m any) *node {
	w := walker{open: map[any]bool{}}
	if n := w.node("", reflect.ValueOf(m)); n != nil {
		return n
	}
	return &node{typeName: fmt.Sprintf("%T", m), module: m}
}

// walker remembers the modules it is inside of, so that cycles end.
type walker struct{ open map[any]bool }

var tensorType = reflect.TypeFor[*tensor.Tensor]()

// node returns what v holds, nil if it can hold no tensors. v was not read from
// an unexported field, or was cleared of that mark.
func (w *walker) node(name string, v reflect.Value) *node {
	for v.IsValid() && v.Kind() == reflect.Interface {
		v = v.Elem()
	}
	if !v.IsValid() {
		return nil
	}
	if v.Kind() == reflect.Pointer && v.IsNil() {
		return nil
	}
	if v.Comparable() {
		id := v.Interface()
		if w.open[id] {
			return nil
		}
		w.open[id] = true
		defer delete(w.open, id)
	}
	if c, ok := v.Interface().(Composite); ok {
		typeName, fields, values := c.Parts()
		n := &node{name: name, typeName: typeName, module: c, isModule: c.Method("Forward") != nil}
		for i, f := range fields {
			w.add(n, f, values[i])
		}
		return n
	}
	switch v.Kind() {
	case reflect.Pointer:
		if v.Elem().Kind() != reflect.Struct || !canHold(v.Type()) {
			return nil
		}
		return w.structure(name, v.Elem())
	case reflect.Struct:
		if !canHold(v.Type()) {
			return nil
		}
		return w.structure(name, v)
	case reflect.Slice, reflect.Array, reflect.Map:
		return w.collection(name, v)
	}
	return nil
}

// structure returns what a struct's fields hold.
func (w *walker) structure(name string, v reflect.Value) *node {
	if !v.CanAddr() { // unexported fields can only be read through an address
		p := reflect.New(v.Type()).Elem()
		p.Set(v)
		v = p
	}
	t := v.Type()
	n := &node{name: name, typeName: t.Name(), module: v.Addr().Interface()}
	n.isModule = v.Addr().MethodByName("Forward").IsValid()
	for i := range t.NumField() {
		f := v.Field(i)
		if canHold(f.Type()) {
			w.add(n, t.Field(i), reflect.NewAt(f.Type(), unsafe.Pointer(f.UnsafeAddr())).Elem())
		}
	}
	return n
}

// collection returns what the elements of a slice or map hold.
func (w *walker) collection(name string, v reflect.Value) *node {
	if !canHold(v.Type()) {
		return nil
	}
	n := &node{name: name, typeName: "ModuleList", module: v.Interface()}
	if v.Kind() == reflect.Map {
		n.typeName = "ModuleDict"
		keys := v.MapKeys()
		sort.Slice(keys, func(i, j int) bool { return fmt.Sprint(keys[i]) < fmt.Sprint(keys[j]) })
		for _, k := range keys {
			w.add(n, reflect.StructField{Name: fmt.Sprint(k), PkgPath: "key"}, v.MapIndex(k))
		}
		return n
	}
	for i := range v.Len() {
		w.add(n, reflect.StructField{Name: strconv.Itoa(i)}, v.Index(i))
	}
	return n
}

// add puts one field into n: a tensor under its role, anything else as a child.
func (w *walker) add(n *node, f reflect.StructField, v reflect.Value) {
	name := f.Name
	if f.PkgPath == "" {
		name = snake(name)
	}
	for v.Kind() == reflect.Interface {
		v = v.Elem()
	}
	if !v.IsValid() || v.Type() != tensorType {
		c := w.node(name, v)
		switch {
		case c == nil:
		case f.Anonymous && v.Kind() != reflect.Slice && v.Kind() != reflect.Map:
			n.embed(c)
		default:
			n.children = append(n.children, c)
		}
		return
	}
	t := v.Interface().(*tensor.Tensor)
	if t == nil {
		return
	}
	switch tag := f.Tag.Get("nn"); {
	case tag == "buffer":
		n.tensors[buffer] = append(n.tensors[buffer], Named{name, t})
	case tag == "parameter" || t.RequiresGrad() && t.IsLeaf():
		n.tensors[parameter] = append(n.tensors[parameter], Named{name, t})
	}
}

// embed takes what an embedded module holds for n's own, as a derived class has
// its base's attributes in PyTorch. It panics where two names collide.
func (n *node) embed(c *node) {
	taken := map[string]bool{}
	for _, r := range n.tensors {
		for _, t := range r {
			taken[t.Name] = true
		}
	}
	for _, child := range n.children {
		taken[child.name] = true
	}
	check := func(name string) {
		if taken[name] {
			fail("nn", "%s embeds two modules that hold %q; give one of them a field name", n.typeName, name)
		}
	}
	for r, named := range c.tensors {
		for _, t := range named {
			check(t.Name)
		}
		n.tensors[r] = append(n.tensors[r], named...)
	}
	for _, child := range c.children {
		check(child.name)
	}
	n.children = append(n.children, c.children...)
	n.embedded = append(append(n.embedded, c.embedded...), c.module)
}

// snake spells an exported name as PyTorch does: RunningMean as running_mean,
// WeightIH as weight_ih.
func snake(name string) string {
	var out strings.Builder
	rs := []rune(name)
	for i, r := range rs {
		if unicode.IsUpper(r) {
			starts := i > 0 && (!unicode.IsUpper(rs[i-1]) || i+1 < len(rs) && unicode.IsLower(rs[i+1]))
			if starts && rs[i-1] != '_' {
				out.WriteByte('_')
			}
			r = unicode.ToLower(r)
		}
		out.WriteRune(r)
	}
	return out.String()
}

var holds sync.Map // reflect.Type → bool

// canHold reports whether values of a type can lead to tensors. Types of the
// standard library are not entered.
func canHold(t reflect.Type) bool {
	if known, ok := holds.Load(t); ok {
		return known.(bool)
	}
	yes := reaches(t, map[reflect.Type]bool{})
	holds.Store(t, yes)
	return yes
}

func reaches(t reflect.Type, seen map[reflect.Type]bool) bool {
	if t == tensorType || t.Kind() == reflect.Interface {
		return true
	}
	if seen[t] {
		return false
	}
	seen[t] = true
	if t.Implements(reflect.TypeFor[Composite]()) {
		return true
	}
	switch t.Kind() {
	case reflect.Pointer, reflect.Slice, reflect.Array, reflect.Map:
		return reaches(t.Elem(), seen)
	case reflect.Struct:
		if first, _, _ := strings.Cut(t.PkgPath(), "/"); first != "" && first != "main" && !strings.Contains(first, ".") {
			return false
		}
		if t == reflect.TypeFor[Mode]() {
			return true
		}
		for i := range t.NumField() {
			if reaches(t.Field(i).Type, seen) {
				return true
			}
		}
		// a layer without parameters is part of the tree too
		return reflect.PointerTo(t).Implements(reflect.TypeFor[Module]())
	}
	return false
}

// named lists the tensors of a role: a module's own, then its submodules'.
func (n *node) named(prefix string, r role) []Named {
	var out []Named
	for _, t := range n.tensors[r] {
		out = append(out, Named{prefix + t.Name, t.Tensor})
	}
	for _, c := range n.children {
		out = append(out, c.named(prefix+c.name+".", r)...)
	}
	if r == parameter {
		if own := parametersOf(n.module); own != nil {
			fields := out
			for i := range fields {
				fields[i].Name = strings.TrimPrefix(fields[i].Name, prefix)
			}
			out = ownNames(own(), fields)
			for i := range out {
				out[i].Name = prefix + out[i].Name
			}
		}
	}
	return out
}

// apply calls f with everything in the tree, submodules first.
func (n *node) apply(name string, f func(name string, n *node)) {
	for _, c := range n.children {
		full := c.name
		if name != "" {
			full = name + "." + c.name
		}
		c.apply(full, f)
	}
	f(name, n)
}
