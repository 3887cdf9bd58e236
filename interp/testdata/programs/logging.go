package main

import (
	"errors"
	"fmt"
	"log"
	"os"
	"runtime"
	"runtime/debug"
	"strings"
)

type Temp float64

func (t Temp) String() string { return fmt.Sprintf("%.1f°", float64(t)) }

type svc struct{ *log.Logger }

func where() (file string, line int) {
	_, f, l, _ := runtime.Caller(1)
	return f[strings.LastIndex(f, "/")+1:][:3], l
}

func caught() (text string) {
	defer func() {
		recover()
		for line := range strings.Lines(string(debug.Stack())) {
			if strings.HasPrefix(line, "\t") {
				continue
			}
			name, _, _ := strings.Cut(line, "(")
			text += name[strings.LastIndex(name, ".")+1:] + " "
		}
	}()
	return outer(3)
}

func outer(n int) string { return inner(n) }
func inner(n int) string { panic(n) }

func main() {
	log.SetOutput(os.Stdout)
	log.SetFlags(log.Lshortfile)
	log.SetPrefix("p: ")
	log.Println("a", 1, Temp(3))
	log.Printf("%v %T", Temp(1), Temp(2))
	log.Print("x", 1, 2, "y", errors.New("e"))
	l := log.New(os.Stdout, "[l] ", log.Lshortfile|log.Lmsgprefix)
	l.Println("method")
	s := svc{l}
	s.Printf("embedded %d", 5)
	func() { l.Output(1, "depth") }()
	f := l.Println
	f("value")
	func() {
		defer func() { fmt.Println("recovered", recover()) }()
		log.Panicf("bad %d", 7)
	}()
	l.SetFlags(0)
	l.Print("plain")
	file, line := where()
	fmt.Println(len(file), line)
	fmt.Println(strings.Contains(caught(), "inner outer caught "))
}
