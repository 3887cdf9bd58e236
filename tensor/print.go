package tensor

import (
	"fmt"
	"math"
	"strings"
	"sync/atomic"
)

// PrintOptions say how tensors print, as torch.set_printoptions does. Change what GetPrintOptions returns, or a profile,
// rather than a zero value.
type PrintOptions struct {
	Precision int     // digits after the point of floating-point numbers
	Threshold int     // elements above which a tensor is summarised
	EdgeItems int     // elements shown at each end of a summarised dimension
	LineWidth int     // characters a line
	Sci       SciMode // whether floating-point numbers have exponents
}

// SciMode says when floating-point numbers print with exponents.
type SciMode uint8

const (
	SciAuto   SciMode = iota // when a number exceeds 10⁸, is below 10⁻⁴, or a thousandth of another
	SciAlways                // always
	SciNever                 // never
)

// The profiles of torch.set_printoptions. PrintDefault is how tensors print at first.
var (
	PrintDefault = PrintOptions{Precision: 4, Threshold: 1000, EdgeItems: 3, LineWidth: 80}
	PrintShort   = PrintOptions{Precision: 2, Threshold: 1000, EdgeItems: 2, LineWidth: 80}
	PrintFull    = PrintOptions{Precision: 4, Threshold: math.MaxInt, EdgeItems: 3, LineWidth: 80}
)

var printOptions atomic.Pointer[PrintOptions]

func init() { SetPrintOptions(PrintDefault) }

// maxPrecision is beyond the digits of any number.
const maxPrecision = 1100

// SetPrintOptions changes how tensors print from now on. It fails for negative options and a precision beyond 1100 digits.
func SetPrintOptions(o PrintOptions) {
	if min(o.Precision, o.Threshold, o.EdgeItems, o.LineWidth) < 0 || o.Precision > maxPrecision || o.Sci > SciNever {
		fail("SetPrintOptions", "%+v; options must not be negative, and the precision not above %d", o, maxPrecision)
	}
	printOptions.Store(&o)
}

// GetPrintOptions returns how tensors print.
func GetPrintOptions() PrintOptions { return *printOptions.Load() }

// String returns the tensor as PyTorch prints it, to the character, but for dtypes, which read float64, not
// torch.float64.
func (t *Tensor) String() string {
	if t.trace != nil {
		return fmt.Sprintf("tensor(<static graph>, size=%s, dtype=%v)", sizeText(t.shape), t.dtype)
	}
	p := printer{PrintOptions: GetPrintOptions()}
	var suffixes []string
	if t.Device() != CPU {
		suffixes = append(suffixes, fmt.Sprintf("device='%v'", t.Device()))
	}
	d := t.dtype
	usual := d == defaultDType || d == defaultDType.complexType()
	if t.NumEl() == 0 {
		p.out.WriteString("tensor([]")
		if t.Dim() != 1 {
			suffixes = append(suffixes, "size="+sizeText(t.shape))
		}
		if d != defaultDType {
			suffixes = append(suffixes, "dtype="+d.String())
		}
	} else {
		p.out.WriteString("tensor(")
		p.summarise = t.NumEl() > p.Threshold
		p.format(t)
		p.write(t.shape, indent)
		if p.EdgeItems == 0 {
			suffixes = append(suffixes, "size="+sizeText(t.shape))
		}
		if !usual && d != Int64 && d != Bool {
			suffixes = append(suffixes, "dtype="+d.String())
		}
	}
	if n := t.gradNode(); n != nil {
		suffixes = append(suffixes, "grad_fn=<"+n.GradFn()+">")
	} else if t.requiresGrad {
		suffixes = append(suffixes, "requires_grad=True")
	}
	return p.finish(suffixes)
}

// FormatElements returns the elements that String shows, as it writes them but for the padding, in row-major order, and
// for every dimension how many indices show before the dots and how many after. Without dots all come before.
func (t *Tensor) FormatElements() (cells []string, head, tail []int) {
	p := printer{PrintOptions: GetPrintOptions()}
	p.summarise = t.NumEl() > p.Threshold
	p.format(t)
	for i, cell := range p.cells {
		p.cells[i] = strings.TrimLeft(cell, " ")
	}
	for _, size := range t.shape {
		h, l := p.shown(size)
		head, tail = append(head, h), append(tail, l)
	}
	return p.cells, head, tail
}

// indent is the column of a tensor's elements, after "tensor(".
const indent = 7

// printer lays out one tensor.
type printer struct {
	PrintOptions
	summarise bool
	cells     []string // the shown elements in row-major order, not yet written
	width     int      // what cells are padded to
	out       strings.Builder
}

// shown returns how many elements of a dimension show before and after the dots; without dots all come before.
func (p *printer) shown(size int) (head, tail int) {
	if p.summarise && size-p.EdgeItems > p.EdgeItems {
		return p.EdgeItems, p.EdgeItems
	}
	return size, 0
}

// write appends the brackets of a tensor of the given shape around the next cells.
func (p *printer) write(shape []int, column int) {
	switch {
	case len(shape) == 0:
		p.out.WriteString(p.take())
		return
	case p.summarise && p.EdgeItems == 0:
		p.out.WriteString("[...]")
		return
	case len(shape) == 1:
		p.writeRow(shape[0], column)
		return
	}
	between := "," + strings.Repeat("\n", len(shape)-1) + strings.Repeat(" ", column+1)
	head, tail := p.shown(shape[0])
	p.out.WriteByte('[')
	for i := range head + tail {
		if i > 0 {
			p.out.WriteString(between)
		}
		if i == head {
			p.out.WriteString("..." + between)
		}
		p.write(shape[1:], column+1)
	}
	p.out.WriteByte(']')
}

