package tensor

import (
	"math"
	"sync"

	"github.com/gophergrad/gophergrad/tensor/internal/rng"
)

// DefaultSeed seeds the default generator until ManualSeed is called; a new
// value takes effect at the next random call.
var DefaultSeed = 0

// Generator is a source of random numbers: PyTorch's CPU generator, bit for bit.
type Generator struct {
	mu sync.Mutex
	g  *rng.Generator
}

// NewGenerator returns a generator with a seed of its own.
func NewGenerator(seed int) *Generator { return &Generator{g: rng.New(uint64(seed))} }

// Seed starts the generator's sequence anew.
func (g *Generator) Seed(seed int) {
	g.mu.Lock()
	defer g.mu.Unlock()
	g.g.Seed(uint64(seed))
}

// State returns the generator's state, for SetState.
func (g *Generator) State() []byte {
	g.mu.Lock()
	defer g.mu.Unlock()
	return g.g.State()
}

// SetState continues from a state that State returned.
func (g *Generator) SetState(state []byte) error {
	g.mu.Lock()
	defer g.mu.Unlock()
	return g.g.SetState(state)
}

var standard struct {
	sync.Mutex
	Generator
	seed   int // the DefaultSeed it was made with
	manual bool
}

// DefaultGenerator returns the generator that random functions use.
func DefaultGenerator() *Generator {
	standard.Lock()
	defer standard.Unlock()
	if standard.g == nil || !standard.manual && standard.seed != DefaultSeed {
		standard.seed = DefaultSeed
		standard.g = rng.New(uint64(DefaultSeed))
	}
	return &standard.Generator
}

// ManualSeed seeds the default generator, as torch.manual_seed does.
func ManualSeed(seed int) *Generator {
	g := DefaultGenerator()
	standard.Lock()
	standard.manual = true
	standard.Unlock()
	g.Seed(seed)
	return g
}

// Random64 draws 64 random bits, as the seeds of PyTorch's samplers are drawn.
func (g *Generator) Random64() uint64 {
	g.mu.Lock()
	defer g.mu.Unlock()
	return g.g.Random64()
}

// InitialSeed returns the number the generator was last seeded with.
func (g *Generator) InitialSeed() int {
	g.mu.Lock()
	defer g.mu.Unlock()
	return int(g.g.InitialSeed())
}

// uniform fills t with numbers in [lo, hi).
func (g *Generator) uniform(t *Tensor, lo, hi float64) {
	g.mu.Lock()
	defer g.mu.Unlock()
	if t.dtype == Float64 {
		g.g.UniformF64(slice[float64](t.storage), lo, hi)
		return
	}
	withFloat32(t, func(d []float32) { g.g.UniformF32(d, lo, hi) })
}

// normal fills t with normally distributed numbers.
func (g *Generator) normal(t *Tensor, mean, std float64) {
	g.mu.Lock()
	defer g.mu.Unlock()
	if t.dtype == Float64 {
		g.g.NormalF64(slice[float64](t.storage), mean, std)
		return
	}
	withFloat32(t, func(d []float32) { g.g.NormalF32(d, mean, std) })
}

// withFloat32 lets f fill a contiguous tensor through float32.
func withFloat32(t *Tensor, f func(d []float32)) {
	if t.dtype == Float32 {
		f(slice[float32](t.storage))
		return
	}
	d := make([]float32, t.NumEl())
	f(d)
	scatter(t, []int{len(d)}, []int{1}, 0, d)
}

// floating makes an empty tensor for random numbers, which must be floating.
func (f Factory) floating(op string, shape []int) *Tensor {
	d := f.dtypeOr(defaultDType)
	if !d.IsFloat() {
		fail(op, "random numbers of dtype %v do not exist; use a floating-point dtype or RandInt", d)
	}
	return f.make(op, shape, d)
}

// Rand returns numbers drawn uniformly from [0, 1).
func (f Factory) Rand(shape ...int) *Tensor {
	t := f.floating("Rand", shape)
	f.generator().uniform(t, 0, 1)
	return t
}

