package main

import (
	"fmt"
	"math"
	"math/big"
	"math/bits"
	"math/rand"
	"strconv"
	"strings"
)

type Fixed int32

func (f Fixed) Mul(g Fixed) Fixed { return Fixed(int64(f) * int64(g) >> 16) }
func (f Fixed) String() string    { return strconv.FormatFloat(float64(f)/65536, 'f', 4, 64) }

type Bits uint16

const (
	A Bits = 1 << iota
	B
	C
	All = A | B | C
)

func (b Bits) String() string {
	var parts []string
	for i, n := range []string{"A", "B", "C"} {
		if b&(1<<i) != 0 {
			parts = append(parts, n)
		}
	}
	return strings.Join(parts, "|")
}

type Size int64

const (
	_       = iota
	KB Size = 1 << (10 * iota)
	MB
	GB
)

type Complex struct{ re, im float64 }

const big1 = 1 << 100
const (
	x = 'a'
	y = x + 1.0
	z = "s" + "t"
	w = len(z)
	h = 7 / 2 * 2.0
	q = 7 / 2.0
	t = ^0
	m = -5 % 3
	s = 1.0 << 3
)

func gcd(a, b int) int {
	for b != 0 {
		a, b = b, a%b
	}
	return a
}
func isPrime(n int) bool {
	if n < 2 {
		return false
	}
	for i := 2; i*i <= n; i++ {
		if n%i == 0 {
			return false
		}
	}
	return true
}
func collatz(n uint64) (steps int) {
	for ; n != 1; steps++ {
		if n&1 == 0 {
			n >>= 1
		} else {
			n = 3*n + 1
		}
	}
	return
}
func crc(data []byte) uint32 {
	c := ^uint32(0)
	for _, b := range data {
		c ^= uint32(b)
		for range 8 {
			if c&1 == 1 {
				c = c>>1 ^ 0xedb88320
			} else {
				c >>= 1
			}
		}
	}
	return ^c
}
func hash(s string) (h uint64) {
	h = 14695981039346656037
	for i := 0; i < len(s); i++ {
		h ^= uint64(s[i])
		h *= 1099511628211
	}
	return
}
func lcg(s *uint32) uint32 { *s = *s*1664525 + 1013904223; return *s }

