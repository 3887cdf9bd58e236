package main

import (
	"bufio"
	"bytes"
	"context"
	"errors"
	"flag"
	"fmt"
	"io"
	"log/slog"
	"os"
	"strings"
	"time"
)

type E string

func (e E) Error() string { return string(e) }

type ctxT struct {
	context.Context
	n int
}

func newCtx(parent context.Context) context.Context { return &ctxT{parent, 1} }

type fullCtx struct{ parent context.Context }

func (c *fullCtx) Deadline() (time.Time, bool) { return c.parent.Deadline() }
func (c *fullCtx) Done() <-chan struct{}       { return c.parent.Done() }
func (c *fullCtx) Err() error                  { return c.parent.Err() }
func (c *fullCtx) Value(k any) any             { return c.parent.Value(k) }

type bf struct{ v bool }

func (b *bf) Set(s string) error { b.v = s == "true"; return nil }
func (b *bf) String() string     { return fmt.Sprint(b.v) }
func (b *bf) IsBoolFlag() bool   { return true }

type wr struct{ log []string }

func (w *wr) Write(p []byte) (int, error) { w.log = append(w.log, "Write"); return len(p), nil }
func (w *wr) WriteString(s string) (int, error) {
	w.log = append(w.log, "WriteString")
	return len(s), nil
}
func (w *wr) ReadFrom(r io.Reader) (int64, error) {
	w.log = append(w.log, "ReadFrom")
	b, err := io.ReadAll(r)
	return int64(len(b)), err
}

type txt struct{ s string }

func (t txt) String() string { return t.s }
func (t txt) MarshalText() ([]byte, error) {
	if t.s == "" {
		return nil, errors.New("text: empty string")
	}
	return fmt.Appendf(nil, "text{%q}", t.s), nil
}

type pan struct{}

func (pan) String() string { panic(io.ErrUnexpectedEOF) }

type hexs []byte

func (h *hexs) Scan(ss fmt.ScanState, verb rune) error {
	tok, err := ss.Token(true, nil)
	*h = hexs(strings.ToUpper(string(tok)) + string(verb))
	return err
}

type rb bool

func main() {
	args := []any{E("1"), E("2")}
	err := fmt.Errorf("two: %w %w", args...)
	fmt.Println(err, errors.Is(err, E("2")))
	ctx, cancel := context.WithCancel(newCtx(context.Background()))
	context.AfterFunc(ctx, func() { fmt.Println("after") })
	cancel()
	time.Sleep(10 * time.Millisecond)
	f := &fullCtx{context.Background()}
	stop := context.AfterFunc(f, func() {})
	fmt.Println(stop())
	fs := flag.NewFlagSet("x", flag.ContinueOnError)
	fs.SetOutput(os.Stdout)
	var b bf
	fs.Var(&b, "b", "usage")
	fmt.Println(fs.Parse([]string{"-b"}), b.v)
	w := &wr{}
	bw := bufio.NewWriterSize(w, 16)
	bw.WriteString(strings.Repeat("x", 40))
	bw.Flush()
	bw.ReadFrom(strings.NewReader(strings.Repeat("y", 40)))
	fmt.Println(w.log)
	w.log = nil
	io.WriteString(w, "x")
	io.Copy(w, io.LimitReader(strings.NewReader("abc"), 2))
	io.WriteString(io.MultiWriter(w, &bytes.Buffer{}), "x")
	fmt.Println(w.log)
	l := slog.New(slog.NewTextHandler(os.Stdout, &slog.HandlerOptions{ReplaceAttr: func(_ []string, a slog.Attr) slog.Attr {
		if a.Key == "time" {
			return slog.Attr{}
		}
		return a
	}}))
	l.Info("m", "t", txt{"abc"}, slog.Any("u", txt{""}))
	fmt.Printf("%s %v %d\n", pan{}, pan{}, pan{})
	var h hexs
	n, err := fmt.Sscanf("abc 7", "%s", &h)
	fmt.Println(n, err, string(h))
	var r rb
	ptrs := []any{&r, &h}
	n, err = fmt.Sscan("true word", ptrs...)
	fmt.Println(n, err, r, string(h))
	var a any = &r
	n, err = fmt.Sscan("false", a)
	fmt.Println(n, err, r)
}
