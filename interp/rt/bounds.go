package rt

import (
	"fmt"
	"go/constant"
	"reflect"
	"regexp"
	"strconv"
	"unsafe"

	"github.com/traefik/yaegi/interp"
)

// An index that is out of range: package reflect, through which the interpreter works, does not say which. Checks in
// lowered code would make loops that index slower by half. Instead the operands are looked up where the interpreter has
// them, in the frame of the function that panics, once that has happened.

// spot is an interpreter's frame with the number of the place it is at, and where the tree of its function starts to run.
type spot struct {
	frame, start unsafe.Pointer
	place        int64
	reflects     bool   // the cell called package reflect there
	callee       string // the compiled function that the cell called there, such as tensor.(*Tensor).Add; "" if it called none
}

var (
	innermost = regexp.MustCompile(`(?m)^github\.com/traefik/yaegi/interp\.runCfg\(0x([0-9a-f]+), 0x([0-9a-f]+), `)
	nodeType  = func() reflect.Type {
		roots, _ := reflect.TypeFor[interp.Interpreter]().FieldByName("roots")
		return roots.Type.Elem().Elem()
	}()
)

// spotOf finds the function that runs in Go's traceback of its goroutine.
func spotOf(trace []byte) *spot {
	m := innermost.FindSubmatch(trace)
	if m == nil {
		return nil
	}
	start, _ := strconv.ParseUint(string(m[1]), 16, 64)
	frame, _ := strconv.ParseUint(string(m[2]), 16, 64)
	_, place := running(frameAt(uintptr(frame)))
	return &spot{
		frame: *(*unsafe.Pointer)(unsafe.Pointer(&frame)), start: *(*unsafe.Pointer)(unsafe.Pointer(&start)), place: place,
		reflects: reflects(trace), callee: callee(trace),
	}
}

// outOfRange tells which index or bound of the spot's line is out of range, as Go's runtime would; "" if none seems to be.
func (s *spot) outOfRange() string {
	node := reflect.NewAt(nodeType, s.start).Elem().FieldByName("anc") // it may itself be a function literal
	for !node.IsNil() && kindOf(node) != "funcDecl" && kindOf(node) != "funcLit" {
		node = node.Elem().FieldByName("anc")
	}
	if node.IsNil() {
		return ""
	}
	found, place := "", s.place // a literal may be at the place of the function around it
	var visit func(node reflect.Value)
	visit = func(node reflect.Value) {
		children := node.Elem().FieldByName("child")
		for i := range children.Len() {
			if child := children.Index(i); found == "" && !child.IsNil() && kindOf(child) != "funcLit" {
				visit(child)
			}
		}
		switch kind := kindOf(node); {
		case (kind == "assignStmt" || kind == "defineStmt") && children.Len() == 2 && children.Index(0).Elem().FieldByName("ident").String() == "L":
			place, _ = s.integer(children.Index(1))
		case place == s.place && found == "" && kind == "indexExpr":
			found = s.index(children)
		case place == s.place && found == "" && kind == "sliceExpr":
			found = s.slice(children, nameOf(node.Elem().FieldByName("action")))
		}
	}
	visit(node)
	return found
}

func kindOf(node reflect.Value) string { return nameOf(node.Elem().FieldByName("kind")) }

// nameOf is what a private field of an enumerated type prints as.
func nameOf(field reflect.Value) string {
	return fmt.Sprint(reflect.NewAt(field.Type(), field.Addr().UnsafePointer()).Elem())
}

// index checks the index of children[0][children[1]].
func (s *spot) index(children reflect.Value) string {
	operand, ok := s.operand(children.Index(0))
	at, isInt := s.integer(children.Index(1))
	if !ok || !isInt || at >= 0 && at < int64(operand.Len()) {
		return ""
	}
	if at < 0 {
		return fmt.Sprintf("index out of range [%d]", at)
	}
	return fmt.Sprintf("index out of range [%d] with length %d", at, operand.Len())
}

