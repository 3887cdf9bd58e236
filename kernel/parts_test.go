package kernel

import (
	"sync"
	"testing"
	"testing/synctest"
	"time"
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
