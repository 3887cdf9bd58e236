package nn

import (
	"fmt"
	"strings"
)

// Describe returns the tree of a module and its submodules as PyTorch prints
// it. A module with a String method is described by that.
func Describe(m any) string { return inspect(m).String() }

// String writes the tree below n.
func (n *node) String() (text string) {
	defer func() { // a layer that no constructor made has no sizes to tell
		if recover() != nil {
			text = n.typeName + "()"
		}
	}()
	if c, ok := n.module.(Composite); ok {
		if text, ok := c.Method("String").(func() string); ok {
			return text()
		}
	} else if s, ok := n.module.(fmt.Stringer); ok && n.isModule {
		return s.String()
	}
	return n.tree()
}

// tree writes the type's name and the submodules.
func (n *node) tree() string {
	var lines strings.Builder
	for _, c := range n.children {
		if c.hasModule() {
			text := strings.ReplaceAll(c.String(), "\n", "\n  ")
			fmt.Fprintf(&lines, "\n  (%s): %s", c.name, text)
		}
	}
	if lines.Len() == 0 {
		return n.typeName + "()"
	}
	return n.typeName + "(" + lines.String() + "\n)"
}

// hasModule reports whether n is a module or holds one.
func (n *node) hasModule() bool {
	if n.isModule {
		return true
	}
	for _, c := range n.children {
		if c.hasModule() {
			return true
		}
	}
	return false
}

// setting is a named parameter in a layer's description.
type setting struct {
	name  string
	value any
}

// line writes a layer as PyTorch does: Linear(in_features=2, out_features=3, bias=True).
func line(name string, settings ...setting) string {
	parts := make([]string, len(settings))
	for i, s := range settings {
		parts[i] = python(s.value)
		if s.name != "" {
			parts[i] = s.name + "=" + parts[i]
		}
	}
	return name + "(" + strings.Join(parts, ", ") + ")"
}

// python spells a value as Python does.
func python(v any) string {
	switch v := v.(type) {
	case bool:
		if v {
			return "True"
		}
		return "False"
	case string:
		return "'" + v + "'"
	case []int:
		parts := make([]string, len(v))
		for i, n := range v {
			parts[i] = fmt.Sprint(n)
		}
		if len(v) == 1 {
			return "(" + parts[0] + ",)"
		}
		return "(" + strings.Join(parts, ", ") + ")"
	case float64:
		s := fmt.Sprint(v)
		if !strings.ContainsAny(s, ".e") {
			s += ".0"
		}
		return s
	}
	return fmt.Sprint(v)
}
