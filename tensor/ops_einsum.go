package tensor

import (
	"sort"
	"strings"
	"unicode"
)

// Einsum sums products of tensors whose dimensions are named by letters, as in
// "ik,kj->ij"; a letter that the right side lacks is summed over, "..." stands
// for dimensions that broadcast. Without "->" the right side holds the letters
// that appear once, in alphabetical order.
func Einsum(equation string, xs ...*Tensor) *Tensor {
	equation = strings.ReplaceAll(equation, " ", "")
	left, right, explicit := strings.Cut(equation, "->")
	terms := strings.Split(left, ",")
	if len(terms) != len(xs) {
		failOn("Einsum", xs, "%q names %d operands, %d are given", equation, len(terms), len(xs))
	}
	names := func(n int) string { return broadcastNames[len(broadcastNames)-n:] }
	dots, count := 0, map[rune]int{}
	for i, term := range terms {
		if before, after, ok := strings.Cut(term, "..."); ok {
			term = before + after
			n := len(xs[i].shape) - len(term)
			if n < 0 || n > len(broadcastNames) {
				failOn("Einsum", xs, "%q names %d dimensions of operand %d, which has shape %s", equation, len(term), i, shapeText(xs[i].shape))
			}
			dots, term = max(dots, n), before+names(n)+after
		}
		terms[i] = term
		if len(term) != len(xs[i].shape) {
			failOn("Einsum", xs, "%q names %d dimensions of operand %d, which has shape %s", equation, len(term), i, shapeText(xs[i].shape))
		}
		for _, c := range term {
			if !unicode.IsLetter(c) && !strings.ContainsRune(broadcastNames, c) || c > unicode.MaxASCII {
				failOn("Einsum", xs, "%q: %q is no letter of a to z or A to Z", equation, c)
			}
			count[c]++
		}
	}
	if explicit {
		right = strings.Replace(right, "...", names(dots), 1)
	} else {
		right = names(dots)
		var once []string
		for c, n := range count {
			if n == 1 && !strings.ContainsRune(right, c) {
				once = append(once, string(c))
			}
		}
		sort.Strings(once)
		right += strings.Join(once, "")
	}
	for _, c := range right {
		if count[c] == 0 || strings.Count(right, string(c)) > 1 {
			failOn("Einsum", xs, "%q: the letter %c of the result must appear once there and in an operand", equation, c)
		}
	}
	name := "PermuteBackward0"
	out, letters := diagonals(xs[0], terms[0])
	for i := 1; i < len(xs); i++ {
		y, ys := diagonals(xs[i], terms[i])
		keep := right + strings.Join(terms[i+1:], "")
		name = "MulBackward0"
		if strings.ContainsFunc(ys, func(c rune) bool { return strings.ContainsRune(letters, c) && !strings.ContainsRune(keep, c) }) {
			name = "ViewBackward0"
		}
		out, letters = contract(out, letters, y, ys, keep)
	}
	before := letters
	if out, letters = sumOver(out, letters, right); letters != before {
		name = "SumBackward1"
	}
	order := make([]int, len(right))
	for i, c := range []byte(right) {
		order[i] = strings.IndexByte(letters, c)
	}
	return out.Permute(order...).named(name)
}

// broadcastNames stand for the dimensions that "..." does.
const broadcastNames = "\x01\x02\x03\x04\x05\x06\x07\x08\x0e\x0f\x10\x11\x12\x13\x14\x15"

// diagonals replaces letters that a term repeats by the diagonal.
func diagonals(x *Tensor, term string) (*Tensor, string) {
	for i := 0; i < len(term); i++ {
		for j := i + 1; j < len(term); j++ {
			if term[i] == term[j] {
				c := term[i : i+1]
				x = x.DiagonalDims(0, i, j)
				term = term[:i] + term[i+1:j] + term[j+1:] + c
				i, j = -1, len(term)
			}
		}
	}
	return x, term
}

// sumOver sums the dimensions whose letters are not in keep.
func sumOver(x *Tensor, letters, keep string) (*Tensor, string) {
	var dims []int
	left := ""
	for i, c := range letters {
		if strings.ContainsRune(keep, c) {
			left += string(c)
		} else {
			dims = append(dims, i)
		}
	}
	if len(dims) > 0 {
		x = x.Sum(dims...)
	}
	return x, left
}

