package interp

import (
	"cmp"
	"go/ast"
	"go/scanner"
	"go/token"
	"go/types"
	"os"
	"path/filepath"
	"slices"
	"strings"

	"github.com/gophergrad/gophergrad/interp/symbols"
	"github.com/gophergrad/gophergrad/kernel"
)

// placeholder completes the name that is being written, so that the type checker sees one.
const placeholder = "ʽcursor"

// Complete proposes texts for the cursor. It does not wait for a running cell.
func (s *Session) Complete(code string, cursor int) (out kernel.Completion) {
	cursor = min(max(cursor, 0), len(code))
	out = kernel.Completion{Start: cursor, End: cursor}
	defer func() {
		if recover() != nil { // the type checker met a tree that no finished cell has
			out.Matches = nil
		}
	}()
	if c, ok := completeMagic(code, cursor); ok {
		return c
	}
	source := goOnly(code)
	lit := literalAt(source, cursor)
	switch {
	case lit.imports:
		out.Start = lit.offset + 1
		out.Matches = rank(importPaths(), source[out.Start:cursor])
		return out
	case lit.tok == token.STRING:
		out.Start = lit.offset + 1
		out.Matches = files(source[out.Start:cursor])
		return out
	case lit.tok != token.ILLEGAL:
		return out
	}
	start, end := wordAround(source, cursor)
	prefix := source[start:cursor]
	out.Start = start

	s.mu.Lock()
	defer s.mu.Unlock()
	p, done := s.probe(source[:start]+prefix+placeholder+source[end:], start, start+len(prefix)+len(placeholder))
	defer done()
	out.Matches = rank(s.candidates(p, prefix), prefix)
	return out
}

// wordAround is the identifier that the cursor is in or at.
func wordAround(source string, cursor int) (start, end int) {
	letter := func(b byte) bool {
		return b == '_' || b >= 0x80 || '0' <= b && b <= '9' || 'a' <= b && b <= 'z' || 'A' <= b && b <= 'Z'
	}
	start, end = cursor, cursor
	for start > 0 && letter(source[start-1]) {
		start--
	}
	for end < len(source) && letter(source[end]) {
		end++
	}
	return start, end
}

// literal is a literal or comment with the cursor inside.
type literal struct {
	tok     token.Token // ILLEGAL for none
	offset  int
	imports bool // the path of an import
}

func literalAt(source string, cursor int) literal {
	var s scanner.Scanner
	fset := token.NewFileSet()
	file := fset.AddFile("", -1, len(source))
	s.Init(file, []byte(source), nil, scanner.ScanComments)
	importing := false
	open := 0
	for {
		pos, tok, lit := s.Scan()
		offset := file.Offset(pos)
		if tok == token.EOF || offset >= cursor {
			return literal{}
		}
		switch tok {
		case token.IMPORT:
			importing = true
		case token.LPAREN:
			open++
		case token.RPAREN:
			open--
		case token.SEMICOLON:
			importing = importing && open > 0
		case token.STRING, token.CHAR:
			closed := len(lit) > 1 && lit[len(lit)-1] == lit[0]
			if end := offset + len(lit); cursor < end || cursor == end && !closed {
				return literal{tok, offset, importing && tok == token.STRING}
			}
		case token.INT, token.FLOAT, token.IMAG, token.COMMENT:
			if cursor <= offset+len(lit) {
				return literal{tok: tok, offset: offset}
			}
		}
	}
}

// candidate is a match that is not yet compared with what is written.
type candidate struct {
	kernel.Match
	rank int // the lower the sooner
}

// Ranks of candidates.
const (
	rankMember = iota
	rankLocal
	rankSession
	rankPackage
	rankBuiltin
	rankKeyword
	rankOther // packages that need an import
)

