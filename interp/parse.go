package interp

import (
	"fmt"
	"go/ast"
	"go/parser"
	"go/scanner"
	"go/token"
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
	start, end int // offsets; comments before the first token belong to it
}

// parse reads a cell, in which declarations and statements may be mixed.
func parse(fset *token.FileSet, label, source string) (*cell, scanner.ErrorList) {
	chunks, errs := split(source)
	if len(errs) > 0 {
		return nil, relabel(errs, label)
	}
	text := arrange(label, source, chunks)
	file, err := parser.ParseFile(fset, label, text, parser.AllErrors|parser.ParseComments|parser.SkipObjectResolution)
	if list, ok := err.(scanner.ErrorList); ok {
		return nil, tidy(list, label, source)
	}
	return gather(label, source, file), nil
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
	start := 0
	finish := func(end int) {
		if len(toks) > 0 {
			if kind, ok := kindOf(toks); ok {
				chunks = append(chunks, chunk{kind, start, end})
			}
		}
		toks, start = nil, end
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

// tidy keeps one error a line, inside of the cell.
func tidy(errs scanner.ErrorList, label, source string) scanner.ErrorList {
	lines := strings.Split(source, "\n")
	for _, e := range errs {
		e.Pos.Filename = label
		if e.Pos.Line > len(lines) {
			e.Pos.Line, e.Pos.Column = len(lines), len(lines[len(lines)-1])+1
		}
	}
	errs.RemoveMultiples()
	return errs
}
