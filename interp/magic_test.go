package interp

import (
	"context"
	"fmt"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"time"
	"unicode/utf8"

	"github.com/gophergrad/gophergrad/internal/children"
)

func TestMagicsInCells(t *testing.T) {
	n := newNotebook(t)
	n.ok("x := 1\n!echo one\nfmt.Println(\"two\", x)\n%env GOPHERGRAD_TEST=3\n!echo $GOPHERGRAD_TEST\nx + 41")
	if got, want := n.out(), "one\ntwo 1\n3\n"; got != want || n.result != "42" {
		t.Errorf("printed %q, want %q; result %s", got, want, n.result)
	}
	n.ok("1\n!true")
	if n.shown {
		t.Errorf("the value before a magic shows as result %s", n.result)
	}
	// What looks like a magic inside of Go is Go.
	n.ok("s := `\n%who\n!ls\n`\nno := false\nyes := no ||\n!no\nfmt.Println(len(s), yes,\n!yes)")
	if got := n.out(); got != "10 true false\n" {
		t.Errorf("printed %q", got)
	}
	// Lines may end as in Windows.
	n.ok("%%time\r\nx + 1\r\n")
	if n.result != "2" {
		t.Errorf("%%%%time gives %s", n.result)
	}
}

func TestMagicErrors(t *testing.T) {
	n := newNotebook(t)
	for code, want := range map[string]string{
		"%timit 1":                  "did you mean %timeit?",
		"x := 1\n%nosuch\nx":        "2:1: there is no magic %nosuch",
		"x := 1\n%%time\nx":         "%%time belongs at the top of a cell",
		"!exit 3":                   "exit status 3",
		"%cd /nosuchfolder":         "no such file",
		"%load magic_tets.go":       "did you mean magic_test.go?",
		"%run magic.txt":            "there is no file magic.txt",
		"%run conformance.nb":       "there is no file",
		"?nosuch":                   "nothing is known of nosuch",
		"%time nosuch()":            "1:7: undefined: nosuch",
		"%%time\nx := 1\n  nosuch2": "3:3: undefined: nosuch2",
		"ok := true\n!echo\nfunc {": "3:6:",
		"%env NO_SUCH_NAME":         "has no NO_SUCH_NAME",
		"%%writefile":               "a file name is missing",
		"%%nosuch\nx":               "there is no magic %%nosuch",
		"%writefile a.txt":          "takes the cell below it",
		"%%cd\nx":                   "%%cd takes no cell below it",
		"%time":                     "%time lacks what it works on; usage: %time STATEMENT",
		"%timeit -n 3":              "%timeit lacks what it works on",
		"%timeit -x 3 1":            "no option -x",
		"%%time x\n1":               "stands below it",
		"%%script":                  "a command is missing",
		"%pip install torch":        "cells import the standard library",
		"_":                         "there is no result yet",
	} {
		value, trace := n.fails(code)
		wants(t, value+"\n"+trace, want)
	}
	n.fails("counted := 1\n!echo\nfunc {")
	if value, _ := n.fails("counted"); !strings.Contains(value, "undefined: counted") {
		t.Error("a cell ran in part though it has a syntax error")
	}
}

func TestShellMagics(t *testing.T) {
	t.Chdir(t.TempDir())
	n := newNotebook(t, "name, k := \"go\", 3")
	for _, c := range []struct{ code, want string }{
		{"!echo {name} {k+1} {nosuch} {} {a,b} ${HOME:+set} | tr a-z A-Z", "GO 4 {NOSUCH} {} {A,B} SET\n"},
		{"  %env GOPHERGRAD_A=b c\n%env GOPHERGRAD_A\n%set_env GOPHERGRAD_A d\n!echo $GOPHERGRAD_A", "b c\nd\n"},
		{"%mkdir {name}\n%ls", "go\n"},
		{"%cd go\n%cd -\n!basename $(pwd) && ls", ""},
		{"%%script cat -\na\n{name}", "a\n{name}"},
		{"%%bash\ncat\necho b", "b\n"},
		{"%matplotlib inline", "nothing to do: "},
	} {
		n.ok(c.code)
		if got := n.out(); !strings.HasPrefix(got, c.want) {
			t.Errorf("%s prints %q, want %q", c.code, got, c.want)
		}
	}
}

