package kernel

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"net"
	"os"
	"strconv"
	"time"

	"github.com/go-zeromq/zmq4"
)

// registrationTime is how long a launcher may take to acknowledge a kernel's ports.
const registrationTime = 5 * time.Second

// Registration is the part of a connection file by which a launcher lets the kernel choose its ports and asks to be
// told them (JEP 66).
type Registration struct {
	KernelID string      `json:"kernel_id,omitempty"`
	IP       string      `json:"registration_ip,omitempty"`
	Port     json.Number `json:"registration_port,omitempty"` // a number, or one in quotes; empty: the ports are given
}

// registered is what the launcher is told.
type registered struct {
	KernelID  string `json:"kernel_id"`
	Shell     string `json:"shell_port"`
	IOPub     string `json:"iopub_port"`
	Stdin     string `json:"stdin_port"`
	Control   string `json:"control_port"`
	Heartbeat string `json:"hb_port"`
}

// register tells the launcher the ports that the kernel listens on, and then other clients, through the connection
// file. A kernel that the launcher does not acknowledge must end.
func (c Connection) register(ctx context.Context, s *signer) error {
	if err := c.tellLauncher(ctx, s); err != nil {
		return fmt.Errorf("registration at %s:%s: %w", c.Registration.IP, c.Registration.Port, err)
	}
	if c.file == "" {
		return nil
	}
	return os.WriteFile(c.file, mustMarshal(c), 0o600)
}

func (c Connection) tellLauncher(ctx context.Context, s *signer) error {
	ctx, cancel := context.WithTimeout(ctx, registrationTime)
	defer cancel()
	launcher := zmq4.NewDealer(ctx)
	defer launcher.Close()
	if err := launcher.Dial("tcp://" + net.JoinHostPort(c.Registration.IP, c.Registration.Port.String())); err != nil {
		return err
	}
	content := mustMarshal(registered{
		c.Registration.KernelID, strconv.Itoa(c.Shell), strconv.Itoa(c.IOPub), strconv.Itoa(c.Stdin),
		strconv.Itoa(c.Control), strconv.Itoa(c.Heartbeat),
	})
	if err := launcher.Send(zmq4.NewMsgFrom(delimiter, s.sign(content), content)); err != nil {
		return err
	}
	acknowledged := make(chan error, 1)
	go func() {
		receipt, err := launcher.Recv()
		if err == nil && len(receipt.Frames) != 3 {
			err = fmt.Errorf("receipt of %d frames", len(receipt.Frames))
		}
		if err == nil {
			err = s.verify(receipt.Frames[1], receipt.Frames[2])
		}
		acknowledged <- err
	}()
	select {
	case err := <-acknowledged:
		return err
	case <-ctx.Done():
		return errors.New("no receipt")
	}
}
