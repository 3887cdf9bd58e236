package tensor

import (
	"crypto/sha256"
	"encoding/hex"
	"encoding/json"
	"math"
	"os"
	"strconv"
	"strings"
	"testing"
)

// weights are probabilities as random_golden.py makes them.
func weights(n int) *Tensor {
	return As(Float64).Arange(0, float64(n), 1).MulScalar(7).RemainderScalar(5).AddScalar(1).DivScalar(8)
}

// uneven are weights whose sums are rounded.
func uneven(n int) *Tensor {
	return As(Float64).Arange(0, float64(n), 1).MulScalar(7919).RemainderScalar(1009).AddScalar(1).DivScalar(1013)
}

func flipped(n int, d DType) *Tensor { return As(d).Zeros(n, 3).T() }

// draws are the functions that random_golden.py calls by the same names.
var draws = map[string]func(n int) *Tensor{
	"rand": func(n int) *Tensor { return Rand(n) }, "rand float64": func(n int) *Tensor { return As(Float64).Rand(n) },
	"rand float16": func(n int) *Tensor { return As(Float16).Rand(n) }, "rand bfloat16": func(n int) *Tensor { return As(BFloat16).Rand(n) },
	"randn": func(n int) *Tensor { return Randn(n) }, "randn float16": func(n int) *Tensor { return As(Float16).Randn(n) },
	"randn bfloat16": func(n int) *Tensor { return As(BFloat16).Randn(n) }, "randn matrix": func(n int) *Tensor { return Randn(n, 3) },
	"rand_like transposed": func(n int) *Tensor { return RandLike(Zeros(n, 2).T()) }, "randn_like transposed": func(n int) *Tensor { return RandnLike(Zeros(n, 2).T()) },
	"randn_like": func(n int) *Tensor { return RandnLike(Zeros(n, 2)) }, "rand_like": func(n int) *Tensor { return RandLike(Zeros(n, 2)) },
	"randint": func(n int) *Tensor { return RandInt(-3, 11, n) }, "randint int32": func(n int) *Tensor { return As(Int32).RandInt(0, 1000, n) },
	"randint wide": func(n int) *Tensor { return RandInt(0, 1<<40, n) }, "randperm": RandPerm,
	"normal":   func(n int) *Tensor { return Normal(weights(n).Float(), weights(n).Float().MulScalar(2)) },
	"normal_":  func(n int) *Tensor { return Empty(n).NormalInPlace(1.5, 0.3) },
	"uniform_": func(n int) *Tensor { return Empty(n).UniformInPlace(-1, 3) }, "uniform_ float64": func(n int) *Tensor { return As(Float64).Empty(n).UniformInPlace(-1, 3) },
	"uniform_ float16":  func(n int) *Tensor { return As(Float16).Empty(n).UniformInPlace(-1, 3) },
	"uniform_ bfloat16": func(n int) *Tensor { return As(BFloat16).Empty(n).UniformInPlace(-1, 3) },
	"normal_ strided":   func(n int) *Tensor { return flipped(n, Float32).NormalInPlace(0, 1) }, "uniform_ strided": func(n int) *Tensor { return flipped(n, Float32).UniformInPlace(0, 1) },
	"bernoulli": func(n int) *Tensor { return weights(n).Float().Bernoulli() }, "bernoulli float64": func(n int) *Tensor { return weights(n).Bernoulli() },
	"bernoulli float16": func(n int) *Tensor { return weights(n).Cast(Float16).Bernoulli() }, "bernoulli_": func(n int) *Tensor { return Empty(n).BernoulliInPlace(0.3) },
	"bernoulli_ float64": func(n int) *Tensor { return As(Float64).Empty(n).BernoulliInPlace(0.3) },
	"exponential_":       func(n int) *Tensor { return Empty(n).ExponentialInPlace(1.5) }, "exponential_ float16": func(n int) *Tensor { return As(Float16).Empty(n).ExponentialInPlace(1.5) },
	"cauchy_ float64": func(n int) *Tensor { return As(Float64).Empty(n).CauchyInPlace(0.5, 1.5) },
	"cauchy_ float16": func(n int) *Tensor { return As(Float16).Empty(n).CauchyInPlace(0, 1) },
	"cauchy_":         func(n int) *Tensor { return Empty(n).CauchyInPlace(0.5, 1.5) }, "log_normal_": func(n int) *Tensor { return Empty(n).LogNormalInPlace(0.5, 1.5) },
	"log_normal_ float64": func(n int) *Tensor { return As(Float64).Empty(n).LogNormalInPlace(-1, 0.3) }, "log_normal_ strided": func(n int) *Tensor { return flipped(n, Float32).LogNormalInPlace(1, 2) },
	"geometric_": func(n int) *Tensor { return Empty(n).GeometricInPlace(0.3) }, "geometric_ float16": func(n int) *Tensor { return As(Float16).Empty(n).GeometricInPlace(0.9) },
	"poisson": func(n int) *Tensor { return weights(n).Float().MulScalar(4).Poisson() }, "poisson of many": func(n int) *Tensor { return weights(n).MulScalar(1000).Poisson() },
	"randn float64": func(n int) *Tensor { return As(Float64).Randn(n) }, "normal_ float64": func(n int) *Tensor { return As(Float64).Empty(n).NormalInPlace(1.5, 0.3) },
	"exponential_ float64": func(n int) *Tensor { return As(Float64).Empty(n).ExponentialInPlace(1.5) },
	"geometric_ float64":   func(n int) *Tensor { return As(Float64).Empty(n).GeometricInPlace(0.3) },
	"randint int8":         func(n int) *Tensor { return As(Int8).RandInt(-9, 100, n) }, "randint bool": func(n int) *Tensor { return As(Bool).RandInt(0, 2, n) },
	"randint float32": func(n int) *Tensor { return As(Float32).RandInt(0, 50, n) },
	"randn complex64": func(n int) *Tensor { return As(Complex64).Randn(n) }, "rand complex128": func(n int) *Tensor { return As(Complex128).Rand(n) },
	"bernoulli_ bfloat16": func(n int) *Tensor { return As(BFloat16).Empty(n).BernoulliInPlace(0.3) },
	"poisson float64":     func(n int) *Tensor { return weights(n).Poisson() },
	"multinomial":         func(n int) *Tensor { return weights(n).Float().Multinomial(min(n, 1000), false) }, "multinomial one": func(n int) *Tensor { return weights(n).Float().Multinomial(1, false) },
	"multinomial replacement":          func(n int) *Tensor { return weights(n).Float().Multinomial(20, true) },
	"multinomial replacement float64":  func(n int) *Tensor { return weights(n).Multinomial(20, true) },
	"multinomial replacement rows":     func(n int) *Tensor { return weights(3*n).Float().View(3, n).Multinomial(5, true) },
	"multinomial replacement bfloat16": func(n int) *Tensor { return uneven(n).Cast(BFloat16).Multinomial(20, true) },
	"multinomial replacement uneven":   func(n int) *Tensor { return uneven(n).Float().Multinomial(20, true) },
	"uniform_ narrow float16":          func(n int) *Tensor { return As(Float16).Empty(n).UniformInPlace(-2.904, -2.755) },
	"randn complex128":                 func(n int) *Tensor { return As(Complex128).Randn(n) },
	"multinomial one replacement":      func(n int) *Tensor { return weights(n).Float().Multinomial(1, true) },
	"dropout":                          func(n int) *Tensor { return weights(n).Float().Dropout(0.3) }, "dropout transposed": func(n int) *Tensor { return Ones(n, 3).T().Dropout(0.5) }, "dropout float64": func(n int) *Tensor { return weights(n).Dropout(0.7) },
	"uniform_ narrow":                 func(n int) *Tensor { return Empty(n).UniformInPlace(1e6, 1e6+1) },
	"uniform_ narrow float64":         func(n int) *Tensor { return As(Float64).Empty(n).UniformInPlace(1e15, 1e15+1) },
	"uniform_ complex64 strided":      func(n int) *Tensor { return flipped(n, Complex64).UniformInPlace(-1, 2) },
	"normal_ complex128":              func(n int) *Tensor { return As(Complex128).Empty(n).NormalInPlace(1.5, 0.3) },
	"randn_like complex64 transposed": func(n int) *Tensor { return RandnLike(flipped(n, Complex64)) },
	"dropout complex64":               func(n int) *Tensor { return weights(n).Cast(Complex64).Dropout(0.3) },
	"bernoulli_ int64 strided":        func(n int) *Tensor { return flipped(n, Int64).BernoulliInPlace(0.3) },
	"bernoulli_ bool":                 func(n int) *Tensor { return As(Bool).Empty(n).BernoulliInPlace(0.3) },
	"geometric_ int32":                func(n int) *Tensor { return As(Int32).Empty(n).GeometricInPlace(0.3) },
	"randint bfloat16 wide":           func(n int) *Tensor { return As(BFloat16).RandInt(-1001, 1000, n) },
	"random_ float16":                 func(n int) *Tensor { return As(Float16).Empty(n).RandIntInPlace(2049, 4095) },
	"randint_like transposed":         func(n int) *Tensor { return RandIntLike(flipped(n, Int16), -5, 500) },
	"randperm int32":                  func(n int) *Tensor { return As(Int32).RandPerm(n) },
	"dropout of none":                 func(n int) *Tensor { return Cat([]*Tensor{weights(n).Float().Dropout(0), Rand(n)}, 0) },
}

