package rt

import (
	"fmt"
	"go/types"
	"iter"
	"reflect"
	"runtime"
	"strings"

	"github.com/gophergrad/gophergrad/interp/box"
)

// Package reflect, as cells have it. The interpreter lays values of cells' types out right but knows neither their names
// nor their methods. So a reflect.Type of a cell is a cellType, which knows both, and a reflect.Value a Value, which has
// such a type beside what the interpreter stores.

// cellType is the reflect.Type of a type that a cell defines, or of one built of such.
type cellType struct {
	reflect.Type // how the interpreter lays it out
	box          *box.Type
	rt           *Runtime
}

// TypeOf is reflect.TypeOf.
func (r *Runtime) TypeOf(v any) reflect.Type {
	if b, ok := Canon(v).(box.Box); ok {
		return r.typeOf(b.Type)
	}
	return reflect.TypeOf(v)
}

// typeOf gives the one cellType that t describes.
func (r *Runtime) typeOf(t *box.Type) *cellType {
	c, ok := r.reflected.Load(t)
	if !ok {
		c, _ = r.reflected.LoadOrStore(t, &cellType{r.layout(t), t, r})
	}
	return c.(*cellType)
}

// part gives a type that the type is built of, which the interpreter lays out as raw.
func (t *cellType) part(p types.Type, raw reflect.Type) reflect.Type {
	if b := t.rt.Types(p); b != nil {
		return t.rt.typeOf(b)
	}
	return raw
}

func (t *cellType) String() string { return t.box.Name }

func (t *cellType) Name() string {
	if t.PkgPath() == "" {
		return ""
	}
	_, name, _ := strings.Cut(t.box.Name, ".")
	return name
}

func (t *cellType) PkgPath() string {
	if named, ok := types.Unalias(t.box.Go).(*types.Named); ok {
		return named.Obj().Pkg().Path()
	}
	return ""
}

// sizes are those of the compiler: the interpreter holds some fields in interfaces.
var sizes = types.SizesFor("gc", runtime.GOARCH)

func (t *cellType) Size() uintptr    { return uintptr(sizes.Sizeof(t.box.Go)) }
func (t *cellType) Align() int       { return int(sizes.Alignof(t.box.Go)) }
func (t *cellType) FieldAlign() int  { return t.Align() }
func (t *cellType) Comparable() bool { return types.Comparable(t.box.Go) }

// is panics as package reflect does unless the type is of the kind.
func (t *cellType) is(kind reflect.Kind, method string) {
	if t.Kind() != kind {
		panic(fmt.Sprintf("reflect: %s of non-%s type %s", method, kind, t))
	}
}

func (t *cellType) Elem() reflect.Type {
	if u, ok := t.box.Go.Underlying().(interface{ Elem() types.Type }); ok {
		return t.part(u.Elem(), t.Type.Elem())
	}
	panic("reflect: Elem of invalid type " + t.String())
}

func (t *cellType) Key() reflect.Type {
	t.is(reflect.Map, "Key")
	return t.part(t.box.Go.Underlying().(*types.Map).Key(), t.Type.Key())
}

func (t *cellType) In(i int) reflect.Type {
	t.is(reflect.Func, "In")
	return t.part(t.box.Go.Underlying().(*types.Signature).Params().At(i).Type(), t.Type.In(i))
}

func (t *cellType) Out(i int) reflect.Type {
	t.is(reflect.Func, "Out")
	return t.part(t.box.Go.Underlying().(*types.Signature).Results().At(i).Type(), t.Type.Out(i))
}

func (t *cellType) NumIn() int {
	t.is(reflect.Func, "NumIn")
	return t.Type.NumIn()
}

func (t *cellType) NumOut() int {
	t.is(reflect.Func, "NumOut")
	return t.Type.NumOut()
}

func (t *cellType) IsVariadic() bool {
	t.is(reflect.Func, "IsVariadic")
	return t.Type.IsVariadic()
}

func (t *cellType) Len() int {
	t.is(reflect.Array, "Len")
	return t.Type.Len()
}

func (t *cellType) ChanDir() reflect.ChanDir {
	t.is(reflect.Chan, "ChanDir")
	return t.Type.ChanDir()
}

func (t *cellType) NumField() int {
	t.is(reflect.Struct, "NumField")
	return t.Type.NumField()
}

func (t *cellType) Ins() iter.Seq[reflect.Type]  { return counted(t.NumIn(), t.In) }
func (t *cellType) Outs() iter.Seq[reflect.Type] { return counted(t.NumOut(), t.Out) }

