package interp

import (
	"fmt"
	"io"
	"log"
	"reflect"

	"github.com/gophergrad/gophergrad/interp/lower"
	"github.com/gophergrad/gophergrad/interp/rt"
)

// exitError is the panic of a call that would end the process.
type exitError string

func (e exitError) Error() string { return string(e) }

// overlay gives the symbols that cells must not have as they are: those that end the process, that wait where no
// interrupt reaches, and that look through interfaces at types of cells.
func (s *Session) overlay(path string) map[string]reflect.Value {
	v := reflect.ValueOf
	switch path {
	case "os":
		return map[string]reflect.Value{lower.Stdin: v(s.stdin), "Exit": v(func(code int) { panic(exitError(fmt.Sprintf("os.Exit(%d): the kernel goes on", code))) })}
	case "log":
		fatal := func(text string) {
			log.Output(3, text)
			panic(exitError("log.Fatal: " + text + " (the kernel goes on)"))
		}
		return map[string]reflect.Value{
			"Fatal":   v(func(args ...any) { fatal(fmt.Sprint(args...)) }),
			"Fatalf":  v(func(format string, args ...any) { fatal(fmt.Sprintf(format, args...)) }),
			"Fatalln": v(func(args ...any) { fatal(fmt.Sprintln(args...)) }),
		}
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
		return map[string]reflect.Value{"TypeOf": v(rt.TypeOf), "ValueOf": v(rt.ValueOf)}
	case "errors":
		return map[string]reflect.Value{"As": v(rt.ErrorsAs)}
	case "time":
		return map[string]reflect.Value{"Sleep": v(s.rt.Sleep)}
	}
	return nil
}