func init() {
	for d := Float32; d < Complex64; d++ {
		draws["random_() "+d.String()] = func(n int) *Tensor { return flipped(n, d).RandomInPlace() }
	}
}

// Random functions return PyTorch's numbers, byte for byte.
func TestRandomGoldens(t *testing.T) {
	data, err := os.ReadFile("testdata/random_golden.json")
	if err != nil {
		t.Fatal(err)
	}
	var goldens map[string]map[string][]struct {
		N      int
		SHA256 string
		First  []float64
	}
	if err := json.Unmarshal(data, &goldens); err != nil {
		t.Fatal(err)
	}
	defer ManualSeed(0)
	for name, draw := range draws {
		t.Run(name, func(t *testing.T) {
			if len(goldens[name]) == 0 {
				t.Fatal("no golden")
			}
			for seed, want := range goldens[name] {
				s, _ := strconv.Atoi(seed)
				ManualSeed(s)
				for _, w := range want {
					x := draw(w.N)
					if sum := sha256.Sum256(x.Bytes()); hex.EncodeToString(sum[:]) != w.SHA256 {
						t.Errorf("seed %s, size %d begins %v, PyTorch's %v", seed, w.N, x.Flatten().Slice(0, 0, min(2, w.N), 1), w.First)
						return
					}
				}
			}
		})
	}
	if len(draws) != len(goldens) {
		t.Errorf("%d functions, %d goldens", len(draws), len(goldens))
	}
}

