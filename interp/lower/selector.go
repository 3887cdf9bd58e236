package lower

import (
	"fmt"
	"go/ast"
	"go/types"
	"strings"
)

// selector lowers x.f that is not called: a field, a method value or expression, or a name of a package.
func (f *fn) selector(e *ast.SelectorExpr) string {
	sel, ok := f.info.Selections[e]
	if !ok {
		return f.qualified(e)
	}
	switch sel.Kind() {
	case types.FieldVal:
		recv := f.typ(e.X)
		_, index, _ := types.LookupFieldOrMethod(recv, true, sel.Obj().Pkg(), sel.Obj().Name())
		text, _ := f.path(f.under(e.X), recv, index)
		return text
	case types.MethodExpr:
		return f.methodExpr(e)
	}
	return f.methodValue(e)
}

// qualified lowers a name of an imported package.
func (f *fn) qualified(e *ast.SelectorExpr) string {
	switch obj := f.info.Uses[e.Sel].(type) {
	case *types.Func:
		return f.funcValue(e.Sel, f.typ(e))
	default:
		return f.pkg(obj.Pkg()) + "." + obj.Name()
	}
}

// isPackageVar reports whether e is a variable of a compiled package.
func (f *fn) isPackageVar(e ast.Expr) bool {
	v, ok := f.info.Uses[lastName(e)].(*types.Var)
	return ok && !v.IsField() && !isCell(v) && v.Pkg() != nil && v.Parent() == v.Pkg().Scope()
}

// path walks from a value of type t along field indices and gives the field's text and type. Inside of a compiled
// struct it names only the last field, because it may lead through fields that are not exported.
func (f *fn) path(text string, t types.Type, index []int) (string, types.Type) {
	for n, i := range index {
		st := deref(t).Underlying().(*types.Struct)
		compiled := isCompiled(t) || declarer(st) != nil
		if !compiled || n == len(index)-1 {
			text = f.field(text, t, st, i)
		}
		t = st.Field(i).Type()
	}
	return text, t
}

// embedded walks like path to the value that has a method, but not into compiled structs, which promote it themselves.
func (f *fn) embedded(text string, t types.Type, index []int) (string, types.Type) {
	for _, i := range index {
		if isCompiled(t) {
			break
		}
		st := deref(t).Underlying().(*types.Struct)
		if owner := declarer(st); owner != nil {
			return text, types.NewPointer(owner)
		}
		text = f.field(text, t, st, i)
		t = st.Field(i).Type()
	}
	return text, t
}

// field gives field i of the struct that t is or points to.
func (f *fn) field(text string, t types.Type, st *types.Struct, i int) string {
	text += "." + f.member(t, st, i)
	if f.erased(deref(t), i) {
		return f.reveal(text, st.Field(i).Type())
	}
	return text
}

// member names field i of the struct that t is or points to. One that a package other than reflect compiled with values of
// package reflect is refused: cells have others.
func (f *fn) member(t types.Type, st *types.Struct, i int) string {
	if isCompiled(t) && receiverType(t).Obj().Pkg().Path() != "reflect" && strings.Contains(st.Field(i).Type().String(), "reflect.Value") {
		panic(refuse(nil, "the field %s.%s, whose values of package reflect are not those of cells", typeName(deref(t)), st.Field(i).Name()))
	}
	return fieldName(st, i)
}

func deref(t types.Type) types.Type {
	if p, ok := t.Underlying().(*types.Pointer); ok {
		return p.Elem()
	}
	return t
}

// isCompiled reports whether t is a named type of a compiled package, or a pointer to one.
func isCompiled(t types.Type) bool {
	named := receiverType(t)
	return named != nil && !isCell(named.Obj()) && named.TypeArgs().Len() == 0
}

// method finds the method that x.name selects under the instance's type arguments.
func (f *fn) method(e *ast.SelectorExpr) (*types.Func, []int) {
	obj, index, _ := types.LookupFieldOrMethod(f.typ(e.X), true, f.info.Uses[e.Sel].Pkg(), e.Sel.Name)
	m, ok := obj.(*types.Func)
	if !ok {
		panic(refuse(e, "the method %s here", e.Sel.Name))
	}
	return m, index
}

