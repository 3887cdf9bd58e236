package kernel

import (
	"testing"
	"time"
)

// in sends a request to a subshell and returns its id.
func (cl *client) in(subshell, msgType string, content any) string {
	cl.t.Helper()
	frames, id := cl.framesIn(subshell, msgType, map[string]any{}, content)
	cl.sendFrames("shell", frames)
	return id
}

func createSubshell(cl *client) string {
	cl.t.Helper()
	_, answer := cl.await(cl.send("control", "create_subshell_request", map[string]any{}))
	same(cl.t, answer.Content["status"], any("ok"))
	return answer.Content["subshell_id"].(string)
}

func TestSubshellRunsBesideTheMainShell(t *testing.T) {
	_, c := start(t, "tcp")
	cl := connect(t, c, "a")
	side := createSubshell(cl)
	slow := cl.send("shell", "execute_request", map[string]any{"code": "sleep 1h"})
	cl.until(slow, "execute_input")

	published, answer := cl.await(cl.in(side, "execute_request", map[string]any{"code": "print beside"}))
	same(t, texts(published), []string{"busy", "execute_input", `stdout "beside\n"`, "idle"})
	same(t, answer.Content["execution_count"], any(1.0)) // each subshell counts its own cells
	_, answer = cl.await(cl.in(side, "history_request", map[string]any{"hist_access_type": "tail", "n": 9}))
	same(t, answer.Content["history"], any([]any{[]any{1.0, 1.0, "print beside"}}))
	_, answer = cl.await(cl.in(side, "complete_request", map[string]any{"code": "pri"}))
	same(t, answer.Content["matches"], any([]any{"print"}))
	_, answer = cl.await(cl.send("control", "list_subshell_request", map[string]any{}))
	same(t, answer.Content["subshell_id"], any([]any{side}))

	also := cl.in(side, "execute_request", map[string]any{"code": "sleep 1h"})
	cl.until(also, "execute_input")
	cl.send("control", "interrupt_request", map[string]any{}) // interrupts the process, not a shell
	for _, id := range []string{slow, also} {
		_, answer := cl.await(id)
		same(t, answer.Content["ename"], any("Interrupted"))
	}
}

func TestSubshellAbortsOnlyItsOwnCells(t *testing.T) {
	_, c := start(t, "tcp")
	cl := connect(t, c, "a")
	side := createSubshell(cl)
	slow := cl.send("shell", "execute_request", map[string]any{"code": "sleep 300ms"})
	queued := cl.send("shell", "execute_request", map[string]any{"code": "print main"})
	failing := cl.in(side, "execute_request", map[string]any{"code": "fail now"})
	aborted := cl.in(side, "execute_request", map[string]any{"code": "print no"})
	for id, want := range map[string]string{slow: "ok", queued: "ok", failing: "error", aborted: "aborted"} {
		_, answer := cl.await(id)
		same(t, answer.Content["status"], any(want))
	}
}

func TestDeletedSubshell(t *testing.T) {
	_, c := start(t, "tcp")
	cl := connect(t, c, "a")
	side := createSubshell(cl)
	running := cl.in(side, "execute_request", map[string]any{"code": "sleep 300ms\nprint done"})
	waiting := cl.in(side, "execute_request", map[string]any{"code": "print no"})
	cl.until(running, "execute_input")
	cl.await(cl.send("shell", "kernel_info_request", map[string]any{})) // both have arrived
	_, answer := cl.await(cl.send("control", "delete_subshell_request", map[string]any{"subshell_id": side}))
	same(t, answer.Content["status"], any("ok"))
	for id, want := range map[string]string{running: "ok", waiting: "aborted"} {
		_, answer := cl.await(id)
		same(t, answer.Content["status"], any(want))
	}
	for _, kind := range []string{"execute_request", "history_request", "complete_request"} {
		_, answer = cl.await(cl.in(side, kind, map[string]any{"code": "print", "hist_access_type": "tail"}))
		same(t, answer.Content["ename"], any("SubshellError"))
	}
	for _, kind := range []string{"comm_open", "comm_msg", "comm_close"} { // these have no reply
		same(t, texts(cl.published(cl.in(side, kind, map[string]any{"comm_id": "c", "data": map[string]any{}}))), []string{"busy", "idle"})
	}
	_, answer = cl.await(cl.send("control", "delete_subshell_request", map[string]any{"subshell_id": side}))
	same(t, answer.Content["ename"], any("SubshellError"))
	_, answer = cl.await(cl.send("control", "list_subshell_request", map[string]any{}))
	same(t, answer.Content["subshell_id"], any([]any{}))
}

// Two subshells may both ask: the second question comes when the first is answered, or never, if it is interrupted.
func TestSubshellsAskOneAfterTheOther(t *testing.T) {
	_, c := start(t, "tcp")
	cl := connect(t, c, "a")
	side := createSubshell(cl)
	first := cl.send("shell", "execute_request", map[string]any{"code": "ask one", "allow_stdin": true})
	cl.until(first, "input_request")
	second := cl.in(side, "execute_request", map[string]any{"code": "ask two", "allow_stdin": true})
	cl.until(second, "execute_input")
	time.Sleep(20 * time.Millisecond)
	cl.send("stdin", "input_reply", map[string]any{"value": "1"})
	cl.until(first, `stdout "got 1"`)
	cl.until(second, "input_request")
	cl.send("stdin", "input_reply", map[string]any{"value": "2"})
	cl.until(second, `stdout "got 2"`)
}

func TestUsage(t *testing.T) {
	_, c := start(t, "tcp")
	cl := connect(t, c, "a")
	_, answer := cl.await(cl.send("control", "usage_request", map[string]any{}))
	for _, name := range []string{"hostname", "pid", "kernel_cpu", "kernel_memory", "cpu_count", "host_cpu_percent", "host_virtual_memory"} {
		if answer.Content[name] == nil {
			t.Errorf("no %s in %v", name, answer.Content)
		}
	}
	memory := answer.Content["host_virtual_memory"].(map[string]any)
	if used := answer.Content["kernel_memory"].(float64); used < 1<<20 || used > memory["total"].(float64) {
		t.Errorf("the kernel uses %v bytes of %v", used, memory["total"])
	}
}
func TestCellThatDoesNotWait(t *testing.T) {
	_, c := start(t, "tcp")
	cl := connect(t, c, "a")
	slow := cl.send("shell", "execute_request", map[string]any{"code": "sleep 400ms"})
	queued := cl.send("shell", "execute_request", map[string]any{"code": "print next"})
	cl.until(slow, "execute_input")
	published, answer := cl.execute("beside\nprint now")
	same(t, texts(published), []string{"busy", "execute_input", `stdout "now\n"`, "idle"})
	same(t, answer.Content["execution_count"], any(2.0))
	_, answer = cl.execute("beside\nfail now") // aborts nothing
	same(t, answer.Content["status"], any("error"))
	for _, id := range []string{slow, queued} {
		_, answer := cl.await(id)
		same(t, answer.Content["status"], any("ok"))
	}
}
