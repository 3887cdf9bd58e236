package rt

import (
	"bytes"
	"errors"
	"io"
	"maps"
	"os"
	"os/exec"
	"slices"
	"syscall"

	"github.com/gophergrad/gophergrad/internal/children"
)

// An interrupt ends the processes that a run has started and not waited for yet, and those that it waits for. What an
// earlier cell has started goes on.

// adopt makes a process end when the run is interrupted.
func (run *Run) adopt(p *os.Process) {
	if run == nil {
		return
	}
	run.mu.Lock()
	if run.started == nil {
		run.started = map[*os.Process]bool{}
	}
	run.started[p] = true
	run.mu.Unlock()
	if run.stopped.Load() {
		run.endProcesses()
	}
}

// release lets a process be that has ended.
func (run *Run) release(p *os.Process) {
	if run != nil {
		run.mu.Lock()
		defer run.mu.Unlock()
		delete(run.started, p)
	}
}

// endProcesses kills the processes of the run with all that they started.
func (run *Run) endProcesses() {
	run.mu.Lock()
	started := slices.Collect(maps.Keys(run.started))
	run.mu.Unlock()
	for _, p := range started {
		if p.Signal(syscall.Signal(0)) != nil { // its number may be another's
			continue
		}
		descendants := children.Of(p.Pid) // which, without it, nothing would lead to
		p.Kill()
		go p.Wait() // should nothing else
		for _, pid := range descendants {
			syscall.Kill(pid, syscall.SIGKILL)
		}
	}
}

// wait calls what waits for a process.
func (r *Runtime) wait(p *os.Process, wait func()) {
	run := r.currentRun()
	if p != nil {
		run.adopt(p)
		defer run.release(p)
	}
	wait()
	r.Poll()
}

// StartProcess is os.StartProcess.
func (r *Runtime) StartProcess(name string, argv []string, attr *os.ProcAttr) (*os.Process, error) {
	p, err := os.StartProcess(name, argv, attr)
	if err == nil {
		r.currentRun().adopt(p)
	}
	return p, err
}

// WaitProcess is p.Wait.
func (r *Runtime) WaitProcess(p *os.Process) (state *os.ProcessState, err error) {
	r.wait(p, func() { state, err = p.Wait() })
	return state, err
}

// StartCommand is c.Start.
func (r *Runtime) StartCommand(c *exec.Cmd) error {
	err := c.Start()
	if err == nil {
		r.currentRun().adopt(c.Process)
	}
	return err
}

// WaitCommand is c.Wait.
func (r *Runtime) WaitCommand(c *exec.Cmd) (err error) {
	r.wait(c.Process, func() { err = c.Wait() })
	return err
}

// RunCommand is c.Run.
func (r *Runtime) RunCommand(c *exec.Cmd) error {
	if err := r.StartCommand(c); err != nil {
		return err
	}
	return r.WaitCommand(c)
}

var errOutputSet, errErrorsSet = errors.New("exec: Stdout already set"), errors.New("exec: Stderr already set")

// CommandOutput is c.Output.
func (r *Runtime) CommandOutput(c *exec.Cmd) ([]byte, error) {
	if c.Stdout != nil {
		return nil, errOutputSet
	}
	var out, errs bytes.Buffer
	c.Stdout = &out
	if c.Stderr == nil {
		c.Stderr = &errs
	}
	err := r.RunCommand(c)
	if exit, ok := err.(*exec.ExitError); ok && c.Stderr == io.Writer(&errs) {
		exit.Stderr = errs.Bytes()
	}
	return out.Bytes(), err
}

// CombinedOutput is c.CombinedOutput.
func (r *Runtime) CombinedOutput(c *exec.Cmd) ([]byte, error) {
	if c.Stdout != nil {
		return nil, errOutputSet
	} else if c.Stderr != nil {
		return nil, errErrorsSet
	}
	var out bytes.Buffer
	c.Stdout, c.Stderr = &out, &out
	err := r.RunCommand(c)
	return out.Bytes(), err
}
