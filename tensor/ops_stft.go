package tensor

// The short-time Fourier transform of signals, the last dimension, and its inverse.

func init() {
	viaOne("stft", "torch.stft(x, 8, 3, window=torch.hann_window(8, dtype=x.dtype), center=True, return_complex=True)", func(x *Tensor) *Tensor {
		return x.STFT(3, As(x.dtype).HannWindow(8))
	}, -2, 2, 2, 20)
	viaOne("istft", "torch.istft(torch.stft(x, 8, 2, window=torch.hann_window(8, dtype=x.dtype), return_complex=True) ** 2, 8, 2, window=torch.hann_window(8, dtype=x.dtype))", func(x *Tensor) *Tensor {
		return x.STFT(2, As(x.dtype).HannWindow(8)).Square().ISTFT(2, As(x.dtype).HannWindow(8))
	}, -2, 2, 2, 20)
}

// STFT returns the Fourier transforms of frames of the last dimension, hop apart and as long as the window that they are
// multiplied by: shape (…, len(window)/2+1, frames). Frames are centred: the signal is continued by its mirror image.
func (t *Tensor) STFT(hop int, window *Tensor) *Tensor {
	n := window.NumEl()
	if len(t.shape) == 0 || hop < 1 || len(window.shape) != 1 || t.Size(-1) <= n/2 {
		failOn("STFT", []*Tensor{t, window}, "a signal of shape %s, a window of shape %s and steps of %d; want a signal longer than half of the window, a vector, and a positive step",
			shapeText(t.shape), shapeText(window.shape), hop)
	}
	lead := t.shape[:len(t.shape)-1]
	frames := t.Reshape(-1, t.Size(-1)).PadReflect(n/2, n/2).Unfold(-1, n, hop)
	spectra := frames.Mul(window).RFFT(-1).Transpose(1, 2)
	return spectra.Reshape(append(append([]int{}, lead...), spectra.shape[1:]...)...)
}

// ISTFT returns the signal whose STFT with the same step and window comes nearest to t (Griffin and Lim 1984), of length
// hop·(frames-1). The squares of the shifted windows must not add up to 0 anywhere.
func (t *Tensor) ISTFT(hop int, window *Tensor) *Tensor {
	n := window.NumEl()
	if len(t.shape) < 2 || hop < 1 || len(window.shape) != 1 || t.Size(-2) != n/2+1 {
		failOn("ISTFT", []*Tensor{t, window}, "spectra of shape %s, a window of shape %s and steps of %d; want (…, window/2+1, frames), a vector, and a positive step",
			shapeText(t.shape), shapeText(window.shape), hop)
	}
	lead, count := t.shape[:len(t.shape)-2], t.Size(-1)
	frames := t.Reshape(-1, n/2+1, count).Transpose(1, 2).IRFFT(n, -1).Mul(window) // batch, frame, n
	size := hop*(count-1) + n
	at := On(t.Device()).As(Int64).Arange(0, float64(count), 1).MulScalar(float64(hop)).Unsqueeze(1).Add(On(t.Device()).As(Int64).Arange(0, float64(n), 1)).Flatten()
	sum := like(frames).Zeros(frames.shape[0], size).IndexAdd(1, at, frames.Flatten(1))
	weight := like(window).Zeros(size).IndexAdd(0, at, window.Square().Expand(count, n).Flatten())
	inside, share := sum.Narrow(1, n/2, size-n), weight.Narrow(0, n/2, size-n)
	if share.Detach().AMin().Item() < 1e-11 {
		failOn("ISTFT", []*Tensor{t, window}, "shifted by %d, the squares of the windows add up to 0 in places, where nothing is known of the signal; take smaller steps", hop)
	}
	return inside.Div(share).Reshape(append(append([]int{}, lead...), size-n)...)
}
