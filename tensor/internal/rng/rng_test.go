package rng

import (
	"bytes"
	"crypto/sha256"
	_ "embed"
	"encoding/base64"
	"encoding/binary"
	"encoding/hex"
	"encoding/json"
	"math"
	"math/big"
	"testing"
)

//go:embed testdata/golden.json
var goldenJSON []byte

// golden is what testdata/golden.py recorded: for each op, each seed and each size in turn, the bytes drawn.
var golden struct {
	Cases []struct {
		Op    string
		Seeds []uint64
		Sizes []int
		Want  [][]string
	}
	States []struct {
		Drawn  int
		SHA256 string
		Next   string
	}
}

func init() {
	if err := json.Unmarshal(goldenJSON, &golden); err != nil {
		panic(err)
	}
}

func f32(n int, fill func([]float32)) any { d := make([]float32, n); fill(d); return d }
func f64(n int, fill func([]float64)) any { d := make([]float64, n); fill(d); return d }
func i64(n int, fill func([]int64)) any   { d := make([]int64, n); fill(d); return d }

var draws = map[string]func(g *Generator, n int) any{
	"rand f32":       func(g *Generator, n int) any { return f32(n, func(d []float32) { g.UniformF32(d, 0, 1) }) },
	"uniform f32":    func(g *Generator, n int) any { return f32(n, func(d []float32) { g.UniformF32(d, -0.3, 0.37) }) },
	"rand f64":       func(g *Generator, n int) any { return f64(n, func(d []float64) { g.UniformF64(d, 0, 1) }) },
	"uniform f64":    func(g *Generator, n int) any { return f64(n, func(d []float64) { g.UniformF64(d, -0.3, 0.37) }) },
	"randn f32":      func(g *Generator, n int) any { return f32(n, func(d []float32) { g.NormalF32(d, 0, 1) }) },
	"normal f32":     func(g *Generator, n int) any { return f32(n, func(d []float32) { g.NormalF32(d, 1.7, 0.3) }) },
	"randn f64":      func(g *Generator, n int) any { return f64(n, func(d []float64) { g.NormalF64(d, 0, 1) }) },
	"normal f64":     func(g *Generator, n int) any { return f64(n, func(d []float64) { g.NormalF64(d, 1.7, 0.3) }) },
	"randint 10":     func(g *Generator, n int) any { return i64(n, func(d []int64) { g.RandInt(d, -3, 10) }) },
	"randint 2^28":   func(g *Generator, n int) any { return i64(n, func(d []int64) { g.RandInt(d, 0, 1<<28) }) },
	"randint 2^28-1": func(g *Generator, n int) any { return i64(n, func(d []int64) { g.RandInt(d, 0, 1<<28-1) }) },
	"randint 2^40":   func(g *Generator, n int) any { return i64(n, func(d []int64) { g.RandInt(d, -5, 1<<40) }) },
	"randperm":       func(g *Generator, n int) any { return g.Perm(n) },
	"bernoulli 0.3":  func(g *Generator, n int) any { return f64(n, func(d []float64) { g.Bernoulli(d, 0.3) }) },
	"bernoulli f32 0.3": func(g *Generator, n int) any {
		return f64(n, func(d []float64) { g.Bernoulli(d, 0.3) })
	},
	"dropout 0.7": func(g *Generator, n int) any {
		return f64(n, func(d []float64) { g.Bernoulli(d, 1-0.7) })
	},
	"exponential f64": func(g *Generator, n int) any { return f64(n, func(d []float64) { g.Exponential(d, 1.5) }) },
	"exponential f32": func(g *Generator, n int) any {
		d := make([]float64, n)
		g.Exponential(d, 1.5)
		return f32(n, func(f []float32) {
			for i := range f {
				f[i] = float32(d[i])
			}
		})
	},
}

var numpyDraws = map[string]func(r *NumPy, n int) any{
	"numpy rand":           func(r *NumPy, n int) any { return f64(n, r.Rand) },
	"numpy randint":        func(r *NumPy, n int) any { return i64(n, func(d []int64) { r.RandInt(d, -3, 11) }) },
	"numpy randint wide":   func(r *NumPy, n int) any { return i64(n, func(d []int64) { r.RandInt(d, 0, 1<<40) }) },
	"numpy randint of one": func(r *NumPy, n int) any { return i64(n, func(d []int64) { r.RandInt(d, 7, 8) }) },
	"numpy permutation": func(r *NumPy, n int) any {
		return i64(n, func(d []int64) {
			for i := range d {
				d[i] = int64(i)
			}
			r.Shuffle(n, func(i, j int) { d[i], d[j] = d[j], d[i] })
		})
	},
	"numpy exponential": func(r *NumPy, n int) any { return f64(n, func(d []float64) { r.Exponential(d, 2.5) }) },
	"numpy poisson 3.5": func(r *NumPy, n int) any { return i64(n, func(d []int64) { r.poissons(d, 3.5) }) },
	"numpy poisson 70":  func(r *NumPy, n int) any { return i64(n, func(d []int64) { r.poissons(d, 70) }) },
	"numpy randn":       func(r *NumPy, n int) any { return f64(n, r.Randn) },
}