// contract multiplies two operands as a batched matrix product: letters of both
// that are kept are batches, those that are not are summed.
func contract(x *Tensor, xs string, y *Tensor, ys, keep string) (*Tensor, string) {
	x, xs = sumOver(x, xs, keep+ys)
	y, ys = sumOver(y, ys, keep+xs)
	var batch, sum, onlyX, onlyY string
	for _, c := range xs {
		switch s := string(c); {
		case strings.Contains(ys, s) && strings.Contains(keep, s):
			batch += s
		case strings.Contains(ys, s):
			sum += s
		default:
			onlyX += s
		}
	}
	for _, c := range ys {
		if !strings.ContainsRune(xs, c) {
			onlyY += string(c)
		}
	}
	size := func(c byte) int {
		n := 1
		if i := strings.IndexByte(xs, c); i >= 0 {
			n = x.shape[i]
		}
		if j := strings.IndexByte(ys, c); j >= 0 && n == 1 {
			n = y.shape[j]
		}
		return n
	}
	arrange := func(t *Tensor, letters string, groups ...string) *Tensor {
		var order, full, shape []int
		for i, g := range groups {
			n := 1
			for _, c := range []byte(g) {
				at := strings.IndexByte(letters, c)
				order, full = append(order, at), append(full, size(c))
				n *= size(c)
				if i == 0 {
					shape = append(shape, size(c))
				}
			}
			if i > 0 {
				shape = append(shape, n)
			}
		}
		t = t.Permute(order...)
		for i, n := range full {
			if t.shape[i] != n && t.shape[i] != 1 {
				what := "the letter " + letters[order[i]:order[i]+1]
				if strings.Contains(broadcastNames, letters[order[i]:order[i]+1]) {
					what = "a dimension of ..."
				}
				failOn("Einsum", []*Tensor{x, y}, "%s has size %d in %s and %d in the other operand", what, t.shape[i], shapeText(t.shape), n)
			}
		}
		return t.Expand(full...).Reshape(shape...)
	}
	out := arrange(x, xs, batch, onlyX, sum).MatMul(arrange(y, ys, batch, sum, onlyY))
	letters := batch + onlyX + onlyY
	shape := make([]int, len(letters))
	for i := range shape {
		shape[i] = size(letters[i])
	}
	return out.Reshape(shape...), letters
}

// Tensordot sums products over pairs of dimensions: dimsX[i] of t with dimsY[i]
// of y; the others follow in order.
func (t *Tensor) Tensordot(y *Tensor, dimsX, dimsY []int) *Tensor {
	if len(dimsX) != len(dimsY) {
		fail("Tensordot", "%d and %d dimensions; they are summed in pairs", len(dimsX), len(dimsY))
	}
	const lower = "abcdefghijklmnopqrstuvwxyz"
	a, b := []byte(lower[:len(t.shape)]), []byte(lower[len(t.shape):len(t.shape)+len(y.shape)])
	for i, d := range dimsX {
		b[y.dim("Tensordot", dimsY[i])] = a[t.dim("Tensordot", d)]
	}
	out := ""
	for _, c := range append(append([]byte{}, a...), b...) {
		if strings.Count(string(a)+string(b), string(c)) == 1 {
			out += string(c)
		}
	}
	return Einsum(string(a)+","+string(b)+"->"+out, t, y).named("ViewBackward0")
}

// Kron returns the Kronecker product of two tensors; the one with fewer dimensions
// gets leading ones of size 1.
func (t *Tensor) Kron(y *Tensor) *Tensor {
	xs := atLeast(max(len(t.shape), len(y.shape)), []*Tensor{t, y})
	t, y = xs[0], xs[1]
	var x1, y1, shape []int
	for i, n := range t.shape {
		x1, y1 = append(x1, n, 1), append(y1, 1, y.shape[i])
		shape = append(shape, n*y.shape[i])
	}
	return t.Reshape(x1...).Mul(y.Reshape(y1...)).Reshape(shape...).named("UnsafeViewBackward0")
}
