package kernel

import (
	"fmt"
	"runtime"
	"strings"
	"sync"
	"testing"
	"time"
)

// heap is how many bytes are in use.
func heap() int64 {
	var m runtime.MemStats
	runtime.GC()
	runtime.ReadMemStats(&m)
	return int64(m.HeapAlloc)
}

func TestTenThousandCells(t *testing.T) {
	_, c := start(t, "tcp")
	clients := make([]*client, 4)
	for i := range clients {
		clients[i] = connect(t, c, fmt.Sprint("client", i))
	}
	round := func(cells int) {
		var all sync.WaitGroup
		for i, cl := range clients {
			all.Go(func() {
				for n := range cells / len(clients) {
					published, answer := cl.execute(fmt.Sprintf("print %d-%d", i, n))
					if got := strings.Join(texts(published), " "); got != fmt.Sprintf(`busy execute_input stdout "%d-%d\n" idle`, i, n) {
						t.Errorf("client %d, cell %d: %s", i, n, got)
						return
					}
					if answer.Content["status"] != "ok" {
						t.Errorf("client %d, cell %d: %v", i, n, answer.Content)
					}
					cl.skipped = cl.skipped[:0] // what the others ran
				}
			})
		}
		all.Wait()
		for _, cl := range clients { // and what the others ran after its last cell
			cl.execute("print end")
			cl.skipped = nil
		}
	}
	cells := 10_000
	if testing.Short() { // under the race detector
		cells = 1000
	}
	round(cells / 5)
	before := heap()
	round(cells / 5 * 4)
	if grown := heap() - before; grown > 16<<20 { // the signatures and the history that are kept
		t.Errorf("%d cells left %d bytes", cells/5*4, grown)
	}
}

func TestManyLinesAndUpdates(t *testing.T) {
	_, c := start(t, "tcp")
	cl := connect(t, c, "a")
	published, _ := cl.execute("lines 100000")
	var text strings.Builder
	for _, r := range published {
		if r.Type == "stream" {
			text.WriteString(r.Content["text"].(string))
		}
	}
	lines := strings.Split(strings.TrimSuffix(text.String(), "\n"), "\n")
	if len(lines) != 100_000 || lines[0] != "0" || lines[99_999] != "99999" {
		t.Errorf("%d lines, the last is %s", len(lines), lines[len(lines)-1])
	}
	began := time.Now()
	published, _ = cl.execute("updates 1000")
	count := 0
	for _, r := range published {
		if r.Type == "update_display_data" {
			same(t, r.Content["data"], any(map[string]any{"text/plain": fmt.Sprint(count)}))
			count++
		}
	}
	same(t, count, 1000)
	if took := time.Since(began); took > 10*time.Second {
		t.Errorf("1000 updates took %v", took)
	}
}

func TestFiftyComms(t *testing.T) {
	_, c := start(t, "tcp")
	cl := connect(t, c, "a")
	side := createSubshell(cl)
	busy := cl.send("shell", "execute_request", map[string]any{"code": "sleep 1h"}) // comms do not wait for it
	cl.until(busy, "execute_input")
	for round := range 10 {
		for i := range 50 {
			kind, content := "comm_msg", map[string]any{"comm_id": fmt.Sprint("c", i), "data": map[string]any{"n": round}}
			if round == 0 {
				kind, content["target_name"] = "comm_open", "echo"
			}
			rs := cl.published(cl.in(side, kind, content))
			same(t, rs[1].Content, map[string]any{"comm_id": fmt.Sprint("c", i), "data": map[string]any{"n": float64(round)}})
		}
	}
	_, answer := cl.await(cl.send("shell", "comm_info_request", map[string]any{}))
	same(t, len(answer.Content["comms"].(map[string]any)), 50)
	cl.send("control", "interrupt_request", map[string]any{})
	cl.await(busy)
}

// A client that vanishes while its cell runs leaves the others theirs.
func TestClientGoesAwayInTheMiddleOfACell(t *testing.T) {
	_, c := start(t, "tcp")
	stays, goes := connect(t, c, "a"), connect(t, c, "b")
	id := goes.send("shell", "execute_request", map[string]any{"code": "sleep 200ms\nprint done"})
	stays.until(id, "execute_input")
	for _, s := range goes.sockets {
		s.Close()
	}
	same(t, texts(stays.published(id)), []string{"busy", `stdout "done\n"`, "idle"})
	_, answer := stays.execute("print on")
	same(t, answer.Content["status"], any("ok"))
}
