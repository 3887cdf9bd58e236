package rng

// mt19937 is the 32-bit Mersenne Twister (Matsumoto and Nishimura, 1998), the engine under both PyTorch's CPU
// generator and NumPy's RandomState.
type mt19937 struct {
	state [mtSize]uint32
	next  int  // the word drawn next; mtSize when the state must be twisted first
	drawn bool // since it was seeded
}

const (
	mtSize  = 624
	mtShift = 397
)

// seed fills the state with Knuth's linear congruential generator.
func (e *mt19937) seed(s uint32) {
	e.state[0] = s
	for i := uint32(1); i < mtSize; i++ {
		s = 1812433253*(s^s>>30) + i
		e.state[i] = s
	}
	e.next, e.drawn = mtSize, false
}

// twist replaces the state by the next mtSize words of the recurrence.
func (e *mt19937) twist() {
	s := &e.state
	for i := range mtSize - mtShift {
		s[i] = s[i+mtShift] ^ mix(s[i], s[i+1])
	}
	for i := mtSize - mtShift; i < mtSize-1; i++ {
		s[i] = s[i+mtShift-mtSize] ^ mix(s[i], s[i+1])
	}
	s[mtSize-1] = s[mtShift-1] ^ mix(s[mtSize-1], s[0])
	e.next, e.drawn = 0, true
}

// mix joins the top bit of a to the rest of b and multiplies by the recurrence's matrix.
func mix(a, b uint32) uint32 {
	return (a&0x80000000|b&0x7fffffff)>>1 ^ -(b&1)&0x9908b0df
}

// temper spreads the bits of a state word evenly.
func temper(y uint32) uint32 {
	y ^= y >> 11
	y ^= y << 7 & 0x9d2c5680
	y ^= y << 15 & 0xefc60000
	return y ^ y>>18
}

// words returns the untempered words that can be drawn before the next twist, twisting first if there are none,
// and marks up to n of them as drawn.
func (e *mt19937) words(n int) []uint32 {
	if e.next == mtSize {
		e.twist()
	}
	w := e.state[e.next:min(mtSize, e.next+n)]
	e.next += len(w)
	return w
}

func (e *mt19937) uint32() uint32 {
	if e.next == mtSize {
		e.twist()
	}
	y := e.state[e.next]
	e.next++
	return temper(y)
}

// uint64 puts the first draw in the high half, as PyTorch does.
func (e *mt19937) uint64() uint64 {
	hi := uint64(e.uint32())
	return hi<<32 | uint64(e.uint32())
}