func TestCapture(t *testing.T) {
	n := newNotebook(t, "%%capture text\nfmt.Println(\"a\")\n3")
	if n.out() != "" || n.shown {
		t.Errorf("%%%%capture shows %q", n.out())
	}
	if n.ok("text"); n.result != "a\n" {
		t.Errorf("captured %q", n.result)
	}
	value, _ := n.fails("%%capture text\nfmt.Println(\"b\")\npanic(7)")
	wants(t, value, "7 (In[3]:3)")
	if n.ok("text"); n.result != "b\n" {
		t.Errorf("before the panic %q was captured", n.result)
	}
}

func TestHistory(t *testing.T) {
	n := newNotebook(t, "x := 1\ny := 2", "%hist -n")
	if got, want := n.out(), "   1: x := 1\ny := 2\n   2: %hist -n\n"; got != want {
		t.Errorf("printed %q, want %q", got, want)
	}
}

// Texts of other systems have a byte order mark or carriage returns.
func TestForeignTexts(t *testing.T) {
	n := newNotebook(t, "\ufeffx := 3\r\n\ty := x + 1\r\n\r\ny\r\n")
	if n.result != "4" {
		t.Errorf("y is %s", n.result)
	}
	n.ok("\ufeff%%bash\necho b")
	if n.out() != "b\n" {
		t.Errorf("printed %q", n.out())
	}
}

func TestWho(t *testing.T) {
	n := newNotebook(t, "%who")
	if n.out() != "no variables\n" {
		t.Errorf("an empty session shows %q", n.out())
	}
	n.ok("type pair struct { a int; b string }\nn, s := 3, \"text\"\nw := tensor.Ones(100, 10)\nxs := make([]float64, 1000)\np := &pair{1, \"x\"}\nnames := []string{\"ab\", \"c\"}")
	n.ok("%whos")
	if len(n.displays) != 1 {
		t.Fatalf("%d displays", len(n.displays))
	}
	rows := map[string]string{}
	for line := range strings.Lines(text(n.displays[0])) {
		rows[strings.Fields(line)[0]] = strings.Join(strings.Fields(line), " ")
	}
	for name, want := range map[string]string{
		"n": "n int 3 8 B", "s": "s string \"text\" 20 B", "w": "w *tensor.Tensor [100 10] float32 on cpu 4.3 KiB", "p": "p *pair &{a: 1, b: \"x\"} 33 B",
		"names": "names []string [\"ab\" \"c\"] 59 B", "xs": "xs []float64 [0 0",
	} {
		if !strings.HasPrefix(rows[name], want) {
			t.Errorf("%s: %q, want %q", name, rows[name], want)
		}
	}
	wants(t, rows["xs"], "(1000 elements) 7.8 KiB")
	wants(t, n.displays[0].Data["text/html"].(string), "<table>", "[]float64")
}

func TestReset(t *testing.T) {
	n := newNotebook(t, "x := 1\nfunc f() int { return x }\nimport \"html\"", "%reset")
	n.fails("x")
	n.fails("f()")
	if n.ok("x := 2\nfmt.Sprint(x)"); n.result != "2" {
		t.Errorf("after a reset x is %s", n.result)
	}
	if n.ok("%reset\nx := 3\nx"); n.result != "3" {
		t.Errorf("a reset in the same cell gives %s", n.result)
	}
}

