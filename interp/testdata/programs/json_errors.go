package main

import (
	"encoding/json"
	"fmt"
)

type In struct{ X int }
type Out struct {
	I In
	L []In
	M map[string]In
	P *In
	S int `json:"s,string"`
	B uint8
}

func main() {
	for _, s := range []string{`{"I":{"X":"s"}}`, `{"L":[{"X":1},{"X":"s"}]}`, `{"M":{"k":{"X":true}}}`, `{"P":{"X":1.5}}`, `[1]`, `{"I":[1]}`, `{"s":5}`, `{"s":"7"}`, `{"B":300}`, `{"L":{"a":1}}`, `{"I":{"X":"s"},"B":5}`, `nope`, `{"I":{"X":1}`} {
		var o Out
		err := json.Unmarshal([]byte(s), &o)
		fmt.Println(err, o.S, o.B)
	}
}
