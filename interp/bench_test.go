package interp

import (
	"context"
	"testing"

	"github.com/gophergrad/gophergrad/kernel"
)

// benchmarkCell measures one cell, run again and again in one session after the given cells.
func benchmarkCell(b *testing.B, code string, before ...string) {
	s, err := New()
	if err != nil {
		b.Fatal(err)
	}
	b.Cleanup(s.Close)
	count := 0
	run := func(code string) {
		count++
		out := &recorder{}
		if outcome := s.Execute(context.Background(), kernel.Cell{Code: code, Count: count}, out); outcome.Err != nil {
			b.Fatal(outcome.Err.Value)
		}
	}
	for _, code := range before {
		run(code)
	}
	b.ReportAllocs()
	for b.Loop() {
		run(code)
	}
}

func BenchmarkTrivialCell(b *testing.B) { benchmarkCell(b, "1 + 1") }

func BenchmarkAssignment(b *testing.B) { benchmarkCell(b, "x := 3") }

func BenchmarkThirtyLines(b *testing.B) { benchmarkCell(b, thirtyLines) }

const thirtyLines = `
type point struct{ x, y float64 }

func (p point) norm() float64 { return math.Sqrt(p.x*p.x + p.y*p.y) }

func centre(ps []point) point {
	var c point
	for _, p := range ps {
		c.x += p.x
		c.y += p.y
	}
	n := float64(len(ps))
	return point{c.x / n, c.y / n}
}

var ps []point
for i := range 10 {
	ps = append(ps, point{float64(i), float64(i * i)})
}
c := centre(ps)
total := 0.0
for _, p := range ps {
	if d := (point{p.x - c.x, p.y - c.y}).norm(); d > 1 {
		total += d
	}
}
names := map[string]float64{"x": c.x, "y": c.y}
for _, name := range slices.Sorted(maps.Keys(names)) {
	fmt.Sprintln(name, names[name])
}
total
`

// loops are what interpreted code costs, per turn of a loop.
func BenchmarkLoop(b *testing.B) {
	for name, body := range map[string]string{
		"empty": "", "float": "f = f*1.0001 + 1", "call": "add(i)", "method": "acc.add(i)", "closure": "fn(i)", "compiled": "math.Sqrt(f)",
		"map read": "x = m[i&1023]", "map count": "m[i&1023]++", "map range": "for k := range m { x = k; i++ }",
	} {
		b.Run(name, func(b *testing.B) {
			s, err := New()
			if err != nil {
				b.Fatal(err)
			}
			b.Cleanup(s.Close)
			out := &recorder{}
			for i, code := range []string{
				"type accum struct{ n int }\nfunc (a *accum) add(i int) { a.n += i }\nfunc add(i int) int { return i + 1 }",
				"f, acc, fn, m := 1.0, &accum{}, func(i int) int { return i + 1 }, map[int]int{}\nfor i := range 1_000_000 { m[i] = i }",
				"func loop(n int) {\nf, acc, fn, m, x := f, acc, fn, m, 0\n_, _, _, _, _ = f, acc, fn, m, x\nfor i := 0; i < n; i++ {" + body + "}}",
			} {
				if o := s.Execute(context.Background(), kernel.Cell{Code: code, Count: i + 1}, out); o.Err != nil {
					b.Fatal(o.Err.Value)
				}
			}
			b.ResetTimer()
			code := "loop(1000000)"
			for range b.N {
				if o := s.Execute(context.Background(), kernel.Cell{Code: code, Count: 9}, out); o.Err != nil {
					b.Fatal(o.Err.Value)
				}
			}
			b.ReportMetric(float64(b.Elapsed().Nanoseconds())/float64(b.N)/1e6, "ns/turn")
		})
	}
}
