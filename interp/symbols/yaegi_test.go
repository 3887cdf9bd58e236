package symbols

import (
	"fmt"
	"math"
	"strings"
	"testing"

	"github.com/traefik/yaegi/interp"
)

// TestYaegiTakesTheTables imports every package in one interpreter and uses each kind of symbol.
func TestYaegiTakesTheTables(t *testing.T) {
	in := interp.New(interp.Options{})
	var source strings.Builder
	for i, path := range Paths() {
		if err := in.Use(interp.Exports{path + "/" + Name(path): Table(path)}); err != nil {
			t.Fatalf("%s: %v", path, err)
		}
		fmt.Fprintf(&source, "import q%d %q\n", i, path)
	}
	if _, err := in.Eval(source.String()); err != nil {
		t.Fatal(err)
	}
	eval := func(source string) any {
		t.Helper()
		v, err := in.Eval(source)
		if err != nil {
			t.Fatalf("%s: %v", source, err)
		}
		return v.Interface()
	}
	eval(`
import (
	"fmt"
	"io"
	"math"
	"strings"
	"time"
	"unicode/utf8"
	"gonum.org/v1/gonum/mat"
)

func use() string {
	var largest uint64 = math.MaxUint64
	var r io.Reader = strings.NewReader("text")
	text, err := io.ReadAll(r)
	d := mat.NewDense(1, 2, []float64{3, 4})
	return fmt.Sprintln(largest, math.Pi, 2*time.Second, string(text), err == nil, io.EOF, utf8.RuneError == '\uFFFD', mat.Norm(d, 2))
}`)
	want := fmt.Sprintln(uint64(math.MaxUint64), math.Pi, "2s", "text", true, "EOF", true, 5.)
	if got := eval("use()"); got != want {
		t.Errorf("%v, want %v", got, want)
	}
}
