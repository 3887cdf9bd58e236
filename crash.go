package main

import (
	"bytes"
	"os"
)

// aliveMark at the end of a connection file, where JSON may have blanks, says that a kernel lives. Jupyter starts a kernel
// that was killed, by the system when memory ran out say, again with the same connection file: if the mark is there then,
// the session before was lost. A file of its own would stay behind when Jupyter removes the connection file.
const aliveMark = " \n \n"

func markAlive(connectionFile string) {
	f, err := os.OpenFile(connectionFile, os.O_WRONLY|os.O_APPEND, 0)
	if err != nil {
		return // only the notice is lost
	}
	defer f.Close()
	f.WriteString(aliveMark)
}

// unmarkAlive takes the mark away and reports whether it was there.
func unmarkAlive(connectionFile string) bool {
	text, _ := os.ReadFile(connectionFile)
	unmarked, marked := bytes.CutSuffix(text, []byte(aliveMark))
	return marked && os.Truncate(connectionFile, int64(len(unmarked))) == nil
}

const lostNotice = "The session before this one ended without warning (killed, or out of memory): its variables are gone. " +
	"Run the cells that declare them again.\n"