func TestGolden(t *testing.T) {
	for _, c := range golden.Cases {
		t.Run(c.Op, func(t *testing.T) {
			for s, seed := range c.Seeds {
				g, r := New(seed), NewNumPy(uint32(seed))
				for i, n := range c.Sizes {
					var got any
					if draw, ok := draws[c.Op]; ok {
						got = draw(g, n)
					} else {
						got = numpyDraws[c.Op](r, n)
					}
					compare(t, seed, n, got, c.Want[s][i])
				}
			}
		})
	}
}

// compare checks the bytes of got against base64, or against a SHA-256 in hexadecimal.
func compare(t *testing.T, seed uint64, n int, got any, want string) {
	t.Helper()
	b, err := binary.Append(nil, binary.LittleEndian, got)
	if err != nil {
		t.Fatal(err)
	}
	if sum := sha256.Sum256(b); hex.EncodeToString(sum[:]) == want {
		return
	}
	w, err := base64.StdEncoding.DecodeString(want)
	if err == nil && bytes.Equal(b, w) {
		return
	}
	if len(w) != len(b) {
		t.Errorf("seed %d, size %d: the SHA-256 is not %s", seed, n, want)
		return
	}
	width := len(b) / n
	for i := 0; i < len(b); i += width {
		if !bytes.Equal(b[i:i+width], w[i:i+width]) {
			t.Errorf("seed %d, size %d, element %d: bytes %x, want %x", seed, n, i/width, b[i:i+width], w[i:i+width])
			return
		}
	}
}

func TestState(t *testing.T) {
	for _, s := range golden.States {
		g := New(1<<40 + 7)
		if s.Drawn == 3 {
			g.NormalF32(make([]float32, 3), 0, 1)
		} else {
			g.UniformF32(make([]float32, s.Drawn), 0, 1)
		}
		state := g.State()
		if sum := sha256.Sum256(state); hex.EncodeToString(sum[:]) != s.SHA256 {
			t.Errorf("after %d draws the state differs from torch.get_rng_state()", s.Drawn)
		}
		restored := New(0)
		if err := restored.SetState(state); err != nil {
			t.Fatal(err)
		}
		compare(t, restored.InitialSeed(), 5, f32(5, func(d []float32) { restored.NormalF32(d, 0, 1) }), s.Next)
	}
	if New(0).SetState(make([]byte, 5056)) == nil || New(0).SetState(nil) == nil {
		t.Error("SetState accepted bytes that are no state")
	}
}

// The tangent where its methods meet, as Python's math.tan takes it from glibc 2.36; random numbers cover the rest.
func TestTan(t *testing.T) {
	for x, want := range map[float64]float64{
		0: 0.0, 1e-09: 1e-09, 1e-08: 1e-08, 0.0078125: 0.007812658949600008, 0.05: 0.05004170837553879, 0.0608: 0.060875029515463135,
		0.07: 0.07011455787200271, 0.38610706177922177: 0.40651144972735453, 0.7536636000096282: 0.9384630621023436,
		0.7595962291951016: 0.9496832350016304, 0.787: 1.0032088159484203, 0.788: 1.00521725943451, math.Pi / 4: 0.9999999999999999,
		0.9060242185665508: 1.275868340520511, 0.9273779369681695: 1.3335631335860803, 1.326773106951408: 4.01630485423265,
		1.3899985610927006: 5.470644140153753, 1.52: 19.669527820558873, -1.4796737147033976: -10.943833445609522,
		-0.10799961645566147: -0.10842148434423551, math.Pi / 2: 1.633123935319537e+16, -1.5707963267948963: -3530114321217157.5,
	} {
		if got := tan(x); got != want {
			t.Errorf("tan(%v) is %v, want %v", x, got, want)
		}
	}
}

func TestFMA32(t *testing.T) {
	g := New(3)
	var w [3]uint32
	for range 200000 {
		for i := range w {
			w[i] = g.engine.uint32()
		}
		// Few bits in the factors and a small addend make ties between float32 common.
		x := math.Float32frombits(0x3f800000 | w[0]&0x7ff000)
		y := math.Float32frombits(0x3f800000 | w[1]&0x7ff800)
		z := math.Float32frombits(0x30000000 | w[2]&0x8fffffff)
		if got, want := fma32(x, y, z), bigFMA(x, y, z); got != want {
			t.Fatalf("fma32(%g, %g, %g) = %g, want %g", x, y, z, got, want)
		}
	}
}

// bigFMA rounds the exact x*y + z once.
func bigFMA(x, y, z float32) float32 {
	exact := func(v float32) *big.Float { return new(big.Float).SetPrec(400).SetFloat64(float64(v)) }
	p := exact(x)
	p.Mul(p, exact(y)).Add(p, exact(z))
	f, _ := p.Float32()
	return f
}

func BenchmarkNormalF32(b *testing.B) {
	g, d := New(0), make([]float32, 64*1000)
	for b.Loop() {
		g.NormalF32(d, 0, 1)
	}
}

func BenchmarkUniformF32(b *testing.B) {
	g, d := New(0), make([]float32, 64*1000)
	for b.Loop() {
		g.UniformF32(d, 0, 1)
	}
}

func BenchmarkNormalF64(b *testing.B) {
	g, d := New(0), make([]float64, 64*1000)
	for b.Loop() {
		g.NormalF64(d, 0, 1)
	}
}

func (r *NumPy) poissons(dst []int64, rate float64) {
	for i := range dst {
		dst[i] = int64(r.Poisson(rate))
	}
}
