// Gotests runs the Go toolchain's own test programs in the interpreter and prints how many it runs right:
//
//	go run ./tests/gotests [-bin FILE] [-j N] [-o FILE] [pattern...]
//
// A program counts if it is a single file marked "// run" that does not import unsafe, runtime, syscall or os/exec.
// Patterns, matched against paths below $GOROOT/test, choose some of them.
package main

import (
	"bufio"
	"context"
	"flag"
	"fmt"
	"log"
	"os"
	"os/exec"
	"path/filepath"
	"regexp"
	"slices"
	"strings"
	"sync"
	"time"
)

// A verdict is how the interpreter did on one program.
type verdict string

const (
	right   verdict = "right"
	refused verdict = "refused" // exit status 3: nothing has run
	failed  verdict = "failed"  // an error of the interpreter, or a runtime error that Go does not raise
	wrong   verdict = "wrong"   // other output than Go's, or the program itself found a wrong value
	slow    verdict = "slow"    // it was still computing when its time was over
	hung    verdict = "hung"    // it was still waiting
	killed  verdict = "killed"  // the process died
)

var verdicts = []verdict{right, refused, failed, wrong, slow, hung, killed}

type result struct {
	program
	verdict verdict
	detail  string // the first line that tells why
	took    time.Duration
}

func main() {
	log.SetFlags(0)
	bin := flag.String("bin", "", "the gophergrad to test; built if empty")
	jobs := flag.Int("j", 1, "programs to run at once")
	out := flag.String("o", "", "write one line a program to this file")
	limit := flag.Duration("limit", 20*time.Second, "time for one program")
	flag.Parse()
	if *bin != "" { // the programs run in a folder of their own
		path, err := filepath.Abs(*bin)
		if err != nil {
			log.Fatal(err)
		}
		*bin = path
	}
	if *bin == "" {
		dir, err := os.MkdirTemp("", "gotests")
		if err != nil {
			log.Fatal(err)
		}
		defer os.RemoveAll(dir)
		*bin = filepath.Join(dir, "gophergrad")
		if text, err := exec.Command("go", "build", "-o", *bin, ".").CombinedOutput(); err != nil {
			log.Fatalf("%v\n%s", err, text)
		}
	}
	programs, err := find(flag.Args())
	if err != nil {
		log.Fatal(err)
	}
	results := runAll(*bin, programs, *jobs, *limit)
	if *out != "" {
		if err := write(*out, results); err != nil {
			log.Fatal(err)
		}
	}
	summarize(results)
}

// runAll runs the programs, at most jobs at a time.
func runAll(bin string, programs []program, jobs int, limit time.Duration) []result {
	results := make([]result, len(programs))
	work := make(chan int)
	var wg sync.WaitGroup
	for range jobs {
		wg.Go(func() {
			for i := range work {
				results[i] = run(bin, programs[i], limit)
				r := results[i]
				if r.verdict != right {
					fmt.Printf("%-7s %-40s %s\n", r.verdict, r.name, r.detail)
				}
			}
		})
	}
	for i := range programs {
		work <- i
	}
	close(work)
	wg.Wait()
	return results
}

// memory is the address space a program may take, in kB.
const memory = 8 << 20

