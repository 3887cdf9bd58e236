package interp

import (
	"context"
	"flag"
	"fmt"
	"io"
	"os"
	"os/signal"
	"reflect"
	"time"

	"github.com/gophergrad/gophergrad/internal/memory"
	"github.com/gophergrad/gophergrad/interp/rt"
	"github.com/gophergrad/gophergrad/nn/data"
)

// overlay gives the symbols that cells must not have as they are: those that end the process, that wait where no
// interrupt reaches, that call functions of cells in goroutines of their own, that take as much memory as they are told,
// and that look through interfaces at types of cells.
func (s *Session) overlay(path string) map[string]reflect.Value {
	v := reflect.ValueOf
	switch path {
	case "os":
		return map[string]reflect.Value{"Exit": v(s.rt.Exit), "StartProcess": v(s.rt.StartProcess)}
	case "syscall":
		return map[string]reflect.Value{"Exit": v(s.rt.Exit), "Kill": v(s.rt.Kill)}
	case "os/signal":
		return map[string]reflect.Value{"Notify": v(s.rt.Notify), "Ignore": v(rt.Unhandled(signal.Ignore)), "Reset": v(rt.Unhandled(signal.Reset))}
	case "log":
		return values(s.rt.LogFunctions())
	case "flag": // an error of the flags must not end the process
		return map[string]reflect.Value{
			"Parse": v(func() {
				flag.CommandLine.Init(os.Args[0], flag.PanicOnError)
				flag.Parse()
			}),
			"NewFlagSet": v(func(name string, handling flag.ErrorHandling) *flag.FlagSet {
				if handling == flag.ExitOnError {
					handling = flag.PanicOnError
				}
				return flag.NewFlagSet(name, handling)
			}),
		}
	case "fmt":
		stdin := func() io.Reader { return s.rt.Input(os.Stdin).(io.Reader) }
		stdout := func() io.Writer { return s.stdio.of(os.Stdout) } // which cells may set
		return map[string]reflect.Value{
			"Scan":     v(func(args ...any) (int, error) { return fmt.Fscan(stdin(), args...) }),
			"Scanln":   v(func(args ...any) (int, error) { return fmt.Fscanln(stdin(), args...) }),
			"Scanf":    v(func(format string, args ...any) (int, error) { return fmt.Fscanf(stdin(), format, args...) }),
			"Print":    v(func(args ...any) (int, error) { return s.rt.Fprint(stdout(), args...) }),
			"Println":  v(func(args ...any) (int, error) { return s.rt.Fprintln(stdout(), args...) }),
			"Printf":   v(func(format string, args ...any) (int, error) { return s.rt.Fprintf(stdout(), format, args...) }),
			"Fprint":   v(func(w io.Writer, args ...any) (int, error) { return s.rt.Fprint(s.stdio.of(w), args...) }),
			"Fprintln": v(func(w io.Writer, args ...any) (int, error) { return s.rt.Fprintln(s.stdio.of(w), args...) }),
			"Fprintf": v(func(w io.Writer, format string, args ...any) (int, error) {
				return s.rt.Fprintf(s.stdio.of(w), format, args...)
			}),
			"Sprint":   v(s.rt.Sprint),
			"Sprintln": v(s.rt.Sprintln),
			"Sprintf":  v(s.rt.Sprintf),
			"Errorf":   v(s.rt.Errorf),
			"Append":   v(func(b []byte, args ...any) []byte { return append(b, s.rt.Sprint(args...)...) }),
			"Appendln": v(func(b []byte, args ...any) []byte { return append(b, s.rt.Sprintln(args...)...) }),
			"Appendf":  v(func(b []byte, format string, args ...any) []byte { return append(b, s.rt.Sprintf(format, args...)...) }),
		}
	case framework + "nn/data": // workers call the methods of cells' data sets
		return map[string]reflect.Value{"Workers": v(func(n int) data.LoaderOption {
			s.rt.ExpectCallbacks()
			return data.Workers(n)
		})}
	case "encoding/json":
		return map[string]reflect.Value{"Marshal": v(s.rt.Marshal), "MarshalIndent": v(s.rt.MarshalIndent)}
	case "encoding/xml":
		return map[string]reflect.Value{"Marshal": v(s.rt.XMLMarshal), "MarshalIndent": v(s.rt.XMLMarshalIndent), "Unmarshal": v(s.rt.XMLUnmarshal)}
	case "encoding/gob":
		return map[string]reflect.Value{"Register": v(s.rt.RegisterGob), "RegisterName": v(s.rt.RegisterGobName)}
	case "reflect":
		return values(s.rt.Reflect())
	case "testing/quick":
		return map[string]reflect.Value{"Value": v(s.rt.QuickValue)}
	case "strings":
		return map[string]reflect.Value{"Repeat": v(rt.Repeat)}
	case "bytes":
		return map[string]reflect.Value{"Repeat": v(rt.RepeatBytes)}
	case "gonum.org/v1/gonum/mat":
		return map[string]reflect.Value{"NewDense": v(rt.NewDense)}
	case "errors":
		return map[string]reflect.Value{"As": v(rt.ErrorsAs), "Is": v(rt.ErrorsIs)}
	case "time":
		return map[string]reflect.Value{
			"Sleep":     v(s.rt.Sleep),
			"AfterFunc": v(func(d time.Duration, f func()) *time.Timer { return time.AfterFunc(d, s.rt.Guarded(f)) }),
		}
	case "runtime":
		return map[string]reflect.Value{"Stack": v(s.rt.CopyStack), "Caller": v(s.rt.Caller), "SetFinalizer": v(s.rt.SetFinalizer), "ReadMemStats": v(memory.ReadStats)}
	case "runtime/debug":
		return map[string]reflect.Value{"Stack": v(s.rt.StackText), "PrintStack": v(s.rt.PrintStack)}
	case "context":
		return map[string]reflect.Value{"AfterFunc": v(func(ctx context.Context, f func()) (stop func() bool) {
			return context.AfterFunc(ctx, s.rt.Guarded(f))
		})}
	}
	return nil
}

// callsBack are the packages that call functions and methods of cells in goroutines of their own.
var callsBack = map[string]bool{
	"net": true, "net/http": true, "net/http/httptest": true, "net/http/httputil": true, "net/rpc": true, "os/exec": true, "testing": true,
}

func values(symbols map[string]any) map[string]reflect.Value {
	out := map[string]reflect.Value{}
	for name, symbol := range symbols {
		out[name] = reflect.ValueOf(symbol)
	}
	return out
}
