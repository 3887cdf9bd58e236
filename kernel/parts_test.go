package kernel

import (
	"strings"
	"sync"
	"testing"
	"testing/synctest"
	"time"
	"unicode/utf8"
)

func TestWholeRunes(t *testing.T) {
	for text, want := range map[string]int{
		"": 0, "a": 1, "aé": 3, "aé"[:2]: 1, "日"[:1]: 0, "日"[:2]: 0, "日": 3, "x😀"[:4]: 1, "x😀": 5,
		"a\x80": 2, "\xff": 1, "\x80\x80\x80\x80\x80": 5,
	} {
		if got := wholeRunes([]byte(text)); got != want {
			t.Errorf("%q: %d, want %d", text, got, want)
		}
	}
}

func TestCursor(t *testing.T) {
	s := "aé😀b"
	for n, want := range map[int]int{-1: 0, 0: 0, 1: 1, 2: 3, 3: 7, 4: 8, 9: 8} {
		if got := byteOffset(s, n); got != want {
			t.Errorf("code point %d is at byte %d, want %d", n, got, want)
		}
		if n >= 0 && n <= 4 && codePoints(s, want) != n {
			t.Errorf("byte %d is code point %d, want %d", want, codePoints(s, want), n)
		}
	}
}

func TestBundle(t *testing.T) {
	type text string
	b := Bundle{Data: map[string]any{
		"text/html": text("<b>"), "image/png": []byte("PNG"), "application/json": map[string]any{"a": 1}, "application/x+json": []byte(`[1]`),
		"text/plain": "kept",
	}}
	same(t, string(mustMarshal(b.data())),
		`{"application/json":{"a":1},"application/x+json":[1],"image/png":"UE5H","text/html":"<b>","text/plain":"kept"}`)
	for mime, value := range map[string]any{
		"text": "x", "text/html; charset=utf-8": "x", "text/html": 1, "application/json": func() {}, "application/x+json": []byte("{"),
	} {
		data := Bundle{Data: map[string]any{mime: value, "text/plain": "lost"}}.data()
		if len(data) != 1 || !strings.Contains(string(data["text/plain"]), mime+" cannot be shown") {
			t.Errorf("%s %v: %s", mime, value, data)
		}
	}
}

func TestLongErrorsAreShortened(t *testing.T) {
	long := strings.Repeat("é", 1e6)
	e := failure(&CellError{Value: "a" + long, Traceback: []string{"short", "b" + long + "c"}})
	for _, text := range append(e.Traceback, e.Value) {
		if len(text) > longestError+10 || !utf8.ValidString(text) {
			t.Errorf("%d bytes: %.20q…", len(text), text)
		}
	}
	same(t, e.Traceback[0], "short")
	if piece := e.Traceback[1]; !strings.HasPrefix(piece, "bé") || !strings.HasSuffix(piece, "éc") {
		t.Errorf("%.20q…%q", piece, piece[len(piece)-20:])
	}
}

func TestHistory(t *testing.T) {
	h := &history{}
	for i, code := range []string{"a = 1", "b", "a = 2", "b", "f(*x)\nmore"} {
		h.add(Cell{Code: code, Count: i + 1}, "")
	}
	number := func(n int) *int { return &n }
	for name, test := range map[string]struct {
		req  historyRequest
		want []int
	}{
		"tail":            {historyRequest{Access: "tail", N: number(2)}, []int{4, 5}},
		"tail beyond":     {historyRequest{Access: "tail", N: number(9)}, []int{1, 2, 3, 4, 5}},
		"tail negative":   {historyRequest{Access: "tail", N: number(-1)}, nil},
		"range":           {historyRequest{Access: "range", Session: 1, Start: 2, Stop: number(4)}, []int{2, 3}},
		"this session":    {historyRequest{Access: "range", Start: 4}, []int{4, 5}},
		"earlier session": {historyRequest{Access: "range", Session: -1}, nil},
		"search":          {historyRequest{Access: "search", Pattern: "a*"}, []int{1, 3}},
		"whole text":      {historyRequest{Access: "search", Pattern: "a"}, nil},
		"one character":   {historyRequest{Access: "search", Pattern: "a = ?"}, []int{1, 3}},
		"special":         {historyRequest{Access: "search", Pattern: "f(*)*"}, []int{5}},
		"unique":          {historyRequest{Access: "search", Pattern: "b", Unique: true}, []int{4}},
		"latest":          {historyRequest{Access: "search", Pattern: "*", N: number(1)}, []int{5}},
	} {
		var got []int
		for _, e := range h.find(test.req) {
			got = append(got, e.Line)
		}
		t.Run(name, func(t *testing.T) { same(t, got, test.want) })
	}
}

// In no three seconds may there be 3,000 messages, of which Jupyter's server would drop some.
func TestPace(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		var p pace
		var sent []time.Time
		var mu sync.Mutex // what is held back is sent beside the cell
		send := func() {
			mu.Lock()
			defer mu.Unlock()
			sent = append(sent, time.Now())
		}
		for i := range 10_000 {
			p.update("a", send)
			p.update("b", send)
			p.wait(nil)
			send()
			if i == 5000 {
				time.Sleep(time.Minute)
			}
		}
		p.flush()
		for i := 3000; i < len(sent); i++ {
			if took := sent[i].Sub(sent[i-3000]); took < 3*time.Second {
				t.Fatalf("3000 messages in %v", took)
			}
		}
		if updates := len(sent) - 10_000; updates < 1000 { // 10,000 take 15 seconds
			t.Errorf("%d updates were sent", updates)
		}
	})
}
