package main

import "os"

// aliveFile stands beside the connection file while a kernel lives. Jupyter starts a kernel that was killed, by the
// system when memory ran out say, again with the same connection file: if the file is there then, the session before
// was lost.
func aliveFile(connectionFile string) (lost bool, remove func()) {
	path := connectionFile + ".alive"
	_, err := os.Stat(path)
	if os.WriteFile(path, nil, 0o600) != nil {
		return false, func() {} // only the notice is lost
	}
	return err == nil, func() { os.Remove(path) }
}

const lostNotice = "The session before this one ended without warning (killed, or out of memory): its variables are gone. " +
	"Run the cells that declare them again.\n"
