package tensor

import (
	"bytes"
	"fmt"
	"image"
	"image/color"
	"reflect"
	"testing"

	"gonum.org/v1/gonum/mat"
)

func TestBytes(t *testing.T) {
	x := Of([][]int16{{1, 2}, {-3, 256}}).T()
	want := []byte{1, 0, 0xfd, 0xff, 2, 0, 0, 1}
	if !bytes.Equal(x.Bytes(), want) {
		t.Errorf("% x, want % x", x.Bytes(), want)
	}
	wantValues(t, "FromBytes", FromBytes(want, Int16, 2, 2), []int{2, 2}, 1, -3, 2, 256)
	if err := errorOf(func() { FromBytes(want, Int16, 3) }); err == nil {
		t.Error("8 bytes fill 3 elements of 2")
	}
}

func TestNested(t *testing.T) {
	x := Of([][][]float32{{{1, 2}, {3, 4}}, {{5, 6}, {7, 8}}})
	for _, want := range []any{[][][]float32{{{1, 2}, {3, 4}}, {{5, 6}, {7, 8}}}, [][]bool{{true}, {false}}, []complex64{1i}, int8(3), [][]int64{{}, {}}, []float64{}} {
		if got := Of(want).Nested(); !reflect.DeepEqual(got, want) {
			t.Errorf("%#v, want %#v", got, want)
		}
	}
	if got := x.Transpose(0, 2).Select(1, 0).Cast(BFloat16).Nested(); !reflect.DeepEqual(got, [][]float32{{1, 5}, {2, 6}}) {
		t.Errorf("a strided tensor gives %v", got)
	}
	x.Nested().([][][]float32)[0][0][0] = 9
	if x.At(0, 0, 0) != 1 {
		t.Error("the slices share the tensor's elements")
	}
}

func TestGonum(t *testing.T) {
	x := Of([][]float64{{1, 2, 3}, {4, 5, 6}})
	if d := x.T().Dense(); !mat.Equal(d, mat.NewDense(3, 2, []float64{1, 4, 2, 5, 3, 6})) {
		t.Errorf("%v", mat.Formatted(d))
	}
	wantValues(t, "FromMatrix of a view", FromMatrix(x.Dense().T()), []int{3, 2}, 1, 4, 2, 5, 3, 6)
	wantValues(t, "FromMatrix of a slice", FromMatrix(x.Dense().Slice(0, 2, 1, 3)), []int{2, 2}, 2, 3, 5, 6)
	d := x.Dense()
	d.Set(0, 0, 9)
	if x.At(0, 0) != 1 {
		t.Error("the matrix shares the tensor's elements")
	}
}

func TestImages(t *testing.T) {
	img := image.NewNRGBA(image.Rect(5, 7, 8, 9)) // bounds need not begin at 0
	for y := 7; y < 9; y++ {
		for x := 5; x < 8; x++ {
			img.SetNRGBA(x, y, color.NRGBA{uint8(10 * x), uint8(20 * y), 255, 255})
		}
	}
	v := FromImage(img)
	if fmt.Sprint(v.Shape()) != "[3 2 3]" || v.At(2, 1, 1) != 1 || v.At(0, 0, 2) != float64(float32(70*257)/65535) {
		t.Errorf("%v", v)
	}
	back := v.Image()
	for y := range 2 {
		for x := range 3 {
			if back.At(x, y) != img.At(x+5, y+7) {
				t.Errorf("pixel (%d, %d) is %v, was %v", x, y, back.At(x, y), img.At(x+5, y+7))
			}
		}
	}
	glass := Of([][][]uint8{{{1}}, {{2}}, {{3}}, {{128}}}).Image()
	if c := glass.At(0, 0); c != (color.NRGBA{1, 2, 3, 128}) {
		t.Errorf("a pixel with opacity is %v", c)
	}
	grey := &image.Gray{Pix: []uint8{0, 51, 255, 102}, Stride: 2, Rect: image.Rect(0, 0, 2, 2)}
	g := FromImage(grey)
	if fmt.Sprint(g.Shape()) != "[1 2 2]" || g.Select(0, 0).Image().(*image.Gray).Pix[1] != 51 || g.MulScalar(255).Cast(UInt8).Image().(*image.Gray).Pix[3] != 102 {
		t.Errorf("%v", g)
	}
}

// An operation allocates its elements, with the storage's header, and its tensor;
// a recorded one its history, too.
func TestAllocations(t *testing.T) {
	x, y, row := Randn(8, 8), Randn(8, 8), Randn(8)
	big := Randn(64, 100)
	for name, f := range map[string]func(){
		"Add": func() { x.Add(y) }, "MulScalar": func() { x.MulScalar(2) }, "LtScalar": func() { x.LtScalar(0) }, "Exp": func() { x.Exp() },
		"ReLU": func() { big.ReLU() }, "Sub": func() { big.Sub(big) }, "ClampMin": func() { big.ClampMin(0) },
	} {
		if n := testing.AllocsPerRun(100, f); n > 2 {
			t.Errorf("%s makes %v allocations", name, n)
		}
	}
	if n := testing.AllocsPerRun(100, func() { x.Add(row) }); n > 3 {
		t.Errorf("a broadcast Add makes %v allocations", n)
	}
}
