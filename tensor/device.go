package tensor

import "fmt"

// Device says where a storage lives. The zero value is the CPU.
type Device struct {
	cuda  bool
	index int
}

// CPU is main memory.
var CPU = Device{}

// CUDA returns the index-th CUDA device.
func CUDA(index int) Device { return Device{cuda: true, index: index} }

// CUDAAvailable reports whether a CUDA device can be used; in this version none can, and tensors live on the CPU.
func CUDAAvailable() bool { return false }

// IsCUDA reports whether d is a CUDA device.
func (d Device) IsCUDA() bool { return d.cuda }

// Index returns the number of a CUDA device, 0 for the CPU.
func (d Device) Index() int { return d.index }

// String returns "cpu" or "cuda:0".
func (d Device) String() string {
	if d.cuda {
		return fmt.Sprintf("cuda:%d", d.index)
	}
	return "cpu"
}

// checkUsable panics if d cannot hold tensors on this machine.
func (d Device) checkUsable(op string) {
	if d.cuda {
		fail(op, "device %v: this version computes on the CPU only, so tensor.CUDAAvailable() is false", d)
	}
}
