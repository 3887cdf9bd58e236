package main

import (
	"cmp"
	"errors"
	"fmt"
	"iter"
	"maps"
	"slices"
	"sort"
	"strings"
)

type Ordered interface {
	~int | ~int8 | ~int64 | ~float64 | ~string
}

type Node[K Ordered, V any] struct {
	key         K
	val         V
	left, right *Node[K, V]
}

type Map[K Ordered, V any] struct {
	root *Node[K, V]
	n    int
}

func (m *Map[K, V]) Put(k K, v V) (old V, replaced bool) {
	p := &m.root
	for *p != nil {
		switch {
		case k < (*p).key:
			p = &(*p).left
		case k > (*p).key:
			p = &(*p).right
		default:
			old, (*p).val = (*p).val, v
			return old, true
		}
	}
	*p = &Node[K, V]{key: k, val: v}
	m.n++
	return
}

func (m *Map[K, V]) All() iter.Seq2[K, V] {
	return func(yield func(K, V) bool) { m.root.walk(yield) }
}

func (n *Node[K, V]) walk(yield func(K, V) bool) bool {
	return n == nil || n.left.walk(yield) && yield(n.key, n.val) && n.right.walk(yield)
}

type Set[T comparable] map[T]struct{}

func SetOf[T comparable](xs ...T) Set[T] {
	s := make(Set[T], len(xs))
	for _, x := range xs {
		s[x] = struct{}{}
	}
	return s
}
func (s Set[T]) Has(x T) bool { _, ok := s[x]; return ok }
func (s Set[T]) Union(o Set[T]) Set[T] {
	out := maps.Clone(s)
	maps.Copy(out, o)
	return out
}

type Heap[T any] struct {
	xs   []T
	less func(a, b T) bool
}

func (h *Heap[T]) Push(x T) {
	h.xs = append(h.xs, x)
	for i := len(h.xs) - 1; i > 0; {
		p := (i - 1) / 2
		if !h.less(h.xs[i], h.xs[p]) {
			break
		}
		h.xs[i], h.xs[p] = h.xs[p], h.xs[i]
		i = p
	}
}

func (h *Heap[T]) Pop() (T, error) {
	var zero T
	if len(h.xs) == 0 {
		return zero, errors.New("empty")
	}
	top := h.xs[0]
	last := len(h.xs) - 1
	h.xs[0] = h.xs[last]
	h.xs = h.xs[:last]
	for i := 0; ; {
		c := 2*i + 1
		if c >= last {
			break
		}
		if c+1 < last && h.less(h.xs[c+1], h.xs[c]) {
			c++
		}
		if !h.less(h.xs[c], h.xs[i]) {
			break
		}
		h.xs[i], h.xs[c] = h.xs[c], h.xs[i]
		i = c
	}
	return top, nil
}

func MapF[T, U any](s []T, f func(T) U) []U {
	out := make([]U, 0, len(s))
	for _, x := range s {
		out = append(out, f(x))
	}
	return out
}

func Filter[S ~[]E, E any](s S, keep func(E) bool) S {
	var out S
	for _, x := range s {
		if keep(x) {
			out = append(out, x)
		}
	}
	return out
}

func Reduce[T, A any](s []T, a A, f func(A, T) A) A {
	for _, x := range s {
		a = f(a, x)
	}
	return a
}

type Pair[A, B any] struct {
	First  A
	Second B
}

func (p Pair[A, B]) Swap() Pair[B, A] { return Pair[B, A]{p.Second, p.First} }
func (p Pair[A, B]) String() string   { return fmt.Sprintf("<%v|%v>", p.First, p.Second) }

func Zip[A, B any](as []A, bs []B) iter.Seq[Pair[A, B]] {
	return func(yield func(Pair[A, B]) bool) {
		for i := range min(len(as), len(bs)) {
			if !yield(Pair[A, B]{as[i], bs[i]}) {
				return
			}
		}
	}
}

type Num interface{ ~int | ~float64 }

func SumBy[T any, N Num](xs []T, f func(T) N) (total N) {
	for _, x := range xs {
		total += f(x)
	}
	return
}

type Names []string

type List[T any] struct {
	head, tail *elem[T]
	len        int
}
type elem[T any] struct {
	v    T
	next *elem[T]
}

func (l *List[T]) Add(vs ...T) *List[T] {
	for _, v := range vs {
		e := &elem[T]{v: v}
		if l.tail == nil {
			l.head = e
		} else {
			l.tail.next = e
		}
		l.tail = e
		l.len++
	}
	return l
}
func (l *List[T]) Each(f func(int, T)) {
	i := 0
	for e := l.head; e != nil; e = e.next {
		f(i, e.v)
		i++
	}
}

