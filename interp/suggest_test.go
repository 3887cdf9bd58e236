package interp

import "testing"

func TestSuggestions(t *testing.T) {
	n := newNotebook(t, "type point struct{ Width, Height int }\nfunc (p point) Area() int { return p.Width }\npt := point{1, 2}\nlearningRate := 0.1")
	for code, want := range map[string]string{
		"fmt.Printn(1)":                          "1:5: undefined: fmt.Printn; did you mean fmt.Println?",
		"tensor.Radn(2)":                         "undefined: tensor.Radn; did you mean tensor.Rand",
		"learningrate * 2":                       "undefined: learningrate; did you mean learningRate?",
		"learnigRate * 2":                        "undefined: learnigRate; did you mean learningRate?",
		"func f(count int) int { return cuont }": "undefined: cuont; did you mean count?",
		"pt.Widht":                               "pt.Widht undefined (type point has no field or method Widht); did you mean Width?",
		"pt.Aera()":                              "did you mean Area?",
		"point{Heigth: 1}":                       "unknown field Heigth in struct literal of type point; did you mean Height?",
		"tensor.Ones(2).MatMull(pt)":             "did you mean MatMul?",
		"html.EscapeString(`<`)":                 "undefined: html; import \"html\" first",
		"tenser.Ones(2)":                         "undefined: tenser; did you mean tensor?",
		"retrun":                                 "undefined: retrun",
		"json":                                   "undefined: json; json is a package, of which a name is wanted: json.Name",
	} {
		value, _ := n.fails(code)
		wants(t, value, want)
	}
	value, _ := n.fails("zz9")
	if value != "compile error: 1:1: undefined: zz9" {
		t.Errorf("a far-off name gives %q", value)
	}
}

func TestDistance(t *testing.T) {
	for _, c := range []struct {
		a, b string
		want int
	}{{"", "", 0}, {"abc", "", 3}, {"", "ab", 2}, {"abc", "abc", 0}, {"abc", "acb", 1}, {"kitten", "sitting", 3}, {"ca", "abc", 3}} {
		if got := distance(c.a, c.b); got != c.want {
			t.Errorf("%s and %s: %d, want %d", c.a, c.b, got, c.want)
		}
	}
}