func TestTime(t *testing.T) {
	n := newNotebook(t, "func slow() int { time.Sleep(30 * time.Millisecond); return 7 }")
	if n.ok("%time y := slow()\ny"); n.result != "7" {
		t.Errorf("%%time does not keep variables: %s", n.result)
	}
	wants(t, n.out(), "wall time: ", "allocated")
	if n.ok("%%time\nz := slow()\nz + 1"); n.result != "8" {
		t.Errorf("%%%%time has no result: %s", n.result)
	}
	n.ok("%timeit 1 + 1")
	wants(t, n.out(), "a run (mean ± standard deviation of 7 × ", "best")
	n.fails("%timeit panic(1)")
	n.ok("runs := 0")
	n.ok("%timeit -n 5 -r 2 runs++")
	wants(t, n.out(), "2 × 5 runs")
	if n.ok("runs"); n.result != "10" {
		t.Errorf("-n 5 -r 2 runs %s times", n.result)
	}
}

func TestShortTexts(t *testing.T) {
	for d, want := range map[time.Duration]string{
		0: "0 ns", 999: "999 ns", 1234: "1.23 µs", 12_345_678: "12.3 ms", 1_500_000_000: "1.5 s", 83 * time.Second: "1m23s", 999_900 * time.Microsecond: "1000 ms",
	} {
		if got := short3(d); got != want {
			t.Errorf("%d: %s, want %s", d, got, want)
		}
	}
	for n, want := range map[uint64]string{0: "0 B", 1023: "1023 B", 1536: "1.5 KiB", 5 << 30: "5.0 GiB"} {
		if got := byteCount(n); got != want {
			t.Errorf("%d: %s, want %s", n, got, want)
		}
	}
}

func TestFileMagics(t *testing.T) {
	t.Chdir(t.TempDir())
	n := newNotebook(t, "%%writefile prog.go\npackage main\n\nvar total = add(40, 2)\n\nfunc add(a, b int) int { return a + b }\n\nfunc main() { println(total) }")
	wants(t, n.out(), "Writing prog.go")
	n.ok("%%writefile -a prog.go\n// end")
	written, err := os.ReadFile("prog.go")
	if err != nil || !strings.HasPrefix(string(written), "package main\n") || !strings.HasSuffix(string(written), "}\n// end\n") {
		t.Errorf("wrote %q, %v", written, err)
	}
	if n.ok("%run prog.go\nadd(1, 2)"); n.result != "3" || n.stderr.String() != "42\n" {
		t.Errorf("after %%run add(1, 2) is %s; printed %q", n.result, n.stderr.String())
	}
	n.ok("%%writefile args.go\npackage main\n\nimport (\n\t\"fmt\"\n\t\"os\"\n)\n\nfunc main() { fmt.Println(os.Args) }")
	if n.ok("%run args.go a b"); n.out() != "[args.go a b]\n" {
		t.Errorf("a program has the arguments %q", n.out())
	}
	payload := n.ok("%load prog.go")
	if len(payload) != 1 || payload[0]["source"] != "set_next_input" || !strings.Contains(payload[0]["text"].(string), "func add") {
		t.Errorf("%%load gives %v", payload)
	}
	os.WriteFile("lib.ipynb", []byte(`{"cells": [{"cell_type": "markdown", "source": "text"}, {"cell_type": "code", "source": ["fromNotebook := 5\n", "%pwd"]}]}`), 0o666)
	if n.ok("%run lib.ipynb\nfromNotebook"); n.result != "5" {
		t.Errorf("after %%run fromNotebook is %s", n.result)
	}
	os.Mkdir("sub", 0o777)
	n.ok("%cd sub\n%pwd\n!pwd")
	if lines := strings.Fields(n.out()); len(lines) != 3 || lines[1] != lines[2] || filepath.Base(lines[0]) != "sub" {
		t.Errorf("after %%cd: %v", lines)
	}
	n.ok("%%bash\nfor i in 1 2; do echo $i; done\necho err >&2")
	if n.out() != "1\n2\n" || n.stderr.String() != "err\n" {
		t.Errorf("%%%%bash: %q, %q", n.out(), n.stderr.String())
	}
}