// Randn returns numbers drawn from the standard normal distribution.
func (f Factory) Randn(shape ...int) *Tensor {
	t := f.floating("Randn", shape)
	f.generator().normal(t, 0, 1)
	return t
}

// RandInt returns integers drawn uniformly from [low, high); Int64 unless the
// factory has a dtype.
func (f Factory) RandInt(low, high int, shape ...int) *Tensor {
	if low >= high {
		fail("RandInt", "the range [%d, %d) is empty", low, high)
	}
	t := f.make("RandInt", shape, f.dtypeOr(Int64))
	v := make([]int64, t.NumEl())
	g := f.generator()
	g.mu.Lock()
	g.g.RandInt(v, int64(low), int64(high))
	g.mu.Unlock()
	t.setInts(v)
	return t
}

// RandPerm returns the integers 0…n-1 in random order.
func (f Factory) RandPerm(n int) *Tensor {
	t := f.make("RandPerm", []int{n}, f.dtypeOr(Int64))
	g := f.generator()
	g.mu.Lock()
	v := g.g.Perm(n)
	g.mu.Unlock()
	t.setInts(v)
	return t
}

// Rand returns numbers drawn uniformly from [0, 1).
func Rand(shape ...int) *Tensor { return Factory{}.Rand(shape...) }

// Randn returns numbers drawn from the standard normal distribution.
func Randn(shape ...int) *Tensor { return Factory{}.Randn(shape...) }

// RandInt returns integers drawn uniformly from [low, high), as Int64.
func RandInt(low, high int, shape ...int) *Tensor { return Factory{}.RandInt(low, high, shape...) }

// RandPerm returns the integers 0…n-1 in random order.
func RandPerm(n int) *Tensor { return Factory{}.RandPerm(n) }

// RandLike returns uniform numbers of x's shape, dtype and device.
func RandLike(x *Tensor) *Tensor { return like(x).Rand(x.shape...) }

// RandnLike returns normal numbers of x's shape, dtype and device.
func RandnLike(x *Tensor) *Tensor { return like(x).Randn(x.shape...) }

// Normal returns normally distributed numbers of given means and standard
// deviations, which broadcast.
func Normal(mean, std *Tensor) *Tensor {
	shape := broadcast("Normal", mean.shape, std.shape)
	return like(mean).Randn(shape...).Mul(std).Add(mean)
}

// Bernoulli returns 1 with the probability that t's element is, else 0.
func (t *Tensor) Bernoulli() *Tensor {
	u := empty(t.shape, Float64)
	g := DefaultGenerator()
	g.uniform(u, 0, 1)
	return u.Lt(t.Detach()).Cast(t.dtype)
}

// Multinomial draws n positions of every row with probabilities in proportion
// to the row's elements; without replacement all are different.
func (t *Tensor) Multinomial(n int, replacement bool) *Tensor {
	t = t.Detach()
	if d := len(t.shape); d != 1 && d != 2 {
		failOn("Multinomial", []*Tensor{t}, "shape %s; weights are a vector or the rows of a matrix", shapeText(t.shape))
	}
	if t.LtScalar(0).AnyTrue().Item() != 0 || t.IsFinite().AllTrue().Item() == 0 || t.Sum(-1).EqScalar(0).AnyTrue().Item() != 0 {
		fail("Multinomial", "weights must be finite, not negative, and not all 0 in a row")
	}
	if replacement {
		c := t.Double().CumSum(-1)
		c = c.Div(c.Narrow(-1, c.Size(-1)-1, 1))
		u := As(Float64).Rand(append(t.Shape()[:len(t.shape)-1], n)...)
		return u.Unsqueeze(-1).Ge(c.Unsqueeze(-2)).Sum(-1).ClampMax(float64(t.Size(-1) - 1))
	}
	if n > t.Size(-1) {
		failOn("Multinomial", []*Tensor{t}, "%d different positions of %d; draw with replacement", n, t.Size(-1))
	}
	// the largest of p/q with q ~ Exp(1) are a draw without replacement
	q := EmptyLike(t).ExponentialInPlace(1)
	_, at := t.Div(q).TopK(n, -1)
	return at
}

