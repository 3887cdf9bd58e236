package kernel

import "os"

// reserved is how many files a socket holds open.
const reserved = 4

// reserve are file descriptors that a socket holds for peers that come when cells have used up all others.
type reserve []*os.File

// fill holds as many as it can.
func (r *reserve) fill() {
	for len(*r) < reserved {
		f, err := os.Open(os.DevNull)
		if err != nil {
			return
		}
		*r = append(*r, f)
	}
}

// release lets some go, and reports whether there were any.
func (r *reserve) release(n int) bool {
	n = min(n, len(*r))
	for _, f := range (*r)[:n] {
		f.Close()
	}
	*r = (*r)[n:]
	return n > 0
}
