package data

import (
	"fmt"
	"reflect"
	"runtime"

	"github.com/gophergrad/gophergrad/tensor"
)

// Loader makes batches of a dataset's examples.
type Loader struct {
	set      Dataset
	batch    int
	shuffle  bool
	dropLast bool
	workers  int
}

// LoaderOption is a setting of [NewLoader].
type LoaderOption func(*Loader)

// BatchSize sets the number of examples in a batch, 1 unless set.
func BatchSize(n int) LoaderOption { return func(l *Loader) { l.batch = n } }

// Shuffle draws a new order of the examples for every pass.
func Shuffle(on bool) LoaderOption { return func(l *Loader) { l.shuffle = on } }

// DropLast leaves out a last batch that is not full.
func DropLast(on bool) LoaderOption { return func(l *Loader) { l.dropLast = on } }

// Workers prepares batches ahead in that many goroutines. Their order stays, but
// random transforms draw their numbers in no fixed order.
func Workers(n int) LoaderOption { return func(l *Loader) { l.workers = n } }

// NewLoader returns a loader of a dataset. It takes the options BatchSize,
// Shuffle, DropLast and Workers.
func NewLoader(set Dataset, opts ...LoaderOption) *Loader {
	l := &Loader{set: set, batch: 1}
	for _, o := range opts {
		o(l)
	}
	switch v := reflect.ValueOf(set); {
	case set == nil || v.Kind() == reflect.Pointer && v.IsNil():
		fail("NewLoader", "the dataset is nil; what reads one returns an error too, which says why")
	case l.batch < 1:
		fail("NewLoader", "the batch size is %d; it must be positive", l.batch)
	case l.workers < 0:
		fail("NewLoader", "the number of workers is %d; it cannot be negative", l.workers)
	}
	return l
}

// Len returns the number of batches of a pass.
func (l *Loader) Len() int {
	n := l.set.Len()
	if !l.dropLast {
		n += l.batch - 1
	}
	return n / l.batch
}

func (l *Loader) String() string {
	return fmt.Sprintf("Loader(%d examples in %d batches of %d, shuffle=%t, workers=%d)", l.set.Len(), l.Len(), l.batch, l.shuffle, l.workers)
}

// Iterator is one pass over a dataset:
//
//	for it := loader.Iter(); it.Next(); {
//		inputs, targets := it.Batch()
//	}
type Iterator struct {
	pass  *pass
	batch batch
}

// batch is the inputs and targets of some examples, or the panic that came of
// making them.
type batch struct {
	inputs, targets *tensor.Tensor
	failure         any
}

// Iter begins a pass. The order of a shuffled one is that of PyTorch's
// DataLoader from the same seed.
func (l *Loader) Iter() *Iterator {
	randomSeed() // PyTorch draws one for its workers, whether there are any or not
	p := &pass{set: l.set, stop: make(chan struct{})}
	order := l.order()
	for at := 0; at < l.Len(); at++ {
		p.batches = append(p.batches, order[at*l.batch:min((at+1)*l.batch, len(order))])
	}
	it := &Iterator{pass: p}
	if l.workers > 0 {
		p.start(l.workers)
		// a pass that is not finished ends when nobody can go on with it
		runtime.AddCleanup(it, func(stop chan struct{}) { close(stop) }, p.stop)
	}
	return it
}

// order returns the examples' indices in the order of a pass.
func (l *Loader) order() []int {
	if l.shuffle {
		var order []int
		seed := randomSeed()
		withSeed(seed, func() { order = permutation(l.set.Len()) })
		return order
	}
	order := make([]int, l.set.Len())
	for i := range order {
		order[i] = i
	}
	return order
}

// randomSeed draws 63 bits from the default generator.
func randomSeed() int {
	const half = 1 << 62
	return int(tensor.RandInt(-half, half, 1).Int64s()[0]) + half
}

// withSeed runs f with the default generator seeded, and restores it.
func withSeed(seed int, f func()) {
	g := tensor.DefaultGenerator()
	state := g.State()
	defer g.SetState(state)
	g.Seed(seed)
	f()
}

// Next makes the next batch and reports whether there was one.
func (it *Iterator) Next() bool {
	p := it.pass
	if p.next == len(p.batches) {
		return false
	}
	if p.ordered == nil {
		it.batch = p.make(p.batches[p.next])
	} else {
		it.batch = <-<-p.ordered
	}
	p.next++
	if it.batch.failure != nil {
		panic(it.batch.failure)
	}
	return true
}

// Batch returns the batch that Next made: the examples' inputs and targets,
// stacked along a new first dimension.
func (it *Iterator) Batch() (inputs, targets *tensor.Tensor) {
	return it.batch.inputs, it.batch.targets
}

// pass is the work behind an Iterator. Its goroutines do not refer to the
// Iterator, so that an abandoned one is collected.
type pass struct {
	set     Dataset
	batches [][]int
	next    int
	ordered chan chan batch // the batches' results in their order; nil without workers
	stop    chan struct{}
}

type job struct {
	indices []int
	result  chan batch
}

// start makes batches in n goroutines, a few ahead.
func (p *pass) start(n int) {
	p.ordered = make(chan chan batch, 2*n)
	jobs := make(chan job)
	go func() {
		defer close(jobs)
		for _, indices := range p.batches {
			j := job{indices, make(chan batch, 1)}
			select {
			case p.ordered <- j.result:
			case <-p.stop:
				return
			}
			select {
			case jobs <- j:
			case <-p.stop:
				return
			}
		}
	}()
	for range n {
		go func() {
			for j := range jobs {
				j.result <- p.make(j.indices)
			}
		}()
	}
}

// make stacks examples.
func (p *pass) make(indices []int) (b batch) {
	defer func() { b.failure = recover() }()
	inputs, targets := make([]*tensor.Tensor, len(indices)), make([]*tensor.Tensor, len(indices))
	for i, index := range indices {
		inputs[i], targets[i] = p.set.Get(index)
	}
	b.inputs, b.targets = tensor.Stack(inputs, 0), tensor.Stack(targets, 0)
	return b
}
