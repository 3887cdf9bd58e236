package interp

import (
	"encoding/json"
	"errors"
	"fmt"
	"io/fs"
	"os"
	"path/filepath"
	"regexp"
	"strings"

	"github.com/gophergrad/gophergrad/kernel"
)

var fileMagics = []*magic{
	{"writefile", "%%writefile [-a] FILE", "write the cell below to a file, or append it with -a", takesFiles, writeFile},
	{"load", "%load FILE", "put a file's text into this cell", takesFiles, loadFile},
	{"run", "%run FILE.go|FILE.ipynb [ARGUMENT…]", "run a Go program or a notebook in this session", takesFiles, runFile},
}

func writeFile(c *call) error {
	name, isAppend := strings.CutPrefix(c.args, "-a ")
	name = strings.TrimSpace(name)
	if name == "" || !c.below {
		return errors.New("a file name is missing: usage " + c.magic.usage)
	}
	mode, verb := os.O_TRUNC, "Writing"
	if _, err := os.Stat(name); err == nil {
		verb = "Overwriting"
	}
	if isAppend {
		mode, verb = os.O_APPEND, "Appending to"
	}
	file, err := os.OpenFile(name, os.O_CREATE|os.O_WRONLY|mode, 0o666)
	if err != nil {
		return err
	}
	text := c.text()
	if !strings.HasSuffix(text, "\n") {
		text += "\n"
	}
	_, err = file.WriteString(text)
	if err := errors.Join(err, file.Close()); err != nil {
		return err
	}
	c.printf("%s %s\n", verb, name)
	return nil
}

func loadFile(c *call) error {
	text, err := readFile(c.args)
	if err != nil {
		return err
	}
	*c.payload = append(*c.payload, kernel.SetNextInput("// %load "+c.args+"\n"+text, true))
	return nil
}

// readFile reads a file that a magic names.
func readFile(name string) (string, error) {
	if name == "" {
		return "", errors.New("a file name is missing")
	}
	text, err := os.ReadFile(name)
	if errors.Is(err, fs.ErrNotExist) {
		others, _ := filepath.Glob(filepath.Join(filepath.Dir(name), "*"))
		return "", fmt.Errorf("there is no file %s%s", name, didYouMean("", nearest(name, others)))
	}
	return string(text), err
}

// runnable is a file that %run takes, with arguments.
var runnable = regexp.MustCompile(`^(.*?\.(go|ipynb))(?:\s+(.*))?$`)

// runFile runs a program, whose names then are the session's, or the code cells of a notebook.
func runFile(c *call) error {
	m := runnable.FindStringSubmatch(c.args)
	if m == nil {
		if _, err := readFile(c.args); err != nil {
			return err
		}
		return fmt.Errorf("%s is neither a Go program (.go) nor a notebook (.ipynb)", c.args)
	}
	text, err := readFile(m[1])
	if err != nil {
		return err
	}
	defer func(args []string) { os.Args = args }(os.Args)
	os.Args = append([]string{m[1]}, strings.Fields(m[3])...)
	if m[2] == "ipynb" {
		return c.runNotebook(m[1], text)
	}
	return c.failed(c.s.execute(c.ctx, c.cell, c.out, func(string) (*cell, *kernel.CellError) { return c.s.program(m[1], text) }))
}

func (c *call) runNotebook(name, text string) error {
	var notebook struct {
		Cells []struct {
			Type   string          `json:"cell_type"`
			Source json.RawMessage `json:"source"`
		} `json:"cells"`
	}
	if err := json.Unmarshal([]byte(text), &notebook); err != nil {
		return fmt.Errorf("%s is no notebook: %w", name, err)
	}
	for _, nc := range notebook.Cells {
		var lines []string
		var source string
		if json.Unmarshal(nc.Source, &lines) == nil {
			source = strings.Join(lines, "")
		} else if err := json.Unmarshal(nc.Source, &source); err != nil {
			return fmt.Errorf("%s is no notebook: %w", name, err)
		}
		if nc.Type != "code" {
			continue
		}
		sub := c.cell
		sub.Code, sub.StoreHistory = source, false
		if err := c.failed(c.s.Execute(c.ctx, sub, c.out)); err != nil {
			return err
		}
	}
	return nil
}

// failed is the error of an outcome, an untyped nil if it has none.
func (c *call) failed(o kernel.Outcome) error {
	*c.payload = append(*c.payload, o.Payload...)
	if o.Err != nil {
		return o.Err
	}
	return nil
}
