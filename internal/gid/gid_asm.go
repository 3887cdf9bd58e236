//go:build amd64 || arm64

package gid

// Current returns the calling goroutine's identity.
func Current() uintptr
