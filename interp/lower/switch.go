package lower

import (
	"fmt"
	"go/ast"
	"go/token"
	"go/types"
	"strings"
)

// once wraps body in a loop of one turn if a break leaves it.
func (f *fn) once(label string, body func()) {
	f.breakable(label, "", func(t *target) {
		text := f.capture(body)
		if *t.broken {
			f.emit("for {\n%sbreak }", text)
			return
		}
		f.emit("{\n%s}", text)
	})
}

// switchStmt lowers an expression switch to a chain of ifs, or, with fallthrough, to a sequence of them that a number
// steers.
func (f *fn) switchStmt(s *ast.SwitchStmt, label string) {
	f.at(s)
	f.once(label, func() {
		if s.Init != nil {
			f.stmt(s.Init)
		}
		tag, tagType := "", types.Type(types.Typ[types.Bool])
		if s.Tag != nil {
			tag, tagType = f.fresh("tag"), f.defaultType(s.Tag)
			f.keep(tag, tagType, f.value(s.Tag, tagType))
		}
		f.cases(s.Body.List, func(e ast.Expr) string { return f.caseMatches(tag, tagType, e) }, func(*ast.CaseClause) {})
	})
}

func (f *fn) caseMatches(tag string, t types.Type, e ast.Expr) string {
	if tag == "" {
		if types.IsInterface(f.typ(e)) {
			return "rt.Equal(" + f.canonical(e) + ", true)"
		}
		return f.bare(e)
	}
	if f.info.Types[e].IsNil() {
		return tag + " == nil"
	}
	te := f.typ(e)
	if types.IsInterface(t) || types.IsInterface(te) {
		left := f.convert(tag, t, emptyInterface, false)
		right := f.value(e, emptyInterface)
		return fmt.Sprintf("rt.Equal(%s, %s)", left, right)
	}
	if isStruct(t) || isArray(t) || f.recursive(t) {
		return fmt.Sprintf("rt.Equal(%s, %s)", tag, f.expr(e))
	}
	if isChan(t) && f.typeText(t) != f.typeText(te) && f.info.Types[e].Value == nil { // channels of different directions
		return fmt.Sprintf("rt.SameChan(%s, %s)", tag, f.expr(e))
	}
	return tag + " == " + f.operandAs(e, t, token.EQL.Precedence()+1)
}

// cases lowers the clauses of a switch; matches gives the condition of one expression, enter starts a clause's body.
func (f *fn) cases(list []ast.Stmt, matches func(ast.Expr) string, enter func(*ast.CaseClause)) {
	clauses := make([]*ast.CaseClause, len(list))
	def, falls := -1, false
	for i, s := range list {
		clauses[i] = s.(*ast.CaseClause)
		if clauses[i].List == nil {
			def = i
		}
		falls = falls || fallsThrough(clauses[i])
	}
	condition := func(c *ast.CaseClause) string {
		parts := make([]string, len(c.List))
		f.calls, f.lazy = 0, 0
		for i, e := range c.List {
			parts[i] = matches(e)
			f.lazy = 1
		}
		return strings.Join(parts, " || ")
	}
	choose := f.fresh("case")
	if falls {
		f.emit("%s := -1", choose)
	}
	body := func(i int) {
		if falls {
			f.emit("%s = %d", choose, i)
			return
		}
		f.clause(clauses[i], enter)
	}
	depth := 0
	for i, c := range clauses {
		if c.List == nil {
			continue
		}
		f.last = 0
		f.emit("if %s {", condition(c))
		body(i)
		f.emit("} else {")
		depth++
	}
	if def >= 0 {
		body(def)
	}
	f.emit("%s", strings.Repeat("}", depth))
	f.last = 0
	if !falls {
		return
	}
	for i, c := range clauses {
		f.emit("if %s == %d {", choose, i)
		f.clause(c, enter)
		if fallsThrough(c) {
			f.emit("%s = %d", choose, i+1)
		}
		f.emit("}")
	}
}

func (f *fn) clause(c *ast.CaseClause, enter func(*ast.CaseClause)) {
	f.last = 0
	enter(c)
	list := c.Body
	if fallsThrough(c) {
		list = list[:len(list)-1]
	}
	f.stmts(list)
}

func fallsThrough(c *ast.CaseClause) bool {
	if len(c.Body) == 0 {
		return false
	}
	b, ok := c.Body[len(c.Body)-1].(*ast.BranchStmt)
	return ok && b.Tok == token.FALLTHROUGH
}

// typeSwitch lowers a type switch to assertions, one after the other.
func (f *fn) typeSwitch(s *ast.TypeSwitchStmt, label string) {
	f.at(s)
	f.once(label, func() {
		if s.Init != nil {
			f.stmt(s.Init)
		}
		var assert *ast.TypeAssertExpr
		switch a := s.Assign.(type) {
		case *ast.AssignStmt:
			assert = a.Rhs[0].(*ast.TypeAssertExpr)
		case *ast.ExprStmt:
			assert = a.X.(*ast.TypeAssertExpr)
		}
		x, xt := f.fresh("x"), f.typ(assert.X)
		f.keep(x, emptyInterface, f.canonical(assert.X))
		f.typeCases(s, x, xt)
	})
}

func (f *fn) typeCases(s *ast.TypeSwitchStmt, x string, xt types.Type) {
	depth, def := 0, (*ast.CaseClause)(nil)
	bind := func(c *ast.CaseClause, text string, t types.Type) {
		if obj := f.info.Implicits[c]; obj != nil {
			f.introduce(obj, t, text)
		}
		f.clause(c, func(*ast.CaseClause) {})
	}
	whole := func(c *ast.CaseClause) { // v has the type of x itself
		text := x
		if compiledInterface(xt) {
			text = f.converter(xt) + "(" + x + ")"
		}
		bind(c, text, xt)
	}
	for _, stmt := range s.Body.List {
		c := stmt.(*ast.CaseClause)
		if c.List == nil {
			def = c
			continue
		}
		f.last = 0
		if len(c.List) == 1 && !f.info.Types[c.List[0]].IsNil() {
			t := f.typ(c.List[0])
			v, ok := f.assertOK(x, t)
			f.emit("if %s {", ok)
			bind(c, v, t)
		} else {
			var conds []string
			for _, e := range c.List {
				if f.info.Types[e].IsNil() {
					conds = append(conds, x+" == nil")
					continue
				}
				conds = append(conds, fmt.Sprintf("rt.Is(%d, %s)", f.describe(f.typ(e)), x))
			}
			f.emit("if %s {", strings.Join(conds, " || "))
			whole(c)
		}
		f.emit("} else {")
		depth++
	}
	if def != nil {
		f.last = 0
		whole(def)
	}
	f.emit("%s", strings.Repeat("}", depth))
}