// What PyTorch refuses to draw is refused, by the name of what was called.
func TestRandomErrors(t *testing.T) {
	ints := Of([]int{1, 2})
	for op, calls := range map[string][]func(){
		"UniformInPlace":   {func() { Empty(1).UniformInPlace(2, 1) }, func() { Empty(1).UniformInPlace(-3e38, 3e38) }, func() { As(Float16).Empty(1).UniformInPlace(0, 1e5) }, func() { ints.UniformInPlace(0, 1) }},
		"NormalInPlace":    {func() { Empty(1).NormalInPlace(0, -1) }, func() { Empty(1).NormalInPlace(0, math.NaN()) }, func() { ints.NormalInPlace(0, 1) }},
		"RandInt":          {func() { RandInt(2, 2, 1) }, func() { As(UInt8).RandInt(0, 257, 1) }, func() { As(Int8).RandInt(-129, 0, 1) }, func() { As(Bool).RandInt(0, 3, 1) }, func() { As(BFloat16).RandInt(1001, 1002, 1) }, func() { As(Complex64).RandInt(0, 2, 1) }},
		"RandIntLike":      {func() { RandIntLike(As(UInt8).Empty(1), -1, 2) }, func() { RandIntLike(As(Complex64).Empty(1), 0, 2) }},
		"Randn":            {func() { As(DType(99)).Randn(1) }, func() { As(Int64).Randn(1) }},
		"RandPerm":         {func() { As(Int8).RandPerm(129) }, func() { As(Float16).RandPerm(2050) }, func() { As(Bool).RandPerm(2) }},
		"RandLike":         {func() { RandLike(ints) }},
		"RandnLike":        {func() { RandnLike(ints) }},
		"Dropout":          {func() { ints.Dropout(0.5) }},
		"BernoulliInPlace": {func() { As(Complex64).Empty(1).BernoulliInPlace(0.5) }},
		"RandomInPlace":    {func() { As(Complex64).Empty(1).RandomInPlace() }},
		"GeometricInPlace": {func() { As(Bool).Empty(1).GeometricInPlace(0.5) }},
	} {
		for i, call := range calls {
			if err := errorOf(call); err == nil || !strings.HasPrefix(err.Error(), op+":") {
				t.Errorf("%s, case %d: error %v", op, i, err)
			}
		}
	}
}