// writeRow appends the innermost dimension, in lines of as many elements as fit.
func (p *printer) writeRow(size, column int) {
	head, tail := p.shown(size)
	row := make([]string, 0, head+tail+1)
	for range head {
		row = append(row, p.take())
	}
	if tail > 0 {
		row = append(row, " ...")
	}
	for range tail {
		row = append(row, p.take())
	}
	perLine := max(1, (p.LineWidth-column)/(p.width+2))
	p.out.WriteByte('[')
	for i, cell := range row {
		switch {
		case i == 0:
		case i%perLine == 0:
			p.out.WriteString(",\n" + strings.Repeat(" ", column+1))
		default:
			p.out.WriteString(", ")
		}
		p.out.WriteString(cell)
	}
	p.out.WriteByte(']')
}

func (p *printer) take() string {
	cell := p.cells[0]
	p.cells = p.cells[1:]
	return cell
}

// finish appends the suffixes, each on a new line where it would pass the line's width, and the parenthesis.
func (p *printer) finish(suffixes []string) string {
	s := p.out.String()
	length := len(s) - strings.LastIndexByte(s, '\n') + 1
	for _, suffix := range suffixes {
		if length+len(suffix)+2 > p.LineWidth {
			s += ",\n" + strings.Repeat(" ", indent) + suffix
			length = indent + len(suffix)
		} else {
			s += ", " + suffix
			length += len(suffix) + 2
		}
	}
	return s + ")"
}

// format fills cells with the shown elements, padded to one width.
func (p *printer) format(t *Tensor) {
	p.width = 1
	switch {
	case t.dtype.IsComplex():
		p.formatComplex(t)
		return
	case t.dtype.IsFloat():
		p.formatFloats(shownElements[float64](p, t))
	default:
		for _, v := range shownElements[int64](p, t) {
			cell := fmt.Sprint(v)
			if t.dtype == Bool {
				cell = map[int64]string{0: "False", 1: "True"}[v]
			}
			p.add(cell, true)
		}
	}
	for i, c := range p.cells {
		p.cells[i] = strings.Repeat(" ", max(0, p.width-len(c))) + c
	}
}

// formatComplex formats the two parts on their own and puts them side by side.
func (p *printer) formatComplex(t *Tensor) {
	half := func(which int) *printer {
		h := &printer{PrintOptions: p.PrintOptions, summarise: p.summarise}
		h.format(part(t, which))
		return h
	}
	re, im := half(0), half(1)
	p.width = re.width + im.width + 1
	for i, r := range re.cells {
		v := strings.TrimLeft(im.cells[i], " ") + "j"
		if v[0] != '-' {
			v = "+" + v
		}
		p.add(r+v, false)
	}
}

// add appends a cell, which may widen them all.
func (p *printer) add(cell string, widens bool) {
	p.cells = append(p.cells, cell)
	if widens {
		p.width = max(p.width, len(cell))
	}
}

// formatFloats chooses the notation that suits all of the numbers. Zeros, infinities and NaN have no say in it, nor
// in the width.
func (p *printer) formatFloats(values []float64) {
	low, high, integral := math.Inf(1), 0.0, true
	counts := func(v float64) bool { return v != 0 && !math.IsInf(v, 0) && !math.IsNaN(v) }
	for _, v := range values {
		if counts(v) {
			low, high = min(low, math.Abs(v)), max(high, math.Abs(v))
			integral = integral && v == math.Ceil(v)
		}
	}
	sci := high/low > 1000 || high > 1e8 || low < 1e-4
	if p.Sci != SciAuto {
		sci = high > 0 && p.Sci == SciAlways
	}
	for _, v := range values {
		var cell string
		switch {
		case math.IsNaN(v):
			cell = "nan"
		case math.IsInf(v, 0):
			cell = map[bool]string{true: "inf", false: "-inf"}[v > 0]
		case sci:
			cell = fmt.Sprintf("%.*e", p.Precision, v)
		case integral:
			cell = fmt.Sprintf("%.0f.", v)
		default:
			cell = fmt.Sprintf("%.*f", p.Precision, v)
		}
		p.add(cell, counts(v))
	}
}

// shownElements reads the elements that print.
func shownElements[C compute](p *printer, t *Tensor) []C {
	if t.Dim() == 0 {
		return read[C](t)
	}
	head, tail := p.shown(t.shape[0])
	if t.Dim() == 1 {
		values := read[C](viewOf(t, []int{head}, t.strides, t.offset))
		return append(values, read[C](viewOf(t, []int{tail}, t.strides, t.offset+(t.shape[0]-tail)*t.strides[0]))...)
	}
	var values []C
	for i := range head + tail {
		if i >= head {
			i += t.shape[0] - head - tail
		}
		values = append(values, shownElements[C](p, viewOf(t, t.shape[1:], t.strides[1:], t.offset+i*t.strides[0]))...)
	}
	return values
}

// sizeText writes a shape as Python writes a tuple.
func sizeText(shape []int) string {
	if len(shape) == 1 {
		return fmt.Sprintf("(%d,)", shape[0])
	}
	return "(" + strings.Trim(strings.Join(strings.Fields(fmt.Sprint(shape)), ", "), "[]") + ")"
}
