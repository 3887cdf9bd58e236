package interp

import (
	"context"
	"flag"
	"fmt"
	"io"
	"log"
	"reflect"
	"time"

	"github.com/gophergrad/gophergrad/interp/lower"
	"github.com/gophergrad/gophergrad/interp/rt"
)

// overlay gives the symbols that cells must not have as they are: those that end the process, that wait where no
// interrupt reaches, and that look through interfaces at types of cells.
func (s *Session) overlay(path string) map[string]reflect.Value {
	v := reflect.ValueOf
	switch path {
	case "os":
		return map[string]reflect.Value{lower.Stdin: v(s.stdin), "Exit": v(s.rt.Exit)}
	case "syscall":
		return map[string]reflect.Value{"Exit": v(s.rt.Exit)}
	case "log":
		return map[string]reflect.Value{
			"Fatal":   v(func(args ...any) { s.rt.Fatal(log.Default(), args...) }),
			"Fatalf":  v(func(format string, args ...any) { s.rt.Fatalf(log.Default(), format, args...) }),
			"Fatalln": v(func(args ...any) { s.rt.Fatalln(log.Default(), args...) }),
		}
	case "flag": // an error of the flags must not end the process
		return map[string]reflect.Value{"NewFlagSet": v(func(name string, handling flag.ErrorHandling) *flag.FlagSet {
			if handling == flag.ExitOnError {
				handling = flag.PanicOnError
			}
			return flag.NewFlagSet(name, handling)
		})}
	case "fmt":
		stdout := s.stdio.writer("stdout")
		return map[string]reflect.Value{
			"Scan":    v(func(args ...any) (int, error) { return fmt.Fscan(s.stdin, args...) }),
			"Scanln":  v(func(args ...any) (int, error) { return fmt.Fscanln(s.stdin, args...) }),
			"Scanf":   v(func(format string, args ...any) (int, error) { return fmt.Fscanf(s.stdin, format, args...) }),
			"Print":   v(func(args ...any) (int, error) { return fmt.Fprint(stdout, args...) }),
			"Println": v(func(args ...any) (int, error) { return fmt.Fprintln(stdout, args...) }),
			"Printf": v(func(format string, args ...any) (int, error) {
				format, args = rt.Verbs(format, args)
				return fmt.Fprintf(stdout, format, args...)
			}),
			"Fprintf": v(func(w io.Writer, format string, args ...any) (int, error) {
				format, args = rt.Verbs(format, args)
				return fmt.Fprintf(w, format, args...)
			}),
			"Sprintf": v(func(format string, args ...any) string {
				format, args = rt.Verbs(format, args)
				return fmt.Sprintf(format, args...)
			}),
			"Errorf": v(func(format string, args ...any) error {
				format, args = rt.Verbs(format, args)
				return fmt.Errorf(format, args...)
			}),
		}
	case "reflect":
		return map[string]reflect.Value{"TypeOf": v(s.rt.TypeOf), "ValueOf": v(s.rt.ValueOf)}
	case "errors":
		return map[string]reflect.Value{"As": v(rt.ErrorsAs)}
	case "time":
		return map[string]reflect.Value{
			"Sleep":     v(s.rt.Sleep),
			"AfterFunc": v(func(d time.Duration, f func()) *time.Timer { return time.AfterFunc(d, s.rt.Guarded(f)) }),
		}
	case "context":
		return map[string]reflect.Value{"AfterFunc": v(func(ctx context.Context, f func()) (stop func() bool) {
			return context.AfterFunc(ctx, s.rt.Guarded(f))
		})}
	}
	return nil
}
