package interp

import (
	"strings"
	"testing"
	"unicode/utf8"
)

func TestLongResultsAreShownInPart(t *testing.T) {
	n := newNotebook(t)
	for _, code := range []string{`strings.Repeat("é", 100_000)`, "m := map[int]int{}\nfor i := range 50_000 { m[i] = i }\nm"} {
		n.ok(code)
		if len(n.result) > longest+100 || !utf8.ValidString(n.result) || !strings.HasSuffix(n.result, "bytes of text, fmt.Println shows all)") {
			t.Errorf("%s: %d bytes, ends with %q", code, len(n.result), n.result[len(n.result)-50:])
		}
	}
}
