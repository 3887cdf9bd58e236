// Package children finds the processes that a process has left running.
package children

import "github.com/shirou/gopsutil/v4/process"

// Of gives the processes that a process has started, and those that these have.
func Of(pid int) (pids []int) {
	children, _ := (&process.Process{Pid: int32(pid)}).Children()
	for _, c := range children {
		pids = append(append(pids, int(c.Pid)), Of(int(c.Pid))...)
	}
	return pids
}
