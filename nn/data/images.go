package data

import (
	"bytes"
	"compress/gzip"
	"encoding/binary"
	"errors"
	"fmt"
	"io"
	"io/fs"
	"os"
	"path/filepath"

	"github.com/gophergrad/gophergrad/tensor"
)

// ImageDataset holds images in memory, as bytes.
type ImageDataset struct {
	Images  *tensor.Tensor // UInt8 (examples × h × w × channels) or (examples × h × w)
	Labels  *tensor.Tensor // Int64 (examples)
	Classes []string       // the names of the labels

	transform       Transform
	targetTransform Transform
}

// Len returns the number of examples.
func (d *ImageDataset) Len() int { return d.Images.Size(0) }

// Get returns image i, transformed, and its label.
func (d *ImageDataset) Get(i int) (input, target *tensor.Tensor) {
	input, target = d.Images.Select(0, i), d.Labels.Select(0, i)
	if d.transform != nil {
		input = d.transform(input)
	}
	if d.targetTransform != nil {
		target = d.targetTransform(target)
	}
	return input, target
}

// ImageOption is a setting of [CIFAR10], [MNIST] and their like.
type ImageOption func(*imageOptions)

type imageOptions struct {
	test                       bool
	transform, targetTransform Transform
}

// Train chooses between the training set, which is the default, and the test set.
func Train(on bool) ImageOption { return func(o *imageOptions) { o.test = !on } }

// WithTransform changes every image.
func WithTransform(t Transform) ImageOption { return func(o *imageOptions) { o.transform = t } }

// WithTargetTransform changes every label.
func WithTargetTransform(t Transform) ImageOption {
	return func(o *imageOptions) { o.targetTransform = t }
}

func newImages(images, labels *tensor.Tensor, classes []string, o imageOptions) *ImageDataset {
	return &ImageDataset{images, labels, classes, o.transform, o.targetTransform}
}

func imageSettings(opts []ImageOption) (o imageOptions) {
	for _, opt := range opts {
		opt(&o)
	}
	return o
}

var cifarClasses = []string{"plane", "car", "bird", "cat", "deer", "dog", "frog", "horse", "ship", "truck"}

// CIFAR10 reads the 60,000 images 32×32×3 of the data set's binary version
// (Krizhevsky 2009) from dir or its folder cifar-10-batches-bin.
func CIFAR10(dir string, opts ...ImageOption) (*ImageDataset, error) {
	o := imageSettings(opts)
	files := []string{"data_batch_1.bin", "data_batch_2.bin", "data_batch_3.bin", "data_batch_4.bin", "data_batch_5.bin"}
	if o.test {
		files = []string{"test_batch.bin"}
	}
	const pixels = 3 * 32 * 32 // behind one byte of label, planes of red, green and blue
	var images []byte
	var labels []int64
	for _, name := range files {
		raw, err := readIn(dir, "cifar-10-batches-bin", name, "https://www.cs.toronto.edu/~kriz/cifar-10-binary.tar.gz")
		if err != nil {
			return nil, err
		}
		if len(raw) == 0 || len(raw)%(1+pixels) != 0 {
			return nil, fmt.Errorf("%s holds %d bytes, which is no multiple of the %d of an example", name, len(raw), 1+pixels)
		}
		for ; len(raw) > 0; raw = raw[1+pixels:] {
			if int(raw[0]) >= len(cifarClasses) {
				return nil, fmt.Errorf("%s holds the label %d; CIFAR-10 has 0 to %d", name, raw[0], len(cifarClasses)-1)
			}
			labels = append(labels, int64(raw[0]))
			images = append(images, raw[1:1+pixels]...)
		}
	}
	planes := tensor.FromSlice(images, len(labels), 3, 32, 32)
	return newImages(planes.Permute(0, 2, 3, 1), tensor.FromSlice(labels), cifarClasses, o), nil
}

// MNIST reads the 70,000 images 28×28 of handwritten digits (LeCun et al. 1998)
// from dir or its folder MNIST/raw, unpacked or with the ending .gz.
func MNIST(dir string, opts ...ImageOption) (*ImageDataset, error) {
	o := imageSettings(opts)
	prefix := "train"
	if o.test {
		prefix = "t10k"
	}
	images, err := readIDX(dir, prefix+"-images-idx3-ubyte", 3)
	if err != nil {
		return nil, err
	}
	labels, err := readIDX(dir, prefix+"-labels-idx1-ubyte", 1)
	if err != nil {
		return nil, err
	}
	if images.Size(0) != labels.Size(0) {
		return nil, fmt.Errorf("%d images and %d labels in %s", images.Size(0), labels.Size(0), dir)
	}
	return newImages(images, labels.Long(), []string{"0", "1", "2", "3", "4", "5", "6", "7", "8", "9"}, o), nil
}

// readIDX reads a file of bytes with the given number of dimensions, in the IDX
// format: two zeros, type 8, the number of dimensions, the sizes, big-endian.
func readIDX(dir, name string, dims int) (*tensor.Tensor, error) {
	raw, err := readIn(dir, filepath.Join("MNIST", "raw"), name, "https://yann.lecun.com/exdb/mnist")
	if err != nil {
		return nil, err
	}
	header := 4 * (1 + dims)
	if len(raw) < header || binary.BigEndian.Uint32(raw) != 0x800+uint32(dims) {
		return nil, fmt.Errorf("%s is no IDX file of bytes with %d dimensions", name, dims)
	}
	shape, n := make([]int, dims), 1
	for i := range shape {
		shape[i] = int(binary.BigEndian.Uint32(raw[4*(i+1):]))
		n *= shape[i]
	}
	if raw = raw[header:]; len(raw) != n {
		return nil, fmt.Errorf("%s holds %d bytes of data; its sizes %v say %d", name, len(raw), shape, n)
	}
	return tensor.FromSlice(raw, shape...), nil
}

// readIn reads a file of dir or of a folder in it, packed by gzip or not.
func readIn(dir, folder, name, source string) ([]byte, error) {
	for _, path := range []string{filepath.Join(dir, folder, name), filepath.Join(dir, name)} {
		raw, err := os.ReadFile(path)
		if errors.Is(err, fs.ErrNotExist) {
			if raw, err = os.ReadFile(path + ".gz"); err == nil {
				raw, err = unzip(raw)
			}
		}
		if err == nil || !errors.Is(err, fs.ErrNotExist) {
			return raw, err
		}
	}
	return nil, fmt.Errorf("%s is neither in %s nor in its folder %s; get the data set from %s: %w", name, dir, folder, source, fs.ErrNotExist)
}

func unzip(packed []byte) ([]byte, error) {
	r, err := gzip.NewReader(bytes.NewReader(packed))
	if err != nil {
		return nil, err
	}
	return io.ReadAll(r)
}
