package interp

import (
	"go/types"
	"maps"
	"reflect"
	"unsafe"
	"weak"
)

// A function that a cell declares again is another one to yaegi. What calls it by name is compiled again, but closures
// that variables hold and goroutines that run live on as they are. Their calls lead to the new function through a field
// that yaegi looks at in every call; a function that was stored as a value stays what it was.

// former is a function that was declared again, as long as something may call it.
type former struct {
	typ  reflect.Type
	node weak.Pointer[byte]
}

// succeed finds what the functions of a cell that is being lowered take the place of.
func (s *Session) succeed(ch *checked) {
	ch.successors = map[string]string{}
	for _, f := range ch.functions {
		if old := s.formerFunc(f); old != nil {
			maps.Copy(ch.successors, s.lowerer.Successors(old, f.obj, ch.replaced))
		}
	}
}

// redirect makes calls of functions that a cell has declared again, with the same types, calls of the new ones.
func (s *Session) redirect(ch *checked) error {
	s.mu.Lock()
	defer s.mu.Unlock()
	for oldName, name := range ch.successors {
		symbol := s.mainScope("sym").MapIndex(reflect.ValueOf(oldName))
		if oldName == name || !symbol.IsValid() {
			continue
		}
		target, err := s.yaegi.Eval(name)
		if err != nil {
			return err
		}
		node := private(symbol.Elem().FieldByName("node"))
		calls := append(s.former[oldName], former{node.Type().Elem(), weak.Make((*byte)(node.UnsafePointer()))})
		delete(s.former, oldName)
		for _, c := range calls {
			if p := c.node.Value(); p != nil {
				private(reflect.NewAt(c.typ, unsafe.Pointer(p)).Elem().FieldByName("rval")).Set(reflect.ValueOf(target))
				s.former[name] = append(s.former[name], c)
			}
		}
	}
	return nil
}

// formerFunc is what f was before the cell, nil if there was none.
func (s *Session) formerFunc(f function) (old *types.Func) {
	if f.decl.Recv == nil {
		if e := s.names[f.decl.Name.Name]; e != nil {
			old, _ = e.obj.(*types.Func)
		}
	} else if t := s.oldType(receiverName(f.decl)); t != nil {
		obj, _, _ := types.LookupFieldOrMethod(t.Type(), true, t.Pkg(), f.decl.Name.Name)
		old, _ = obj.(*types.Func)
	}
	return old
}
