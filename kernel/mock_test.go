package kernel

import (
	"context"
	"errors"
	"fmt"
	"io"
	"log/slog"
	"os"
	"strconv"
	"strings"
	"testing"
	"time"
)

// mock is a language whose every line is a command and its argument.
type mock struct{}

func (mock) Info() Info {
	return Info{
		Implementation: "mock", Version: "1", Banner: "mock kernel",
		Language: LanguageInfo{Name: "mock", Version: "1", MIMEType: "text/plain", FileExtension: ".mock"},
	}
}

func (m mock) Execute(ctx context.Context, cell Cell, out Output) (outcome Outcome) {
	for _, line := range strings.Split(cell.Code, "\n") {
		command, arg, _ := strings.Cut(line, " ")
		text := Bundle{Data: map[string]any{"text/plain": arg}}
		var err error
		switch command {
		case "print":
			out.Stream("stdout", arg+"\n")
		case "warn":
			out.Stream("stderr", arg+"\n")
		case "bytes": // one call for each byte
			for i := range len(arg) {
				out.Stream("stdout", arg[i:i+1])
			}
		case "halves": // cut inside the second rune of three, and long enough apart to be sent
			for _, half := range []string{arg[:4], arg[4:]} {
				out.Stream("stdout", half)
				out.Stream("stderr", half)
				time.Sleep(3 * streamDelay)
			}
		case "lines":
			n, _ := strconv.Atoi(arg)
			for i := range n {
				out.Stream("stdout", strconv.Itoa(i)+"\n")
			}
		case "displays":
			n, _ := strconv.Atoi(arg)
			for range n {
				out.Clear(true)
				out.Display(text, "")
				if err = context.Cause(ctx); err != nil {
					break
				}
			}
		case "updates":
			n, _ := strconv.Atoi(arg)
			for i := range n {
				out.Update(Bundle{Data: map[string]any{"text/plain": strconv.Itoa(i)}}, "id")
			}
		case "pause":
			time.Sleep(3 * streamDelay)
		case "value":
			out.Result(text)
		case "display":
			out.Display(text, "id")
		case "update":
			out.Update(text, "id")
		case "png":
			out.Display(Bundle{Data: map[string]any{"image/png": []byte("PNG"), "text/plain": "image"}}, "")
		case "badvalue":
			out.Display(Bundle{Data: map[string]any{"application/x": func() {}}}, "")
		case "clear":
			out.Clear(arg == "wait")
		case "page":
			outcome.Payload = append(outcome.Payload, Page(text, 0))
		case "badpayload":
			outcome.Payload = append(outcome.Payload, Payload{"source": func() {}})
		case "fail":
			err = errors.New(arg)
		case "panic":
			panic(arg)
		case "name":
			out.Stream("stdout", cell.Name)
		case "late":
			time.AfterFunc(100*time.Millisecond, func() { out.Stream("stdout", arg) })
		case "sleep":
			d, _ := time.ParseDuration(arg)
			select {
			case <-time.After(d):
			case <-ctx.Done():
				err = context.Cause(ctx)
			}
		case "hang": // deaf to interrupts
			time.Sleep(time.Hour)
		case "ask", "password":
			var answer string
			if answer, err = out.ReadLine(arg, command == "password"); err == nil {
				out.Stream("stdout", "got "+answer)
			}
		}
		if err != nil {
			name := "Failure"
			if errors.Is(err, ErrInterrupted) {
				name = "Interrupted"
			}
			outcome.Err = &CellError{Name: name, Value: err.Error(), Traceback: []string{line, err.Error()}}
			return outcome
		}
	}
	return outcome
}

func (mock) Beside(code string) bool { return strings.HasPrefix(code, "beside") }

func (mock) Evaluate(_ context.Context, expr string) (Bundle, error) {
	if expr == "bad" {
		return Bundle{}, errors.New("undefined: bad")
	}
	return Bundle{Data: map[string]any{"text/plain": "<" + expr + ">"}}, nil
}

func (mock) Complete(code string, cursor int) Completion {
	start := strings.LastIndexByte(code[:cursor], ' ') + 1
	c := Completion{Start: start, End: cursor}
	for _, word := range []string{"print", "page", "über"} {
		if strings.HasPrefix(word, code[start:cursor]) {
			c.Matches = append(c.Matches, Match{Text: word, Type: "keyword"})
		}
	}
	return c
}

func (mock) Inspect(code string, cursor, detail int) (Bundle, bool) {
	if !strings.HasPrefix(code, "print") {
		return Bundle{}, false
	}
	return Bundle{Data: map[string]any{"text/plain": fmt.Sprintf("print text, asked at %d with detail %d", cursor, detail)}}, true
}

func (mock) IsComplete(code string) Completeness {
	switch {
	case strings.HasSuffix(code, "\\"):
		return Completeness{Incomplete, "  "}
	case strings.HasPrefix(code, "?"):
		return Completeness{Status: Invalid}
	}
	return Completeness{Status: Complete}
}

// mockVariable makes the test binary a kernel of the mock language, for real clients to start.
const mockVariable = "GOPHERGRAD_MOCK_KERNEL"

func TestMain(m *testing.M) {
	if os.Getenv(mockVariable) == "" {
		os.Exit(m.Run())
	}
	k := New(mock{}, slog.New(slog.NewTextHandler(os.Stderr, nil)))
	k.Comms().Register("echo", echo)
	c, err := ReadConnection(os.Args[1])
	if err == nil {
		err = k.Run(context.Background(), c)
	}
	if err != nil {
		fmt.Fprintln(os.Stderr, err)
		os.Exit(1)
	}
}

// echo is a comm target that sends every message back, and says so in the output.
func echo(_ context.Context, c *Comm, m CommMessage, out Output) {
	c.Send(m)
	c.OnMessage(func(_ context.Context, c *Comm, m CommMessage, out Output) {
		out.Stream("stdout", "echo")
		c.Send(m)
	})
	c.OnClose(func(_ context.Context, c *Comm, m CommMessage, out Output) { out.Stream("stdout", "closed") })
}

var quiet = slog.New(slog.NewTextHandler(io.Discard, nil))
