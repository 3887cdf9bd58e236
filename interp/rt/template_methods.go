package rt

import (
	"fmt"
	htmltemplate "html/template"
	"reflect"
	"text/template"
	"text/template/parse"

	"github.com/gophergrad/gophergrad/interp/box"
)

// A template passes arguments to methods that package reflect finds, which it does not in what stands for values of cells.
// So where data is of a cell, such calls become those of a function, in a copy of the template that is executed in its
// place.

const methodCaller = "callMethod_"

// withMethods is t, or a copy that passes arguments to methods of cells.
func (r *Runtime) withMethods(t *template.Template, data any) *template.Template {
	if !passesArguments(trees(t), data) {
		return t
	}
	out := template.Must(t.Clone()).Funcs(template.FuncMap{methodCaller: r.methodCaller(namedIn(trees(t)))})
	for _, t := range out.Templates() {
		if t.Tree != nil {
			t.Tree = t.Tree.Copy()
		}
	}
	callMethods(trees(out))
	return out
}

// withMethodsHTML is withMethods for html/template, which copies trees itself.
func (r *Runtime) withMethodsHTML(t *htmltemplate.Template, data any) *htmltemplate.Template {
	if !passesArguments(treesHTML(t), data) {
		return t
	}
	out := htmltemplate.Must(t.Clone()).Funcs(htmltemplate.FuncMap{methodCaller: r.methodCaller(namedIn(treesHTML(t)))})
	callMethods(treesHTML(out))
	return out
}

func passesArguments(trees []*parse.Tree, data any) bool {
	_, ofCell := Canon(data).(box.Box)
	found := false
	if ofCell {
		methodCommands(trees, func(*parse.CommandNode, parse.Node, string) { found = true })
	}
	return found
}

// callMethods replaces x.M a b by callMethod_ x "M" a b.
func callMethods(trees []*parse.Tree) {
	methodCommands(trees, func(c *parse.CommandNode, receiver parse.Node, name string) {
		call := []parse.Node{
			parse.NewIdentifier(methodCaller).SetPos(c.Pos),
			receiver,
			&parse.StringNode{NodeType: parse.NodeString, Pos: c.Pos, Quoted: fmt.Sprintf("%q", name), Text: name},
		}
		c.Args = append(call, c.Args[1:]...)
	})
}

// methodCommands visits the commands that give arguments to what may be a method: behind it, or through a pipe.
func methodCommands(trees []*parse.Tree, visit func(c *parse.CommandNode, receiver parse.Node, name string)) {
	for _, tree := range trees {
		walk(reflect.ValueOf(tree.Root), func(v reflect.Value) {
			if v.Type() != reflect.TypeFor[*parse.PipeNode]() || v.IsNil() {
				return
			}
			for i, c := range v.Interface().(*parse.PipeNode).Cmds {
				if receiver, name := splitMethod(c.Args[0]); receiver != nil && (i > 0 || len(c.Args) > 1) {
					visit(c, receiver, name)
				}
			}
		})
	}
}

// splitMethod parts x.M; receiver is nil if n is no such node.
func splitMethod(n parse.Node) (receiver parse.Node, name string) {
	but := func(names []string) []string { name = names[len(names)-1]; return names[:len(names)-1] }
	switch n := n.(type) {
	case *parse.FieldNode:
		if names := but(n.Ident); len(names) > 0 {
			return &parse.FieldNode{NodeType: parse.NodeField, Pos: n.Pos, Ident: names}, name
		}
		return &parse.DotNode{NodeType: parse.NodeDot, Pos: n.Pos}, name
	case *parse.VariableNode:
		if names := but(n.Ident); len(names) > 0 {
			return &parse.VariableNode{NodeType: parse.NodeVariable, Pos: n.Pos, Ident: names}, name
		}
	case *parse.ChainNode:
		if names := but(n.Field); len(names) > 0 {
			return &parse.ChainNode{NodeType: parse.NodeChain, Pos: n.Pos, Node: n.Node, Field: names}, name
		}
		return n.Node, name
	}
	return nil, ""
}

// methodCaller is the function that calls a method of what stands for a value of a cell, or of any other value.
func (r *Runtime) methodCaller(names map[string]bool) any {
	return func(receiver any, name string, args ...any) (any, error) {
		v := r.ValueOf(behind(receiver))
		if !v.IsValid() {
			return nil, fmt.Errorf("nil has no method %s", name)
		}
		m := v.MethodByName(name)
		if !m.IsValid() {
			return nil, fmt.Errorf("%s is not a method of %s but has arguments", name, v.Type())
		}
		in := make([]reflect.Value, len(args))
		for i, arg := range args {
			in[i] = reflect.ValueOf(&arg).Elem()
		}
		out := reflect.ValueOf(m.forTemplate(func() map[string]bool { return names })).Call(in)
		if len(out) == 2 && !out[1].IsNil() {
			return nil, out[1].Interface().(error)
		}
		return out[0].Interface(), nil
	}
}
