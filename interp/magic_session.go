package interp

import (
	"fmt"
	"go/types"
	"html"
	"strings"
	"text/tabwriter"

	"github.com/gophergrad/gophergrad/kernel"
)

var sessionMagics = []*magic{
	{"who", "%who", "list the variables: type, value and bytes they reach", takesText, who},
	{"whos", "%whos", "the same", takesText, who},
	{"del", "%del NAME…", "forget variables, so that their memory is freed", takesNames, deleteNames},
	{"reset", "%reset [-f]", "forget all names", takesText, func(c *call) error { c.s.clear(); return nil }},
	{"exit", "%exit", "end a console; pages have a menu for the kernel", takesText, exit},
	{"quit", "%quit", "the same", takesText, exit},
}

func exit(c *call) error {
	*c.payload = append(*c.payload, kernel.AskExit(false))
	return nil
}

// who shows the variables as a table.
func who(c *call) error {
	rows := [][]string{{"name", "type", "value", "bytes"}}
	c.s.mu.Lock()
	for _, name := range sortedKeys(c.s.names) {
		e := c.s.names[name]
		if _, ok := e.obj.(*types.Var); !ok || !e.value.IsValid() || isRecalled(name) {
			continue
		}
		bytes := ""
		if !c.s.busy() {
			bytes = byteCount(sizeOf(e.value.Elem()))
		}
		rows = append(rows, []string{name, typeText(e.obj.Type()), c.s.summary(e), bytes})
	}
	c.s.mu.Unlock()
	if len(rows) == 1 {
		c.printf("no variables\n")
		return nil
	}
	c.out.Display(table(rows), "")
	return nil
}

// typeText spells a type as cells write it.
func typeText(t types.Type) string { return types.TypeString(t, qualifier) }

// qualifier names packages by their names, that of the cells not at all.
func qualifier(p *types.Package) string {
	if p.Name() == "main" {
		return ""
	}
	return p.Name()
}

// table shows rows below their header.
func table(rows [][]string) kernel.Bundle {
	var plain, markup strings.Builder
	w := tabwriter.NewWriter(&plain, 0, 8, 2, ' ', 0)
	markup.WriteString("<table>")
	for i, row := range rows {
		cell := map[bool]string{true: "th", false: "td"}[i == 0]
		fmt.Fprintln(w, strings.Join(row, "\t"))
		markup.WriteString("<tr>")
		for _, text := range row {
			fmt.Fprintf(&markup, "<%s style=\"text-align:left\">%s</%s>", cell, html.EscapeString(text), cell)
		}
		markup.WriteString("</tr>")
	}
	w.Flush()
	markup.WriteString("</table>")
	return kernel.Bundle{Data: map[string]any{"text/plain": strings.TrimRight(plain.String(), "\n"), "text/html": markup.String()}}
}

// deleteNames drops names.
func deleteNames(c *call) error {
	for _, name := range strings.Fields(c.args) {
		c.s.mu.Lock()
		e := c.s.names[name]
		if e != nil {
			delete(c.s.names, name)
			c.s.release(e)
		}
		c.s.mu.Unlock()
		if e == nil {
			return fmt.Errorf("the session has no %s%s", name, didYouMean("", nearest(name, c.s.namesInScope())))
		}
	}
	return nil
}

// clear drops all names and lets the values of variables go.
func (s *Session) clear() {
	s.mu.Lock()
	defer s.mu.Unlock()
	old := s.names
	s.names, s.imports, s.dots, s.results, s.unreached = map[string]*entry{}, map[string]string{}, nil, nil, map[string]string{}
	for _, e := range old {
		s.release(e)
		if e.obj != nil {
			s.lowerer.Forget(e.obj)
		}
	}
}
