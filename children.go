package main

import (
	"os"
	"syscall"
	"time"

	"github.com/shirou/gopsutil/v4/process"
)

// endChildren ends the processes that cells have left running, but for those in a process group of their own, which are
// meant to outlive the kernel.
func endChildren() {
	var left []int
	for _, pid := range descendants(int32(os.Getpid())) {
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

func descendants(pid int32) (pids []int) {
	children, _ := (&process.Process{Pid: pid}).Children()
	for _, c := range children {
		pids = append(append(pids, int(c.Pid)), descendants(c.Pid)...)
	}
	return pids
}
