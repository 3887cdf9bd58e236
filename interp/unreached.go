package interp

import (
	"cmp"
	"regexp"
	"strings"

	"github.com/gophergrad/gophergrad/kernel"
)

// declares finds what the lines of a cell declare on top level. The cell may not even be Go, so nothing but its text can tell.
var declares = regexp.MustCompile(`(?m)^(?:(?:var|const|type|func)\s+(\w+)|(\w+(?:\s*,\s*\w+)*)\s*:=)`)

// miss remembers what a failed cell did not come to declare: who runs the next one is told why a name is unknown.
func (s *Session) miss(c kernel.Cell) {
	s.mu.Lock()
	defer s.mu.Unlock()
	for _, m := range declares.FindAllStringSubmatch(c.Code, -1) {
		for name := range strings.SplitSeq(cmp.Or(m[1], m[2]), ",") {
			if name = strings.TrimSpace(name); s.names[name] == nil {
				s.unreached[name] = cellLabel(c.Count)
			}
		}
	}
}
