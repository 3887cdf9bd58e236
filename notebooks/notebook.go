// Package notebooks reads, executes and writes Jupyter notebooks (nbformat 4)
// without Jupyter. The folder also holds the lecture's notebooks themselves.
package notebooks

import (
	"bytes"
	"crypto/rand"
	"encoding/hex"
	"encoding/json"
	"fmt"
	"os"
	"slices"
	"strings"
)

// Notebook is a document of nbformat 4.5. The fields of the format's types
// stand in alphabetical order, as Jupyter writes their keys.
type Notebook struct {
	Cells         []*Cell        `json:"cells"`
	Metadata      map[string]any `json:"metadata"`
	NBFormat      int            `json:"nbformat"`
	NBFormatMinor int            `json:"nbformat_minor"`
}

// Cell is a code, markdown or raw cell. Only code cells have an execution
// count and outputs.
type Cell struct {
	Attachments    json.RawMessage `json:"attachments,omitempty"`
	Type           string          `json:"cell_type"`
	ExecutionCount *int            `json:"execution_count"`
	ID             string          `json:"id"`
	Metadata       map[string]any  `json:"metadata"`
	Outputs        []*Output       `json:"outputs"`
	Source         Text            `json:"source"`
}

// Output is one output of a code cell: a stream, display_data, execute_result
// or error, by Type. The fields of the other kinds are empty.
type Output struct {
	Data           map[string]json.RawMessage `json:"data"`
	EName          string                     `json:"ename"`
	EValue         string                     `json:"evalue"`
	ExecutionCount *int                       `json:"execution_count"`
	Metadata       map[string]json.RawMessage `json:"metadata"`
	Name           string                     `json:"name"`
	Type           string                     `json:"output_type"`
	Text           Text                       `json:"text"`
	Traceback      []string                   `json:"traceback"`
}

// Text is a string that the format writes as a list of lines.
type Text string

// Read reads a notebook file of nbformat 4.
func Read(file string) (*Notebook, error) {
	content, err := os.ReadFile(file)
	if err != nil {
		return nil, err
	}
	var nb Notebook
	if err := json.Unmarshal(content, &nb); err != nil {
		return nil, fmt.Errorf("%s is not a notebook: %w", file, err)
	}
	if nb.NBFormat != 4 {
		return nil, fmt.Errorf("%s is not a notebook of nbformat 4 (its \"nbformat\" is %d); `jupyter nbconvert --to notebook` converts older ones", file, nb.NBFormat)
	}
	if nb.Metadata == nil {
		nb.Metadata = map[string]any{}
	}
	for i, c := range nb.Cells {
		if c == nil || !slices.Contains([]string{"code", "markdown", "raw"}, c.Type) {
			return nil, fmt.Errorf("%s: cell %d is neither code, markdown nor raw", file, i+1)
		}
		if c.ID == "" { // came with 4.5
			c.ID = newID()
		}
		if c.Metadata == nil {
			c.Metadata = map[string]any{}
		}
	}
	nb.NBFormatMinor = max(nb.NBFormatMinor, 5)
	return &nb, nil
}

// Write writes nb as Jupyter does: sorted keys, one space of indent.
func (nb *Notebook) Write(file string) error {
	content, err := encode(nb)
	if err != nil {
		return err
	}
	var indented bytes.Buffer
	if err := json.Indent(&indented, content, "", " "); err != nil {
		return err
	}
	return os.WriteFile(file, indented.Bytes(), 0o644)
}

// HasTag reports whether the cell's metadata carries a tag.
func (c *Cell) HasTag(tag string) bool {
	tags, _ := c.Metadata["tags"].([]any)
	return slices.Contains(tags, any(tag))
}

// MarshalJSON leaves out what the format forbids for the cell's type.
func (c *Cell) MarshalJSON() ([]byte, error) {
	if c.Type == "code" {
		type code Cell
		full := code(*c)
		full.Attachments = nil
		if full.Outputs == nil {
			full.Outputs = []*Output{}
		}
		return encode(full)
	}
	return encode(struct {
		Attachments json.RawMessage `json:"attachments,omitempty"`
		Type        string          `json:"cell_type"`
		ID          string          `json:"id"`
		Metadata    map[string]any  `json:"metadata"`
		Source      Text            `json:"source"`
	}{c.Attachments, c.Type, c.ID, c.Metadata, c.Source})
}

// MarshalJSON writes the fields that the output's type has.
func (o *Output) MarshalJSON() ([]byte, error) {
	fields := map[string]any{"output_type": o.Type}
	switch o.Type {
	case "stream":
		fields["name"], fields["text"] = o.Name, o.Text
	case "error":
		fields["ename"], fields["evalue"], fields["traceback"] = o.EName, o.EValue, notNil(o.Traceback)
	case "execute_result":
		fields["execution_count"] = o.ExecutionCount
		fallthrough
	default:
		fields["data"], fields["metadata"] = lines(o.Data), o.Metadata
		if o.Metadata == nil {
			fields["metadata"] = map[string]any{}
		}
	}
	return encode(fields)
}

// lines turns the textual values of a MIME bundle into lists of lines.
func lines(data map[string]json.RawMessage) map[string]any {
	bundle := make(map[string]any, len(data))
	for mime, raw := range data {
		var text Text
		textual := strings.HasPrefix(mime, "text/") || mime == "image/svg+xml" || mime == "application/javascript"
		if textual && json.Unmarshal(raw, &text) == nil {
			bundle[mime] = text
		} else {
			bundle[mime] = raw
		}
	}
	return bundle
}

// MarshalJSON writes t as the list of its lines, line ends kept.
func (t Text) MarshalJSON() ([]byte, error) {
	parts := []string{}
	if t != "" {
		parts = strings.SplitAfter(string(t), "\n")
	}
	if n := len(parts); n > 0 && parts[n-1] == "" {
		parts = parts[:n-1]
	}
	return encode(parts)
}

// UnmarshalJSON reads a string or a list of strings.
func (t *Text) UnmarshalJSON(b []byte) error {
	var parts []string
	if err := json.Unmarshal(b, &parts); err == nil {
		*t = Text(strings.Join(parts, ""))
		return nil
	}
	return json.Unmarshal(b, (*string)(t))
}

// encode is json.Marshal with <, > and & left readable.
func encode(v any) ([]byte, error) {
	var b bytes.Buffer
	e := json.NewEncoder(&b)
	e.SetEscapeHTML(false)
	err := e.Encode(v)
	return b.Bytes(), err
}

func notNil(s []string) []string {
	if s == nil {
		return []string{}
	}
	return s
}

// newID makes a cell id as nbformat does: eight hexadecimal digits.
func newID() string {
	var b [4]byte
	rand.Read(b[:])
	return hex.EncodeToString(b[:])
}
