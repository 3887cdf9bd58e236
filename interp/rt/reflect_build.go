package rt

import (
	"go/token"
	"go/types"
	"reflect"
	"unsafe"

	"github.com/gophergrad/gophergrad/interp/symbols"
)

// The type checker's types as those of package reflect, and back.

// reflectType gives t as cells see it.
func (r *Runtime) reflectType(t types.Type) reflect.Type {
	if b := r.Types(t); b != nil {
		return r.typeOf(b)
	}
	return r.stored(t)
}

// stored says how the interpreter lays out a variable of type t.
func (r *Runtime) stored(t types.Type) reflect.Type {
	if b := r.Types(t); b != nil {
		return slotOf(r.typeOf(b))
	}
	switch t := types.Unalias(t).(type) {
	case *types.Basic:
		return basics[t.Kind()]
	case *types.Named:
		switch {
		case t.Obj().Pkg() == nil:
			return reflect.TypeFor[error]()
		case t.TypeArgs().Len() > 0:
			return r.built(t.Underlying())
		}
		for own, name := range standIns {
			if name == t.Obj().Pkg().Path()+"."+t.Obj().Name() {
				return own
			}
		}
		if found := symbols.Type(t.Obj().Pkg().Path(), t.Obj().Name()); found != nil {
			return found
		}
		r.refuse("reflection on %s, which the kernel does not hold", t)
	}
	return r.built(t)
}

// slotOf says how the interpreter lays out a variable of type t.
func slotOf(t reflect.Type) reflect.Type {
	c, ok := t.(*cellType)
	switch {
	case !ok:
		return t
	case c.box.Hidden:
		return reflect.TypeFor[any]()
	}
	return c.Type
}

// built lays out a type without a name by its parts.
func (r *Runtime) built(t types.Type) reflect.Type {
	switch t := types.Unalias(t).(type) {
	case *types.Basic:
		return basics[t.Kind()]
	case *types.Pointer:
		return reflect.PointerTo(r.stored(t.Elem()))
	case *types.Slice:
		return reflect.SliceOf(r.stored(t.Elem()))
	case *types.Array:
		return reflect.ArrayOf(int(t.Len()), r.stored(t.Elem()))
	case *types.Map:
		return reflect.MapOf(r.stored(t.Key()), r.stored(t.Elem()))
	case *types.Chan:
		return reflect.ChanOf(map[types.ChanDir]reflect.ChanDir{
			types.SendRecv: reflect.BothDir, types.SendOnly: reflect.SendDir, types.RecvOnly: reflect.RecvDir}[t.Dir()], r.stored(t.Elem()))
	case *types.Signature:
		list := func(tuple *types.Tuple) (out []reflect.Type) {
			for v := range tuple.Variables() {
				out = append(out, r.stored(v.Type()))
			}
			return out
		}
		return reflect.FuncOf(list(t.Params()), list(t.Results()), t.Variadic())
	case *types.Struct:
		if t.NumFields() == 0 {
			return reflect.TypeFor[struct{}]()
		}
	case *types.Interface:
		if t.Empty() {
			return reflect.TypeFor[any]()
		}
	}
	r.refuse("reflection on a value of type %s", t)
	return nil
}

var basics = map[types.BasicKind]reflect.Type{
	types.Bool: reflect.TypeFor[bool](), types.String: reflect.TypeFor[string](),
	types.Int: reflect.TypeFor[int](), types.Int8: reflect.TypeFor[int8](), types.Int16: reflect.TypeFor[int16](),
	types.Int32: reflect.TypeFor[int32](), types.Int64: reflect.TypeFor[int64](),
	types.Uint: reflect.TypeFor[uint](), types.Uint8: reflect.TypeFor[uint8](), types.Uint16: reflect.TypeFor[uint16](),
	types.Uint32: reflect.TypeFor[uint32](), types.Uint64: reflect.TypeFor[uint64](), types.Uintptr: reflect.TypeFor[uintptr](),
	types.Float32: reflect.TypeFor[float32](), types.Float64: reflect.TypeFor[float64](),
	types.Complex64: reflect.TypeFor[complex64](), types.Complex128: reflect.TypeFor[complex128](),
	types.UnsafePointer: reflect.TypeFor[unsafe.Pointer](),
}