// counted gives what get gives for the numbers below n.
func counted[T any](n int, get func(int) T) iter.Seq[T] {
	return func(yield func(T) bool) {
		for i := range n {
			if !yield(get(i)) {
				return
			}
		}
	}
}

func (t *cellType) Field(i int) reflect.StructField {
	t.is(reflect.Struct, "Field")
	st := t.box.Go.Underlying().(*types.Struct)
	if i < 0 || i >= st.NumFields() {
		panic("reflect: Field index out of bounds")
	}
	f := st.Field(i)
	field := reflect.StructField{
		Name: f.Name(), Type: t.part(f.Type(), t.Type.Field(i).Type), Tag: reflect.StructTag(st.Tag(i)),
		Offset: uintptr(sizes.Offsetsof(fieldsOf(st))[i]), Index: []int{i}, Anonymous: f.Embedded(),
	}
	if !f.Exported() {
		field.PkgPath = f.Pkg().Path()
	}
	return field
}

func fieldsOf(st *types.Struct) []*types.Var {
	fields := make([]*types.Var, st.NumFields())
	for i := range fields {
		fields[i] = st.Field(i)
	}
	return fields
}

func (t *cellType) Fields() iter.Seq[reflect.StructField] { return counted(t.NumField(), t.Field) }

func (t *cellType) FieldByIndex(index []int) (field reflect.StructField) {
	at := reflect.Type(t)
	for n, i := range index {
		if n > 0 && at.Kind() == reflect.Pointer && at.Elem().Kind() == reflect.Struct {
			at = at.Elem()
		}
		field = at.Field(i)
		at = field.Type
	}
	return field
}

func (t *cellType) FieldByName(name string) (reflect.StructField, bool) {
	t.is(reflect.Struct, "FieldByName")
	return t.FieldByNameFunc(func(n string) bool { return n == name })
}

// FieldByNameFunc finds the one visible field that is the least deeply embedded of those that match.
func (t *cellType) FieldByNameFunc(match func(string) bool) (found reflect.StructField, ok bool) {
	t.is(reflect.Struct, "FieldByNameFunc")
	depth := 0
	for _, f := range reflect.VisibleFields(t) {
		switch n := len(f.Index); {
		case depth > 0 && n > depth || !match(f.Name):
		case n == depth:
			ok = false
		default:
			found, depth, ok = f, n, true
		}
	}
	if !ok {
		found = reflect.StructField{}
	}
	return found, ok
}

// cellMethod is a method that package reflect lists.
type cellMethod struct {
	*types.Func
	sig *types.Signature
}

// methods lists an interface's methods, or the exported methods of another type, in the order of package reflect.
func (t *cellType) methods() (list []cellMethod) {
	if i, ok := t.box.Go.Underlying().(*types.Interface); ok {
		for m := range i.Methods() {
			list = append(list, cellMethod{m, m.Signature()})
		}
		return list
	}
	for sel := range types.NewMethodSet(t.box.Go).Methods() {
		if sel.Obj().Exported() {
			list = append(list, cellMethod{sel.Obj().(*types.Func), sel.Type().(*types.Signature)})
		}
	}
	return list
}

func (t *cellType) NumMethod() int { return len(t.methods()) }

// bind gives the method of a value as the interpreter's function.
func (t *cellType) bind(m cellMethod, recv reflect.Value) reflect.Value {
	f := box.Box{Type: t.box, Value: recv.Interface()}.Method(m.Name())
	if f == nil {
		t.rt.refuse("the method %s.%s by reflection (call it in the cell that imports reflect)", t, m.Name())
	}
	return reflect.ValueOf(f)
}

// layout says how the interpreter lays out the values of t, outside of variables that hide them.
func (r *Runtime) layout(t *box.Type) reflect.Type {
	if t.Raw != nil {
		return t.Raw
	}
	switch u := t.Go.Underlying().(type) {
	case *types.Struct:
		if _, named := types.Unalias(t.Go).(*types.Named); named {
			r.refuse("reflection on %s, of which no cell that runs has a value (use it in one that imports reflect)", t.Name)
		}
		fields := make([]reflect.StructField, u.NumFields())
		for i := range fields {
			f := u.Field(i)
			fields[i] = reflect.StructField{Name: f.Name(), Type: r.stored(f.Type()), Tag: reflect.StructTag(u.Tag(i))}
			if f.Name() == "_" {
				fields[i].Name = fmt.Sprintf("blank%d", i)
			}
			if !f.Exported() {
				fields[i].Name = "X" + fields[i].Name
			}
		}
		return reflect.StructOf(fields)
	case *types.Interface:
		return reflect.TypeFor[any]()
	default:
		return r.built(u)
	}
}
