package main

import (
	"os"
	"syscall"
	"time"

	"github.com/gophergrad/gophergrad/internal/children"
)

// endChildren ends the processes that cells have left running, but for those in a process group of their own, which are
// meant to outlive the kernel.
func endChildren() {
	var left []int
	for _, pid := range children.Of(os.Getpid()) {
		if group, err := syscall.Getpgid(pid); err == nil && group == syscall.Getpgrp() {
			left = append(left, pid)
			syscall.Kill(pid, syscall.SIGTERM)
		}
	}
	if len(left) == 0 {
		return
	}
	time.Sleep(100 * time.Millisecond) // to end well
	for _, pid := range left {
		syscall.Kill(pid, syscall.SIGKILL)
	}
}
