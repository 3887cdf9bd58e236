package kernel

import (
	"bytes"
	"encoding/json"
	"os"
	"path/filepath"
	"syscall"
)

// The history file has a line of JSON for each cell, the oldest first. Kernels append to it whenever one has run a
// cell, so their lines mix; a lock beside the file keeps them whole.

// historyBytes is the size beyond which a session that begins halves the file.
const historyBytes = 4 << 20

// withHistoryLock calls f while no other kernel changes the file.
func withHistoryLock(file string, f func() error) error {
	if err := os.MkdirAll(filepath.Dir(file), 0o700); err != nil {
		return err
	}
	lock, err := os.OpenFile(file+".lock", os.O_CREATE|os.O_RDWR, 0o600)
	if err != nil {
		return err
	}
	defer lock.Close()
	if err := syscall.Flock(int(lock.Fd()), syscall.LOCK_EX); err != nil {
		return err
	}
	return f()
}

// claimSession gives the number after the highest in the file and marks it as taken.
func claimSession(file string) (session int, err error) {
	err = withHistoryLock(file, func() error {
		for _, e := range readHistory(file) {
			session = max(session, e.Session)
		}
		session++
		if text, err := os.ReadFile(file); err == nil && len(text) > historyBytes {
			text = text[len(text)-historyBytes/2:]
			text = text[bytes.IndexByte(text, '\n')+1:]
			if err := replaceFile(file, text); err != nil {
				return err
			}
		}
		return appendLine(file, historyEntry{Session: session})
	})
	return session, err
}

func appendHistory(file string, e historyEntry) error {
	return withHistoryLock(file, func() error { return appendLine(file, e) })
}

func appendLine(file string, e historyEntry) error {
	f, err := os.OpenFile(file, os.O_CREATE|os.O_WRONLY|os.O_APPEND, 0o600)
	if err != nil {
		return err
	}
	defer f.Close()
	_, err = f.Write(append(mustMarshal(e), '\n'))
	return err
}

// replaceFile writes a file anew, so that a kernel that is killed leaves the old or the new one.
func replaceFile(file string, text []byte) error {
	if err := os.WriteFile(file+".new", text, 0o600); err != nil {
		return err
	}
	return os.Rename(file+".new", file)
}

// readHistory reads what there is; lines that a killed kernel left unfinished, and the marks of sessions, which have no
// line number, are passed over where cells are asked for.
func readHistory(file string) (entries []historyEntry) {
	text, err := os.ReadFile(file)
	if err != nil {
		return nil // none yet
	}
	for line := range bytes.Lines(text) {
		var e historyEntry
		if json.Unmarshal(line, &e) == nil {
			entries = append(entries, e)
		}
	}
	return entries
}
