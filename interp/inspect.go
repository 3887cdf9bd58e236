package interp

import (
	"fmt"
	"go/ast"
	"go/doc/comment"
	"go/types"
	"strings"

	"github.com/gophergrad/gophergrad/interp/symbols"
	"github.com/gophergrad/gophergrad/kernel"
)

// Inspect documents what stands at the cursor: the name it is at, or else the function whose arguments it is among.
func (s *Session) Inspect(code string, cursor, detail int) (bundle kernel.Bundle, found bool) {
	cursor = min(max(cursor, 0), len(code))
	defer func() {
		if recover() != nil { // the type checker met a tree that no finished cell has
			bundle, found = kernel.Bundle{}, false
		}
	}()
	if m := magicAt(code, cursor); m != nil {
		return card{signature: m.usage, doc: m.doc}.bundle(), true
	}
	source := goOnly(code)
	_, end := wordAround(source, cursor)
	s.mu.Lock()
	defer s.mu.Unlock()
	p, done := s.probe(source, cursor, end)
	defer done()
	offset := s.offsets(p.cell)
	for _, n := range p.path {
		switch n := n.(type) {
		case *ast.Ident:
			if c, ok := s.cardOf(p, n, detail); ok {
				return c.bundle(), true
			}
		case *ast.CallExpr:
			if cursor <= offset(n.Lparen) || n.Rparen.IsValid() && cursor > offset(n.Rparen) {
				continue
			}
			if c, ok := s.cardOf(p, called(n.Fun), detail); ok {
				return c.bundle(), true
			}
		}
	}
	return bundle, false
}

// magicAt is the magic whose name the cursor is at.
func magicAt(code string, cursor int) *magic {
	parts, _ := divide(code)
	line := 1 + strings.Count(code[:cursor], "\n")
	for _, p := range parts {
		if p.magic != nil && p.magic.name != "?" && p.line == line && (p.below || cursor < p.from || p.from == p.to) {
			return p.magic
		}
	}
	return nil
}

// called is the name of the function that a call's operand names.
func called(fun ast.Expr) *ast.Ident {
	switch f := ast.Unparen(fun).(type) {
	case *ast.Ident:
		return f
	case *ast.SelectorExpr:
		return f.Sel
	case *ast.IndexExpr:
		return called(f.X)
	case *ast.IndexListExpr:
		return called(f.X)
	}
	return nil
}

// cardOf describes what a name means.
func (s *Session) cardOf(p probe, id *ast.Ident, detail int) (card, bool) {
	if id == nil {
		return card{}, false
	}
	obj := p.info.ObjectOf(id)
	if sel, ok := p.at(1).(*ast.SelectorExpr); ok && obj == nil && sel.Sel == id && p.info.Types[sel.X].IsType() { // T.m of a *T
		t := p.info.TypeOf(sel.X)
		obj, _, _ = types.LookupFieldOrMethod(types.NewPointer(t), true, p.pkg, id.Name)
	}
	if obj == nil {
		path := s.imports[id.Name]
		if path == "" {
			path = pathOf(id.Name)
		}
		return packageCard(path)
	}
	if obj.Pkg() == nil {
		return builtinCard(obj)
	}
	c := card{signature: signature(obj, detail)}
	switch obj := obj.(type) {
	case *types.PkgName:
		return packageCard(obj.Imported().Path())
	case *types.TypeName:
		c.methods = methodList(obj.Type())
	case *types.Const:
		c.value = obj.Val().ExactString()
	}
	if obj.Pkg().Name() == "main" {
		s.describeOwn(p, obj, detail, &c)
	} else {
		c.doc = symbols.Doc(obj.Pkg().Path(), docName(obj))
	}
	return c, true
}

// describeOwn adds what the session knows of something that a cell declares.
func (s *Session) describeOwn(p probe, obj types.Object, detail int, c *card) {
	decl, source := declarationOf(p.decls, obj), p.source
	e := s.names[obj.Name()]
	atTop := p.pkg.Scope().Lookup(obj.Name()) == obj || p.top.Lookup(obj.Name()) == obj
	if decl == nil && e != nil && atTop && e.decl != nil {
		decl, source = e.decl, e.source
	}
	if fn, ok := obj.(*types.Func); ok && decl == nil {
		if e = s.names[receiverOf(fn)]; e != nil {
			if method := e.methods[fn.Name()]; method != nil {
				decl, source = method, "" // it may come from another cell than its type
			}
		}
	}
	if decl != nil {
		c.doc = docOf(decl)
		if detail > 0 {
			c.source = s.sourceOf(decl, source)
		}
	}
	if v, ok := obj.(*types.Var); ok {
		if e != nil && atTop && types.Identical(e.obj.Type(), v.Type()) {
			c.value = s.valueText(e, 1000)
		}
		if named := namedOf(v.Type()); named != nil && named.Obj().Pkg() != nil && named.Obj().Pkg().Name() != "main" {
			text := symbols.Doc(named.Obj().Pkg().Path(), named.Obj().Name())
			c.doc, _, _ = strings.Cut(text, "\n\n")
		}
	}
}

// card is what is known of a name.
type card struct {
	signature string
	doc       string // a Go doc comment
	value     string
	methods   []string
	source    string
}

func (c card) bundle() kernel.Bundle {
	var plain, markdown strings.Builder
	section := func(title, text string) {
		if text != "" {
			fmt.Fprintf(&plain, "\n%s:\n%s\n", title, indent(text))
			fmt.Fprintf(&markdown, "\n**%s**\n```go\n%s\n```\n", title, text)
		}
	}
	if c.signature != "" {
		fmt.Fprintf(&plain, "%s\n", c.signature)
		fmt.Fprintf(&markdown, "```go\n%s\n```\n", c.signature)
	}
	section("Value", c.value)
	if c.doc != "" {
		parsed := new(comment.Parser).Parse(c.doc)
		printer := comment.Printer{HeadingLevel: 4, TextWidth: 90}
		fmt.Fprintf(&plain, "\n%s", printer.Text(parsed))
		fmt.Fprintf(&markdown, "\n%s", printer.Markdown(parsed))
	}
	section("Methods", strings.Join(c.methods, "\n"))
	section("Source", c.source)
	return kernel.Bundle{Data: map[string]any{"text/plain": strings.TrimRight(plain.String(), "\n"), "text/markdown": markdown.String()}}
}

func indent(text string) string { return "    " + strings.ReplaceAll(text, "\n", "\n    ") }