// run runs one program and judges it as the toolchain does: it must end well and print what its .out file holds, to
// both streams together.
func run(bin string, p program, limit time.Duration) result {
	ctx, cancel := context.WithTimeout(context.Background(), limit)
	defer cancel()
	shell := fmt.Sprintf(`ulimit -v %d; exec "$@"`, memory)
	cmd := exec.CommandContext(ctx, "sh", "-c", shell, "sh", bin, "run", p.path)
	cmd.Dir = os.TempDir()
	cmd.WaitDelay = time.Second
	start := time.Now()
	text, err := cmd.CombinedOutput()
	r := result{program: p, took: time.Since(start)}
	output := string(text)
	status := cmd.ProcessState.ExitCode()
	switch {
	case ctx.Err() != nil && cmd.ProcessState.UserTime() > limit/4:
		r.verdict, r.detail = slow, "computing for more than "+limit.String()
	case ctx.Err() != nil:
		r.verdict, r.detail = hung, "no end within "+limit.String()
	case status < 0 || strings.Contains(output, "\ngoroutine 1 ") || strings.HasPrefix(output, "fatal error: "):
		r.verdict, r.detail = killed, firstLine(output, "fatal error: ", "panic: ", "SIG")
	case err == nil && output == p.want:
		r.verdict = right
	case err == nil:
		r.verdict, r.detail = wrong, difference(output, p.want)
	case status == 3:
		r.verdict, r.detail = refused, firstLine(output, "gophergrad cannot run")
	case status == 1 && strings.Contains(output, p.path+":") || interpreterFailed.MatchString(output):
		r.verdict, r.detail = failed, firstLine(output, interpreterFailed.FindString(output))
		if _, more, ok := strings.Cut(output, "nothing of it has run.\n"); ok {
			r.detail = "internal error: " + firstLine(more)
		}
	default:
		r.verdict, r.detail = wrong, firstLine(output, "panic: ")
	}
	return r
}

// interpreterFailed recognises failures that the program itself did not raise.
var interpreterFailed = regexp.MustCompile(`(?m)^(panic in a goroutine: )?((runtime|internal) error: .*|panic: (reflect|interp|json|xml)[:. ].*)`)

// firstLine finds the first line of output that contains one of the marks, tried in order, else the first line.
func firstLine(output string, marks ...string) string {
	for _, mark := range marks {
		for line := range strings.Lines(output) {
			if strings.Contains(line, mark) {
				return strings.TrimSpace(line)
			}
		}
	}
	line, _, _ := strings.Cut(output, "\n")
	return strings.TrimSpace(line)
}

// difference shows the first line in which output is not want.
func difference(output, want string) string {
	got, expected := strings.Split(output, "\n"), strings.Split(want, "\n")
	for i := range max(len(got), len(expected)) {
		line := func(lines []string) string {
			if i < len(lines) {
				return lines[i]
			}
			return "(end)"
		}
		if g, w := line(got), line(expected); g != w {
			return fmt.Sprintf("line %d: %q, want %q", i+1, g, w)
		}
	}
	return ""
}

func write(name string, results []result) error {
	file, err := os.Create(name)
	if err != nil {
		return err
	}
	w := bufio.NewWriter(file)
	for _, r := range results {
		fmt.Fprintf(w, "%s\t%s\t%.2f\t%s\n", r.verdict, r.name, r.took.Seconds(), r.detail)
	}
	if err := w.Flush(); err != nil {
		return err
	}
	return file.Close()
}

// summarize prints a table: a line a folder, a column a verdict.
func summarize(results []result) {
	counts := map[string]map[verdict]int{"all": {}}
	for _, r := range results {
		dir := filepath.Dir(r.name)
		if counts[dir] == nil {
			counts[dir] = map[verdict]int{}
		}
		counts[dir][r.verdict]++
		counts["all"][r.verdict]++
	}
	var dirs []string
	for dir := range counts {
		if dir != "all" {
			dirs = append(dirs, dir)
		}
	}
	slices.Sort(dirs)
	fmt.Printf("%-24s%9s", "", "programs")
	for _, v := range verdicts {
		fmt.Printf("%9s", v)
	}
	fmt.Println()
	for _, dir := range append(dirs, "all") {
		total := 0
		for _, n := range counts[dir] {
			total += n
		}
		fmt.Printf("%-24s%9d", dir, total)
		for _, v := range verdicts {
			fmt.Printf("%9d", counts[dir][v])
		}
		fmt.Println()
	}
	if n := len(results); n > 0 {
		fmt.Printf("right: %.1f %%\n", 100*float64(counts["all"][right])/float64(n))
	}
}
