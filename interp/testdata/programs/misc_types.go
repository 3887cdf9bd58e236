package main

import (
	"encoding"
	"errors"
	"flag"
	"fmt"
	"io"
	"log/slog"
	"os"
	"sort"
	"strconv"
	"strings"
	"sync/atomic"
	"time"
)

type Level int8

const (
	Debug Level = iota - 1
	Info
	Warn
)

var levelNames = map[Level]string{Debug: "DEBUG", Info: "INFO", Warn: "WARN"}

func (l Level) String() string {
	if s, ok := levelNames[l]; ok {
		return s
	}
	return "Level(" + strconv.Itoa(int(l)) + ")"
}
func (l *Level) Set(s string) error {
	for k, v := range levelNames {
		if strings.EqualFold(v, s) {
			*l = k
			return nil
		}
	}
	return errors.New("unknown level " + s)
}
func (l Level) MarshalText() ([]byte, error) { return []byte(l.String()), nil }

type List []string

func (l *List) String() string     { return strings.Join(*l, ",") }
func (l *List) Set(s string) error { *l = append(*l, s); return nil }

type Money struct {
	units int64
	cur   string
}

func (m Money) Format(f fmt.State, c rune) {
	w, ok := f.Width()
	switch c {
	case 'v', 's':
		if f.Flag('+') {
			fmt.Fprint(f, "+")
		}
		fmt.Fprintf(f, "%d.%02d %s", m.units/100, m.units%100, m.cur)
	case 'd':
		fmt.Fprint(f, m.units, w, ok)
	default:
		fmt.Fprintf(f, "%%!%c(Money)", c)
	}
}

type G struct{ a, b int }

func (g G) GoString() string { return fmt.Sprintf("G<%d,%d>", g.a, g.b) }

type Err struct{ code int }

func (e *Err) Error() string { return "err " + strconv.Itoa(e.code) }

type Secret string

func (Secret) String() string         { return "***" }
func (s Secret) LogValue() slog.Value { return slog.StringValue("hidden") }

type Set map[string]bool

func (s Set) String() string {
	keys := make([]string, 0, len(s))
	for k := range s {
		keys = append(keys, k)
	}
	sort.Strings(keys)
	return "{" + strings.Join(keys, " ") + "}"
}

type Duration struct{ time.Duration }

func (d *Duration) UnmarshalText(b []byte) (err error) {
	d.Duration, err = time.ParseDuration(string(b))
	return
}

type ReadCounter struct {
	io.Reader
	n atomic.Int64
}

func (r *ReadCounter) Read(p []byte) (n int, err error) {
	n, err = r.Reader.Read(p)
	r.n.Add(int64(n))
	return
}

type Weekday = time.Weekday
type Point struct{ X, Y int }
type Path []Point

func (p Path) Len() (n int) {
	for i := 1; i < len(p); i++ {
		n += abs(p[i].X-p[i-1].X) + abs(p[i].Y-p[i-1].Y)
	}
	return
}

type number interface{ ~int | ~int64 | ~float64 }

func abs[T number](x T) T {
	if x < 0 {
		return -x
	}
	return x
}

type Status struct {
	Code int
	Text string
	Sub  *Status
	Data map[string]any
	Tags []Level
	When time.Time
	Err  error
	f    func()
	ch   chan int
}

type Celsius float64
type Temp interface{ ~float64 }

func avg[T Temp](ts ...T) T {
	var s T
	for _, t := range ts {
		s += t
	}
	return s / T(len(ts))
}

type Tuple[A any, B any] struct {
	A A
	B B
}

func mk[A, B any](a A, b B) Tuple[A, B] { return Tuple[A, B]{a, b} }

