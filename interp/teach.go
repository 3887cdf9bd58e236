package interp

import (
	"go/scanner"
	"go/token"
	"go/types"
	"regexp"
	"strings"
)

// habit is how other languages, mostly Python, write what Go writes otherwise.
type habit struct {
	line   *regexp.Regexp // finds it in the line of a syntax error
	advice string
}

func habitOf(line, advice string) habit { return habit{regexp.MustCompile(line), advice} }

var habits = []habit{
	habitOf(`^\s*def\b`, "Go declares functions as func name(x int) int { … }"),
	habitOf(`^\s*class\b`, "Go declares type Name struct { … } and methods func (x *Name) Do() { … }"),
	habitOf(`^\s*(from\s+\S+\s+import\b|import\s+['\w.]+(\s+as\s+\w+)?\s*$)`, `Go imports paths in quotes: import "math/rand", import r "math/rand"; the framework needs no import`),
	habitOf(`^\s*for\s+\w+\s+in\s+range\b`, "Go counts by for i := range 10 { … }"),
	habitOf(`^\s*for\s+.*\bin\b`, "Go goes through values by for i, x := range xs { … }"),
	habitOf(`^\s*for\s*\(.*;.*\)`, "Go writes no parentheses around the head of a for"),
	habitOf(`^\s*while\b`, "Go's only loop is for: for condition { … }"),
	habitOf(`^\s*elif\b`, "Go writes } else if condition {"),
	habitOf(`^\s*else\b`, "else stands on the line of the brace before it: } else {"),
	habitOf(`^\s*(try|except|finally)\b`, "Go's functions return errors: if err != nil { … }"),
	habitOf(`^\s*with\s+torch\.no_grad\b`, "Go writes autograd.NoGrad(func() { … })"),
	habitOf(`^\s*with\b`, "Go writes f, err := os.Open(name) and defer f.Close()"),
	habitOf(`^\s*del\b`, "%del forgets variables, delete(m, key) an entry of a map"),
	habitOf(`^\s*assert\b`, `Go writes if !condition { panic("…") }`),
	habitOf(`^\s*(let|auto|val|int|float|double|string|bool|float64|float32)\s+\w+\s*=`, "Go declares x := 3, or var x int = 3"),
	habitOf(`^\s*var\s+\w+\s*:`, "Go writes the type after the name: var x int = 3"),
	habitOf(`\blambda\b`, "Go writes func(x int) int { return x + 1 }"),
	habitOf(`\bf("|')`, `fmt.Sprintf("x is %v", x) puts values into text`),
	habitOf(`'[^']{2,}'`, "Go writes strings in double quotes"),
	habitOf(`^\s*#`, "comments begin with //"),
	habitOf(`[\w)\]]\s*@\s*\w`, "a.MatMul(b) is the product of matrices"),
	habitOf(`\w\[[^\]]*:\s*,|\w\[[^\]]*,[^\]]*:|\w\[\s*(-?\d+|\.\.\.)\s*,|\w\[[^\]]*,\s*-?\d+\s*\]`, "tensors have a method for indices: x.Index(tensor.All, tensor.Span(0, 2), 1)"),
	habitOf(`\w\(\((\s*[\w.]+\s*,)+\s*[\w.]*\s*\)`, "sizes and other values of a call are listed without a tuple: tensor.Zeros(3, 4)"),
	habitOf(`\brequires_grad\s*=`, "Go writes tensor.Randn(2, 3).SetRequiresGrad(true)"),
	habitOf(`\[.*\bfor\b.*\bin\b.*\]`, "Go makes lists in loops: xs = append(xs, x)"),
	habitOf(`\w\(.*\b\w+\s*=[^=]`, "Go has no keyword arguments: give the values in their order, settings as in optim.Momentum(0.9)"),
	habitOf(`[^=!<>]\s\?\s.*:`, "Go has no ?: operator: use if and else"),
	habitOf(`\S\s+(and|or)\s+\S`, "Go writes && and ||"),
	habitOf(`\bis\s+(not\s+)?\w`, "Go compares with == and !=, and writes nil for None"),
	habitOf(`\bnot\s+\w`, "Go writes !x"),
	habitOf(`(:?=|\()\s*\[[^\]]*,.*\]`, "Go names the type of a list: []float64{1, 2, 3}"),
	habitOf(`(=|\()\s*\{`, `Go names the type of a literal: []int{1, 2}, map[string]int{"a": 1}`),
	habitOf(`\S\s+if\s.*\selse\b`, "Go has no conditional expression: use if and else"),
	habitOf(`^\s*(if|for)\s[^;]*[^=!<>:+*/&|^%-]=[^=]`, "== compares"),
	habitOf(`^\s*(if|for|switch|else)\b.*:\s*$`, "Go puts blocks into braces: if x == 1 { … }"),
	habitOf(`^\s*(if|for|func|switch)\b[^{]*$`, "the opening brace stands at the end of the line"),
	habitOf(`\+\+|--`, "x++ is a statement of its own, it has no value"),
	habitOf(`^\s*%`, "a magic stands on top level, at the beginning of its line"),
	habitOf(`^\s*[\w.\[\]()]+(\s*,\s*[\w.\[\]()"]+)+\s*$`, "only the last line of a cell shows values: fmt.Println(a, b) prints them"),
}

