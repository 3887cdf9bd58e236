package interp

import (
	"fmt"
	"go/ast"
	"go/parser"
	"go/scanner"
	"go/token"
	"iter"
	"slices"
	"strings"
)

// cell is a parsed cell: what it imports, what it declares for the package, and the statements it runs.
type cell struct {
	label   string // In[3], the name of its file
	source  string
	imports []*ast.ImportSpec
	decls   []ast.Decl // functions, methods, types and constants
	body    []ast.Stmt // everything else, var declarations included
	renews  []*entry   // declarations of earlier cells to compile again
	locals  []local    // of a stopped function, which the cell sees as variables of the session
	values  int        // how many statements at its end give its values: more than one for a list of expressions
	silent  bool       // it ends with a semicolon: its values are not shown
	globals []ast.Stmt // those of body whose variables are the package's: all of a program, and what generic functions use
}

// chunkKind is where a piece of a cell belongs in a Go file.
type chunkKind int

const (
	importChunk chunkKind = iota
	declChunk
	stmtChunk
)

type chunk struct {
	kind       chunkKind
	start, end int   // offsets; comments before the first token belong to it
	commas     []int // between the expressions of a list, which is no statement of Go
}

// parse reads a cell, in which declarations and statements may be mixed.
func parse(fset *token.FileSet, label, source string) (*cell, scanner.ErrorList) {
	chunks, errs := split(source)
	if len(errs) > 0 {
		return nil, relabel(errs, label)
	}
	chunks, values := results(chunks)
	text := arrange(label, source, chunks)
	file, err := parser.ParseFile(fset, label, text, parser.AllErrors|parser.ParseComments|parser.SkipObjectResolution)
	if list, ok := err.(scanner.ErrorList); ok {
		return nil, tidy(list, label, source)
	}
	if errs := append(embeds(fset, file), tooDeep(fset, file)...); len(errs) > 0 {
		return nil, errs
	}
	c := gather(label, source, file)
	c.values = min(values, len(c.body)) // a label takes an expression into its statement
	c.startUp(isProgram(source))
	c.silent = endsSilently(source)
	return c, nil
}

// embeds finds the directives that would put files into variables: they are comments to the interpreter.
func embeds(fset *token.FileSet, file *ast.File) (errs scanner.ErrorList) {
	for _, group := range file.Comments {
		for _, comment := range group.List {
			if strings.HasPrefix(comment.Text, "//go:embed ") {
				errs.Add(fset.Position(comment.Pos()), "files cannot be embedded here: os.ReadFile reads one")
			}
		}
	}
	return errs
}

// startUp makes the cell call what Go calls by itself: init functions, and main if the cell is a whole program.
func (c *cell) startUp(program bool) {
	var calls []ast.Stmt
	call := func(fun ast.Expr, at token.Pos) {
		calls = append(calls, &ast.ExprStmt{X: &ast.CallExpr{Fun: fun, Lparen: at, Rparen: at}})
	}
	var main *ast.FuncDecl
	c.decls = slices.DeleteFunc(c.decls, func(decl ast.Decl) bool {
		fd, ok := decl.(*ast.FuncDecl)
		if !ok || fd.Recv != nil {
			return false
		}
		if fd.Name.Name == "main" {
			main = fd
		}
		if fd.Name.Name != "init" || fd.Body == nil {
			return false
		}
		call(&ast.FuncLit{Type: fd.Type, Body: fd.Body}, fd.Body.Rbrace)
		return true
	})
	if program && main != nil && main.Body != nil {
		call(&ast.Ident{Name: "main", NamePos: main.Body.Rbrace}, main.Body.Rbrace)
	}
	at := len(c.body)
	if at > 0 {
		if _, ok := c.body[at-1].(*ast.ExprStmt); ok { // it may be the result
			at -= c.values
		}
	}
	c.body = slices.Insert(c.body, at, calls...)
}

// isProgram reports whether the source begins with a package clause.
func isProgram(source string) bool {
	for _, tok := range tokens(source) {
		return tok.tok == token.PACKAGE
	}
	return false
}

// endsSilently reports whether the last token is a semicolon.
func endsSilently(source string) bool {
	last := false
	for _, tok := range tokens(source) {
		if tok.tok != token.SEMICOLON || tok.lit == ";" {
			last = tok.lit == ";"
		}
	}
	return last
}

