package kernel

import (
	"fmt"
	"os"
	"path/filepath"
	"strings"
	"sync"
	"testing"
)

func inputsOf(entries []historyEntry) (out []string) {
	for _, e := range entries {
		out = append(out, fmt.Sprintf("%d/%d %s", e.Session, e.Line, e.Input))
	}
	return out
}

func TestHistoryOutlivesItsKernel(t *testing.T) {
	file := filepath.Join(t.TempDir(), "folder", "history.jsonl")
	first, second := &history{file: file}, &history{file: file}
	first.add(Cell{Code: "a\nb", Count: 1}, "out")
	second.add(Cell{Code: "c", Count: 1}, "")
	first.add(Cell{Code: "d", Count: 2}, "")

	third := &history{file: file} // has run nothing
	same(t, inputsOf(third.find(historyRequest{Access: "tail"})), []string{"1/1 a\nb", "2/1 c", "1/2 d"})
	same(t, inputsOf(third.find(historyRequest{Access: "range", Session: -1})), []string{"2/1 c"})
	same(t, inputsOf(third.find(historyRequest{Access: "range", Session: -2})), []string{"1/1 a\nb", "1/2 d"})
	same(t, third.find(historyRequest{Access: "search", Pattern: "a*"})[0].Output, "out")
	same(t, len(third.find(historyRequest{Access: "range"})), 0)
	third.add(Cell{Code: "e", Count: 1}, "")
	same(t, inputsOf(third.find(historyRequest{Access: "range"})), []string{"3/1 e"})
	same(t, inputsOf(first.find(historyRequest{Access: "tail"})), []string{"2/1 c", "3/1 e", "1/1 a\nb", "1/2 d"})
}

func TestHistoryOfManyKernelsAtOnce(t *testing.T) {
	file := filepath.Join(t.TempDir(), "history.jsonl")
	var kernels sync.WaitGroup
	for range 8 {
		kernels.Go(func() {
			h := &history{file: file}
			for i := range 20 {
				if err := h.add(Cell{Code: strings.Repeat("x", 5000), Count: i + 1}, ""); err != nil {
					t.Error(err)
				}
			}
		})
	}
	kernels.Wait()
	lines := map[int]int{}
	for _, e := range (&history{file: file}).find(historyRequest{Access: "tail"}) {
		lines[e.Session]++
		same(t, e.Line, lines[e.Session])
		same(t, len(e.Input), 5000)
	}
	same(t, lines, map[int]int{1: 20, 2: 20, 3: 20, 4: 20, 5: 20, 6: 20, 7: 20, 8: 20})
}

func TestHistoryIsBounded(t *testing.T) {
	file := filepath.Join(t.TempDir(), "history.jsonl")
	big := strings.Repeat("x", historyBytes/8)
	for range 20 {
		if err := (&history{file: file}).add(Cell{Code: big, Count: 1}, ""); err != nil {
			t.Fatal(err)
		}
	}
	if info, err := os.Stat(file); err != nil || info.Size() > 2*historyBytes {
		t.Errorf("%v, %v", info, err)
	}
	found := (&history{file: file}).find(historyRequest{Access: "tail"})
	same(t, found[len(found)-1].Session, 20)
}

func TestHistoryWithoutItsFile(t *testing.T) {
	folder := t.TempDir()
	os.WriteFile(filepath.Join(folder, "file"), nil, 0o600)
	h := &history{file: filepath.Join(folder, "file", "history.jsonl")}
	if err := h.add(Cell{Code: "a", Count: 1}, ""); err == nil {
		t.Error("a history below a file is no error")
	}
	if err := h.add(Cell{Code: "b", Count: 2}, ""); err != nil {
		t.Error("told twice:", err)
	}
	same(t, inputsOf(h.find(historyRequest{Access: "tail"})), []string{"1/1 a", "1/2 b"})

	damaged := filepath.Join(folder, "history.jsonl")
	os.WriteFile(damaged, []byte("{\"session\":4,\"line\":1,\"input\":\"a\"}\nnot JSON\n{\"session\":5,"), 0o600)
	same(t, inputsOf((&history{file: damaged}).find(historyRequest{Access: "tail"})), []string{"4/1 a"})
}