// methodCall spells the call of method m, found by index from recv, a value of type t.
func (f *fn) methodCall(recv string, t types.Type, addressable bool, index []int, m *types.Func, sig *types.Signature, args []string) string {
	base, bt := f.embedded(recv, t, index[:len(index)-1])
	list := strings.Join(args, ", ")
	if bt.String() == "reflect.Type" {
		return "rt.Reflected(" + base + ")." + m.Name() + "(" + list + ")"
	}
	instead := replacements[m.FullName()]
	if types.IsInterface(bt) && (instead == "" || dynamic(bt)) {
		if dynamic(bt) {
			return f.typed(fmt.Sprintf("rt.Dyn(%s, %q).(func%s)(%s)", base, m.Name(), f.signatureText(sig), list), sig)
		}
		return base + "." + m.Name() + "(" + list + ")"
	}
	_, isPtr := bt.Underlying().(*types.Pointer)
	_, wantPtr := m.Signature().Recv().Type().Underlying().(*types.Pointer)
	named := receiverType(bt)
	if named == nil || !isCell(named.Obj()) && named.TypeArgs().Len() == 0 {
		if wantPtr && !isPtr {
			base = "(&" + base + ")"
		}
		if instead != "" {
			return "rt." + instead + "(" + strings.Join(append([]string{base}, args...), ", ") + ")"
		}
		return base + "." + m.Name() + "(" + list + ")"
	}
	switch {
	case wantPtr && !isPtr:
		if strings.HasPrefix(base, "reveal_") {
			panic(refuse(nil, "the method %s of this field, through which types refer to each other (call it on a variable)", m.Name()))
		}
		base = "&" + base
	case !wantPtr && isPtr:
		base = "*" + base
	}
	if !wantPtr {
		base = f.pass(base, deref(bt))
	}
	return f.methodName(m, named) + "(" + strings.Join(append([]string{base}, f.passAll(args, sig)...), ", ") + ")"
}

// replacements are the functions of package rt that stand for methods that wait where no interrupt reaches, that start
// goroutines whose panics would end the process, that end it or take its memory, or that show where they are called.
var replacements = map[string]string{
	"(*sync.Mutex).Lock":                        "Lock",
	"(*sync.Mutex).Unlock":                      "Unlock",
	"(*sync.RWMutex).Lock":                      "Lock",
	"(*sync.RWMutex).Unlock":                    "UnlockRW",
	"(*sync.RWMutex).RLock":                     "RLock",
	"(*sync.RWMutex).RUnlock":                   "RUnlock",
	"(*sync.WaitGroup).Wait":                    "Wait",
	"(*sync.WaitGroup).Go":                      "WaitGo",
	"(*sync.Cond).Wait":                         "CondWait",
	"(sync.Locker).Lock":                        "LockerLock",
	"(sync.Locker).Unlock":                      "LockerUnlock",
	"(*encoding/json.Encoder).Encode":           "Encode",
	"(*log.Logger).Print":                       "LogPrint",
	"(*log.Logger).Printf":                      "LogPrintf",
	"(*log.Logger).Println":                     "LogPrintln",
	"(*log.Logger).Panic":                       "LogPanic",
	"(*log.Logger).Panicf":                      "LogPanicf",
	"(*log.Logger).Panicln":                     "LogPanicln",
	"(*os.File).Read":                           "Read",
	"(*log.Logger).Fatal":                       "LogFatal",
	"(*log.Logger).Fatalf":                      "LogFatalf",
	"(*log.Logger).Fatalln":                     "LogFatalln",
	"(*log.Logger).Output":                      "LogOutput",
	"(*encoding/json.Decoder).Decode":           "JSONDecode",
	"(*encoding/gob.Encoder).Encode":            "EncodeGob",
	"(*encoding/gob.Decoder).Decode":            "DecodeGob",
	"(*encoding/xml.Encoder).Encode":            "EncodeXML",
	"(*encoding/xml.Encoder).EncodeElement":     "EncodeXMLElement",
	"(*encoding/xml.Decoder).Decode":            "DecodeXML",
	"(*encoding/xml.Decoder).DecodeElement":     "DecodeXMLElement",
	"(*text/template.Template).Execute":         "ExecuteText",
	"(*text/template.Template).ExecuteTemplate": "ExecuteTemplate",
	"(*text/template.Template).Funcs":           "Funcs",
	"(*html/template.Template).Funcs":           "FuncsHTML",
	"(*html/template.Template).Execute":         "ExecuteHTML",
	"(*html/template.Template).ExecuteTemplate": "ExecuteTemplateHTML",
	"(*os.File).Close":                          "CloseFile",
	"(*strings.Builder).Grow":                   "GrowBuilder",
	"(*bytes.Buffer).Grow":                      "GrowBuffer",
	"(*os.Process).Kill":                        "KillProcess",
	"(*os.Process).Signal":                      "SignalProcess",
	"(*os.Process).Wait":                        "WaitProcess",
	"(*os/exec.Cmd).Start":                      "StartCommand",
	"(*os/exec.Cmd).Wait":                       "WaitCommand",
	"(*os/exec.Cmd).Run":                        "RunCommand",
	"(*os/exec.Cmd).Output":                     "CommandOutput",
	"(*os/exec.Cmd).CombinedOutput":             "CombinedOutput",
}

