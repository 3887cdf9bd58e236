package data

import "github.com/gophergrad/gophergrad/tensor"

// Transform changes an input on its way into a batch.
type Transform func(x *tensor.Tensor) *tensor.Tensor

// Compose applies transforms one after the other.
func Compose(ts ...Transform) Transform {
	return func(x *tensor.Tensor) *tensor.Tensor {
		for _, t := range ts {
			x = t(x)
		}
		return x
	}
}

// ToTensor turns an image of bytes (h × w × channels) or (h × w) into Float32
// numbers in [0, 1] (channels × h × w).
func ToTensor() Transform {
	return func(x *tensor.Tensor) *tensor.Tensor {
		if x.DType() != tensor.UInt8 || x.Dim() < 2 || x.Dim() > 3 {
			fail("ToTensor", "a tensor of %v and shape %v is no image; it must be uint8, (height × width × channels)", x.DType(), x.Shape())
		}
		if x.Dim() == 2 {
			x = x.Unsqueeze(2)
		}
		return x.Permute(2, 0, 1).Cast(tensor.Float32).DivScalar(255)
	}
}

// Normalize subtracts a mean from every channel and divides by a standard
// deviation, for images (channels × h × w).
func Normalize(mean, std []float64) Transform {
	if len(mean) != len(std) || len(mean) == 0 {
		fail("Normalize", "%d means and %d standard deviations; there must be one of each for every channel", len(mean), len(std))
	}
	for _, s := range std {
		if s == 0 {
			fail("Normalize", "a standard deviation is 0")
		}
	}
	shape := []int{len(mean), 1, 1}
	m, s := tensor.FromSlice(mean, shape...), tensor.FromSlice(std, shape...)
	m32, s32 := m.Float(), s.Float()
	return func(x *tensor.Tensor) *tensor.Tensor {
		if x.Dim() < 3 || x.Size(-3) != len(mean) {
			fail("Normalize", "the image has shape %v; it must have %d channels, (channels × height × width)", x.Shape(), len(mean))
		}
		if x.DType() == tensor.Float64 {
			return x.Sub(m).Div(s)
		}
		return x.Sub(m32).Div(s32)
	}
}

// RandomHorizontalFlip mirrors images (… × w) with probability p.
func RandomHorizontalFlip(p float64) Transform {
	return func(x *tensor.Tensor) *tensor.Tensor {
		if tensor.Rand(1).Item() < p {
			return x.Flip(x.Dim() - 1)
		}
		return x
	}
}

// RandomCrop pads images (channels × h × w) with zeros on every side and cuts a
// square out at a random place.
func RandomCrop(size, padding int) Transform {
	return func(x *tensor.Tensor) *tensor.Tensor {
		h, w := x.Size(-2)+2*padding, x.Size(-1)+2*padding
		if size > h || size > w {
			fail("RandomCrop", "a square of %d does not fit into the padded image of %d×%d", size, h, w)
		}
		shape := x.Shape()
		shape[len(shape)-2], shape[len(shape)-1] = h, w
		wide := tensor.On(x.Device()).As(x.DType()).Zeros(shape...)
		wide.Narrow(-2, padding, x.Size(-2)).Narrow(-1, padding, x.Size(-1)).CopyInPlace(x)
		top, left := tensor.RandInt(0, h-size+1, 1).Int64s()[0], tensor.RandInt(0, w-size+1, 1).Int64s()[0]
		return wide.Narrow(-2, int(top), size).Narrow(-1, int(left), size)
	}
}
