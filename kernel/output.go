package kernel

import (
	"context"
	"fmt"
	"sync"
	"time"
	"unicode/utf8"
)

const (
	streamDelay = 50 * time.Millisecond // how long text waits for more before it is sent
	streamBatch = 1 << 16               // bytes that are sent without waiting
	streamLimit = 2 << 20               // bytes a cell may print: browsers choke on more, and Jupyter's server drops what comes faster
)

// output is a cell's [Output]. Its methods publish in the order they are called; only streams are held back a moment,
// and are sent before whatever follows them.
type output struct {
	k          *Kernel
	r          *request
	ctx        context.Context // the cell's
	cell       Cell
	allowStdin bool

	mu      sync.Mutex
	name    string            // the stream that text belongs to
	text    []byte            // not sent yet
	partial map[string][]byte // by stream: the beginning of a rune whose rest has not come yet
	timer   *time.Timer       // flushes text; nil when none is due
	printed int
	value   string // the result's text, for the history
}

func (o *output) Stream(name, text string) {
	if o.interrupts(name) {
		o.await()
	}
	o.mu.Lock()
	defer o.mu.Unlock()
	if o.cell.Silent || o.printed > streamLimit || text == "" {
		return
	}
	room := streamLimit - o.printed
	if o.printed += len(text); o.printed > streamLimit {
		text = text[:room] + fmt.Sprintf("\n[the cell printed more than %d MiB; the rest is not shown]\n", streamLimit>>20)
	}
	if name != o.name {
		o.flushText()
		o.name, o.text = name, append(o.text, o.partial[name]...)
		delete(o.partial, name)
	}
	o.text = append(o.text, text...)
	if len(o.text) >= streamBatch {
		o.flushText()
	} else if o.timer == nil {
		o.timer = time.AfterFunc(streamDelay, func() {
			o.mu.Lock()
			defer o.mu.Unlock()
			o.flushText()
		})
	}
}

// interrupts reports whether text of a stream makes the text of the other one a message.
func (o *output) interrupts(name string) bool {
	o.mu.Lock()
	defer o.mu.Unlock()
	return name != o.name && len(o.text) > 0
}

// await makes a cell wait that shows more than Jupyter's server lets pass, or than a client can read.
func (o *output) await() {
	stop := o.ctx.Done()
	if context.Cause(o.ctx) == errCellEnded { // nobody waits for late output
		stop = nil
	}
	o.k.pace.wait(stop)
	o.k.iopub.settle(stop)
}

// flushText sends the whole runes that wait. o.mu is held.
func (o *output) flushText() {
	if o.timer != nil {
		o.timer.Stop()
		o.timer = nil
	}
	whole := wholeRunes(o.text)
	if whole > 0 {
		o.k.publish(o.r, "stream", &streamText{o.name, string(o.text[:whole])})
	}
	if whole < len(o.text) {
		if o.partial == nil {
			o.partial = map[string][]byte{}
		}
		o.partial[o.name] = append([]byte{}, o.text[whole:]...)
	}
	o.name, o.text = "", o.text[:0]
}

// flush sends all that waits, even the beginning of a rune: the cell is over.
func (o *output) flush() {
	o.k.pace.flush()
	o.mu.Lock()
	defer o.mu.Unlock()
	o.flushText()
	for name, rest := range o.partial {
		o.k.publish(o.r, "stream", &streamText{name, string(rest)})
	}
	o.partial = nil
}

// wholeRunes is how many bytes of text come before a rune that is cut off at its end.
func wholeRunes(text []byte) int {
	for i := len(text) - 1; i >= 0 && i >= len(text)-utf8.UTFMax; i-- {
		if utf8.RuneStart(text[i]) {
			if utf8.FullRune(text[i:]) {
				break
			}
			return i
		}
	}
	return len(text)
}

// publish sends a message after the text that waits, unless the cell is silent.
func (o *output) publish(msgType string, content any) {
	o.mu.Lock()
	defer o.mu.Unlock()
	o.flushText()
	if !o.cell.Silent {
		o.k.publish(o.r, msgType, content)
	}
}

// displayed is the content of display_data, update_display_data and execute_result.
type displayed struct {
	Count     int            `json:"execution_count,omitempty"` // of an execute_result
	Data      any            `json:"data"`
	Metadata  any            `json:"metadata"`
	Transient map[string]any `json:"transient,omitempty"`
}

func (o *output) Display(b Bundle, displayID string) {
	o.await()
	o.display("display_data", b, displayID)
}

func (o *output) Update(b Bundle, displayID string) {
	o.k.pace.update("display "+displayID, func() { o.display("update_display_data", b, displayID) })
}

func (o *output) display(msgType string, b Bundle, displayID string) {
	transient := map[string]any{}
	if displayID != "" {
		transient["display_id"] = displayID
	}
	o.publish(msgType, displayed{Data: b.data(), Metadata: b.metadata(), Transient: transient})
}

func (o *output) Result(b Bundle) {
	if text, ok := b.Data["text/plain"].(string); ok {
		o.mu.Lock()
		o.value = text
		o.mu.Unlock()
	}
	o.publish("execute_result", displayed{Count: o.cell.Count, Data: b.data(), Metadata: b.metadata()})
}

// result is the text of the cell's value.
func (o *output) result() string {
	o.mu.Lock()
	defer o.mu.Unlock()
	return o.value
}

func (o *output) Clear(wait bool) {
	o.await()
	o.publish("clear_output", map[string]bool{"wait": wait})
	o.mu.Lock()
	o.printed = 0 // the browser forgot it too
	o.mu.Unlock()
}
