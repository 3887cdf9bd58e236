package tensor

import (
	"math"
	"math/bits"
	"slices"
	"sort"
	"sync"
	"sync/atomic"

	"github.com/gophergrad/gophergrad/internal/gid"
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

// used holds the generators of goroutines that are within Use. While there are none, asking costs one atomic load.
var used struct {
	count atomic.Int32
	sync.RWMutex
	by map[uintptr]*Generator
}

// Use runs f, in which random functions of this goroutine (in-place ones, Bernoulli, Multinomial and dropout too) draw from g.
func (g *Generator) Use(f func()) {
	id := gid.Current()
	set := func(g *Generator) (before *Generator) {
		used.Lock()
		defer used.Unlock()
		before = used.by[id]
		if used.by == nil {
			used.by = map[uintptr]*Generator{}
		}
		used.by[id] = g
		if g == nil {
			delete(used.by, id)
		}
		used.count.Store(int32(len(used.by)))
		return before
	}
	before := set(g)
	defer set(before)
	f()
}

// DefaultGenerator returns the generator that random functions use: that of Use within it, else the one that ManualSeed seeds, whose
// first seed is 0.
func DefaultGenerator() *Generator {
	if used.count.Load() > 0 {
		used.RLock()
		g := used.by[gid.Current()]
		used.RUnlock()
		if g != nil {
			return g
		}
	}
	return standardGenerator()
}

func standardGenerator() *Generator {
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
	g := standardGenerator()
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
	if t.dtype.Size() == 2 { // what rounded up to hi becomes lo, as in PyTorch
		copyInto(t, Where(t.LtScalar(roundTo(t.dtype, hi)), t, like(t).Full(lo)))
	}
}

// normal fills t with normally distributed numbers. PyTorch draws them in blocks
// where there are 16 or more that lie in order, else one by one.
func (g *Generator) normal(t *Tensor, mean, std float64, inOrder bool) {
	g.mu.Lock()
	defer g.mu.Unlock()
	step := max(1, t.NumEl())
	if !inOrder {
		step = 15
	}
	if t.dtype == Float64 {
		for d := range slices.Chunk(slice[float64](t.storage), step) {
			g.g.NormalF64(d, mean, std)
		}
		return
	}
	withFloat32(t, func(all []float32) {
		if n := len(all); t.dtype != Float32 && n > 16 && n%16 != 0 && inOrder { // the last block is drawn once, not twice
			g.g.NormalF32(all[:n-n%16], mean, std)
			g.g.NormalF32(all[n-16:], mean, std)
			return
		}
		for d := range slices.Chunk(all, step) {
			g.g.NormalF32(d, mean, std)
		}
	})
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

// floating makes an empty tensor for random numbers, which must be floating or complex.
func (f Factory) floating(op string, shape []int) *Tensor {
	d := f.dtypeOr(defaultDType)
	d.checkUsable(op)
	if dtypes[d].kind < kindFloat {
		fail(op, "random numbers of dtype %v do not exist; use a floating-point dtype or RandInt", d)
	}
	return f.make(op, shape, d)
}

// components returns what is to be drawn for t: its elements, or the parts of complex ones.
func components(t *Tensor) *Tensor {
	if t.dtype.IsComplex() {
		return asReal(t)
	}
	return t
}

// Rand returns numbers drawn uniformly from [0, 1), as are both parts of complex ones.
func (f Factory) Rand(shape ...int) *Tensor {
	t := f.floating("Rand", shape)
	f.generator().uniform(components(t), 0, 1)
	return t
}

// Randn returns numbers drawn from the standard normal distribution; each part of complex ones has variance ½.
func (f Factory) Randn(shape ...int) *Tensor {
	t, std := f.floating("Randn", shape), 1.0
	if t.dtype.IsComplex() {
		std = 1 / math.Sqrt(2)
	}
	f.generator().normal(components(t), 0, std, true)
	return t
}

// RandInt returns integers drawn uniformly from [low, high); Int64 unless the
// factory has a dtype.
func (f Factory) RandInt(low, high int, shape ...int) *Tensor {
	t := f.make("RandInt", shape, f.dtypeOr(Int64))
	f.generator().integers("RandInt", t, low, high)
	return t
}

// integers fills a contiguous tensor with integers of [low, high).
func (g *Generator) integers(op string, t *Tensor, low, high int) {
	d := t.dtype
	least, most := d.bounds()
	switch {
	case low >= high:
		fail(op, "the range [%d, %d) is empty", low, high)
	case d.IsComplex() || d != Int64 && (float64(low) < least || float64(high-1) > most):
		failOn(op, []*Tensor{t}, "integers of [%d, %d) do not all fit %v", low, high, d)
	case d.IsFloat():
		if low, high = rounded(d, low, high); low >= high {
			failOn(op, []*Tensor{t}, "the numbers of %v lie too far apart for the range", d)
		}
	}
	v := make([]int64, t.NumEl())
	g.mu.Lock()
	g.g.RandInt(v, int64(low), int64(high))
	g.mu.Unlock()
	t.setInts(v)
}

// significand is how many bits of a number a dtype keeps.
var significand = map[DType]int{Float16: 11, BFloat16: 8, Float32: 24, Float64: 53}

// rounded moves a bound of [low, high) to which an integer within would be rounded, or beyond it, as PyTorch does.
func rounded(d DType, low, high int) (int, int) {
	gap := func(v int) int { return 1 << max(0, bits.Len(uint(max(v, -v)))-significand[d]) } // between d's numbers at v
	if first := int(roundTo(d, float64(low+1))); first < low {
		low = first + gap(low+1)
	}
	if last := int(roundTo(d, float64(high-1))); last >= high {
		high = last - gap(high-1)
	}
	return low, high
}

// RandPerm returns the integers 0…n-1 in random order.
func (f Factory) RandPerm(n int) *Tensor {
	t := f.make("RandPerm", []int{n}, f.dtypeOr(Int64))
	if d := t.dtype; d == Bool || d.IsComplex() || n > 0 && roundTo(d, float64(n-1)) != float64(n-1) {
		fail("RandPerm", "the integers below %d do not all fit %v", n, d)
	}
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
func RandLike(x *Tensor) *Tensor { return emptyLike("RandLike", x).uniformInPlace("RandLike", 0, 1) }

// RandnLike returns normal numbers of x's shape, dtype and device.
func RandnLike(x *Tensor) *Tensor { return emptyLike("RandnLike", x).normalInPlace("RandnLike", 0, 1) }

// RandIntLike returns integers of [low, high) in x's shape, dtype and device.
func RandIntLike(x *Tensor, low, high int) *Tensor {
	return emptyLike("RandIntLike", x).randIntInPlace("RandIntLike", low, high)
}

// emptyLike makes a tensor for random numbers that lie in memory in the order of x's elements, as PyTorch's do.
func emptyLike(op string, x *Tensor) *Tensor {
	t, n := like(x).make(op, x.shape, x.dtype), 1
	for _, d := range slices.Backward(memoryOrder(x)) {
		t.strides[d] = n
		n *= max(x.shape[d], 1)
	}
	return t
}

// memoryOrder returns t's dimensions from the largest stride to the smallest; those of an expanded t as they are.
func memoryOrder(t *Tensor) []int {
	order := make([]int, len(t.shape))
	for i := range order {
		order[i] = i
	}
	if !slices.Contains(t.strides, 0) {
		slices.SortStableFunc(order, func(a, b int) int { return t.strides[b] - t.strides[a] })
	}
	return order
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
	o.gen.normal(t, 0, o.scale, true)
	return t
}

// NumPyRand is NumPy's legacy generator (np.random.seed, RandomState), bit for
// bit. Its numbers are Float64, its integers Int64.
type NumPyRand struct{ r *rng.NumPy }

// NewNumPyRand returns the generator that np.random.seed(seed) would leave; the
// seed has 32 bits.
func NewNumPyRand(seed int) *NumPyRand {
	if seed < 0 || seed > math.MaxUint32 {
		fail("NewNumPyRand", "seed %d; it must lie in [0, %d]", seed, uint32(math.MaxUint32))
	}
	return &NumPyRand{rng.NewNumPy(uint32(seed))}
}

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

// Uniform returns numbers drawn uniformly from [low, high).
func (r *NumPyRand) Uniform(low, high float64, shape ...int) *Tensor {
	return r.Rand(shape...).MulScalar(high - low).AddScalar(low)
}

// Normal returns numbers drawn from a normal distribution.
func (r *NumPyRand) Normal(mean, std float64, shape ...int) *Tensor {
	return r.Randn(shape...).MulScalar(std).AddScalar(mean)
}

// RandInt returns integers drawn uniformly from [low, high).
func (r *NumPyRand) RandInt(low, high int, shape ...int) *Tensor {
	if low >= high {
		fail("RandInt", "the range [%d, %d) is empty", low, high)
	}
	t := As(Int64).make("RandInt", shape, Int64)
	r.r.RandInt(slice[int64](t.storage), int64(low), int64(high))
	return t
}

// Exponential returns numbers of density exp(-x/mean)/mean.
func (r *NumPyRand) Exponential(mean float64, shape ...int) *Tensor {
	if !(mean >= 0) {
		fail("Exponential", "the mean %v is negative or nan", mean)
	}
	t := As(Float64).make("Exponential", shape, Float64)
	r.r.Exponential(slice[float64](t.storage), mean)
	return t
}

// Poisson returns how many of the events happen that happen rate times on average, as Int64.
func (r *NumPyRand) Poisson(rate float64, shape ...int) *Tensor {
	if !(rate >= 0 && rate <= 1e18) {
		fail("Poisson", "the rate %v; it must lie in [0, 1e18]", rate)
	}
	t := As(Int64).make("Poisson", shape, Int64)
	for i := range t.NumEl() {
		checkInterrupt()
		slice[int64](t.storage)[i] = int64(r.r.Poisson(rate))
	}
	return t
}

// Choice returns size of the integers 0…n-1, drawn with the given probabilities, one for each, or evenly if there are none; without
// replacement all are different. They index what np.random.choice chooses from.
func (r *NumPyRand) Choice(n, size int, replacement bool, probabilities ...float64) *Tensor {
	sum, positive := 0.0, 0
	for _, p := range probabilities {
		if sum += p; p > 0 {
			positive++
		} else if p != 0 {
			sum = math.NaN()
		}
	}
	switch weighted := len(probabilities) > 0; {
	case n < 1 || size < 0:
		fail("Choice", "%d numbers of %d; choose at least none of at least one", size, n)
	case weighted && (len(probabilities) != n || !(math.Abs(sum-1) < 1e-8)):
		fail("Choice", "%d probabilities of sum %v; there must be %d, not negative, whose sum is 1", len(probabilities), sum, n)
	case !replacement && (size > n || weighted && size > positive):
		fail("Choice", "%d different numbers of %d, %d of them with probabilities; choose fewer, or with replacement", size, n, positive)
	case weighted:
		return r.choose(size, replacement, slices.Clone(probabilities))
	case replacement:
		return r.RandInt(0, n, size)
	}
	return r.Permutation(n).Narrow(0, 0, size).Clone()
}

// choose searches the cumulated probabilities for uniform numbers. Without replacement, those that were found are drawn no more.
func (r *NumPyRand) choose(size int, replacement bool, p []float64) *Tensor {
	var found []int64
	for len(found) < size {
		sums, sum := make([]float64, len(p)), 0.0
		for i, v := range p {
			sum += v
			sums[i] = sum
		}
		for _, u := range r.Rand(size - len(found)).Float64s() {
			at := sort.Search(len(p), func(i int) bool { return sums[i]/sum > u })
			if !replacement {
				if p[at] == 0 { // drawn before
					continue
				}
				p[at] = 0
			}
			found = append(found, int64(at))
		}
	}
	return indexVector(found)
}

// Permutation returns the integers 0…n-1 in random order.
func (r *NumPyRand) Permutation(n int) *Tensor {
	t := As(Int64).Arange(0, float64(n), 1)
	v := slice[int64](t.storage)
	r.Shuffle(n, func(i, j int) { v[i], v[j] = v[j], v[i] })
	return t
}

// Shuffle puts n things in random order by calls of swap, such as those of a
// slice.
func (r *NumPyRand) Shuffle(n int, swap func(i, j int)) { r.r.Shuffle(n, swap) }
