package main

import (
	"encoding/json"
	"errors"
	"fmt"
)

type In struct {
	A int
	L []Leaf
	M map[string]Leaf
}
type Leaf struct{ X int8 }
type Out struct {
	In
	N     In
	P     *In
	An    struct{ Q In }
	B     bool
	Bad   Bad
	After int
}
type Bad int

func (b *Bad) UnmarshalJSON(d []byte) error {
	if string(d) == `"raw"` {
		var n int
		return json.Unmarshal(d, &n)
	}
	if string(d) == `"wrap"` {
		var n int
		return fmt.Errorf("bad: %w", json.Unmarshal(d, &n))
	}
	return errors.New("plain")
}

func main() {
	for _, s := range []string{`{"A":"x"}`, `{"N":{"A":"x"}}`, `{"P":{"A":1.5}}`, `{"An":{"Q":{"A":[]}}}`, `{"N":{"L":[{"X":1},{"X":300}]}}`, `{"N":{"M":{"k":{"X":"s"}}}}`, `{"B":1,"After":2}`, `{"Bad":"raw","After":3}`, `{"Bad":"wrap","After":4}`, `{"Bad":1,"After":5}`, `{"A":"x","B":2,"After":6}`, `{"L":[{"X":true}]}`, `5`, `{"N":5,"After":7}`} {
		var o Out
		err := json.Unmarshal([]byte(s), &o)
		fmt.Println(s, err, o.After)
		var u *json.UnmarshalTypeError
		if errors.As(err, &u) {
			fmt.Println("   ", u.Struct, u.Field, u.Value, u.Type)
		}
	}
	var l []Out
	fmt.Println(json.Unmarshal([]byte(`[{"A":1},{"N":{"A":"q"}}]`), &l), len(l), l[0].A)
	var m map[string]struct{ Z Leaf }
	fmt.Println(json.Unmarshal([]byte(`{"a":{"Z":{"X":"q"}},"b":{"Z":{"X":2}}}`), &m), m)
}