func receiverType(t types.Type) *types.Named {
	if p, ok := types.Unalias(t).(*types.Pointer); ok {
		t = p.Elem()
	}
	named, _ := types.Unalias(t).(*types.Named)
	return named
}

// methodName names the function that a method of a cell's type became.
func (f *fn) methodName(m *types.Func, recv *types.Named) string {
	if recv.TypeArgs().Len() == 0 {
		name, ok := f.names[m]
		if !ok {
			panic(refuse(nil, "the method %s.%s, whose declaration is gone", recv.Obj().Name(), m.Name()))
		}
		return name
	}
	args := make([]types.Type, recv.TypeArgs().Len())
	for i := range args {
		args[i] = recv.TypeArgs().At(i)
	}
	return f.instanceOf(nil, m.Origin(), args)
}

// bound makes a function value of signature sig from a call, before which something may be checked. No traceback shows it.
func (f *fn) bound(sig *types.Signature, check string, call func(args []string) string) string {
	params, args := f.forward(sig)
	text := call(args)
	if sig.Results().Len() > 0 {
		text = "return " + text
	}
	return fmt.Sprintf("func(%s)%s { L := %#x; %s%s }", strings.Join(params, ", "), f.resultsText(sig), f.rt.Place(f.id, 0), check, text)
}

// methodValue lowers x.m: the receiver is evaluated and copied now.
func (f *fn) methodValue(e *ast.SelectorExpr) string {
	m, index := f.method(e)
	recv, t := f.fresh("r"), f.typ(e.X)
	sig := f.typ(e).(*types.Signature)
	text, bt := f.embedded(f.expr(e.X), t, index[:len(index)-1])
	_, isPtr := bt.Underlying().(*types.Pointer)
	if _, wantPtr := m.Signature().Recv().Type().Underlying().(*types.Pointer); wantPtr && !isPtr && !types.IsInterface(bt) {
		text, bt = "&"+text, types.NewPointer(bt)
	} else if !wantPtr && isPtr {
		text, bt = "(*"+text+")", bt.Underlying().(*types.Pointer).Elem()
	}
	if types.IsInterface(bt) {
		text = fmt.Sprintf("rt.NonNil(%s)", text)
		if !dynamic(bt) {
			text += ".(" + f.typeText(bt) + ")"
		}
	}
	inner := f.bound(sig, "", func(args []string) string {
		return f.methodCall(recv, bt, true, index[len(index)-1:], m, sig, args)
	})
	return fmt.Sprintf("func(%s %s) func%s { return %s }(%s)", recv, f.typeText(bt), f.signatureText(sig), inner, text)
}

// methodExpr lowers T.m to a function whose first parameter is the receiver.
func (f *fn) methodExpr(e *ast.SelectorExpr) string {
	m, index := f.method(e)
	t := f.typ(e.X)
	sig := f.typ(e).(*types.Signature)
	return f.bound(sig, "", func(args []string) string {
		rest := types.NewSignatureType(nil, nil, nil, types.NewTuple(variables(sig.Params())[1:]...), sig.Results(), sig.Variadic())
		return f.methodCall(args[0], t, true, index, m, rest, args[1:])
	})
}

func variables(t *types.Tuple) []*types.Var {
	vars := make([]*types.Var, t.Len())
	for i := range vars {
		vars[i] = t.At(i)
	}
	return vars
}