func main() {
	fmt.Println(Debug, Warn, Level(9), []Level{Info, Warn}, map[Level]int{Warn: 1, Debug: 2}, struct{ L Level }{Info}, &[]Level{Info})
	fmt.Printf("%v %d %s %q %x %5v| %-7v| %05d %T %+v %#v\n", Warn, Warn, Warn, Warn, Warn, Warn, Warn, Warn, Warn, Warn, Warn)
	fs := flag.NewFlagSet("t", flag.ContinueOnError)
	fs.SetOutput(io.Discard)
	lv, ls := Info, List{}
	fs.Var(&lv, "level", "`level`")
	fs.Var(&ls, "l", "list")
	n := fs.Int("n", 3, "number")
	d := fs.Duration("d", time.Second, "dur")
	fmt.Println(fs.Parse([]string{"-level", "warn", "-l", "a", "-l=b", "-n=7", "-d", "2m", "rest", "-x"}), lv, ls, *n, *d, fs.Args())
	fmt.Println(fs.Parse([]string{"-level", "nope"}))
	m := Money{12345, "EUR"}
	fmt.Printf("%v %+v %s %d %6d %x %v\n", m, m, m, m, m, m, []Money{m})
	fmt.Println(m, &m, struct{ M Money }{m}, map[string]Money{"a": m})
	fmt.Printf("%#v %v %#v %#v\n", G{1, 2}, G{1, 2}, []G{{3, 4}}, struct{ g G }{G{5, 6}})
	var err error = &Err{5}
	fmt.Printf("%v %s %q %d\n", err, err, err, err.(*Err).code)
	fmt.Println(Secret("x"), []Secret{"a"}, map[Secret]Secret{"k": "v"}, struct{ S Secret }{"y"}, struct{ s Secret }{"z"})
	fmt.Printf("%s %v %q %x\n", Secret("x"), Secret("x"), Secret("x"), Secret("x"))
	fmt.Println(Set{"b": true, "a": false}, len(Set{}), Set(nil))
	var tu encoding.TextUnmarshaler = &Duration{}
	fmt.Println(tu.UnmarshalText([]byte("90s")), tu, tu.(*Duration).Minutes())
	rc := &ReadCounter{Reader: strings.NewReader("hello world")}
	text, _ := io.ReadAll(rc)
	fmt.Println(len(text), rc.n.Load())
	var wd Weekday = time.Tuesday
	fmt.Printf("%v %d %T\n", wd, wd, wd)
	fmt.Println(Path{{0, 0}, {3, -4}, {1, 1}}.Len(), abs(-2.5), abs(int64(-3)), avg(Celsius(20), 25))
	fmt.Printf("%T %v %T %+v\n", avg[Celsius](1), mk(1, "x"), mk(Info, &lv), mk([]int{1}, map[string]int{"a": 1}))
	st := Status{Code: 1, Text: "t", Sub: &Status{}, Data: map[string]any{"l": Warn, "a": 1}, Tags: []Level{Debug}, Err: err}
	st.Sub = nil
	fmt.Printf("%v\n%+v\n", st, st)
	fmt.Printf("%v %+v\n", &st == nil, &struct {
		P *Point
		L Level
		I interface{}
	}{nil, Warn, Point{1, 2}})
	lg := slog.New(slog.NewTextHandler(os.Stdout, &slog.HandlerOptions{Level: slog.LevelDebug, ReplaceAttr: func(_ []string, a slog.Attr) slog.Attr {
		if a.Key == slog.TimeKey {
			return slog.Attr{}
		}
		return a
	}}))
	lg.Info("msg", "level2", Warn, "pt", Point{1, 2}, "err", err, "secret", Secret("s"), slog.Group("g", "a", 1))
	lg.With("w", 1).Debug("dbg", "set", Set{"q": true})
	jl := slog.New(slog.NewJSONHandler(os.Stdout, &slog.HandlerOptions{ReplaceAttr: func(_ []string, a slog.Attr) slog.Attr {
		if a.Key == slog.TimeKey {
			return slog.Attr{}
		}
		return a
	}}))
	jl.Warn("j", "pt", Point{3, 4}, "lv", Warn, "err", err, "dur", time.Second)
	t := time.Date(2023, 12, 31, 23, 59, 59, 999, time.UTC)
	fmt.Println(t.Add(time.Nanosecond*1).Format("2006-01-02T15:04:05.000000000"), t.Month())
	dd := 36*time.Hour + 15*time.Minute
	fmt.Printf("%v %s %.2f %d\n", dd, dd, dd.Hours(), dd)
	fmt.Println(time.Unix(1700000000, 0).UTC(), t.Compare(t.Add(1)), time.Duration(0), time.Month(5), t.AddDate(0, 2, 0).Format("Jan 2, 2006"))
	var x any = Warn
	switch v := x.(type) {
	case fmt.Stringer:
		fmt.Println("stringer", v)
	}
	switch x.(type) {
	case int8:
		fmt.Println("int8")
	case Level:
		fmt.Println("Level")
	}
	_, isInt := x.(int8)
	fmt.Println(isInt, x == Level(1), x == int8(1), x == any(Warn))
	var ip *int
	var e2 error
	fmt.Println(ip == nil, e2 == nil, any(ip) == nil, any(e2) == nil)
	fmt.Printf("%v %v %s %d %t\n", nil, ip, e2, []any{1, "a", nil}, "x")
	fmt.Printf("%[2]d %[1]d %d\n", 1, 2)
	fmt.Printf("%*d|%-*d|%.*f\n", 5, 42, 5, 42, 2, 3.14159)
	fmt.Printf("%t %v %08.3f %+.2e %g %6.3g|\n", true, false, 3.14159, 12345.678, 1e21, 0.00001234)
	fmt.Printf("%q %v %s %x\n", []string{"a b", "c"}, []byte("hi"), []byte("hi"), []string{"a", "b"})
	fmt.Printf("%v %v %+v\n", [3]bool{true}, [2][2]int{{1, 2}, {3, 4}}, []struct{ A, B int }{{1, 2}})
	fmt.Printf("%T %T %T %T %T %T\n", x, st, &st, []any{}, func(int) (string, error) { return "", nil }, map[Level][]*Point{})
	fmt.Println(fmt.Sprint("a", 1, 2, "b", "c", 3.0, nil, 'x'), fmt.Sprintln("a", 1))
	var a, b, c int
	var w string
	k, err := fmt.Sscanf("10-20 abc 0x1f", "%d-%d %s %v", &a, &b, &w, &c)
	fmt.Println(k, err, a, b, w, c)
	k, err = fmt.Sscan("1 2 x", &a, &b, &c)
	fmt.Println(k, err, a, b)
}