// An interrupt ends a command and all it started.
func TestShellInterrupt(t *testing.T) {
	t.Chdir(t.TempDir())
	n := newNotebook(t)
	ctx, cancel := context.WithTimeout(t.Context(), 100*time.Millisecond)
	defer cancel()
	start := time.Now()
	outcome := n.run(ctx, "!(sleep 1; touch lived) & echo begun; sleep 20")
	if outcome.Err == nil || outcome.Err.Name != "interrupted" || time.Since(start) > time.Second {
		t.Errorf("ended after %v with %v", time.Since(start), outcome.Err)
	}
	wants(t, n.out(), "begun")
	time.Sleep(1200 * time.Millisecond)
	if exists("lived") {
		t.Error("what the command started lives on")
	}
}

// An interrupt ends the processes of its cell, with what these started, and leaves those of other cells alone.
func TestCommandInterrupt(t *testing.T) {
	for _, code := range []string{
		"command.Run()", "command.Output()", "command.CombinedOutput()", "command.Start()\ncommand.Wait()", "command.Start()\nselect {}",
		"pipe, _ := command.StdoutPipe()\ncommand.Start()\nio.ReadAll(pipe)", "wait := command.Run\nwait()",
		"p, _ := os.StartProcess(command.Path, command.Args, &os.ProcAttr{})\np.Wait()",
	} {
		t.Run(code, func(t *testing.T) {
			t.Chdir(t.TempDir())
			n := newNotebook(t, "import `os/exec`\nother := exec.Command(`sleep`, `99`)\nother.Start()",
				"command := exec.Command(`sh`, `-c`, `(echo $$; sleep 97; echo) & echo $$ >pid; sleep 98; echo`)")
			n.ok("other.Process.Pid")
			other := n.result
			ctx, cancel := context.WithCancel(t.Context())
			go func() {
				defer cancel()
				for !exists("pid") {
					time.Sleep(time.Millisecond)
				}
			}()
			outcome := n.run(ctx, code)
			if outcome.Err == nil || outcome.Err.Name != "interrupted" {
				t.Errorf("it ended with %v", outcome.Err)
			}
			left := children.Of(os.Getpid())
			for range 100 { // those that were killed take a moment
				if len(left) > 1 {
					time.Sleep(10 * time.Millisecond)
					left = children.Of(os.Getpid())
				}
			}
			if fmt.Sprint(left) != "["+other+"]" {
				t.Errorf("the processes %v go on, not %s alone", left, other)
			}
			n.ok("other.Process.Kill()\nother.Wait()")
		})
	}
}

func exists(file string) bool {
	_, err := os.Stat(file)
	return err == nil
}

func TestHelp(t *testing.T) {
	n := newNotebook(t, "// twice doubles.\nfunc twice(x int) int { return 2 * x }", "%help")
	wants(t, n.out(), "Out[n]", "%timeit", "%%writefile")
	for line := range strings.Lines(n.out()) {
		if utf8.RuneCountInString(line) > 81 {
			t.Errorf("a notebook would wrap %q", line)
		}
	}
	for code, usage := range map[string]string{"?%time": "%time STATEMENT", "%%time?": "%time STATEMENT", "%who ?": "%who"} {
		n.ok(code)
		wants(t, n.out(), usage)
	}
	for _, code := range []string{"?twice", "twice ?", "??twice", "twice??"} {
		payload := n.ok(code)
		if len(payload) != 1 || payload[0]["source"] != "page" {
			t.Fatalf("%s gives %v", code, payload)
		}
		shown := fmt.Sprintf("%s", payload[0]["data"])
		wants(t, shown, "twice doubles.")
		if hasSource := strings.Contains(shown, "return 2 * x"); hasSource != strings.Contains(code, "??") {
			t.Errorf("%s shows the source: %v", code, hasSource)
		}
	}
}

func TestDelete(t *testing.T) {
	n := newNotebook(t, "x, kept := make([]int, 10), 1", "%del x", "kept")
	n.fails("x")
	value, _ := n.fails("%del kepp")
	wants(t, value, "the session has no kepp; did you mean kept?")
}

func TestDisplayMagics(t *testing.T) {
	n := newNotebook(t, "%%html\n<b>bold</b>\n")
	if len(n.displays) != 1 || n.displays[0].Data["text/html"] != "<b>bold</b>\n" {
		t.Errorf("%%%%html shows %v", n.displays)
	}
}