type Option[T any] struct {
	v  T
	ok bool
}

func Some[T any](v T) Option[T] { return Option[T]{v, true} }
func None[T any]() Option[T]    { return Option[T]{} }
func (o Option[T]) OrElse(d T) T {
	if o.ok {
		return o.v
	}
	return d
}

type Cache[K comparable, V any] struct {
	data map[K]V
	load func(K) (V, error)
	hits int
}

func NewCache[K comparable, V any](load func(K) (V, error)) *Cache[K, V] {
	return &Cache[K, V]{data: map[K]V{}, load: load}
}
func (c *Cache[K, V]) Get(k K) (V, error) {
	if v, ok := c.data[k]; ok {
		c.hits++
		return v, nil
	}
	v, err := c.load(k)
	if err != nil {
		return *new(V), fmt.Errorf("load %v: %w", k, err)
	}
	c.data[k] = v
	return v, nil
}

var errNeg = errors.New("negative")

func main() {
	var m Map[string, int]
	for i, w := range strings.Fields("the quick brown fox jumps over the lazy dog") {
		if old, ok := m.Put(w, i); ok {
			fmt.Println("replaced", w, old)
		}
	}
	for k, v := range m.All() {
		if k > "q" {
			break
		}
		fmt.Print(k, "=", v, " ")
	}
	fmt.Println(m.n)
	s := SetOf(1, 2, 3).Union(SetOf(3, 4))
	fmt.Println(len(s), s.Has(4), s.Has(5), slices.Sorted(maps.Keys(s)))
	h := &Heap[Pair[string, int]]{less: func(a, b Pair[string, int]) bool { return cmp.Compare(a.Second, b.Second) < 0 }}
	for i, n := range []int{5, 2, 8, 1, 9, 3} {
		h.Push(Pair[string, int]{fmt.Sprint("n", i), n})
	}
	for {
		p, err := h.Pop()
		if err != nil {
			fmt.Println(err)
			break
		}
		fmt.Print(p, " ")
	}
	names := Names{"ann", "bob", "christine"}
	long := Filter(names, func(s string) bool { return len(s) > 3 })
	fmt.Printf("%T %v %v\n", long, long, MapF(names, func(s string) int { return len(s) }))
	fmt.Println(Reduce([]float64{1.5, 2}, "", func(a string, f float64) string { return a + fmt.Sprint(f) + ";" }))
	for p := range Zip([]int{1, 2, 3}, []string{"a", "b"}) {
		fmt.Print(p.Swap(), " ")
	}
	fmt.Println(SumBy(names, func(s string) float64 { return float64(len(s)) / 2 }))
	l := (&List[rune]{}).Add('x', 'y').Add([]rune("zé")...)
	l.Each(func(i int, r rune) { fmt.Print(i, string(r), " ") })
	fmt.Println(l.len)
	fmt.Println(Some(3).OrElse(4), None[string]().OrElse("d"), Some([]int{1}))
	c := NewCache(func(n int) (string, error) {
		if n < 0 {
			return "", errNeg
		}
		return strings.Repeat("*", n), nil
	})
	for _, k := range []int{3, 3, -1, 2, 3} {
		v, err := c.Get(k)
		fmt.Print(v, " ", err, " ", errors.Is(err, errNeg), "; ")
	}
	fmt.Println(c.hits)
	type kv = Pair[string, int]
	kvs := []kv{{"b", 2}, {"a", 2}, {"c", 1}}
	slices.SortFunc(kvs, func(x, y kv) int { return cmp.Or(cmp.Compare(x.Second, y.Second), strings.Compare(x.First, y.First)) })
	fmt.Println(kvs, slices.IndexFunc(kvs, func(p kv) bool { return p.First == "b" }))
	sort.Slice(kvs, func(i, j int) bool { return kvs[i].First > kvs[j].First })
	fmt.Printf("%v %T\n", kvs, kvs[0])
	grouped := map[int][]string{}
	for _, p := range kvs {
		grouped[p.Second] = append(grouped[p.Second], p.First)
	}
	fmt.Println(grouped, slices.Collect(maps.Values(map[int]int{1: 2})))
	fmt.Println(slices.MaxFunc(kvs, func(a, b kv) int { return a.Second - b.Second }), slices.Contains(names, "bob"), len(slices.Repeat(names, 2)))
}
