package interp

import (
	"context"
	"errors"
	"fmt"
	"os"
	"os/exec"
	"regexp"
	"strings"
	"syscall"
	"time"
)

var shellMagics = []*magic{
	{"!", "!command", "run a shell command; {x} in it is the value of Go's x", takesFiles, command("")},
	{"bash", "%%bash", "run the cell below in bash", takesText, script("bash")},
	{"sh", "%%sh", "run the cell below in sh", takesText, script("sh")},
	{"script", "%%script COMMAND", "give the cell below to a program", takesText, program},
	{"ls", "%ls [FILE…]", "list files", takesFiles, command("ls -C ")},
	{"cat", "%cat FILE…", "show files", takesFiles, command("cat ")},
	{"cp", "%cp FILE… TO", "copy files", takesFiles, command("cp ")},
	{"mv", "%mv FILE… TO", "move files", takesFiles, command("mv ")},
	{"rm", "%rm FILE…", "remove files", takesFiles, command("rm ")},
	{"mkdir", "%mkdir FOLDER…", "make folders", takesFiles, command("mkdir ")},
	{"rmdir", "%rmdir FOLDER…", "remove folders", takesFiles, command("rmdir ")},
	{"cd", "%cd [FOLDER]", "change the working folder; - is the one before", takesFiles, changeFolder},
	{"pwd", "%pwd", "show the working folder", takesText, showFolder},
	{"env", "%env [NAME[=VALUE]]", "show or set environment variables", takesText, environment},
	{"set_env", "%set_env NAME VALUE", "the same", takesText, environment},
}

// command runs a shell command that begins with the given one.
func command(name string) func(*call) error {
	return func(c *call) error {
		return c.shell("", "sh", "-c", braced.ReplaceAllStringFunc(name+c.args, c.interpolate))
	}
}

// braced is what may be an expression in a shell command.
var braced = regexp.MustCompile(`\$?\{[^{}]+\}`)

// interpolate gives the value of an expression in braces. Braces mean much to a shell: what is no expression of the
// session stays as it is.
func (c *call) interpolate(text string) string {
	if text[0] == '$' {
		return text
	}
	value, err := c.s.Evaluate(c.ctx, text[1:len(text)-1])
	if err != nil {
		return text
	}
	return fmt.Sprint(value.Data["text/plain"])
}

// script gives the cell below to a shell.
func script(shell string) func(*call) error {
	return func(c *call) error { return c.shell("", shell, "-c", c.text()) }
}

// program gives the cell below to the program that the first line names.
func program(c *call) error {
	words := strings.Fields(c.args)
	if len(words) == 0 {
		return errors.New("a command is missing; usage: " + c.magic.usage)
	}
	return c.shell(c.text(), words[0], words[1:]...)
}

// drained is how long output is waited for that a command's descendants still hold open.
const drained = 200 * time.Millisecond

// shell runs a command and streams what it prints. An interrupt kills it and all it started.
func (c *call) shell(input, name string, args ...string) error {
	cmd := exec.CommandContext(c.ctx, name, args...)
	cmd.Stdin = strings.NewReader(input)
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
	if folder == "-" {
		folder = os.Getenv("OLDPWD")
	}
	if home, err := os.UserHomeDir(); err == nil {
		if rest, ok := strings.CutPrefix(folder, "~"); ok || folder == "" {
			folder = home + rest
		}
	}
	before, _ := os.Getwd()
	if err := os.Chdir(folder); err != nil {
		return err
	}
	os.Setenv("OLDPWD", before)
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
	if words := strings.Fields(name); len(words) > 1 {
		name, value, set = words[0], strings.TrimPrefix(c.args, words[0]), true
	}
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
