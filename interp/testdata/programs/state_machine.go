package main

import (
	"fmt"
	"strings"
	"unicode"
)

type TokenKind int

const (
	EOF TokenKind = iota
	Number
	Ident
	Op
	_
	Paren
)

//go:generate stringer
func (k TokenKind) String() string {
	return [...]string{"EOF", "Number", "Ident", "Op", "?", "Paren"}[k]
}

type Token struct {
	Kind TokenKind
	Text string
	Pos  int
}

type stateFn func(*lexer) stateFn

type lexer struct {
	input      string
	start, pos int
	tokens     chan Token
}

func (l *lexer) emit(k TokenKind) {
	l.tokens <- Token{k, l.input[l.start:l.pos], l.start}
	l.start = l.pos
}

func (l *lexer) next() rune {
	if l.pos >= len(l.input) {
		l.pos++
		return -1
	}
	r := rune(l.input[l.pos])
	l.pos++
	return r
}

func (l *lexer) backup() { l.pos-- }

func lexText(l *lexer) stateFn {
	for {
		switch r := l.next(); {
		case r == -1:
			l.backup()
			l.emit(EOF)
			return nil
		case unicode.IsSpace(r):
			l.start = l.pos
		case unicode.IsDigit(r):
			l.backup()
			return lexNumber
		case unicode.IsLetter(r), r == '_':
			return lexIdent
		case strings.ContainsRune("+-*/=", r):
			l.emit(Op)
		case r == '(' || r == ')':
			l.emit(Paren)
		default:
			panic(fmt.Sprintf("bad %q at %d", r, l.pos-1))
		}
	}
}

func lexNumber(l *lexer) stateFn {
	for unicode.IsDigit(l.next()) {
	}
	l.backup()
	l.emit(Number)
	return lexText
}

func lexIdent(l *lexer) stateFn {
	for r := l.next(); unicode.IsLetter(r) || unicode.IsDigit(r); r = l.next() {
	}
	l.backup()
	l.emit(Ident)
	return lexText
}

func lex(input string) <-chan Token {
	l := &lexer{input: input, tokens: make(chan Token)}
	go func() {
		defer close(l.tokens)
		for state := stateFn(lexText); state != nil; {
			state = state(l)
		}
	}()
	return l.tokens
}

type parser struct {
	toks []Token
	vars map[string]float64
}

type Expr interface {
	Eval(env map[string]float64) float64
}
type (
	Num   float64
	Var   string
	BinOp struct {
		Op   byte
		L, R Expr
	}
)

func (n Num) Eval(map[string]float64) float64     { return float64(n) }
func (v Var) Eval(env map[string]float64) float64 { return env[string(v)] }
func (b *BinOp) Eval(env map[string]float64) float64 {
	l, r := b.L.Eval(env), b.R.Eval(env)
	switch b.Op {
	case '+':
		return l + r
	case '-':
		return l - r
	case '*':
		return l * r
	case '/':
		return l / r
	}
	panic("op")
}
func (b *BinOp) String() string { return fmt.Sprintf("(%v %c %v)", b.L, b.Op, b.R) }

func (p *parser) peek() Token { return p.toks[0] }
func (p *parser) take() (t Token) {
	t, p.toks = p.toks[0], p.toks[1:]
	return
}

func (p *parser) expr() Expr {
	e := p.term()
	for p.peek().Kind == Op && strings.Contains("+-", p.peek().Text) {
		op := p.take().Text[0]
		e = &BinOp{op, e, p.term()}
	}
	return e
}

func (p *parser) term() Expr {
	e := p.factor()
	for p.peek().Kind == Op && strings.Contains("*/", p.peek().Text) {
		op := p.take().Text[0]
		e = &BinOp{Op: op, L: e, R: p.factor()}
	}
	return e
}

func (p *parser) factor() Expr {
	switch t := p.take(); t.Kind {
	case Number:
		var n float64
		fmt.Sscan(t.Text, &n)
		return Num(n)
	case Ident:
		return Var(t.Text)
	case Paren:
		e := p.expr()
		p.take()
		return e
	default:
		panic(fmt.Errorf("unexpected %v %q", t.Kind, t.Text))
	}
}

func main() {
	var toks []Token
	for t := range lex("x1 = 3 + 4*(yy - 2)") {
		toks = append(toks, t)
		fmt.Printf("%v:%q@%d ", t.Kind, t.Text, t.Pos)
	}
	fmt.Println()
	fmt.Printf("%v %+v\n", toks[0], toks[1])
	p := &parser{toks: toks[2:]}
	e := p.expr()
	fmt.Println(e, e.Eval(map[string]float64{"yy": 5}))
	func() {
		defer func() {
			if err, ok := recover().(error); ok {
				fmt.Println("error:", err)
			}
		}()
		(&parser{toks: []Token{{Kind: Op, Text: "*"}}}).expr()
	}()
	switch b := e.(type) {
	case *BinOp:
		fmt.Printf("%T %T %c\n", b, b.R, b.Op)
	}
}
