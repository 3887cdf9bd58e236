package rt

import (
	"fmt"
	"io"
	"reflect"
	"slices"
	"strings"

	"github.com/gophergrad/gophergrad/interp/box"
)

// The printing functions of package fmt, for values of cells.

// Fprint is fmt.Fprint.
func (r *Runtime) Fprint(w io.Writer, args ...any) (int, error) {
	args = Shown(args)
	defer r.Lend(args...)()
	Finite(args...)
	return fmt.Fprint(w, operands(args)...)
}

// Fprintln is fmt.Fprintln.
func (r *Runtime) Fprintln(w io.Writer, args ...any) (int, error) {
	args = Shown(args)
	defer r.Lend(args...)()
	Finite(args...)
	return fmt.Fprintln(w, args...)
}

// Fprintf is fmt.Fprintf.
func (r *Runtime) Fprintf(w io.Writer, format string, args ...any) (int, error) {
	format, args = verbs(format, args)
	defer r.Lend(args...)()
	return fmt.Fprintf(w, format, args...)
}

// Sprint is fmt.Sprint.
func (r *Runtime) Sprint(args ...any) string {
	args = Shown(args)
	defer r.Lend(args...)()
	Finite(args...)
	return fmt.Sprint(operands(args)...)
}

// operands shows package fmt which values are strings: Print sets no spaces beside them.
func operands(args []any) []any {
	args = slices.Clone(args)
	for i, arg := range args {
		if b, ok := Canon(arg).(box.Box); ok && reflect.ValueOf(b.Value).Kind() == reflect.String {
			args[i] = fmt.Sprint(arg)
		}
	}
	return args
}

// Sprintln is fmt.Sprintln.
func (r *Runtime) Sprintln(args ...any) string {
	args = Shown(args)
	defer r.Lend(args...)()
	Finite(args...)
	return fmt.Sprintln(args...)
}

// Sprintf is fmt.Sprintf.
func (r *Runtime) Sprintf(format string, args ...any) string {
	format, args = verbs(format, args)
	defer r.Lend(args...)()
	return fmt.Sprintf(format, args...)
}

// Errorf is fmt.Errorf.
func (r *Runtime) Errorf(format string, args ...any) error {
	format, args = verbs(format, args)
	defer r.Lend(args...)()
	return fmt.Errorf(format, args...)
}

// verbs prepares the arguments of a formatting function: fmt prints the type and the address of a boxed value, for %T
// and %p, as those of the box. %T becomes %s, and the value the name of its type; %p gets the value without its box.
func verbs(format string, args []any) (string, []any) {
	format, args = unboxed(format, args)
	args = Shown(args)
	Finite(args...)
	return format, args
}

func unboxed(format string, args []any) (string, []any) {
	if !strings.ContainsAny(format, "Tp") || !hasBox(args) {
		return format, args
	}
	args = append([]any(nil), args...)
	var out strings.Builder
	next := 0
	for i := 0; i < len(format); i++ {
		out.WriteByte(format[i])
		if format[i] != '%' {
			continue
		}
		for i++; i < len(format) && strings.IndexByte("+-# 0123456789.[]*", format[i]) >= 0; i++ {
			switch format[i] {
			case '*':
				next++
			case '[':
				fmt.Sscanf(format[i+1:], "%d", &next)
				next--
			}
			out.WriteByte(format[i])
		}
		if i == len(format) {
			break
		}
		verb := format[i]
		if verb == '%' {
			out.WriteByte(verb)
			continue
		}
		if next >= 0 && next < len(args) {
			b, ok := args[next].(box.Boxed)
			name, standsIn := standIns[reflect.TypeOf(args[next])]
			switch {
			case standsIn && verb == 'T':
				verb, args[next] = 's', name
			case ok && verb == 'T':
				verb, args[next] = 's', b.Unwrap_().Type.Name
			case ok && verb == 'p':
				args[next] = b.Unwrap_().Value
			}
		}
		out.WriteByte(verb)
		next++
	}
	return out.String(), args
}

func hasBox(args []any) bool {
	return slices.ContainsFunc(args, func(a any) bool {
		_, ok := a.(box.Boxed)
		return ok || standIns[reflect.TypeOf(a)] != ""
	})
}
