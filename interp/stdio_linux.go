package interp

import (
	"os"
	"runtime/debug"

	"golang.org/x/sys/unix"
)

// CaptureDescriptors makes what anything writes to the file descriptors 1 and 2 the output of the latest cell. It
// returns the standard error there was, where the trace of a crash still goes, and what puts both back.
func (s *Session) CaptureDescriptors() (stderr *os.File, restore func(), err error) {
	var before [3]int
	for fd, p := range map[int]*pipe{1: s.stdio.out, 2: s.stdio.err} {
		if before[fd], err = unix.FcntlInt(uintptr(fd), unix.F_DUPFD_CLOEXEC, 3); err != nil {
			return nil, nil, err
		}
		if err = unix.Dup3(int(p.file.Fd()), fd, 0); err != nil {
			return nil, nil, err
		}
	}
	stderr = os.NewFile(uintptr(before[2]), "stderr")
	err = debug.SetCrashOutput(stderr, debug.CrashOptions{})
	return stderr, func() {
		for _, fd := range []int{1, 2} {
			unix.Dup3(before[fd], fd, 0)
		}
	}, err
}
