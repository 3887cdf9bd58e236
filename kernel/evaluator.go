// Package kernel speaks the Jupyter messaging protocol for a language session: sockets, signatures, channels and the
// order of messages. It knows the session as an [Evaluator] and nothing of the language behind it.
//
// The protocol: https://jupyter-client.readthedocs.io/en/stable/messaging.html
package kernel

import "context"

// Evaluator is a language session. Each subshell runs its cells one at a time, in the order they were sent, with
// Execute and Evaluate; those of several subshells run at the same time. Every other method may be called at any
// moment, also while a cell runs, from another goroutine.
type Evaluator interface {
	// Info describes the language and the kernel; it is asked for often and must be cheap.
	Info() Info
	// Execute runs a cell. Its context ends with it, or before, with cause [ErrInterrupted], when the user interrupts
	// it; Execute must then return soon, with an error that says so.
	Execute(ctx context.Context, cell Cell, out Output) Outcome
	// Evaluate computes one expression of an execute_request's user_expressions, after its cell succeeded.
	// A *CellError among the errors keeps its name and traceback.
	Evaluate(ctx context.Context, expr string) (Bundle, error)
	// Complete proposes texts for the cursor, a byte offset in code.
	Complete(code string, cursor int) Completion
	// Inspect documents what stands at the cursor, a byte offset in code: detail 0 is the short form, 1 the full one.
	// It reports false if it knows nothing.
	Inspect(code string, cursor, detail int) (Bundle, bool)
	// IsComplete says whether a console should run code or ask for another line.
	IsComplete(code string) Completeness
}

// Bystander is an Evaluator that has cells which only look at others: they run at once, beside those.
type Bystander interface {
	Beside(code string) bool
}

// Info is what a kernel_info_reply tells of a language and its kernel.
type Info struct {
	Implementation string // the kernel's name
	Version        string // the kernel's version
	Banner         string // consoles print it when they start
	Language       LanguageInfo
	HelpLinks      []HelpLink
}

// LanguageInfo tells front ends how to name, highlight and save the language.
type LanguageInfo struct {
	Name           string `json:"name"`
	Version        string `json:"version"`
	MIMEType       string `json:"mimetype"`
	FileExtension  string `json:"file_extension"` // with its dot
	PygmentsLexer  string `json:"pygments_lexer,omitempty"`
	CodeMirrorMode string `json:"codemirror_mode,omitempty"`
	Exporter       string `json:"nbconvert_exporter,omitempty"`
}

// HelpLink is an entry of a front end's Help menu.
type HelpLink struct {
	Text string `json:"text"`
	URL  string `json:"url"`
}

// Cell is a piece of code to execute.
type Cell struct {
	Code         string
	Name         string // the front end's id of the cell: stable while its code is edited; empty if it sent none
	Count        int    // the number in the front end's prompt
	Silent       bool   // nothing of it may be shown: the kernel discards its output
	StoreHistory bool   // it counts and is kept in the history
}

// Outcome is how a cell ended: well if Err is nil.
type Outcome struct {
	Err     *CellError
	Payload []Payload
}

// CellError is a cell's failure as front ends show it.
type CellError struct {
	Name      string   `json:"ename"`     // the kind of error
	Value     string   `json:"evalue"`    // its message
	Traceback []string `json:"traceback"` // lines to show, ANSI colors allowed
}

func (e *CellError) Error() string { return e.Name + ": " + e.Value }

// Output is where a running cell's output goes. It may be used from any goroutine, and stays usable after the cell
// ended: late output is shown below the cell that started it. More than some hundred messages a second wait, since front
// ends lose them.
type Output interface {
	// Stream appends text to "stdout" or "stderr". Text is sent in batches; it may be cut anywhere, even inside a rune.
	Stream(name, text string)
	// Display shows a bundle. A non-empty displayID lets Update replace it later.
	Display(b Bundle, displayID string)
	// Update replaces every display that carries displayID. Of updates that come faster than front ends can show them,
	// some are left out, never the latest.
	Update(b Bundle, displayID string)
	// Result shows the cell's value.
	Result(b Bundle)
	// Clear removes the cell's output; with wait, only when its next output arrives.
	Clear(wait bool)
	// ReadLine asks the user for a line. It fails if the front end cannot ask, with the context's error when the cell
	// is interrupted, and with io.EOF when the user ends the input.
	ReadLine(prompt string, password bool) (string, error)
}

// Bundle is one value in several representations: MIME type → value, and MIME type → metadata such as width and
// height. A value is a string, a []byte, which is sent in base64, or, for JSON's types, what encoding/json can express or
// JSON in a []byte. Always give "text/plain".
type Bundle struct{ Data, Metadata map[string]any }

// Completion proposes Matches in place of code[Start:End], byte offsets.
type Completion struct {
	Matches    []Match
	Start, End int
}

// Match is one proposed text. Type ("function", "keyword", …) chooses the icon a front end shows; Signature is a
// function's parameters and results. Both may be empty.
type Match struct{ Text, Type, Signature string }

// Completeness is an answer to [Evaluator.IsComplete]. Indent belongs to the next line and counts only when Incomplete.
type Completeness struct {
	Status CompletenessStatus
	Indent string
}

// CompletenessStatus is one of the protocol's words for how finished a piece of code is.
type CompletenessStatus string

// The statuses of an is_complete_reply.
const (
	Complete   CompletenessStatus = "complete"
	Incomplete CompletenessStatus = "incomplete"
	Invalid    CompletenessStatus = "invalid"
	Unknown    CompletenessStatus = "unknown"
)

// Payload asks a front end for an action once the cell is done.
type Payload map[string]any

// Page shows a bundle in the front end's pager, from the given line on.
func Page(b Bundle, start int) Payload {
	return Payload{"source": "page", "data": b.data(), "start": start}
}

// SetNextInput puts text into the next input cell, or into the one that just ran if replace is set.
func SetNextInput(text string, replace bool) Payload {
	return Payload{"source": "set_next_input", "text": text, "replace": replace}
}

// AskExit ends a console, and the kernel with it unless keepKernel is set.
func AskExit(keepKernel bool) Payload {
	return Payload{"source": "ask_exit", "keepkernel": keepKernel}
}
