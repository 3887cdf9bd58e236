//go:build !amd64 && !arm64

package gid

import (
	"bytes"
	"runtime"
	"strconv"
)

// Current returns the calling goroutine's identity: its number, read from the
// first line of its stack trace ("goroutine 12 [running]:").
func Current() uintptr {
	var buf [64]byte
	line := buf[:runtime.Stack(buf[:], false)]
	line = bytes.TrimPrefix(line, []byte("goroutine "))
	id, _ := strconv.ParseUint(string(line[:bytes.IndexByte(line, ' ')]), 10, 64)
	return uintptr(id)
}