// Within Use every random function of the goroutine, and of no other, draws from the generator.
func TestGeneratorUse(t *testing.T) {
	defer ManualSeed(0)
	draw := func() *Tensor {
		return Cat([]*Tensor{Rand(2), Empty(2).NormalInPlace(0, 1), Full(0.5, 2).Bernoulli(), Ones(2).Dropout(0.5), Ones(2).Poisson()}, 0)
	}
	ManualSeed(7)
	want, after := draw(), Rand(1)
	g, elsewhere := NewGenerator(7), make(chan *Tensor)
	ManualSeed(7)
	g.Use(func() {
		if x := draw(); !x.Equal(want) {
			t.Errorf("drew %v, want %v", x, want)
		}
		NewGenerator(1).Use(func() { Rand(3) })
		if x := Rand(1); !x.Equal(after) {
			t.Errorf("then drew %v, want %v", x, after)
		}
		go func() { elsewhere <- draw() }()
		if x := <-elsewhere; !x.Equal(want) {
			t.Errorf("another goroutine drew %v, want %v of the default generator", x, want)
		}
		ManualSeed(3)
	})
	if x := Rand(1); !x.Equal(NewGenerator(3).rand(1)) {
		t.Errorf("the default generator drew %v after ManualSeed(3)", x)
	}
}

func (g *Generator) rand(n int) *Tensor { return Factory{}.From(g).Rand(n) }

// What np.random.seed(3) and its functions give, one after the other.
func TestNumPyRand(t *testing.T) {
	r := NewNumPyRand(3)
	wantValues(t, "uniform", r.Uniform(-1, 2, 3), []int{3}, 0.6523937077237265, 1.1244434678543147, -0.12728578326116702)
	wantValues(t, "normal", r.Normal(1, 0.5, 3), []int{3}, 1.4902769351454417, 1.013509520897262, 0.7699789396686582)
	wantValues(t, "randint", r.RandInt(0, 10, 5), []int{5}, 7, 8, 1, 6, 2)
	wantValues(t, "permutation", r.Permutation(5), []int{5}, 4, 1, 0, 3, 2)
	r = NewNumPyRand(3)
	wantValues(t, "exponential", r.Exponential(2, 3), []int{3}, 1.6005647737649595, 2.4630156934806897, 0.6875308033823906)
	wantValues(t, "poisson", r.Poisson(20, 4), []int{4}, 20, 27, 16, 19)
	wantValues(t, "choice", r.Choice(5, 4, true), []int{4}, 0, 2, 1, 2)
	wantValues(t, "choice with probabilities", r.Choice(5, 3, true, 0.1, 0, 0.5, 0.2, 0.2), []int{3}, 3, 2, 0)
	wantValues(t, "choice without replacement", r.Choice(6, 4, false), []int{4}, 5, 4, 0, 1)
	p := []float64{0.1, 0, 0.5, 0.2, 0.1, 0.1}
	wantValues(t, "choice of all that can be", r.Choice(6, 5, false, p...), []int{5}, 2, 4, 5, 3, 0)
	wantValues(t, "choice of some", r.Choice(6, 3, false, p...), []int{3}, 0, 2, 5)
	wantValues(t, "rand", r.Rand(), nil, 0.3989909542947563)
	for i, f := range []func(){
		func() { r.Choice(0, 0, true) }, func() { r.Choice(2, 3, false) }, func() { r.Choice(2, 1, true, 0.5) }, func() { r.Choice(2, 1, true, 1.5, -0.5) },
		func() { r.Choice(6, 6, false, p...) }, func() { r.Exponential(-1) }, func() { r.Poisson(math.NaN()) },
	} {
		if errorOf(f) == nil {
			t.Errorf("wrong call %d passes", i)
		}
	}
	for _, seed := range []int{-1, 1 << 32} {
		if errorOf(func() { NewNumPyRand(seed) }) == nil {
			t.Errorf("seed %d passes", seed)
		}
	}
}