// candidates lists what may stand in the placeholder's place.
func (s *Session) candidates(p probe, prefix string) []candidate {
	id, ok := p.at(0).(*ast.Ident)
	if !ok {
		return nil
	}
	switch parent := p.at(1).(type) {
	case *ast.SelectorExpr:
		if parent.Sel == id {
			return s.selected(p, parent.X)
		}
	case *ast.BranchStmt:
		return p.labels()
	}
	var out []candidate
	if lit := p.literalOf(id); lit != nil {
		for _, field := range fieldsOf(p.info.TypeOf(lit)) {
			if !named(lit, field.Name()) {
				out = append(out, describe(field, rankMember))
			}
		}
	}
	for _, obj := range visible(p.checked, id.Pos()) {
		r := rankSession
		if p.pkg.Scope().Lookup(obj.Name()) != obj {
			r = rankLocal
		}
		if obj.Name() != prefix+placeholder {
			out = append(out, describe(obj, r))
		}
	}
	seen := map[string]bool{}
	for _, imports := range []map[string]string{s.imports, preludeImports} {
		for name := range imports {
			if s.names[name] == nil && !seen[name] {
				seen[name] = true
				out = append(out, candidate{kernel.Match{Text: name, Type: "module"}, rankPackage})
			}
		}
	}
	for _, name := range types.Universe.Names() {
		out = append(out, describe(types.Universe.Lookup(name), rankBuiltin))
	}
	for _, name := range keywords {
		out = append(out, candidate{kernel.Match{Text: name, Type: "keyword"}, rankKeyword})
	}
	if prefix == "" {
		return out
	}
	for _, path := range symbols.Paths() {
		if name := symbols.Name(path); !seen[name] {
			seen[name] = true
			out = append(out, candidate{kernel.Match{Text: name, Type: "module"}, rankOther})
		}
	}
	return out
}

// at is the i-th node around the cursor, nil if there are fewer.
func (p probe) at(i int) ast.Node {
	if i < len(p.path) {
		return p.path[i]
	}
	return nil
}

// labels lists the labels of the function around the cursor.
func (p probe) labels() (out []candidate) {
	around := []ast.Node{&ast.BlockStmt{List: p.body}}
	for i, n := range p.path {
		if isFunction(n) {
			around = p.path[i : i+1]
			break
		}
	}
	ast.Inspect(around[0], func(n ast.Node) bool {
		if l, ok := n.(*ast.LabeledStmt); ok {
			out = append(out, candidate{kernel.Match{Text: l.Label.Name, Type: "label"}, rankLocal})
		}
		return !isFunction(n) || n == around[0]
	})
	return out
}

// literalOf is the composite literal of which id is or begins an element.
func (p probe) literalOf(id *ast.Ident) *ast.CompositeLit {
	if lit, ok := p.at(1).(*ast.CompositeLit); ok && slices.Contains(lit.Elts, ast.Expr(id)) {
		return lit
	}
	if kv, ok := p.at(1).(*ast.KeyValueExpr); ok && kv.Key == id {
		lit, _ := p.at(2).(*ast.CompositeLit)
		return lit
	}
	return nil
}

// named reports whether a composite literal already gives a field.
func named(lit *ast.CompositeLit, field string) bool {
	return slices.ContainsFunc(lit.Elts, func(e ast.Expr) bool {
		kv, ok := e.(*ast.KeyValueExpr)
		if !ok {
			return false
		}
		id, ok := kv.Key.(*ast.Ident)
		return ok && id.Name == field
	})
}

// selected lists what can follow x and a dot.
func (s *Session) selected(p probe, x ast.Expr) []candidate {
	var out []candidate
	if id, ok := x.(*ast.Ident); ok {
		if pkg, ok := p.info.Uses[id].(*types.PkgName); ok {
			scope := pkg.Imported().Scope()
			for _, name := range scope.Names() {
				if obj := scope.Lookup(name); obj.Exported() {
					out = append(out, describe(obj, rankMember))
				}
			}
			return out
		}
	}
	for _, m := range members(p.info.TypeOf(x)) {
		out = append(out, describe(m, rankMember))
	}
	return out
}

// members lists the fields and methods of a type that cells can select, promoted ones included.
func members(t types.Type) []types.Object {
	if t == nil {
		return nil
	}
	var out []types.Object
	seen := map[string]bool{}
	add := func(obj types.Object) {
		if (obj.Exported() || obj.Pkg() != nil && obj.Pkg().Name() == "main") && !seen[obj.Name()] {
			seen[obj.Name()] = true
			out = append(out, obj)
		}
	}
	level := []types.Type{t}
	for depth := 0; len(level) > 0 && depth < 8; depth++ { // fields of embedded structs, the outer first
		var next []types.Type
		for _, t := range level {
			for _, field := range fieldsOf(t) {
				add(field)
				if field.Embedded() {
					next = append(next, field.Type())
				}
			}
		}
		level = next
	}
	if _, isPointer := t.Underlying().(*types.Pointer); !isPointer && !types.IsInterface(t) {
		t = types.NewPointer(t)
	}
	for m := range types.NewMethodSet(t).Methods() {
		add(m.Obj())
	}
	return out
}

