package interp

import (
	"context"
	"errors"
	"fmt"
	"regexp"
	"strings"

	"github.com/gophergrad/gophergrad/kernel"
)

// magic is a command that a cell gives to the session, not Go: %name on a line, %%name for the rest of the cell.
type magic struct {
	name  string
	usage string // how it is written
	doc   string // what it does, in one line
	takes taking
	run   func(*call) error
}

// taking is what a magic's arguments are.
type taking int

const (
	takesText  taking = iota
	takesGo           // a statement, or the cell below %%name
	takesFiles        // file names
	takesNames        // names as ? understands them
)

// magics are all there are, in the order in which %lsmagic lists them.
var magics []*magic

func init() { // the help magics read the table
	for _, family := range [][]*magic{helpMagics, sessionMagics, timeMagics, attachMagics, fileMagics, shellMagics, displayMagics, ignoredMagics} {
		magics = append(magics, family...)
	}
}

func findMagic(name string) *magic {
	for _, m := range magics {
		if m.name == name {
			return m
		}
	}
	return nil
}

// part is a piece of a cell: Go, or one magic.
type part struct {
	magic    *magic // nil for Go
	args     string // what follows a magic's name and options
	options  string // as in %timeit -n 10
	line     int
	from, to int  // where in the cell its Go is, or its text
	below    bool // it is a %%magic, whose text is below it
}

// call is a magic being run.
type call struct {
	part
	s       *Session
	ctx     context.Context
	cell    kernel.Cell
	out     kernel.Output
	payload *[]kernel.Payload
}

// printf shows text on the cell's standard output.
func (c *call) printf(format string, args ...any) {
	c.out.Stream("stdout", fmt.Sprintf(format, args...))
}

// question is a line that asks about a name, as ?name, name? or name??.
var question = regexp.MustCompile(`^(?:\?{1,2}\s*(%{0,2}[\pL_][\pL\pN_.]*)?|(%{0,2}[\pL_][\pL\pN_.]*)\s*\?{1,2})\s*$`)

// divide takes a cell apart at its magic lines.
func divide(code string) ([]part, error) {
	if !strings.ContainsAny(code, "%!?") {
		return []part{{line: 1, to: len(code)}}, nil
	}
	start := len(code) - len(strings.TrimLeft(code, " \t\r\n"+byteOrderMark))
	head, below, _ := strings.Cut(code[start:], "\n")
	head = strings.TrimRight(head, " \t\r")
	if strings.HasPrefix(head, "%%") && !question.MatchString(head) {
		p, err := magicPart(head, 1+strings.Count(code[:start], "\n"), true)
		p.from, p.to = len(code)-len(below), len(code)
		return []part{p}, err
	}
	var parts []part
	from, offset := 0, 0
	finish := func(to int) {
		if strings.TrimSpace(code[from:to]) != "" {
			parts = append(parts, part{line: 1 + strings.Count(code[:from], "\n"), from: from, to: to})
		}
	}
	for i, line := range strings.SplitAfter(code, "\n") {
		text := strings.TrimRight(line, " \t\r\n")
		if isMagicLine(text) && !scanEnd(code[from:offset]).unfinished() {
			finish(offset)
			p, err := magicPart(strings.TrimLeft(text, " \t"), i+1, false)
			if err != nil {
				return nil, err
			}
			p.from, p.to = offset+len(text)-len(p.args), offset+len(text)
			parts = append(parts, p)
			from = offset + len(line)
		}
		offset += len(line)
	}
	finish(len(code))
	return parts, nil
}

func isMagicLine(line string) bool {
	return strings.HasPrefix(strings.TrimLeft(line, " \t"), "%") || strings.HasPrefix(line, "!") || question.MatchString(line)
}

// options are what a magic that takes Go has before it.
var options = regexp.MustCompile(`^(?:-\w\s*\d+(?:\s+|$))*`)

