package kernel

import (
	"context"
	"encoding/json"
	"fmt"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"github.com/go-zeromq/zmq4"
)

// launcher is the registration socket of a launcher; its connection file lies at file.
func launcher(t *testing.T) (socket zmq4.Socket, file string) {
	t.Helper()
	ctx, cancel := context.WithCancel(context.Background())
	t.Cleanup(cancel)
	socket = zmq4.NewRouter(ctx)
	if err := socket.Listen("tcp://127.0.0.1:0"); err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { socket.Close() })
	_, port, _ := strings.Cut(socket.Addr().String(), ":")
	file = filepath.Join(t.TempDir(), "kernel.json")
	text := fmt.Sprintf(`{"transport": "tcp", "kernel_id": "k1", "registration_ip": "127.0.0.1", "registration_port": %q,
		"signature_scheme": "hmac-sha256", "key": %q}`, port, testKey)
	if err := os.WriteFile(file, []byte(text), 0o600); err != nil {
		t.Fatal(err)
	}
	return socket, file
}

func TestRegistration(t *testing.T) {
	socket, file := launcher(t)
	c, err := ReadConnection(file)
	if err != nil {
		t.Fatal(err)
	}
	ctx, stop := context.WithCancel(context.Background())
	ended := make(chan error)
	go func() { ended <- New(mock{}, quiet).Run(ctx, c) }()
	m, err := socket.Recv()
	if err != nil {
		t.Fatal(err)
	}
	same(t, len(m.Frames), 4) // identity, delimiter, signature, content
	same(t, string(m.Frames[1]), "<IDS|MSG>")
	same(t, string(m.Frames[2]), signature(testKey, m.Frames[3]))
	var told map[string]string
	if err := json.Unmarshal(m.Frames[3], &told); err != nil {
		t.Fatal(err)
	}
	same(t, told["kernel_id"], "k1")
	receipt := []byte("ACK")
	if err := socket.Send(zmq4.NewMsgFrom(m.Frames[0], []byte("<IDS|MSG>"), []byte(signature(testKey, receipt)), receipt)); err != nil {
		t.Fatal(err)
	}

	reached := c
	reached.Registration = Registration{}
	for name, port := range map[string]*int{
		"shell_port": &reached.Shell, "iopub_port": &reached.IOPub, "stdin_port": &reached.Stdin,
		"control_port": &reached.Control, "hb_port": &reached.Heartbeat,
	} {
		fmt.Sscan(told[name], port)
	}
	published, _ := connect(t, reached, "a").execute("print here")
	same(t, texts(published), []string{"busy", "execute_input", `stdout "here\n"`, "idle"})

	written, err := ReadConnection(file) // for other clients, and for a restart
	if err != nil {
		t.Fatal(err)
	}
	same(t, []any{written.Shell, written.IOPub, written.KernelID}, []any{reached.Shell, reached.IOPub, "k1"})
	stop()
	if err := <-ended; err != nil {
		t.Error(err)
	}
}

func TestRegistrationWithAWrongReceipt(t *testing.T) {
	socket, file := launcher(t)
	c, err := ReadConnection(file)
	if err != nil {
		t.Fatal(err)
	}
	ended := make(chan error)
	go func() { ended <- New(mock{}, quiet).Run(context.Background(), c) }()
	m, err := socket.Recv()
	if err != nil {
		t.Fatal(err)
	}
	socket.Send(zmq4.NewMsgFrom(m.Frames[0], []byte("<IDS|MSG>"), []byte("no signature"), []byte("ACK")))
	if err := <-ended; err == nil || !strings.Contains(err.Error(), "wrong signature") {
		t.Error(err)
	}
}
