package display

import (
	"bufio"
	"fmt"
	"io"
	"os"
	"strings"

	"golang.org/x/term"
)

// Input asks the user for a line of text. It fails with io.EOF if the user ends the input, and if the front end cannot
// ask.
func Input(prompt string) (string, error) { return sink().ReadLine(prompt, false) }

// Password is Input for what must not be seen while it is typed.
func Password(prompt string) (string, error) { return sink().ReadLine(prompt, true) }

// ReadLine asks in the terminal.
func (p *printer) ReadLine(prompt string, password bool) (string, error) {
	fmt.Print(prompt)
	if stdin := int(os.Stdin.Fd()); password && term.IsTerminal(stdin) {
		defer fmt.Println()
		text, err := term.ReadPassword(stdin)
		return string(text), err
	}
	line, err := bufio.NewReaderSize(byteReader{os.Stdin}, 16).ReadString('\n')
	if err == io.EOF && line != "" {
		err = nil
	}
	return strings.TrimRight(line, "\r\n"), err
}

// byteReader reads no more than it is asked for next, so that the lines that follow stay for others.
type byteReader struct{ io.Reader }

func (r byteReader) Read(p []byte) (int, error) { return r.Reader.Read(p[:1]) }
