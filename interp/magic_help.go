package interp

import (
	"fmt"
	"strings"
	"unicode/utf8"

	"github.com/gophergrad/gophergrad/kernel"
)

var helpMagics = []*magic{
	{"help", "%help", "show what a cell can hold", takesText, help},
	{"lsmagic", "%lsmagic", "list the magics", takesText, listMagics},
	{"history", "%history [-n]", "show the cells that have run, with -n their numbers", takesText, showHistory},
	{"hist", "%hist [-n]", "the same", takesText, showHistory},
	{"?", "?name, name?", "show signature, doc and value of a name; ?? the source", takesNames, ask},
}

func help(c *call) error {
	c.printf("%s", `A cell holds Go: imports, functions, types and statements in any order.
  - The value of the last expression, or of several in a list a, b, is the
    result; a semicolon behind it hides it. Out[n] is the result of cell n, _
    the latest; both have its type. The latest `+fmt.Sprint(maxResults)+` are kept.
  - Names can be declared again, with other types too; functions and types can
    be redefined.
  - The framework (tensor, autograd, nn, optim, display, …) and the common
    standard packages need no import.
  - Tab completes, Shift-Tab or ?name documents.
A line that starts with % or ! is a magic. A cell with magics runs in parts,
from top to bottom.

`)
	return listMagics(c)
}

// usageWidth is the column of the magics' usages. With their docs they fit in the narrow output of a notebook.
const usageWidth = 23

func listMagics(c *call) error {
	for _, m := range magics {
		usage := m.usage
		if utf8.RuneCountInString(usage) > usageWidth {
			c.printf("%s\n", usage)
			usage = ""
		}
		c.printf("%-*s  %s\n", usageWidth, usage, m.doc)
	}
	return nil
}

// ask shows what ?name asks for in the pager.
func ask(c *call) error {
	name := strings.Trim(c.args, "? \t")
	if name == "" {
		return help(c)
	}
	if m := findMagic(strings.TrimLeft(name, "%")); m != nil && strings.HasPrefix(name, "%") {
		c.printf("%s\n%s\n", m.usage, m.doc)
		return nil
	}
	bundle, ok := c.s.Inspect(name, len(name), strings.Count(c.args, "?")-1)
	if !ok {
		return fmt.Errorf("nothing is known of %s%s", name, didYouMean("", nearest(name, c.s.namesInScope())))
	}
	*c.payload = append(*c.payload, kernel.Page(bundle, 0))
	return nil
}

func showHistory(c *call) error {
	c.s.mu.Lock()
	defer c.s.mu.Unlock()
	for _, in := range c.s.inputs {
		if c.args == "-n" {
			c.printf("%4d: ", in.Count)
		}
		c.printf("%s\n", in.Code)
	}
	return nil
}
