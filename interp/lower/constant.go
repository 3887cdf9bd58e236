package lower

import (
	"fmt"
	"go/constant"
	"go/types"
	"math"
	"strconv"
)

// constantText spells a constant of type t.
func (l *Lowerer) constantText(v constant.Value, t types.Type) string {
	basic, ok := t.Underlying().(*types.Basic)
	if !ok { // a constant in an interface
		basic = defaultOf(v)
	}
	basic = types.Default(basic).(*types.Basic)
	if named, ok := types.Unalias(t).(*types.Named); ok && !isCell(named.Obj()) {
		return l.typeText(t) + "(" + l.constantText(v, basic) + ")"
	}
	name := basic.Name()
	switch info := basic.Info(); {
	case info&types.IsBoolean != 0:
		return strconv.FormatBool(constant.BoolVal(v))
	case info&types.IsString != 0:
		return strconv.Quote(constant.StringVal(v))
	case info&types.IsInteger != 0:
		text := constant.ToInt(v).ExactString()
		if _, fits := constant.Int64Val(constant.ToInt(v)); basic.Kind() == types.Int && !fits {
			panic(refuse(nil, "the constant %s as a value: it overflows int (use it in a constant expression, or as a float64)", text))
		}
		if basic.Kind() == types.Int {
			if text[0] == '-' {
				return "(" + text + ")"
			}
			return text
		}
		return name + "(" + text + ")"
	case info&types.IsFloat != 0:
		return floatText(v, basic)
	case info&types.IsComplex != 0:
		part := func(v constant.Value) string {
			x, _ := constant.Float64Val(v)
			if basic.Kind() == types.Complex64 {
				x32, _ := constant.Float32Val(v)
				x = float64(x32)
			}
			return strconv.FormatFloat(x, 'g', -1, 64)
		}
		return fmt.Sprintf("%s(%s+%si)", name, part(constant.Real(v)), part(constant.Imag(v)))
	}
	panic(refuse(nil, "a constant of type %s", t))
}

// floatText spells a float so that reading it back gives the same bits.
func floatText(v constant.Value, t *types.Basic) string {
	if t.Kind() == types.Float32 {
		x, _ := constant.Float32Val(v)
		return "float32(" + strconv.FormatFloat(float64(x), 'g', -1, 32) + ")"
	}
	x, _ := constant.Float64Val(v)
	if x == math.Trunc(x) && math.Abs(x) < 1e15 {
		return "float64(" + strconv.FormatFloat(x, 'f', 1, 64) + ")"
	}
	return "float64(" + strconv.FormatFloat(x, 'g', -1, 64) + ")"
}

func defaultOf(v constant.Value) *types.Basic {
	switch v.Kind() {
	case constant.Bool:
		return types.Typ[types.Bool]
	case constant.String:
		return types.Typ[types.String]
	case constant.Int:
		return types.Typ[types.Int]
	case constant.Complex:
		return types.Typ[types.Complex128]
	}
	return types.Typ[types.Float64]
}