// quoted is text in a line, which must not look like code.
var quoted = regexp.MustCompile(`"(\\.|[^"\\])*"`)

// lastWord is the word at the end of what stands before an error.
var lastWord = regexp.MustCompile(`(\w+)\s*$`)

// misspelled is the keyword that the word before an error may be meant for.
func misspelled(line string, column int) string {
	if m := lastWord.FindStringSubmatch(line[:min(max(column-1, 0), len(line))]); m != nil && !token.IsKeyword(m[1]) {
		return nearest(m[1], keywords)
	}
	return ""
}

var keywords = func() (names []string) {
	for tok := token.BREAK; tok <= token.VAR; tok++ {
		names = append(names, tok.String())
	}
	return names
}()

// teach puts behind every syntax error how Go writes what its line seems to mean. An error at the end of the cell often
// follows from those before and is left out then.
func teach(errs scanner.ErrorList, source string) scanner.ErrorList {
	lines := strings.Split(source, "\n")
	if last := len(errs) - 1; last > 0 && strings.HasSuffix(errs[last].Msg, "found the end of the cell") {
		errs = errs[:last]
	}
	for _, e := range errs {
		if e.Pos.Line < 1 || e.Pos.Line > len(lines) {
			continue
		}
		if meant := misspelled(lines[e.Pos.Line-1], e.Pos.Column); meant != "" && strings.HasPrefix(e.Msg, "expected ';'") {
			e.Msg += didYouMean("", meant)
			continue
		}
		line := quoted.ReplaceAllString(lines[e.Pos.Line-1], `""`)
		for _, h := range habits {
			if h.line.MatchString(line) {
				e.Msg += "; " + h.advice
				break
			}
		}
	}
	return errs
}

// foreign are names of other languages with what Go has for them.
var foreign = map[string]string{
	"True": "Go writes true", "False": "Go writes false", "None": "Go writes nil", "null": "Go writes nil", "NULL": "Go writes nil", "nullptr": "Go writes nil",
	"torch": "Go has the packages tensor, autograd, nn, optim and data: tensor.Randn(2, 3)", "F": "tensors have methods: x.ReLU(), x.Softmax(1)",
	"np": "Go has the packages tensor and mat: tensor.Zeros(3)", "numpy": "Go has the packages tensor and mat: tensor.Zeros(3)",
	"plt": "the package display has Line, Scatter and more: display.Line(\"loss\", losses)", "pd": "the package csv reads tables",
	"str": "fmt.Sprint(x) gives text", "float": "the type is float64", "double": "the type is float64", "boolean": "the type is bool",
	"list": "lists are slices: []int{1, 2}", "dict": "dictionaries are maps: map[string]int{\"a\": 1}", "tuple": "functions return several values, structs hold them",
	"C":    "cells have no cgo",
	"self": "a method names its receiver: func (x *T) M()", "this": "a method names its receiver: func (x *T) M()",
	"input": "fmt.Scanln(&x) asks for a line", "open": "os.Open(name) opens a file", "pass": "an empty block is { }", "exit": "%exit ends a console, os.Exit(1) a program", "quit": "%quit ends a console",
	"enumerate": "Go writes for i, x := range xs", "zip": "Go writes for i, x := range xs { y := ys[i] … }", "isinstance": "Go asks by _, ok := x.(T)",
	"type": "fmt.Printf(\"%T\", x) shows a type", "sorted": "slices.Sort(xs) sorts", "reversed": "slices.Reverse(xs) reverses", "abs": "math.Abs(x)", "sum": "a loop adds up; tensors have x.Sum()",
	"printf": "Go has fmt.Printf", "sprintf": "Go has fmt.Sprintf", "foreach": "Go writes for _, x := range xs",
}

