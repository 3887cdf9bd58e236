package interp

import (
	"context"
	"errors"
	"fmt"
	"os"
	"os/exec"
	"strings"
	"syscall"
	"time"
)

var shellMagics = []*magic{
	{"!", "!command", "run a shell command", takesFiles, func(c *call) error { return c.shell("sh", "-c", c.args) }},
	{"bash", "%%bash", "run the cell below in bash", takesText, script("bash")},
	{"sh", "%%sh", "run the cell below in sh", takesText, script("sh")},
	{"ls", "%ls [FILE…]", "list files", takesFiles, func(c *call) error { return c.shell("sh", "-c", "ls -C "+c.args) }},
	{"cd", "%cd [FOLDER]", "change the working folder", takesFiles, changeFolder},
	{"pwd", "%pwd", "show the working folder", takesText, showFolder},
	{"env", "%env [NAME[=VALUE]]", "show or set environment variables", takesText, environment},
}

// script gives the cell below to a shell.
func script(shell string) func(*call) error {
	return func(c *call) error { return c.shell(shell, "-c", c.text()) }
}

// drained is how long output is waited for that a command's descendants still hold open.
const drained = 200 * time.Millisecond

// shell runs a command and streams what it prints. An interrupt kills it and all it started.
func (c *call) shell(name string, args ...string) error {
	cmd := exec.CommandContext(c.ctx, name, args...)
	cmd.Stdout = writerFunc(func(p []byte) (int, error) { c.out.Stream("stdout", string(p)); return len(p), nil })
	cmd.Stderr = writerFunc(func(p []byte) (int, error) { c.out.Stream("stderr", string(p)); return len(p), nil })
	cmd.SysProcAttr = &syscall.SysProcAttr{Setpgid: true}
	cmd.Cancel = func() error { return syscall.Kill(-cmd.Process.Pid, syscall.SIGKILL) }
	cmd.WaitDelay = drained
	err := cmd.Run()
	if errors.Is(err, exec.ErrWaitDelay) { // a command in the background goes on
		return nil
	}
	if errors.Is(err, context.Canceled) || err == nil {
		return err
	}
	return fmt.Errorf("%s: %w", name, err)
}

func changeFolder(c *call) error {
	folder := c.args
	if home, err := os.UserHomeDir(); err == nil {
		if rest, ok := strings.CutPrefix(folder, "~"); ok || folder == "" {
			folder = home + rest
		}
	}
	if err := os.Chdir(folder); err != nil {
		return err
	}
	return showFolder(c)
}

func showFolder(c *call) error {
	folder, err := os.Getwd()
	if err != nil {
		return err
	}
	c.printf("%s\n", folder)
	return nil
}

func environment(c *call) error {
	name, value, set := strings.Cut(c.args, "=")
	name = strings.TrimSpace(name)
	switch {
	case set:
		return os.Setenv(name, strings.TrimSpace(value))
	case name == "":
		c.printf("%s\n", strings.Join(os.Environ(), "\n"))
		return nil
	}
	value, ok := os.LookupEnv(name)
	if !ok {
		return fmt.Errorf("the environment has no %s%s", name, didYouMean("", nearest(name, environmentNames())))
	}
	c.printf("%s\n", value)
	return nil
}

func environmentNames() []string {
	var names []string
	for _, e := range os.Environ() {
		name, _, _ := strings.Cut(e, "=")
		names = append(names, name)
	}
	return names
}