func main() {
	fmt.Println(Fixed(98304).Mul(Fixed(131072)), All&^B, Bits(0), KB, MB, GB)
	fmt.Println(big1>>98, x, y, z, w, h, q, t, m, s, string(rune(x)))
	var i8 int8 = -128
	var u8 uint8 = 200
	var i16 int16 = 32767
	var u16 uint16 = 65535
	var i32 int32 = math.MinInt32
	var u32 uint32 = 1 << 31
	var i64 int64 = math.MaxInt64
	var u64 uint64 = math.MaxUint64
	fmt.Println(-i8, i8-1, i8/-1, i8*i8, u8+100, u8*2, u8<<1, i16+1, u16+1, -i32, i32/-1, u32<<1, u32*2, i64+1, u64+1, u64*u64)
	fmt.Println(int8(u8), uint8(i8), int16(i32), uint32(i8), int64(u64), uint64(i8), int(u32), byte(300&0xff), rune(i8), uintptr(5))
	fmt.Println(7/3, -7/3, 7/-3, 7%3, -7%3, 7%-3, 7&3, 7|8, 7^2, 7&^2, -8>>1, uint8(255)>>3, -1>>10, 1<<10)
	sh := 70
	fmt.Println(1<<sh, int32(1)<<sh>>sh, -1>>sh, u64>>sh, u8>>4<<4)
	f := 1e308
	fmt.Println(f*10, -f*10, f*10-f*10, 0.1+0.2, float32(0.1)+float32(0.2), 1/3.0, float32(1)/3, math.Sqrt(2), 5.0/2)
	nan := math.NaN()
	fmt.Println(nan == nan, nan < 1, nan != nan, math.IsNaN(nan), math.Inf(-1) < 0, math.MaxFloat32, math.SmallestNonzeroFloat64)
	fmt.Println(math.Floor(-2.5), math.Ceil(-2.5), math.Round(2.5), math.RoundToEven(2.5), int64(1e18), uint8(int(257)&0xff))
	fmt.Println(min(3, 1, 2), max(2.5, 1), min("b", "a"), max(i8, 5))
	c := 3 + 4i
	c2 := complex(float32(1), 2)
	fmt.Println(c*c, c/2, real(c), imag(c2), c == complex(3, 4), -c, c2+1, c2*c2)
	fmt.Printf("%v %.1f %T %T\n", c, c, c, c2)
	fmt.Println(gcd(1071, 462), isPrime(97), isPrime(91), collatz(27), crc([]byte("hello")), hash("go"))
	seed := uint32(42)
	for range 3 {
		fmt.Print(lcg(&seed)%100, " ")
	}
	fmt.Println()
	n := 0
	for i := range 100 {
		if isPrime(i) {
			n++
		}
	}
	fmt.Println(n)
	r := rand.New(rand.NewSource(7))
	fmt.Println(r.Intn(100), r.Float64(), r.Perm(5), r.Int63())
	fact := big.NewInt(1)
	for i := int64(1); i <= 30; i++ {
		fact.Mul(fact, big.NewInt(i))
	}
	fmt.Println(fact, fact.BitLen(), new(big.Int).Sqrt(fact))
	hi, lo := bits.Mul64(u64, 3)
	sum, carry := bits.Add64(u64, 1, 0)
	fmt.Println(hi, lo, sum, carry, bits.OnesCount64(u64), bits.ReverseBytes32(0x01020304))
	fmt.Printf("%b %o %x %X %#x %#o %08b %+d %e %g %G %6.2f|%-8.3f|%08.3f|%+.1e\n", 10, 64, 255, 255, 255, 8, 5, 3, 12345.678, 1e-7, 1e20, math.Pi, math.E, -math.Pi, 12345.0)
	fmt.Printf("%d %v %x %c %q %U %t %5t %08d %-5d| %x %X % x %#x\n", i8, u8, u8, 0x4E16, 'x', 0x4E16, true, false, -42, 42, "hi", []byte{1, 171}, []byte{1, 171}, "z")
	fmt.Println(strconv.Itoa(-45), strconv.FormatInt(255, 2), strconv.FormatUint(u64, 36))
	v, err := strconv.ParseFloat("1e400", 64)
	fmt.Println(v, err)
	i, err := strconv.ParseInt("-0x1F", 0, 16)
	fmt.Println(i, err)
	_, err = strconv.Atoi("")
	fmt.Println(err)
	var arr [5]float64
	for i := range arr {
		arr[i] = math.Pow(2, float64(i)) / 3
	}
	fmt.Println(arr, len(arr), arr[1:3])
	var acc float32
	for range 10 {
		acc += 0.1
	}
	fmt.Println(acc, acc == 1, float64(acc))
	var d time = 90
	d += 30
	d++
	d <<= 1
	d %= 100
	d &^= 3
	fmt.Println(d, -d, ^d, d > 5, !(d < 0))
	a, b := 10, 3
	a, b = b, a
	a *= b + 1
	b -= a
	fmt.Println(a, b, a&1 == 1 || b/a > 0 && a/(b-b+1) == 0)
	p := &a
	*p += 5
	*p++
	fmt.Println(a, *p**p, a**p)
	math64 := float64(a) / float64(b)
	fmt.Printf("%.4f %.3g %v\n", math64, 123456789.0, float32(16777217))
	fmt.Println(0x_ff, 0b11, 0o17, 017, 1_000_000, 0x1p4, 'a', '\n', '\x41', '\u00e9', "\u00e9\t\"", `raw\n`)
	fmt.Println(Complex{1, -0.0}, Complex{} == Complex{0, 0}, [2]Complex{{1, 2}})
}

type time int
