package kernel

import (
	"context"
	"io"
	"net"
	"os"
	"path/filepath"
	"strings"
	"syscall"
	"testing"
	"time"

	"github.com/go-zeromq/zmq4"
	"github.com/google/go-cmp/cmp"
)

func same(t *testing.T, got, want any) {
	t.Helper()
	if diff := cmp.Diff(want, got); diff != "" {
		t.Errorf("(-want +got)\n%s", diff)
	}
}

func TestExecuteOrder(t *testing.T) {
	for _, transport := range []string{"tcp", "ipc"} {
		t.Run(transport, func(t *testing.T) {
			_, c := start(t, transport)
			cl := connect(t, c, "a")
			published, answer := cl.execute("print one\nprint two\nwarn three\ndisplay four\nvalue five\nprint six")
			same(t, texts(published), []string{
				"busy", "execute_input", `stdout "one\ntwo\n"`, `stderr "three\n"`, "display_data", "execute_result",
				`stdout "six\n"`, "idle",
			})
			same(t, answer.Content, map[string]any{
				"status": "ok", "execution_count": 1.0, "payload": []any{}, "user_expressions": map[string]any{},
			})
			if _, err := time.Parse(time.RFC3339, answer.Metadata["started"].(string)); err != nil {
				t.Error(err)
			}
		})
	}
}

