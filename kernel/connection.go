package kernel

import (
	"encoding/json"
	"errors"
	"fmt"
	"io/fs"
	"net"
	"os"
	"strconv"
)

// Connection is the content of a connection file: where the kernel listens and how messages are signed.
type Connection struct {
	Transport string `json:"transport"` // "tcp" or "ipc"
	IP        string `json:"ip"`        // for ipc the beginning of the sockets' paths
	Shell     int    `json:"shell_port"`
	IOPub     int    `json:"iopub_port"`
	Stdin     int    `json:"stdin_port"`
	Control   int    `json:"control_port"`
	Heartbeat int    `json:"hb_port"`
	Scheme    string `json:"signature_scheme"`
	Key       string `json:"key"` // empty: messages are not signed

	Registration
	file string // it was read from
}

// ReadConnection reads and checks a connection file. Its errors name the file and what is wrong with it.
func ReadConnection(file string) (Connection, error) {
	c := Connection{Transport: "tcp", IP: "127.0.0.1", Scheme: "hmac-sha256", file: file}
	text, err := os.ReadFile(file)
	if errors.Is(err, fs.ErrNotExist) {
		return c, fmt.Errorf("connection file %s does not exist", file)
	} else if err != nil {
		return c, fmt.Errorf("connection file: %w", err)
	}
	if err := json.Unmarshal(text, &c); err != nil {
		return c, fmt.Errorf("connection file %s: %w", file, err)
	}
	var given map[string]any
	json.Unmarshal(text, &given) // an object, as has been seen
	if given["key"] == nil {
		return c, fmt.Errorf("connection file %s: key is missing (an empty one turns signatures off)", file)
	} else if given["curve_publickey"] != nil {
		return c, fmt.Errorf("connection file %s: it asks for encryption by CurveZMQ, which the kernel does not have", file)
	}
	if err := c.check(); err != nil {
		return c, fmt.Errorf("connection file %s: %w", file, err)
	}
	return c, nil
}

func (c Connection) check() error {
	if c.Transport != "tcp" && c.Transport != "ipc" {
		return fmt.Errorf("transport %q is neither tcp nor ipc", c.Transport)
	}
	if hashes[c.Scheme] == nil {
		return fmt.Errorf("unknown signature_scheme %q", c.Scheme)
	}
	if c.Registration.Port != "" {
		if port, err := c.Registration.Port.Int64(); err != nil || port < 1 || port > 65535 || c.Registration.IP == "" || c.Transport != "tcp" {
			return fmt.Errorf("registration at %s address %q port %q: it needs tcp and both", c.Transport, c.Registration.IP, c.Registration.Port)
		}
		return nil
	}
	used := map[int]string{}
	for _, p := range []struct {
		name string
		port int
	}{
		{"shell_port", c.Shell}, {"iopub_port", c.IOPub}, {"stdin_port", c.Stdin},
		{"control_port", c.Control}, {"hb_port", c.Heartbeat},
	} {
		if p.port < 1 || p.port > 65535 {
			return fmt.Errorf("%s is %d, not a port", p.name, p.port)
		}
		if used[p.port] != "" {
			return fmt.Errorf("%s and %s are both %d", used[p.port], p.name, p.port)
		}
		used[p.port] = p.name
	}
	return nil
}

// listen opens the socket of one port. Of a kernel that registers, it is any free one.
func (c Connection) listen(port int) (net.Listener, error) {
	if c.Registration.Port != "" {
		port = 0
	}
	if c.Transport == "ipc" {
		path := fmt.Sprintf("%s-%d", c.IP, port)
		os.Remove(path) // left by a kernel that was killed
		return net.Listen("unix", path)
	}
	ip := c.IP
	if ip == "*" {
		ip = ""
	}
	return net.Listen("tcp", net.JoinHostPort(ip, strconv.Itoa(port)))
}
