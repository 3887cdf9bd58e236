package interp

import (
	"go/ast"
	"go/types"
	"regexp"
	"strings"
)

// slip is what the type checker says of a learner's slip, and what would do; $1 is what the first group of message found.
type slip struct {
	message *regexp.Regexp
	advice  string
}

func slipOf(message, advice string) slip { return slip{regexp.MustCompile(message), advice} }

var slips = []slip{
	slipOf(`^cannot use (.+) \(\w+ of type \*tensor\.Tensor\) as (float64|float32|int) value`, "$1.Item() is the number in a tensor of one element, a float64"),
	slipOf(`^invalid operation: (\w+) (.=) (.+) \(mismatched types float64 and \*tensor\.Tensor\)`, "Go writes $1 $2 $3.Item()"),
	slipOf(`^cannot use (.+) \(\w+ of type \*tensor\.Tensor\) as \[\]float64 value`, "$1.Float64s() are its elements"),
	slipOf(`^cannot use (.+) \(\w+ of type \*tensor\.Tensor\) as \[\]\*tensor\.Tensor value`, "a list of tensors is []*tensor.Tensor{$1}"),
	slipOf(`^cannot use (.+) \(\w+ of type \*nn\.\w+\) as \[\]\*tensor\.Tensor value`, "Go writes nn.Parameters($1)"),
	slipOf(`^cannot use .* as tensor\.Device value`, "devices are tensor.CPU and tensor.CUDA(0)"),
	slipOf(`^cannot use .* as tensor\.DType value`, "dtypes are tensor.Float32, tensor.Int64 and others"),
	slipOf(`^cannot use .* as (\w+)\.\w*Option value in argument to (\S+)`, "options are made by functions of $1: Shift-Tab on $2 names them"),
	slipOf(`^cannot use \[\]int\{…\} .* as int value in argument to (tensor|\w+\.(View|Reshape|Permute|Expand))\b`, "sizes are listed one by one, or a slice of them with ... behind it"),
	slipOf(`\bautograd\.NoGrad\b`, "Go writes autograd.NoGrad(func() { … })"),
	slipOf(`^cannot convert .* to type tensor\.Tensor`, "tensor.Of makes a tensor"),
	slipOf(`^too many arguments in call to (\S+)\.(Max|Min)\n`, "$1.${2}Dim gives values and indices along a dimension"),
	slipOf(`^not enough arguments in call to (\S+)\.Size\n`, "$1.Shape() gives all sizes"),
	slipOf(`^not enough arguments in call to tensor\.Arange\b`, "Go writes tensor.Arange(0, 10, 1)"),
	slipOf(`^cannot range over (.+) \(\w+ of type \*tensor\.Tensor\)`, "Go writes range $1.Unbind(0) for the rows, $1.All() for every number"),
	slipOf(`^cannot range over (.+) \(\w+ of type \*data\.Loader\)`, "Go writes for it := $1.Iter(); it.Next(); { inputs, targets := it.Batch() … }"),
	slipOf(`^cannot index (.+) \(\w+ of type \*nn\.Sequential\)`, "Go writes $1.At(0)"),
	slipOf(`^cannot index (.+) \(\w+ of type \*data\.\w+\)`, "Go writes $1.Get(0)"),
	slipOf(`^(\S+)\.(\w+) undefined \(type nn\.Module has no`, "a field needs the layer's own type: $1.(*nn.Linear).$2"),
	slipOf(`^(\S+)\.(\w+) undefined \(type func\(`, "$1 is a method: Go writes $1().$2"),
	slipOf(`^(?:cannot (?:index|range over)|invalid argument:) (\S+) \(value of type func\(`, "$1 is a method: $1() calls it"),
	slipOf(`^cannot use (\S+) \(value of type func\(\) .*\) as [\w.*\[\]]+ value`, "$1 is a method: $1() calls it"),
	slipOf(`^(\w+) \((package-level )?variable\) is not a type`, "parameters and fields have a name and a type: $1 int"),
	slipOf(`^non-boolean condition in (if|for) statement`, "a condition is a comparison: n != 0, x.Item() < 0.1"),
	slipOf(`^label (try|except|finally) declared and not used`, "Go's functions return errors: if err != nil { … }"),
}

// slipAdvice is the advice about a message of the type checker.
func slipAdvice(message string) string {
	for _, s := range slips {
		if m := s.message.FindStringSubmatchIndex(message); m != nil {
			return "; " + string(s.message.ExpandString(nil, s.advice, message, m))
		}
	}
	return ""
}

// signatureOf tells how the function that the innermost call of a path calls, or the call of an assignment, is called.
func signatureOf(ch *checked, path []ast.Node) string {
	for _, n := range path {
		if assign, ok := n.(*ast.AssignStmt); ok && len(assign.Rhs) == 1 {
			n = assign.Rhs[0]
		}
		if call, ok := n.(*ast.CallExpr); ok {
			if sig, ok := ch.info.TypeOf(call.Fun).(*types.Signature); ok {
				byName := func(p *types.Package) string {
					if p.Path() == ch.pkg.Path() {
						return ""
					}
					return p.Name()
				}
				return "; it is " + types.ExprString(call.Fun) + strings.TrimPrefix(types.TypeString(sig, byName), "func")
			}
			return ""
		}
	}
	return ""
}

// moduleFunction spells a method of PyTorch's modules as the function of package nn that it is here; the path begins with
// the selector, t is the type of what it selects from.
func (s *Session) moduleFunction(ch *checked, path []ast.Node, t types.Type) string {
	if forward, _, _ := types.LookupFieldOrMethod(t, true, nil, "Forward"); forward == nil {
		return ""
	}
	sel := path[0].(*ast.SelectorExpr)
	arguments := []string{types.ExprString(sel.X)}
	if call, ok := path[1].(*ast.CallExpr); ok {
		for _, a := range call.Args {
			arguments = append(arguments, types.ExprString(a))
		}
	}
	for _, f := range s.membersOfPackage(ch, "nn") {
		if strings.EqualFold(f, strings.ReplaceAll(sel.Sel.Name, "_", "")) {
			return "; Go writes nn." + f + "(" + strings.Join(arguments, ", ") + ")"
		}
	}
	return ""
}