// tokens goes through a cell's tokens.
func tokens(source string) iter.Seq2[int, lexeme] {
	return func(yield func(int, lexeme) bool) {
		var s scanner.Scanner
		file := token.NewFileSet().AddFile("", -1, len(source))
		s.Init(file, []byte(source), nil, 0)
		for i := 0; ; i++ {
			pos, tok, lit := s.Scan()
			if tok == token.EOF || !yield(i, lexeme{tok, file.Offset(pos), lit}) {
				return
			}
		}
	}
}

// gather makes a cell of the file that arrange wrote.
func gather(label, source string, file *ast.File) *cell {
	c := &cell{label: label, source: source}
	for _, decl := range file.Decls {
		switch d := decl.(type) {
		case *ast.GenDecl:
			if d.Tok != token.IMPORT {
				c.decls = append(c.decls, d)
				continue
			}
			for _, spec := range d.Specs {
				c.imports = append(c.imports, spec.(*ast.ImportSpec))
			}
		case *ast.FuncDecl:
			if d.Name.Name == bodyName {
				c.body = d.Body.List
				continue
			}
			c.decls = append(c.decls, d)
		}
	}
	c.globals = usedByGenerics(c)
	return c
}

// bodyName is the function that the statements of a cell stand in while they are checked.
const bodyName = "cell__"

// results makes statements of the expressions of a list that a cell ends with, and gives their number.
func results(chunks []chunk) ([]chunk, int) {
	last := len(chunks) - 1
	for last >= 0 && chunks[last].kind != stmtChunk {
		last--
	}
	if last < 0 || chunks[last].commas == nil {
		return chunks, 1
	}
	var list []chunk
	start := chunks[last].start
	for _, end := range append(chunks[last].commas, chunks[last].end) {
		list = append(list, chunk{kind: stmtChunk, start: start, end: end})
		start = end + 1
	}
	return slices.Replace(chunks, last, last+1, list...), len(list)
}

// arrange puts the chunks in the order of a Go file. Line comments keep the positions of the cell.
func arrange(label, source string, chunks []chunk) string {
	var b strings.Builder
	b.WriteString("package main;")
	at := func(c chunk) {
		before := source[:c.start]
		line := strings.Count(before, "\n") + 1
		column := c.start - strings.LastIndex(before, "\n")
		fmt.Fprintf(&b, "\n//line %s:%d:%d\n%s", label, line, column, source[c.start:c.end])
	}
	for kind := importChunk; kind <= stmtChunk; kind++ {
		if kind == stmtChunk {
			b.WriteString("\nfunc " + bodyName + "() {\n")
		}
		for _, c := range chunks {
			if c.kind == kind {
				at(c)
			}
		}
	}
	b.WriteString("\n}\n")
	return b.String()
}

// lexeme is a token of a cell.
type lexeme struct {
	tok token.Token
	off int
	lit string
}

// byteOrderMark is what some editors put before a text; the scanner knows it at the beginning of a file alone.
const byteOrderMark = "\ufeff"

// split finds the top-level declarations and statements of a cell.
func split(source string) ([]chunk, scanner.ErrorList) {
	var (
		errs scanner.ErrorList
		s    scanner.Scanner
	)
	fset := token.NewFileSet()
	file := fset.AddFile("", -1, len(source))
	s.Init(file, []byte(source), errs.Add, 0)
	var chunks []chunk
	var toks []lexeme
	var open []lexeme
	var commas []int
	start := len(source) - len(strings.TrimPrefix(source, byteOrderMark))
	finish := func(end int) {
		if len(toks) > 0 {
			if kind, ok := kindOf(toks); ok {
				if !isExpression(toks) {
					commas = nil
				}
				chunks = append(chunks, chunk{kind, start, end, commas})
			}
		}
		toks, start, commas = nil, end, nil
	}
	for {
		pos, tok, lit := s.Scan()
		off := file.Offset(pos)
		if tok == token.EOF {
			finish(len(source))
			break
		}
		if tok == token.SEMICOLON && len(open) == 0 {
			if lit == ";" && hasHeader(toks) {
				continue
			}
			if lit != ";" {
				finish(afterComment(source, off))
				continue
			}
			finish(off)
			start = off + 1
			continue
		}
		switch tok {
		case token.LPAREN, token.LBRACK, token.LBRACE:
			open = append(open, lexeme{tok, off, ""})
		case token.RPAREN, token.RBRACK, token.RBRACE:
			if len(open) == 0 || closing[open[len(open)-1].tok] != tok {
				errs.Add(file.Position(pos), fmt.Sprintf("unexpected %q", tok.String()))
				return nil, errs
			}
			open = open[:len(open)-1]
		case token.COMMA:
			if len(open) == 0 {
				commas = append(commas, off)
			}
		}
		toks = append(toks, lexeme{tok, off, lit})
	}
	if len(open) > 0 && len(errs) == 0 {
		last := open[len(open)-1]
		errs.Add(file.Position(file.Pos(last.off)), fmt.Sprintf("%q is not closed: expected %q before the end of the cell", last.tok.String(), closing[last.tok].String()))
	}
	return chunks, errs
}