// magicPart reads a magic line, or the first line of a cell that one takes.
func magicPart(line string, number int, below bool) (part, error) {
	p := part{line: number, below: below}
	name, mark := "", "%"
	switch {
	case question.MatchString(line):
		name, p.args = "?", line
	case line[0] == '!':
		name, p.args = "!", strings.TrimLeft(line, "!")
	default:
		if below {
			mark = "%%"
		}
		name = line[len(mark):]
		if i := strings.IndexAny(name, " \t"); i >= 0 {
			name, p.args = name[:i], strings.TrimSpace(name[i:])
		}
	}
	if strings.HasPrefix(name, "%") {
		return p, &magicError{number, "%" + name + " belongs at the top of a cell"}
	}
	if p.magic = findMagic(name); p.magic == nil {
		if advice := foreignMagics[name]; advice != "" {
			return p, &magicError{number, "there is no magic " + mark + name + ": " + advice}
		}
		var names []string
		for _, m := range magics {
			names = append(names, m.name)
		}
		return p, &magicError{number, "there is no magic " + mark + name + didYouMean("%", nearest(name, names)) + "; %lsmagic lists them all"}
	}
	if p.magic.takes == takesGo {
		p.options = options.FindString(p.args)
		p.args = p.args[len(p.options):]
	}
	return p, p.misused(mark + name)
}

// misused tells how a magic is written that was written in a form that it does not have.
func (p part) misused(name string) error {
	text := ""
	switch {
	case p.below && !strings.Contains(p.magic.usage, "%%"):
		text = "takes no cell below it"
	case !p.below && strings.HasPrefix(p.magic.usage, "%%"):
		text = "takes the cell below it, at whose top it stands"
	case !p.below && p.args == "" && needsArgument.MatchString(p.magic.usage):
		text = "lacks what it works on"
	default:
		return nil
	}
	return &magicError{p.line, name + " " + text + "; usage: " + p.magic.usage}
}

// needsArgument finds the usage of a magic line that is nothing by itself.
var needsArgument = regexp.MustCompile(`^%\w+( \[[^\]]*\])* [A-Z]`)

// source is the part's Go at its place in the cell: all else is blank.
func (p part) source(code string) string {
	out := blank(code)
	copy(out[p.from:p.to], code[p.from:p.to])
	return string(out)
}

// goOnly is the Go of a cell, its magics blank: what completion and inspection look at.
func goOnly(code string) string {
	parts, _ := divide(code)
	out := blank(code)
	for _, p := range parts {
		switch {
		case p.magic == nil || p.magic.takes == takesGo:
			copy(out[p.from:p.to], code[p.from:p.to])
		case p.magic.takes == takesNames:
			copy(out[p.from:p.to], strings.ReplaceAll(code[p.from:p.to], "?", " "))
		}
	}
	return string(out)
}

// blank is code with every byte but the line breaks made a space.
func blank(code string) []byte {
	out := []byte(code)
	for i, b := range out {
		if b != '\n' {
			out[i] = ' '
		}
	}
	return out
}

// magicError is what a magic line failed with.
type magicError struct {
	line    int
	message string
}

func (e *magicError) Error() string { return e.message }

// runMagic runs one magic of a cell.
func (s *Session) runMagic(c *call) *kernel.CellError {
	if err := c.magic.run(c); err != nil {
		return magicFailure(c.ctx, c.cell, c.line, err)
	}
	return nil
}

// magicFailure shows the error of the magic in a line of the cell.
func magicFailure(ctx context.Context, c kernel.Cell, line int, err error) *kernel.CellError {
	var (
		cellError *kernel.CellError
		at        *magicError
	)
	switch {
	case errors.As(err, &cellError):
		return cellError
	case ctx.Err() != nil:
		return interruptedError()
	case errors.As(err, &at):
		line = at.line
	}
	label := cellLabel(c.Count)
	return report("magic error", label, c.Code, []problem{{label, line, 1, err.Error()}})
}

// text is what stands below a %%magic.
func (c *call) text() string { return c.cell.Code[c.from:c.to] }
