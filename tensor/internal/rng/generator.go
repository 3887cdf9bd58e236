// Package rng draws the random numbers of PyTorch's CPU generator and of NumPy's legacy RandomState, bit for bit,
// into slices.
//
// The algorithms follow PyTorch's ATen (MT19937RNGEngine.h, DistributionsHelper.h, DistributionTemplates.h) and
// NumPy's legacy-distributions.c. A seed gives the same numbers on every machine. PyTorch's own depend on the machine
// where normal and exponential numbers in float64 round as the C library does, here as glibc on machines with fused
// multiply-add. Before 2.15, PyTorch on Intel CPUs drew bernoulli_, dropout and exponential_ from MKL's streams instead.
package rng

import (
	"encoding/binary"
	"fmt"
	"math"
)

// Generator is PyTorch's CPU generator (torch.Generator). It is not safe for concurrent use.
type Generator struct {
	engine   mt19937
	initial  uint64
	cached   float64 // the second of the last pair of normals
	isCached bool
}

// New returns a generator seeded as torch.manual_seed(seed) seeds the default one.
func New(seed uint64) *Generator {
	g := &Generator{}
	g.Seed(seed)
	return g
}

// Seed starts the generator again from seed, as torch.manual_seed does. The engine uses seed's low 32 bits.
func (g *Generator) Seed(seed uint64) {
	g.engine.seed(uint32(seed))
	g.initial, g.isCached = seed, false
}

// InitialSeed returns the seed the generator was last seeded with.
func (g *Generator) InitialSeed() uint64 { return g.initial }

// Random64 draws a 64-bit integer.
func (g *Generator) Random64() uint64 { return g.engine.uint64() }

// RandInt fills dst with integers of [lo, hi), as torch.randint does: by the remainder of a 32-bit draw, or of a
// 64-bit draw where hi-lo is at least 2²⁸. lo must be less than hi.
func (g *Generator) RandInt(dst []int64, lo, hi int64) {
	n := uint64(hi) - uint64(lo)
	if n >= 1<<28 {
		for i := range dst {
			dst[i] = int64(g.engine.uint64()%n + uint64(lo))
		}
		return
	}
	for i := range dst {
		dst[i] = int64(g.engine.uint32()%uint32(n)) + lo
	}
}

// Random fills dst with integers of [0, most], as Tensor.random_ without bounds does: by the remainder of a 32-bit draw, or of a 64-bit draw
// where most does not fit 32 bits.
func (g *Generator) Random(dst []int64, most uint64) {
	for i := range dst {
		if most > math.MaxUint32 {
			dst[i] = int64(g.engine.uint64() % (most + 1))
		} else {
			dst[i] = int64(uint64(g.engine.uint32()) % (most + 1))
		}
	}
}

// Perm returns a permutation of 0…n-1, as torch.randperm does.
func (g *Generator) Perm(n int) []int64 {
	p := make([]int64, n)
	for i := range p {
		p[i] = int64(i)
	}
	for i := range n - 1 {
		j := i + int(g.engine.uint32()%uint32(n-i))
		p[i], p[j] = p[j], p[i]
	}
	return p
}

// The layout of torch.get_rng_state(): at::CPUGeneratorImplState, little-endian with the padding of x86-64.
const (
	stateInitial  = 0             // uint64, the seed
	stateLeft     = 8             // int32, draws until the next twist plus one
	stateSeeded   = 12            // int32
	stateNext     = 16            // uint64
	stateWords    = 24            // mtSize × uint64
	stateNormal   = 24 + 8*mtSize // float64 x, y, rho; PyTorch keeps the cached normal in y
	stateIsNormal = stateNormal + 24
	stateSize     = stateNormal + 40 // a cached float32 normal follows; PyTorch leaves it empty
)

// State returns the generator's state in the format of torch.get_rng_state().
func (g *Generator) State() []byte {
	b := make([]byte, stateSize)
	le := binary.LittleEndian
	left := mtSize - g.engine.next + 1
	le.PutUint64(b[stateInitial:], g.initial)
	le.PutUint32(b[stateLeft:], uint32(left))
	le.PutUint32(b[stateSeeded:], 1)
	if g.engine.drawn { // else 0, although the state must be twisted first
		le.PutUint64(b[stateNext:], uint64(g.engine.next))
	}
	for i, w := range g.engine.state {
		le.PutUint64(b[stateWords+8*i:], uint64(w))
	}
	if g.isCached {
		le.PutUint64(b[stateNormal+8:], math.Float64bits(g.cached))
		le.PutUint32(b[stateIsNormal:], 1)
	}
	return b
}

// SetState restores what State, or torch.get_rng_state(), returned.
func (g *Generator) SetState(b []byte) error {
	if len(b) != stateSize {
		return fmt.Errorf("rng: a generator's state has %d bytes, not %d", stateSize, len(b))
	}
	le := binary.LittleEndian
	left, next := le.Uint32(b[stateLeft:]), le.Uint64(b[stateNext:])
	if left < 1 || left > mtSize || next > mtSize || left > 1 && uint64(left) != mtSize-next+1 {
		return fmt.Errorf("rng: not a generator's state: %d draws left after word %d", left, next)
	}
	g.initial = le.Uint64(b[stateInitial:])
	g.engine.next, g.engine.drawn = int(mtSize-left+1), left > 1 || next > 0
	for i := range g.engine.state {
		g.engine.state[i] = uint32(le.Uint64(b[stateWords+8*i:]))
	}
	g.cached = math.Float64frombits(le.Uint64(b[stateNormal+8:]))
	g.isCached = le.Uint32(b[stateIsNormal:]) != 0
	return nil
}