// Option is a rare setting of [RandnOpt].
type Option func(*randOptions)

type randOptions struct {
	gen   *Generator
	scale float64
}

// WithSeed draws from a generator of its own with this seed.
func WithSeed(seed int) Option { return func(o *randOptions) { o.gen = NewGenerator(seed) } }

// WithGenerator draws from g.
func WithGenerator(g *Generator) Option { return func(o *randOptions) { o.gen = g } }

// WithScale sets the standard deviation, 1 unless given.
func WithScale(std float64) Option { return func(o *randOptions) { o.scale = std } }

// RandnOpt is Randn with options.
func RandnOpt(shape []int, opts ...Option) *Tensor {
	o := randOptions{scale: 1}
	for _, opt := range opts {
		opt(&o)
	}
	if o.gen == nil {
		o.gen = DefaultGenerator()
	}
	t := Factory{}.floating("RandnOpt", shape)
	o.gen.normal(t, 0, o.scale)
	return t
}

// inPlaceRandom fills t through a contiguous tensor, as PyTorch does for
// strided ones.
func (t *Tensor) inPlaceRandom(op string, f func(g *Generator, t *Tensor)) *Tensor {
	t.checkInPlace(op)
	fresh := empty(t.shape, t.dtype)
	f(DefaultGenerator(), fresh)
	t.CopyInPlace(fresh)
	return t
}

// UniformInPlace fills t with numbers drawn uniformly from [lo, hi).
func (t *Tensor) UniformInPlace(lo, hi float64) *Tensor {
	return t.inPlaceRandom("UniformInPlace", func(g *Generator, t *Tensor) { g.uniform(t, lo, hi) })
}

// NormalInPlace fills t with normally distributed numbers.
func (t *Tensor) NormalInPlace(mean, std float64) *Tensor {
	return t.inPlaceRandom("NormalInPlace", func(g *Generator, t *Tensor) { g.normal(t, mean, std) })
}

// ExponentialInPlace fills t with numbers of density rate·exp(-rate·x).
func (t *Tensor) ExponentialInPlace(rate float64) *Tensor {
	return t.inPlaceRandom("ExponentialInPlace", func(g *Generator, t *Tensor) {
		d := make([]float64, t.NumEl())
		g.mu.Lock()
		g.g.Exponential(d, rate)
		g.mu.Unlock()
		t.setFloats(d)
	})
}

// BernoulliInPlace sets each element to 1 with probability p, else to 0.
func (t *Tensor) BernoulliInPlace(p float64) *Tensor {
	if math.IsNaN(p) || p < 0 || p > 1 {
		fail("BernoulliInPlace", "the probability %v is not in [0, 1]", p)
	}
	return t.inPlaceRandom("BernoulliInPlace", func(g *Generator, t *Tensor) {
		d := make([]float64, t.NumEl())
		g.mu.Lock()
		g.g.Bernoulli(d, p)
		g.mu.Unlock()
		t.setFloats(d)
	})
}

// NumPyRand is NumPy's legacy generator (np.random.seed, RandomState), bit for
// bit. Its numbers are Float64.
type NumPyRand struct{ r *rng.NumPy }

// NewNumPyRand returns the generator that np.random.seed(seed) would leave.
func NewNumPyRand(seed int) *NumPyRand { return &NumPyRand{rng.NewNumPy(uint32(seed))} }

// Rand returns numbers drawn uniformly from [0, 1).
func (r *NumPyRand) Rand(shape ...int) *Tensor {
	t := As(Float64).make("Rand", shape, Float64)
	r.r.Rand(slice[float64](t.storage))
	return t
}

// Randn returns numbers drawn from the standard normal distribution.
func (r *NumPyRand) Randn(shape ...int) *Tensor {
	t := As(Float64).make("Randn", shape, Float64)
	r.r.Randn(slice[float64](t.storage))
	return t
}
