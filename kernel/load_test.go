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

// Whatever two clients ask at once, each request is answered once, on its channel, and every client sees its busy first,
// its idle last and what it caused between.
func TestTwoClientsAskEverythingAtOnce(t *testing.T) {
	_, c := start(t, "tcp")
	clients := []*client{connect(t, c, "a"), connect(t, c, "b")}
	cell := map[string]any{"code": "print x\nvalue v", "stop_on_error": false}
	requests := []struct {
		channel, kind string
		content       map[string]any
		between       string // what is published between busy and idle
	}{
		{"shell", "execute_request", cell, `execute_input stdout "x\n" execute_result`},
		{"control", "kernel_info_request", nil, ""},
		{"shell", "execute_request", map[string]any{"code": "fail on", "stop_on_error": false}, "execute_input error"},
		{"shell", "complete_request", map[string]any{"code": "p"}, ""},
		{"subshell", "execute_request", cell, `execute_input stdout "x\n" execute_result`},
		{"shell", "history_request", map[string]any{"hist_access_type": "tail", "n": 3}, ""},
		{"control", "usage_request", nil, ""},
		{"shell", "is_complete_request", map[string]any{"code": "a"}, ""},
		{"shell", "comm_info_request", nil, ""},
		{"control", "list_subshell_request", nil, ""},
		{"shell", "execute_request", map[string]any{"code": "print x", "silent": true}, ""},
	}
	side := createSubshell(clients[0])
	clients[1].until("", "idle") // of that
	type asked struct {
		kind int
		by   *client
		id   string
	}
	var all []asked
	for range 30 {
		for kind, r := range requests {
			if r.content == nil {
				r.content = map[string]any{}
			}
			for _, cl := range clients {
				if r.channel == "subshell" {
					all = append(all, asked{kind, cl, cl.in(side, r.kind, r.content)})
				} else {
					all = append(all, asked{kind, cl, cl.send(r.channel, r.kind, r.content)})
				}
			}
		}
	}
	for _, cl := range clients {
		published, replies := map[string][]string{}, map[string][]string{}
		for idle, answered := 0, 0; idle < len(all) || answered < len(all)/len(clients); {
			r := cl.find("all", func(r reply) bool { return r.Parent != "" })
			if r.Channel != "iopub" {
				replies[r.Parent] = append(replies[r.Parent], r.Channel+" "+r.Type)
				answered++
				continue
			}
			if texts := published[r.Parent]; r.text() == "busy" && len(texts) > 0 && texts[len(texts)-1] != "idle" {
				continue // said again after something beside the cell
			}
			published[r.Parent] = append(published[r.Parent], r.text())
			if r.text() == "idle" {
				idle++
			}
		}
		cl.execute("print end") // what comes late has come
		for _, r := range cl.skipped {
			if published[r.Parent] != nil {
				t.Errorf("late: %s for %s", r.text(), r.Parent)
			}
		}
		for _, a := range all {
			r := requests[a.kind]
			if got := strings.Join(published[a.id], " "); got != strings.Join(strings.Fields("busy "+r.between+" idle"), " ") {
				t.Fatalf("%s: %s", a.id, got)
			}
			var want []string
			if a.by == cl {
				want = []string{strings.Replace(r.channel, "subshell", "shell", 1) + " " + strings.Replace(r.kind, "request", "reply", 1)}
			}
			same(t, replies[a.id], want)
		}
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
	updates := func(n int) (values []string) {
		published, _ := cl.execute(fmt.Sprint("updates ", n))
		for _, r := range published {
			if r.Type == "update_display_data" {
				values = append(values, r.Content["data"].(map[string]any)["text/plain"].(string))
			}
		}
		return values
	}
	values := updates(1000) // as many a second are all shown
	for i, value := range values {
		same(t, value, fmt.Sprint(i))
	}
	same(t, len(values), 1000)
	values = updates(50_000) // of more, a page that could not draw them sees some, and the latest
	if n := len(values); n > 1000 || values[n-1] != "49999" {
		t.Errorf("%d updates were shown, the last is %s", n, values[n-1])
	}
}

// A cell that shows more than Jupyter's server lets pass waits: the server would drop the error at its end as well.
func TestFloodOfDisplays(t *testing.T) {
	_, c := start(t, "tcp")
	cl := connect(t, c, "a")
	cl.execute("") // the first execution fills the room
	began := time.Now()
	published, _ := cl.execute("displays 600\nfail at the end")
	same(t, len(published), 2*600+4)
	same(t, published[1202].text(), "error")
	if took := time.Since(began); took < 300*time.Millisecond {
		t.Errorf("1200 messages took %v", took)
	}
	id := cl.send("shell", "execute_request", map[string]any{"code": "displays 100000"})
	cl.until(id, "display_data")
	cl.send("control", "interrupt_request", map[string]any{})
	cl.await(id)
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