// methodsElsewhere are methods of strings, lists and dictionaries of other languages.
var methodsElsewhere = map[string]string{
	"upper": "strings.ToUpper(s)", "lower": "strings.ToLower(s)", "strip": "strings.TrimSpace(s)", "split": "strings.Split(s, \",\")", "join": "strings.Join(list, \",\")",
	"replace": "strings.ReplaceAll(s, old, new)", "startswith": "strings.HasPrefix(s, x)", "endswith": "strings.HasSuffix(s, x)", "find": "strings.Index(s, x)",
	"format": "fmt.Sprintf(format, x)", "append": "xs = append(xs, x)", "push": "xs = append(xs, x)", "extend": "xs = append(xs, ys...)", "length": "len(x)", "len": "len(x)", "size": "len(x)",
	"keys": "slices.Sorted(maps.Keys(m))", "values": "slices.Collect(maps.Values(m))", "items": "for k, v := range m", "sort": "slices.Sort(xs)", "reverse": "slices.Reverse(xs)",
	"index": "slices.Index(xs, x)", "contains": "strings.Contains(s, x), slices.Contains(xs, x)", "pop": "xs = xs[:len(xs)-1]", "copy": "slices.Clone(xs)", "toString": "fmt.Sprint(x)",
}

// isType reports whether a member of a package is a type, which nobody means by the name of a value.
func (s *Session) isType(pkg, member string) bool {
	p, err := s.importer.Import(pathOf(pkg))
	if err != nil {
		return false
	}
	_, ok := p.Scope().Lookup(member).(*types.TypeName)
	return ok
}

// elsewhere finds the member of a package that a bare name may mean.
func (s *Session) elsewhere(ch *checked, name string) string {
	if len(name) < 3 {
		return ""
	}
	for _, pkg := range []string{"fmt", "tensor", "math", "nn", "optim", "strings", "display", "slices", "data", "strconv", "time", "os", "autograd"} {
		for _, member := range s.membersOfPackage(ch, pkg) {
			if strings.EqualFold(member, "New"+name) || strings.EqualFold(member, name) && !s.isType(pkg, member) {
				return didYouMean(pkg+".", member)
			}
		}
	}
	return ""
}

// These are what the type checker says where numbers of different types meet.
var (
	concatenation = regexp.MustCompile(`^invalid operation: .+ [+*] .*mismatched types (untyped )?string and (untyped )?(u?int|float)`)
	numbers       = regexp.MustCompile(`mismatched types (u?int\d*|float\d+) and (u?int\d*|float\d+)`)
	otherValue    = regexp.MustCompile(`^cannot use (\w+) \(variable of type (?:u?int\d*|float\d+|byte|rune)\) as (u?int\d*|float\d+|byte|rune) value`)
)

// operation is advice about an operation that Go does not have.
func operation(message string) string {
	switch {
	case concatenation.MatchString(message):
		return "; fmt.Sprint(s, 1) joins values to text, strings.Repeat(s, 3) repeats it"
	case strings.Contains(message, "must not be negative"):
		return "; the last element is xs[len(xs)-1]"
	case strings.Contains(message, "(untyped string constant) to type int"):
		return "; strconv.Atoi(s) reads a number"
	}
	if m := numbers.FindStringSubmatch(message); m != nil {
		return "; convert one of them, as in " + m[2] + "(x)"
	}
	if m := otherValue.FindStringSubmatch(message); m != nil {
		return "; convert it: " + m[2] + "(" + m[1] + ")"
	}
	if strings.HasSuffix(message, " value in assignment") {
		return "; := on top level of a cell declares a name again, with another type too"
	}
	return ""
}
