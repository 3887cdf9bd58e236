package interp

import (
	"go/scanner"
	"go/token"
	"slices"
	"strings"

	"github.com/gophergrad/gophergrad/kernel"
)

// IsComplete says whether a console should run code or ask for another line.
func (s *Session) IsComplete(code string) kernel.Completeness {
	parts, err := divide(code)
	if err != nil {
		return kernel.Completeness{Status: kernel.Invalid}
	}
	for _, p := range parts {
		if p.magic != nil {
			if p.below && !strings.HasSuffix(code, "\n") { // an empty line ends what is below a %%magic
				return kernel.Completeness{Status: kernel.Incomplete}
			}
			continue
		}
		source := p.source(code)
		end := scanEnd(source)
		switch {
		case end.invalid:
			return kernel.Completeness{Status: kernel.Invalid}
		case end.unfinished():
			return kernel.Completeness{Status: kernel.Incomplete, Indent: end.indent()}
		}
		if _, errs := parse(token.NewFileSet(), "", source); len(errs) > 0 {
			return kernel.Completeness{Status: kernel.Invalid}
		}
	}
	return kernel.Completeness{Status: kernel.Complete}
}

// ending is the state in which Go source ends.
type ending struct {
	invalid   bool        // no continuation makes it Go
	inText    bool        // inside a raw string or a comment
	open      []openBrace // brackets not yet closed, the outermost first
	operator  bool        // after a token that needs another
	lastToken token.Token
}

type openBrace struct {
	tok  token.Token
	line int
}

func (e ending) unfinished() bool { return e.inText || len(e.open) > 0 || e.operator }

// indent is what the next line starts with: gofmt would have a tab for each line whose brackets are open, but terminals
// show the tabs of a line being edited as ^I.
func (e ending) indent() string {
	if e.inText {
		return ""
	}
	depth, line := 0, 0
	for _, b := range e.open {
		if b.line != line {
			depth, line = depth+1, b.line
		}
	}
	if e.operator && e.lastToken != token.COMMA {
		depth++
	}
	return strings.Repeat("    ", depth)
}

// closers closes what is open.
func (e ending) closers() string {
	var text strings.Builder
	for _, b := range slices.Backward(e.open) {
		text.WriteString(closing[b.tok].String())
	}
	return text.String()
}

// scanEnd reads source as tokens up to its end.
func scanEnd(source string) ending {
	var end ending
	var s scanner.Scanner
	fset := token.NewFileSet()
	file := fset.AddFile("", -1, len(source))
	s.Init(file, []byte(source), func(_ token.Position, msg string) {
		switch msg {
		case "raw string literal not terminated", "comment not terminated":
			end.inText = true
		default:
			end.invalid = true
		}
	}, 0)
	for {
		pos, tok, lit := s.Scan()
		switch tok {
		case token.EOF:
			end.operator = continues(end.lastToken)
			return end
		case token.LPAREN, token.LBRACK, token.LBRACE:
			end.open = append(end.open, openBrace{tok, file.Line(pos)})
		case token.RPAREN, token.RBRACK, token.RBRACE:
			n := len(end.open)
			if n == 0 || closing[end.open[n-1].tok] != tok {
				end.invalid = true
				return end
			}
			end.open = end.open[:n-1]
		case token.SEMICOLON:
			if lit == "\n" {
				continue
			}
		}
		end.lastToken = tok
	}
}

// continues reports whether no statement ends with tok; brackets count for themselves.
func continues(tok token.Token) bool {
	switch tok {
	case token.INC, token.DEC, token.LPAREN, token.LBRACK, token.LBRACE, token.RPAREN, token.RBRACK, token.RBRACE, token.SEMICOLON, token.ELLIPSIS, token.TILDE, token.COLON:
		return false
	}
	return tok.IsOperator()
}