var closing = map[token.Token]token.Token{token.LPAREN: token.RPAREN, token.LBRACK: token.RBRACK, token.LBRACE: token.RBRACE}

// kindOf tells what a chunk is by its first tokens; a package clause is nothing.
func kindOf(toks []lexeme) (chunkKind, bool) {
	switch toks[0].tok {
	case token.PACKAGE:
		return 0, false
	case token.IMPORT:
		return importChunk, true
	case token.TYPE, token.CONST:
		return declChunk, true
	case token.FUNC:
		if len(toks) > 1 && toks[1].tok == token.IDENT {
			return declChunk, true
		}
		if isMethod(toks) {
			return declChunk, true
		}
	}
	return stmtChunk, true
}

// isExpression reports whether a chunk is an expression, or a list of them, as far as its tokens tell.
func isExpression(toks []lexeme) bool {
	switch first := toks[0].tok; first {
	case token.FUNC, token.STRUCT, token.MAP, token.CHAN, token.INTERFACE:
	default:
		if first.IsKeyword() {
			return false
		}
	}
	depth := 0
	for _, t := range toks {
		switch t.tok {
		case token.LPAREN, token.LBRACK, token.LBRACE:
			depth++
		case token.RPAREN, token.RBRACK, token.RBRACE:
			depth--
		case token.ASSIGN, token.DEFINE:
			if depth == 0 {
				return false
			}
		}
	}
	return true
}

// isMethod tells func (recv T) Name( from a function literal.
func isMethod(toks []lexeme) bool {
	depth := 0
	for i, t := range toks[1:] {
		switch t.tok {
		case token.LPAREN:
			depth++
		case token.RPAREN:
			depth--
			if depth == 0 {
				rest := toks[i+2:]
				return len(rest) > 1 && rest[0].tok == token.IDENT && (rest[1].tok == token.LPAREN || rest[1].tok == token.LBRACK)
			}
		}
	}
	return false
}

// afterComment is the end of the line comment that follows at off, or off: it does not belong to what comes next.
func afterComment(source string, off int) int {
	if rest := source[off:]; strings.HasPrefix(rest, "//") {
		line, _, _ := strings.Cut(rest, "\n")
		return off + len(line)
	}
	return off
}

// hasHeader reports whether the chunk begins with a statement whose header may contain semicolons.
func hasHeader(toks []lexeme) bool {
	for len(toks) > 2 && toks[0].tok == token.IDENT && toks[1].tok == token.COLON { // labels
		toks = toks[2:]
	}
	if len(toks) == 0 {
		return false
	}
	switch toks[0].tok {
	case token.FOR, token.IF, token.SWITCH:
		return true
	}
	return false
}

func relabel(errs scanner.ErrorList, label string) scanner.ErrorList {
	for _, e := range errs {
		e.Pos.Filename = label
	}
	return errs
}

// tidy keeps one error a line, inside of the cell: of those behind its end, where arrange has put what closes the file,
// the first says what is missing.
func tidy(errs scanner.ErrorList, label, source string) scanner.ErrorList {
	lines := strings.Split(source, "\n")
	for i, e := range errs {
		e.Pos.Filename = label
		e.Msg = strings.ReplaceAll(e.Msg, "'IDENT'", "a name")
		if e.Pos.Line > len(lines) {
			e.Pos.Line, e.Pos.Column = len(lines), len(lines[len(lines)-1])+1
			before, _, _ := strings.Cut(e.Msg, ", found ")
			e.Msg = before + ", found the end of the cell"
			errs = errs[:i+1]
			break
		}
	}
	errs.RemoveMultiples()
	return errs
}