// goType gives t as the type checker knows it.
func (r *Runtime) goType(t reflect.Type) types.Type {
	if c, ok := t.(*cellType); ok {
		return c.box.Go
	}
	if path := t.PkgPath(); path != "" {
		if pkg, err := r.Import(path); err == nil && pkg.Scope().Lookup(t.Name()) != nil {
			return pkg.Scope().Lookup(t.Name()).Type()
		}
	} else if t.Name() != "" {
		return types.Universe.Lookup(t.Name()).Type()
	}
	switch t.Kind() {
	case reflect.Pointer:
		return types.NewPointer(r.goType(t.Elem()))
	case reflect.Slice:
		return types.NewSlice(r.goType(t.Elem()))
	case reflect.Array:
		return types.NewArray(r.goType(t.Elem()), int64(t.Len()))
	case reflect.Map:
		return types.NewMap(r.goType(t.Key()), r.goType(t.Elem()))
	case reflect.Chan:
		return types.NewChan(chanDirs[t.ChanDir()], r.goType(t.Elem()))
	case reflect.Func:
		list := func(n int, at func(int) reflect.Type) (out []reflect.Type) {
			for i := range n {
				out = append(out, at(i))
			}
			return out
		}
		return r.signatureOf(list(t.NumIn(), t.In), list(t.NumOut(), t.Out), t.IsVariadic())
	case reflect.Struct:
		if t.NumField() == 0 {
			return types.NewStruct(nil, nil)
		}
	case reflect.Interface:
		if t.NumMethod() == 0 {
			return types.NewInterfaceType(nil, nil)
		}
	}
	r.refuse("a type built of %s by reflection", t)
	return nil
}

var chanDirs = map[reflect.ChanDir]types.ChanDir{reflect.BothDir: types.SendRecv, reflect.SendDir: types.SendOnly, reflect.RecvDir: types.RecvOnly}

func (r *Runtime) signatureOf(in, out []reflect.Type, variadic bool) *types.Signature {
	tuple := func(list []reflect.Type) *types.Tuple {
		vars := make([]*types.Var, len(list))
		for i, t := range list {
			vars[i] = types.NewParam(token.NoPos, nil, "", r.goType(t))
		}
		return types.NewTuple(vars...)
	}
	return types.NewSignatureType(nil, nil, nil, tuple(in), tuple(out), variadic)
}

// ofCells reports whether one of the types is a cell's.
func ofCells(list ...reflect.Type) bool {
	for _, t := range list {
		if _, ok := t.(*cellType); ok {
			return true
		}
	}
	return false
}

// The functions of package reflect that build types.

func (r *Runtime) PointerTo(t reflect.Type) reflect.Type {
	if ofCells(t) {
		return r.reflectType(types.NewPointer(r.goType(t)))
	}
	return reflect.PointerTo(t)
}

func (r *Runtime) SliceOf(t reflect.Type) reflect.Type {
	if ofCells(t) {
		return r.reflectType(types.NewSlice(r.goType(t)))
	}
	return reflect.SliceOf(t)
}

func (r *Runtime) ArrayOf(n int, t reflect.Type) reflect.Type {
	if ofCells(t) && n >= 0 {
		return r.reflectType(types.NewArray(r.goType(t), int64(n)))
	}
	return reflect.ArrayOf(n, t)
}

func (r *Runtime) ChanOf(dir reflect.ChanDir, t reflect.Type) reflect.Type {
	if ofCells(t) {
		return r.reflectType(types.NewChan(chanDirs[dir], r.goType(t)))
	}
	return reflect.ChanOf(dir, t)
}

func (r *Runtime) MapOf(key, elem reflect.Type) reflect.Type {
	switch {
	case !ofCells(key, elem):
		return reflect.MapOf(key, elem)
	case !key.Comparable():
		panic("reflect.MapOf: invalid key type " + key.String())
	}
	return r.reflectType(types.NewMap(r.goType(key), r.goType(elem)))
}

func (r *Runtime) FuncOf(in, out []reflect.Type, variadic bool) reflect.Type {
	if !ofCells(in...) && !ofCells(out...) {
		return reflect.FuncOf(in, out, variadic)
	}
	if variadic && (len(in) == 0 || in[len(in)-1].Kind() != reflect.Slice) {
		panic("reflect.FuncOf: last arg of variadic func must be slice")
	}
	return r.reflectType(r.signatureOf(in, out, variadic))
}

// StructOf is reflect.StructOf, which checks the fields.
func (r *Runtime) StructOf(fields []reflect.StructField) reflect.Type {
	laidOut := make([]reflect.StructField, len(fields))
	vars, tags := make([]*types.Var, len(fields)), make([]string, len(fields))
	for i, f := range fields {
		laidOut[i] = f
		if f.Type != nil {
			laidOut[i].Type, laidOut[i].Anonymous = slotOf(f.Type), false
		}
	}
	plain := reflect.StructOf(laidOut)
	if len(fields) == 0 {
		return plain
	}
	for i, f := range fields {
		path := f.PkgPath
		if path == "" {
			path = "main"
		}
		vars[i] = types.NewField(token.NoPos, types.NewPackage(path, path), f.Name, r.goType(f.Type), f.Anonymous)
		tags[i] = string(f.Tag)
	}
	return r.reflectType(types.NewStruct(vars, tags))
}

// standIns are the types of this package that cells have for those of package reflect.
var standIns = map[reflect.Type]string{
	reflect.TypeFor[Value](): "reflect.Value", reflect.TypeFor[Method](): "reflect.Method",
	reflect.TypeFor[*cellType](): "*reflect.rtype", reflect.TypeFor[MapIter](): "reflect.MapIter", reflect.TypeFor[SelectCase](): "reflect.SelectCase",
}
