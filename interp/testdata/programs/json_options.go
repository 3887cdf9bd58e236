package main

import (
	"encoding/json"
	"fmt"
	"time"
)

type ID int
type Z struct{ n int }

func (z Z) IsZero() bool { return z.n == 7 }

type Opt struct{ N *int }
type Flag bool
type Name string
type Fl float64

type R struct {
	A ID   `json:"a,string"`
	B Flag `json:",string"`
	C Name `json:",string"`
	D Fl   `json:"d,string,omitempty"`
	E *ID  `json:"e,string"`
	F int  `json:",string"`
	Z Z    `json:"z,omitzero"`
	Y *Z   `json:"y,omitzero"`
	O Opt  `json:"o,omitzero"`
	L []ID `json:"l,omitempty"`
	M map[ID]Name
	T time.Time `json:"t,omitzero"`
	u int
	V ID  `json:"-"`
	W ID  `json:"-,"`
	X any `json:"x,omitempty"`
}
type Base struct {
	ID   ID
	Name Name
}
type Mid struct {
	Base
	Name string
}
type Top struct {
	*Mid
	Extra map[Name][]Base
	Arr   [2]Base
	Raw   json.RawMessage
	Num   json.Number
}
type K struct{ a, b int }

func (k K) MarshalText() ([]byte, error) { return fmt.Appendf(nil, "%d-%d", k.a, k.b), nil }
func (k *K) UnmarshalText(b []byte) error {
	_, err := fmt.Sscanf(string(b), "%d-%d", &k.a, &k.b)
	return err
}

func show(v any) {
	b, err := json.Marshal(v)
	fmt.Println(string(b), err)
}

func main() {
	id := ID(3)
	show(R{A: 1, B: true, C: "n\"", D: 0, E: &id, F: 2, Z: Z{7}, M: map[ID]Name{2: "b", 1: "a"}})
	show(R{Z: Z{0}, Y: &Z{7}, D: 1.5})
	show(Top{Mid: &Mid{Base{1, "base"}, "mid"}, Extra: map[Name][]Base{"k": {{2, "x"}}}, Raw: json.RawMessage(`{"q": 1}`), Num: "3.50"})
	show(Top{})
	show(map[K]ID{{1, 2}: 3, {0, 1}: 4})
	show([]K{{5, 6}})
	show(struct {
		A []byte
		B [3]byte
		C []ID
		D []Flag
	}{[]byte("hi"), [3]byte{1, 2, 3}, nil, []Flag{}})
	var r R
	err := json.Unmarshal([]byte(`{"a":"12","B":"true","C":"\"q\"","d":"2.5","e":"9","F":"4","z":{},"l":[1,2],"M":{"5":"five"},"t":"2020-01-02T03:04:05Z","-":8,"x":[1,{"a":null}]}`), &r)
	fmt.Println(err, r.A, r.B, r.C, r.D, *r.E, r.F, r.L, r.M, r.T.Year(), r.W, r.X)
	var t Top
	err = json.Unmarshal([]byte(`{"ID":4,"Name":"n","Extra":{"z":[{"ID":1}]},"Arr":[{"ID":7}],"Raw":[1, 2],"Num":12}`), &t)
	fmt.Println(err, t.ID, t.Name, t.Base.Name, t.Extra, t.Arr, string(t.Raw), t.Num)
	var m map[K]ID
	fmt.Println(json.Unmarshal([]byte(`{"1-2":3}`), &m), m)
	for _, bad := range []string{`{"a":12}`, `{"a":"x"}`, `{"B":"maybe"}`, `{"l":{}}`, `{"M":{"x":"y"}}`, `{"Z":`, `[1]`} {
		fmt.Println(json.Unmarshal([]byte(bad), &r))
	}
	show(func() {})
	show(map[string]any{"c": make(chan ID)})
	show(Fl(1e21))
	show([]any{Fl(0.1), Name("<>"), Flag(true), &id, (*ID)(nil)})
}