// slice checks the bounds of children[0][children[1]:…]; without a lower one the action is slice0.
func (s *spot) slice(children reflect.Value, action string) string {
	operand, ok := s.operand(children.Index(0))
	if !ok {
		return ""
	}
	size, unit := operand.Len(), "length"
	if operand.Kind() == reflect.Slice {
		size, unit = operand.Cap(), "capacity"
	}
	bounds := []int64{}
	if action == "slice0" {
		bounds = append(bounds, 0)
	}
	for i := 1; i < children.Len(); i++ {
		bound, ok := s.integer(children.Index(i))
		if !ok {
			return ""
		}
		bounds = append(bounds, bound)
	}
	if len(bounds) < 2 {
		bounds = append(bounds, int64(operand.Len()))
	}
	colons := map[bool][3]string{false: {"[%d:", ":%d", ""}, true: {"[%d::", ":%d:", "::%d"}}[len(bounds) == 3]
	for i := len(bounds) - 1; i >= 0; i-- { // the last first, as Go does
		limit := int64(size)
		if i < len(bounds)-1 {
			limit = bounds[i+1]
		}
		if bounds[i] >= 0 && bounds[i] <= limit {
			continue
		}
		text := fmt.Sprintf("["+colons[i]+"]", bounds[i])
		if i == 0 {
			text = fmt.Sprintf(colons[0]+"]", bounds[0])
		}
		switch {
		case bounds[i] < 0:
			return "slice bounds out of range " + text
		case i == len(bounds)-1:
			return fmt.Sprintf("slice bounds out of range %s with %s %d", text, unit, size)
		case i == 0 && len(bounds) == 2:
			return fmt.Sprintf("slice bounds out of range [%d:%d]", bounds[0], bounds[1])
		case i == 0:
			return fmt.Sprintf("slice bounds out of range [%d:%d:]", bounds[0], bounds[1])
		default:
			return fmt.Sprintf("slice bounds out of range [:%d:%d]", bounds[1], bounds[2])
		}
	}
	return ""
}

// operand finds what is indexed.
func (s *spot) operand(node reflect.Value) (reflect.Value, bool) {
	v := s.value(node)
	for v.Kind() == reflect.Pointer && !v.IsNil() {
		v = v.Elem()
	}
	switch v.Kind() {
	case reflect.Slice, reflect.Array, reflect.String:
		return v, true
	}
	return v, false
}

// integer finds the value of an index.
func (s *spot) integer(node reflect.Value) (int64, bool) {
	v := s.value(node)
	switch {
	case v.CanInt():
		return v.Int(), true
	case v.CanUint():
		return int64(v.Uint()), true
	case v.IsValid() && v.CanInterface():
		if c, ok := v.Interface().(constant.Value); ok {
			return constant.Int64Val(constant.ToInt(c))
		}
	}
	return 0, false
}

// value finds the value of an expression as the interpreter does (genValue).
func (s *spot) value(node reflect.Value) reflect.Value {
	n := node.Elem()
	if v := *(*reflect.Value)(n.FieldByName("rval").Addr().UnsafePointer()); v.IsValid() {
		return v
	}
	frame, at := reflect.NewAt(frameType, s.frame), n.FieldByName("findex").Int()
	level, global := n.FieldByName("level").Int(), false
	if sym := n.FieldByName("sym"); !sym.IsNil() {
		at, global = sym.Elem().FieldByName("index").Int(), sym.Elem().FieldByName("global").Bool()
	}
	if global || level < 0 {
		frame = frame.Elem().FieldByName("root")
	} else {
		for ; level > 0; level-- {
			frame = frame.Elem().FieldByName("anc")
		}
	}
	data := frame.Elem().FieldByName("data")
	if at < 0 || int(at) >= data.Len() {
		return reflect.Value{}
	}
	return *(*reflect.Value)(data.Index(int(at)).Addr().UnsafePointer())
}