// fieldsOf lists the fields of a struct or of what a pointer leads to.
func fieldsOf(t types.Type) []*types.Var {
	if pointer, ok := underlying[*types.Pointer](t); ok {
		t = pointer.Elem()
	}
	st, ok := underlying[*types.Struct](t)
	if !ok {
		return nil
	}
	var fields []*types.Var
	for field := range st.Fields() {
		fields = append(fields, field)
	}
	return fields
}

// describe makes a candidate of an object.
func describe(obj types.Object, rank int) candidate {
	m := kernel.Match{Text: obj.Name(), Type: "instance"}
	switch obj := obj.(type) {
	case *types.Func:
		m.Type, m.Signature = "function", strings.TrimPrefix(typeText(obj.Signature()), "func")
	case *types.Builtin:
		m.Type = "function"
	case *types.TypeName:
		m.Type = "class"
	case *types.PkgName:
		m.Type = "module"
	case *types.Nil:
		m.Type = "keyword"
	case *types.Var:
		if obj.IsField() {
			m.Type = "property"
		}
	}
	return candidate{m, rank}
}

// rank keeps the candidates that begin with prefix, upper and lower case being the same, the best first.
func rank(candidates []candidate, prefix string) []kernel.Match {
	var kept []candidate
	for _, c := range candidates {
		switch {
		case strings.HasPrefix(c.Text, prefix):
		case len(c.Text) >= len(prefix) && strings.EqualFold(c.Text[:len(prefix)], prefix):
			c.rank += 100
		default:
			continue
		}
		kept = append(kept, c)
	}
	slices.SortStableFunc(kept, func(a, b candidate) int {
		return cmp.Or(cmp.Compare(a.rank, b.rank), strings.Compare(strings.ToLower(a.Text), strings.ToLower(b.Text)))
	})
	var matches []kernel.Match
	seen := map[string]bool{}
	for _, c := range kept {
		if !seen[c.Text] {
			seen[c.Text] = true
			matches = append(matches, c.Match)
		}
	}
	return matches
}

func importPaths() []candidate {
	var out []candidate
	for _, path := range symbols.Paths() {
		out = append(out, candidate{kernel.Match{Text: path, Type: "module"}, rankPackage})
	}
	return out
}

// completeMagic completes what is not Go: the names of magics and files.
func completeMagic(code string, cursor int) (kernel.Completion, bool) {
	start := strings.LastIndex(code[:cursor], "\n") + 1
	line := code[start:cursor]
	if !strings.HasPrefix(line, "%") && !strings.HasPrefix(line, "!") || scanEnd(goOnly(code[:start])).unfinished() {
		return kernel.Completion{}, false
	}
	if strings.HasPrefix(line, "%") && !strings.ContainsAny(line, " \t") {
		var out []candidate
		for _, m := range magics {
			for form := range strings.FieldsFuncSeq(m.usage, func(r rune) bool { return r == ' ' || r == ',' }) {
				if strings.HasPrefix(form, "%") {
					out = append(out, candidate{kernel.Match{Text: form, Type: "magic", Signature: m.usage}, strings.Count(form, "%")})
				}
			}
		}
		return kernel.Completion{Matches: rank(out, line), Start: start, End: cursor}, true
	}
	p, err := magicPart(line, 0, strings.HasPrefix(line, "%%"))
	if err != nil && p.magic == nil || p.magic.takes == takesGo || p.magic.takes == takesNames {
		return kernel.Completion{}, false
	}
	word := cursor
	if p.magic.takes == takesFiles {
		word = start + strings.LastIndexAny(line, " \t!=") + 1
		return kernel.Completion{Matches: files(code[word:cursor]), Start: word, End: cursor}, true
	}
	return kernel.Completion{Start: word, End: cursor}, true
}

// files lists the files whose names begin with prefix.
func files(prefix string) []kernel.Match {
	folder := filepath.Dir(prefix + "x")
	entries, err := os.ReadDir(folder)
	if err != nil {
		return nil
	}
	before := prefix[:strings.LastIndex(prefix, "/")+1]
	var out []candidate
	for _, e := range entries {
		name := before + e.Name()
		if e.IsDir() {
			name += "/"
		}
		if !strings.HasPrefix(e.Name(), ".") || strings.HasPrefix(prefix[len(before):], ".") {
			out = append(out, candidate{kernel.Match{Text: name, Type: "path"}, rankMember})
		}
	}
	return rank(out, prefix)
}
