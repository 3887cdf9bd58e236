// Package memory tells how much memory there is.
package memory

import "golang.org/x/sys/unix"

// Machine is the size of the machine's memory in bytes, 0 if that is not known.
func Machine() int64 {
	var info unix.Sysinfo_t
	if unix.Sysinfo(&info) != nil {
		return 0
	}
	return int64(info.Totalram) * int64(info.Unit)
}
