package rt

import (
	"fmt"
	"log"
	"path/filepath"
	"strings"
)

// Package log finds the file and line that it may show in Go's stack, on which cells do not stand. So what is logged
// by cells comes by these functions, each under the name of a method of log.Logger.

// LogFunctions are the functions of package log, which use its standard logger.
func (r *Runtime) LogFunctions() map[string]any {
	return map[string]any{
		"Print":   func(args ...any) { r.LogPrint(log.Default(), args...) },
		"Printf":  func(format string, args ...any) { r.LogPrintf(log.Default(), format, args...) },
		"Println": func(args ...any) { r.LogPrintln(log.Default(), args...) },
		"Panic":   func(args ...any) { r.LogPanic(log.Default(), args...) },
		"Panicf":  func(format string, args ...any) { r.LogPanicf(log.Default(), format, args...) },
		"Panicln": func(args ...any) { r.LogPanicln(log.Default(), args...) },
		"Fatal":   func(args ...any) { r.LogFatal(log.Default(), args...) },
		"Fatalf":  func(format string, args ...any) { r.LogFatalf(log.Default(), format, args...) },
		"Fatalln": func(args ...any) { r.LogFatalln(log.Default(), args...) },
		"Output":  func(depth int, text string) error { return r.LogOutput(log.Default(), depth, text) },
	}
}

// LogPrint is l.Print, and so on.
func (r *Runtime) LogPrint(l *log.Logger, args ...any)   { r.LogOutput(l, 1, r.Sprint(args...)) }
func (r *Runtime) LogPrintln(l *log.Logger, args ...any) { r.LogOutput(l, 1, r.Sprintln(args...)) }
func (r *Runtime) LogPrintf(l *log.Logger, format string, args ...any) {
	r.LogOutput(l, 1, r.Sprintf(format, args...))
}

func (r *Runtime) LogPanic(l *log.Logger, args ...any)   { r.logPanic(l, r.Sprint(args...)) }
func (r *Runtime) LogPanicln(l *log.Logger, args ...any) { r.logPanic(l, r.Sprintln(args...)) }
func (r *Runtime) LogPanicf(l *log.Logger, format string, args ...any) {
	r.logPanic(l, r.Sprintf(format, args...))
}

func (r *Runtime) logPanic(l *log.Logger, text string) {
	r.LogOutput(l, 1, text)
	panic(text)
}

func (r *Runtime) LogFatal(l *log.Logger, args ...any)   { r.logFatal(l, r.Sprint(args...)) }
func (r *Runtime) LogFatalln(l *log.Logger, args ...any) { r.logFatal(l, r.Sprintln(args...)) }
func (r *Runtime) LogFatalf(l *log.Logger, format string, args ...any) {
	r.logFatal(l, r.Sprintf(format, args...))
}

func (r *Runtime) logFatal(l *log.Logger, text string) {
	r.LogOutput(l, 1, text)
	r.end(Exit("log.Fatal: " + strings.TrimSuffix(text, "\n") + " (the kernel goes on)"))
}

// LogOutput is l.Output: with a depth of 1 the place is that of the caller.
func (r *Runtime) LogOutput(l *log.Logger, depth int, text string) error {
	flags, prefix := l.Flags(), l.Prefix()
	if flags&(log.Lshortfile|log.Llongfile) == 0 {
		return l.Output(0, text)
	}
	_, file, line, ok := r.Caller(depth - 1)
	if !ok {
		file, line = "???", 0
	}
	if flags&log.Lshortfile != 0 {
		file = filepath.Base(file)
	}
	if flags&log.Lmsgprefix != 0 { // the prefix stands behind the place
		text, prefix = prefix+text, ""
	}
	placeless := log.New(l.Writer(), prefix, flags&^(log.Lshortfile|log.Llongfile|log.Lmsgprefix))
	return placeless.Output(0, fmt.Sprintf("%s:%d: %s", file, line, text))
}