func TestEveryRequestIsBusyThenIdle(t *testing.T) {
	_, c := start(t, "tcp")
	cl := connect(t, c, "a")
	for _, request := range []struct {
		channel, kind string
		content       map[string]any
		want          map[string]any // some of the reply
	}{
		{"shell", "kernel_info_request", nil, map[string]any{"status": "ok", "protocol_version": "5.5", "implementation": "mock"}},
		{"control", "kernel_info_request", nil, map[string]any{"status": "ok"}},
		{"shell", "complete_request", map[string]any{"code": "é p…", "cursor_pos": 3},
			map[string]any{"status": "ok", "cursor_start": 2.0, "cursor_end": 3.0, "matches": []any{"print", "page"}}},
		{"shell", "complete_request", map[string]any{"code": "é p"}, map[string]any{"cursor_start": 2.0, "cursor_end": 3.0}},
		{"shell", "inspect_request", map[string]any{"code": "print é", "cursor_pos": 7, "detail_level": 1},
			map[string]any{"found": true, "data": map[string]any{"text/plain": "print text, asked at 8 with detail 1"}}},
		{"shell", "inspect_request", map[string]any{"code": "?", "cursor_pos": 0}, map[string]any{"found": false, "data": map[string]any{}}},
		{"shell", "is_complete_request", map[string]any{"code": `a\`}, map[string]any{"status": "incomplete", "indent": "  "}},
		{"shell", "is_complete_request", map[string]any{"code": "a"}, map[string]any{"status": "complete"}},
		{"shell", "history_request", map[string]any{"hist_access_type": "tail", "n": 3}, map[string]any{"history": []any{}}},
		{"shell", "history_request", map[string]any{"hist_access_type": "all"}, map[string]any{"status": "error", "ename": "MessageError"}},
		{"shell", "comm_info_request", nil, map[string]any{"status": "ok", "comms": map[string]any{}}},
		{"control", "interrupt_request", nil, map[string]any{"status": "ok"}},
		{"shell", "complete_request", map[string]any{"code": 7}, map[string]any{"status": "error", "ename": "MessageError"}},
		{"shell", "execute_request", map[string]any{"code": 7}, map[string]any{"status": "error", "ename": "MessageError", "execution_count": 0.0}},
	} {
		if request.content == nil {
			request.content = map[string]any{}
		}
		published, answer := cl.await(cl.send(request.channel, request.kind, request.content))
		same(t, texts(published), []string{"busy", "idle"})
		if answer.Channel != request.channel || answer.Type != strings.Replace(request.kind, "request", "reply", 1) {
			t.Errorf("%s on %s answered by %s on %s", request.kind, request.channel, answer.Type, answer.Channel)
		}
		for key, want := range request.want {
			same(t, answer.Content[key], want)
		}
	}
	unknown := cl.send("shell", "nonsense_request", map[string]any{})
	same(t, texts(cl.published(unknown)), []string{"busy", "idle"})
}

func TestErrorAbortsWhatWaits(t *testing.T) {
	_, c := start(t, "tcp")
	cl := connect(t, c, "a")
	failing := cl.send("shell", "execute_request", map[string]any{"code": "sleep 50ms\nfail boom"})
	waiting := cl.send("shell", "execute_request", map[string]any{"code": "print never"})
	published, answer := cl.await(failing)
	same(t, texts(published), []string{"busy", "execute_input", "error", "idle"})
	failed := map[string]any{"ename": "Failure", "evalue": "boom", "traceback": []any{"fail boom", "boom"}}
	same(t, published[2].Content, failed)
	for key, want := range failed {
		same(t, answer.Content[key], want)
	}
	published, answer = cl.await(waiting)
	same(t, texts(published), []string{"busy", "idle"})
	same(t, answer.Content["status"], any("aborted"))

	if _, answer = cl.execute("print after"); answer.Content["status"] != "ok" {
		t.Errorf("a cell sent after the error's reply: %v", answer.Content)
	}
	failing = cl.send("shell", "execute_request", map[string]any{"code": "sleep 50ms\nfail on", "stop_on_error": false})
	waiting = cl.send("shell", "execute_request", map[string]any{"code": "print still"})
	cl.await(failing)
	if _, answer = cl.await(waiting); answer.Content["status"] != "ok" {
		t.Errorf("with stop_on_error=false: %v", answer.Content)
	}
}

func TestEvaluatorMistakesAreErrors(t *testing.T) {
	_, c := start(t, "tcp")
	cl := connect(t, c, "a")
	_, answer := cl.execute("panic ouch")
	same(t, answer.Content["evalue"], any("ouch"))
	_, answer = cl.execute("badpayload")
	same(t, answer.Content["status"], any("error"))
	if _, answer = cl.execute("print alive"); answer.Content["status"] != "ok" {
		t.Error("the kernel did not survive a panic")
	}
}

func TestInterrupt(t *testing.T) {
	_, c := start(t, "tcp")
	cl := connect(t, c, "a")
	for name, interrupt := range map[string]func(){
		"message": func() { cl.send("control", "interrupt_request", map[string]any{}) },
		"signal":  func() { syscall.Kill(os.Getpid(), syscall.SIGINT) },
	} {
		t.Run(name, func(t *testing.T) {
			cl.t = t
			id := cl.send("shell", "execute_request", map[string]any{"code": "sleep 1h"})
			cl.until(id, "execute_input")
			began := time.Now()
			interrupt()
			_, answer := cl.await(id)
			same(t, answer.Content["ename"], any("Interrupted"))
			if took := time.Since(began); took > time.Second {
				t.Errorf("took %v", took)
			}
		})
	}
}

// What is asked beside a running cell is answered beside it, and the last status stays the truth: busy.
func TestAsidesWhileACellRuns(t *testing.T) {
	_, c := start(t, "tcp")
	cl := connect(t, c, "a")
	cell := cl.send("shell", "execute_request", map[string]any{"code": "sleep 1h"})
	cl.until(cell, "execute_input")
	cl.until(cell, "busy")
	for _, ask := range [][2]string{{"control", "kernel_info_request"}, {"shell", "kernel_info_request"}, {"shell", "complete_request"}} {
		published, _ := cl.await(cl.send(ask[0], ask[1], map[string]any{"code": "p"}))
		same(t, texts(published), []string{"busy", "idle"})
		cl.until(cell, "busy")
	}
	cl.send("control", "interrupt_request", map[string]any{})
	cl.await(cell)
}

func TestStreams(t *testing.T) {
	_, c := start(t, "tcp")
	cl := connect(t, c, "a")
	published, _ := cl.execute("bytes größer 日本\npause\nbytes !")
	same(t, texts(published), []string{"busy", "execute_input", `stdout "größer 日本"`, `stdout "!"`, "idle"})
	published, _ = cl.execute("halves 日本語")
	same(t, texts(published), []string{"busy", "execute_input", `stdout "日"`, `stderr "日"`, `stdout "本語"`, `stderr "本語"`, "idle"})

	id := cl.send("shell", "execute_request", map[string]any{"code": "late after all"})
	cl.await(id)
	cl.until(id, "after all")
}

func TestStreamLimit(t *testing.T) {
	_, c := start(t, "tcp")
	cl := connect(t, c, "a")
	line := strings.Repeat("x", 1<<20)
	published, _ := cl.execute(strings.Repeat("print "+line+"\n", 3))
	var text strings.Builder
	for _, r := range published {
		if r.Type == "stream" {
			text.WriteString(r.Content["text"].(string))
		}
	}
	if n := text.Len(); n < streamLimit || n > streamLimit+200 || !strings.HasSuffix(text.String(), "is not shown]\n") {
		t.Errorf("%d bytes were shown, ending in %q", n, text.String()[n-50:])
	}
}

func TestDisplay(t *testing.T) {
	_, c := start(t, "tcp")
	cl := connect(t, c, "a")
	published, _ := cl.execute("display a\nupdate b\nclear wait\npng\nbadvalue\nvalue c")
	same(t, texts(published), []string{"busy", "execute_input", "display_data", "update_display_data", "clear_output",
		"display_data", "display_data", "execute_result", "idle"})
	display := func(text string) map[string]any {
		return map[string]any{"data": map[string]any{"text/plain": text}, "metadata": map[string]any{},
			"transient": map[string]any{"display_id": "id"}}
	}
	same(t, published[2].Content, display("a"))
	same(t, published[3].Content, display("b"))
	same(t, published[4].Content, map[string]any{"wait": true})
	same(t, published[5].Content["data"], any(map[string]any{"image/png": "UE5H", "text/plain": "image"}))
	if text := published[6].Content["data"].(map[string]any)["text/plain"]; !strings.Contains(text.(string), "application/x cannot be shown") {
		t.Errorf("an impossible value shows %q", text)
	}
	same(t, published[7].Content, map[string]any{"execution_count": 1.0, "data": map[string]any{"text/plain": "c"}, "metadata": map[string]any{}})
}

func TestSilentAndUncounted(t *testing.T) {
	_, c := start(t, "tcp")
	cl := connect(t, c, "a")
	run := func(content map[string]any) ([]string, reply) {
		published, answer := cl.await(cl.send("shell", "execute_request", content))
		return texts(published), answer
	}
	shown, answer := run(map[string]any{"code": "print x\nvalue y", "silent": true, "user_expressions": map[string]any{"v": "1", "w": "bad"}})
	same(t, shown, []string{"busy", "idle"})
	same(t, answer.Content["user_expressions"], any(map[string]any{
		"v": map[string]any{"status": "ok", "data": map[string]any{"text/plain": "<1>"}, "metadata": map[string]any{}},
		"w": map[string]any{"status": "error", "ename": "Error", "evalue": "undefined: bad", "traceback": []any{}},
	}))
	shown, answer = run(map[string]any{"code": "print x", "store_history": false})
	same(t, shown, []string{"busy", "execute_input", `stdout "x\n"`, "idle"})
	same(t, answer.Content["execution_count"], any(0.0))
	if _, answer = cl.execute(""); answer.Content["execution_count"] != 1.0 {
		t.Errorf("the first counted cell has number %v", answer.Content["execution_count"])
	}
}

func TestInput(t *testing.T) {
	_, c := start(t, "tcp")
	cl, other := connect(t, c, "a"), connect(t, c, "b")
	id := cl.send("shell", "execute_request", map[string]any{"code": "print first\npassword Name?"})
	cl.until(id, "first")
	question := cl.until(id, "input_request")
	same(t, question.Channel, "stdin")
	same(t, question.Content, map[string]any{"prompt": "Name?", "password": true})
	reply := func(cl *client, text string) { // and wait until it has arrived
		cl.send("stdin", "input_reply", map[string]any{"value": text})
		cl.await(cl.send("stdin", "kernel_info_request", map[string]any{}))
	}
	reply(other, "not asked")
	reply(cl, "Ada")
	cl.until(id, "got Ada")
	cl.await(id)

	for name, test := range map[string]struct {
		act  func()
		want string
	}{
		"end":       {func() { cl.send("stdin", "input_reply", map[string]any{"value": "\x04"}) }, io.EOF.Error()},
		"interrupt": {func() { cl.send("control", "interrupt_request", map[string]any{}) }, ErrInterrupted.Error()},
	} {
		id := cl.send("shell", "execute_request", map[string]any{"code": "ask ?"})
		cl.until(id, "input_request")
		test.act()
		if _, answer := cl.await(id); answer.Content["evalue"] != test.want {
			t.Errorf("%s: %v", name, answer.Content)
		}
	}
	reply(cl, "stale")
	id = cl.send("shell", "execute_request", map[string]any{"code": "ask again"})
	cl.until(id, "input_request")
	reply(cl, "fresh")
	cl.until(id, "got fresh")

	_, answer := cl.await(cl.send("shell", "execute_request", map[string]any{"code": "ask ?", "allow_stdin": false}))
	same(t, answer.Content["evalue"], any("the front end cannot ask for input"))
}

func TestComm(t *testing.T) {
	k, c := start(t, "tcp")
	cl := connect(t, c, "a")
	talk := func(kind string, content map[string]any, buffers ...[]byte) []reply {
		frames, id := cl.frames(kind, map[string]any{"m": 1}, content)
		cl.sendFrames("shell", append(frames, buffers...))
		return cl.published(id)
	}
	same(t, texts(talk("comm_open", map[string]any{"comm_id": "x", "target_name": "none", "data": map[string]any{}})), []string{"busy", "comm_close", "idle"})
	same(t, texts(talk("comm_open", map[string]any{"comm_id": "1", "target_name": "echo", "data": map[string]any{}})), []string{"busy", "comm_msg", "idle"})
	rs := talk("comm_msg", map[string]any{"comm_id": "1", "data": map[string]any{"n": 5}}, []byte{0, 1, 2})
	same(t, texts(rs), []string{"busy", "comm_msg", `stdout "echo"`, "idle"})
	same(t, rs[1].Content, map[string]any{"comm_id": "1", "data": map[string]any{"n": 5.0}})
	same(t, rs[1].Metadata, map[string]any{"m": 1.0})
	same(t, rs[1].Buffers, [][]byte{{0, 1, 2}})

	opened, err := k.Comms().Open("widget", CommMessage{})
	if err != nil {
		t.Fatal(err)
	}
	same(t, cl.until("", "comm_open").Content, map[string]any{"comm_id": opened.ID, "target_name": "widget", "data": map[string]any{}})
	if err := opened.Send(CommMessage{Data: map[string]any{"f": func() {}}}); err == nil {
		t.Error("a function went through JSON")
	}
	_, answer := cl.await(cl.send("shell", "comm_info_request", map[string]any{"target_name": "echo"}))
	same(t, answer.Content["comms"], any(map[string]any{"1": map[string]any{"target_name": "echo"}}))
	same(t, texts(talk("comm_close", map[string]any{"comm_id": "1", "data": map[string]any{}})), []string{"busy", `stdout "closed"`, "idle"})
	same(t, texts(talk("comm_msg", map[string]any{"comm_id": "1", "data": map[string]any{}})), []string{"busy", "idle"})
}

func TestCellName(t *testing.T) {
	_, c := start(t, "tcp")
	cl := connect(t, c, "a")
	frames, id := cl.frames("execute_request", map[string]any{"cellId": "cell-7"}, map[string]any{"code": "name"})
	cl.sendFrames("shell", frames)
	published, _ := cl.await(id)
	same(t, published[2].text(), `stdout "cell-7"`)
}

func TestTwoClientsSeeTheSame(t *testing.T) {
	_, c := start(t, "tcp")
	a, b := connect(t, c, "a"), connect(t, c, "b")
	id := a.send("shell", "execute_request", map[string]any{"code": "print shared"})
	published, _ := a.await(id)
	want := texts(published)
	same(t, texts(b.published(id)), want)
	for _, r := range b.skipped {
		if r.Channel != "iopub" {
			t.Errorf("b received %s, the reply to a", r.Type)
		}
	}
}

func TestHeartbeat(t *testing.T) {
	_, c := start(t, "tcp")
	req := zmq4.NewReq(context.Background())
	defer req.Close()
	if err := req.Dial(address(c, c.Heartbeat)); err != nil {
		t.Fatal(err)
	}
	for _, beat := range []string{"ping", "", "ping"} {
		if err := req.Send(zmq4.NewMsgString(beat)); err != nil {
			t.Fatal(err)
		}
		if m, err := req.Recv(); err != nil || string(m.Bytes()) != beat {
			t.Fatalf("%q came back as %q, %v", beat, m.Bytes(), err)
		}
	}
}

func TestShutdown(t *testing.T) {
	for _, code := range []string{"", "sleep 1h"} {
		k, c := New(mock{}, quiet), connection(t, "tcp")
		if err := k.listen(&c); err != nil {
			t.Fatal(err)
		}
		ended := make(chan bool)
		go func() { k.serve(context.Background()); close(ended) }()
		cl := connect(t, c, "a")
		cell := cl.send("shell", "execute_request", map[string]any{"code": code})
		cl.until(cell, "execute_input")
		published, answer := cl.await(cl.send("control", "shutdown_request", map[string]any{"restart": true}))
		same(t, answer.Content, map[string]any{"status": "ok", "restart": true})
		if shown := strings.Join(texts(published), " "); shown != "busy shutdown_reply idle" {
			t.Errorf("published %s", shown)
		}
		if code != "" {
			cl.await(cell) // the running cell is told, and its reply still sent
		}
		select {
		case <-ended:
		case <-time.After(patience):
			t.Fatal("the kernel did not end")
		}
		if conn, err := net.Dial("tcp", strings.TrimPrefix(address(c, c.Shell), "tcp://")); err == nil {
			conn.Close()
			t.Error("the shell port is still open")
		}
	}
}

func TestConnectionFile(t *testing.T) {
	good := `{"shell_port":1,"iopub_port":2,"stdin_port":3,"control_port":4,"hb_port":5,"key":"k","kernel_name":"x"}`
	write := func(text string) string {
		file := filepath.Join(t.TempDir(), "kernel.json")
		if err := os.WriteFile(file, []byte(text), 0o600); err != nil {
			t.Fatal(err)
		}
		return file
	}
	c, err := ReadConnection(write(good))
	if err != nil || c.Transport != "tcp" || c.IP != "127.0.0.1" || c.Heartbeat != 5 || c.Scheme != "hmac-sha256" {
		t.Errorf("%+v, %v", c, err)
	}
	for text, want := range map[string]string{
		`{`:  "unexpected end of JSON",
		`[]`: "cannot unmarshal array",
		strings.Replace(good, `"hb_port":5`, `"hb_port":0`, 1):             "hb_port is 0, not a port",
		strings.Replace(good, `"hb_port":5`, `"hb_port":1`, 1):             "shell_port and hb_port are both 1",
		strings.Replace(good, `"key":"k",`, ``, 1):                         "key is missing",
		strings.Replace(good, `{`, `{"curve_publickey":"p",`, 1):           "CurveZMQ",
		strings.Replace(good, `{`, `{"transport":"udp",`, 1):               `transport "udp" is neither tcp nor ipc`,
		strings.Replace(good, `{`, `{"signature_scheme":"hmac-crc32",`, 1): `unknown signature_scheme "hmac-crc32"`,
	} {
		_, err := ReadConnection(write(text))
		if err == nil || !strings.Contains(err.Error(), want) || strings.Contains(err.Error(), "\n") {
			t.Errorf("%s: error %v, want one line with %q", text, err, want)
		}
	}
	if _, err := ReadConnection("/nowhere/kernel.json"); err == nil ||
		err.Error() != "connection file /nowhere/kernel.json does not exist" {
		t.Error(err)
	}
	_, running := start(t, "tcp")
	if err := New(mock{}, quiet).Run(context.Background(), running); err == nil || !strings.Contains(err.Error(), "shell channel: listen tcp") {
		t.Errorf("a port in use: %v", err)
	}
}
