package interp

import (
	"testing"

	"github.com/gophergrad/gophergrad/kernel"
)

func TestIsComplete(t *testing.T) {
	s, err := New()
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(s.Close)
	for code, want := range map[string]kernel.Completeness{
		"":                               {Status: kernel.Complete},
		"x := 1":                         {Status: kernel.Complete},
		"// comment":                     {Status: kernel.Complete},
		"for i := range 3 {\n}":          {Status: kernel.Complete},
		"x++":                            {Status: kernel.Complete},
		"%who":                           {Status: kernel.Complete},
		"!ls (":                          {Status: kernel.Complete},
		"?fmt":                           {Status: kernel.Complete},
		"fmt.Println?":                   {Status: kernel.Complete},
		"func f() int { return 1 }\nf()": {Status: kernel.Complete},
		"for i := range 3 {":             {Status: kernel.Incomplete, Indent: "    "},
		"for {\n\tif x {":                {Status: kernel.Incomplete, Indent: "        "},
		"f(func() {":                     {Status: kernel.Incomplete, Indent: "    "},
		"fmt.Println(":                   {Status: kernel.Incomplete, Indent: "    "},
		"fmt.Println(1,":                 {Status: kernel.Incomplete, Indent: "    "},
		"x := `raw":                      {Status: kernel.Incomplete},
		"/* comment":                     {Status: kernel.Incomplete},
		"1 +":                            {Status: kernel.Incomplete, Indent: "    "},
		"x := 1 + // why":                {Status: kernel.Incomplete, Indent: "    "},
		"strings.":                       {Status: kernel.Incomplete, Indent: "    "},
		"%%bash\nls":                     {Status: kernel.Incomplete},
		"%%bash\nls\n":                   {Status: kernel.Complete},
		"x := )":                         {Status: kernel.Invalid},
		"for }":                          {Status: kernel.Invalid},
		"x := \"abc":                     {Status: kernel.Invalid},
		"if x y":                         {Status: kernel.Invalid},
		"f(]":                            {Status: kernel.Invalid},
		"%nosuch":                        {Status: kernel.Invalid},
	} {
		if got := s.IsComplete(code); got != want {
			t.Errorf("%q: %v, want %v", code, got, want)
		}
	}
}
