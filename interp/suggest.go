package interp

import (
	"cmp"
	"fmt"
	"go/ast"
	"go/token"
	"go/types"
	"path"
	"regexp"
	"slices"
	"strconv"
	"strings"

	"github.com/gophergrad/gophergrad/interp/lower"
	"github.com/gophergrad/gophergrad/interp/symbols"
)

// nearest is the candidate that name most likely is a misspelling of, "" if none is near.
func nearest(name string, candidates []string) string {
	best, least, most := "", 0, 0
	for _, c := range candidates {
		if c == name || c == "" {
			continue
		}
		d, same := distance(strings.ToLower(name), strings.ToLower(c)), alike(name, c)
		if d <= tolerance(name) && (best == "" || d < least || d == least && same > most) {
			best, least, most = c, d, same
		}
	}
	return best
}

// longer is the shortest constructor, or other member, that holds what a name of a package says: NewLoader for data.DataLoader.
func longer(pkg, name string, members []string) string {
	core := strings.TrimPrefix(strings.TrimPrefix(strings.ToLower(strings.ReplaceAll(name, "_", "")), "new"), pkg)
	best, rank := "", 0
	for _, m := range members {
		r := len(m)
		if !strings.HasPrefix(m, "New") {
			r += 1000
		}
		if len(core) > 3 && strings.Contains(strings.ToLower(m), core) && (best == "" || r < rank) {
			best, rank = m, r
		}
	}
	return best
}

// alike counts the letters that two names have in common at their beginning and end.
func alike(a, b string) int {
	n, most := 0, min(len(a), len(b))
	for n < most && a[n] == b[n] {
		n++
	}
	end := 0
	for end < most-n && a[len(a)-1-end] == b[len(b)-1-end] {
		end++
	}
	return n + end
}

// tolerance is how many slips a name of this length may have.
func tolerance(name string) int {
	switch n := len(name); {
	case n <= 2:
		return 0
	case n <= 5:
		return 1
	case n <= 11:
		return 2
	}
	return 3
}

// distance counts the letters inserted, deleted, replaced or swapped with their neighbour between a and b (the
// optimal string alignment distance).
func distance(a, b string) int {
	var before []int
	last := make([]int, len(b)+1)
	for j := range last {
		last[j] = j
	}
	for i := 1; i <= len(a); i++ {
		row := make([]int, len(b)+1)
		row[0] = i
		for j := 1; j <= len(b); j++ {
			cost := 1
			if a[i-1] == b[j-1] {
				cost = 0
			}
			row[j] = min(last[j]+1, row[j-1]+1, last[j-1]+cost)
			if i > 1 && j > 1 && a[i-1] == b[j-2] && a[i-2] == b[j-1] {
				row[j] = min(row[j], before[j-2]+1)
			}
		}
		before, last = last, row
	}
	return last[len(b)]
}

func didYouMean(prefix, name string) string {
	if name == "" {
		return ""
	}
	return "; did you mean " + prefix + name + "?"
}

// suggestion is what the user may have meant where the type checker found an error: to be put behind its message.
func (s *Session) suggestion(ch *checked, err types.Error) string {
	if ch == nil || strings.Contains(err.Msg, "but does have") && !strings.Contains(err.Msg, "but does have unexported") {
		return ""
	}
	if strings.HasPrefix(err.Msg, "cannot use _ as value") && len(s.results) == 0 {
		return "; there is no result yet"
	}
	path := enclosing(ch.cell, func(n ast.Node) bool { return n.Pos() <= err.Pos && err.Pos < n.End() })
	if name, ok := strings.CutPrefix(err.Msg, "undefined: "); ok {
		if pkg, member, ok := strings.Cut(name, "."); ok {
			if spelled := s.torchFunction(ch, path); spelled != "" {
				return "; Go writes " + spelled
			}
			members := s.membersOfPackage(ch, pkg)
			return didYouMean(pkg+".", cmp.Or(nearest(member, members), longer(pkg, member, members)))
		}
		return s.suggestName(ch, err, path, name)
	}
	if advice := torchHabit(ch.info, err, path); advice != "" {
		return advice
	}
	if advice := slipAdvice(err.Msg); advice != "" {
		return advice
	}
	if strings.Contains(err.Msg, " arguments in call to ") || strings.HasPrefix(err.Msg, "assignment mismatch: ") {
		return signatureOf(ch, path)
	}
	if advice := operation(err.Msg); advice != "" {
		return advice
	}
	if m := badImport.FindStringSubmatch(err.Msg); m != nil {
		return suggestImport(m[1])
	}
	if len(path) < 2 {
		return ""
	}
	if old := s.outdated(ch, path); old != "" {
		return old
	}
	id, ok := path[0].(*ast.Ident)
	if !ok {
		return ""
	}
	switch parent := path[1].(type) {
	case *ast.SelectorExpr:
		if strings.Contains(err.Msg, " undefined (type ") && parent.Sel == id {
			if pkg, ok := parent.X.(*ast.Ident); ok && slices.Contains(s.membersOfPackage(ch, pkg.Name), id.Name) {
				return fmt.Sprintf("; %s is a variable now, import %q makes it the package again", pkg.Name, pathOf(pkg.Name))
			}
			t := ch.info.TypeOf(parent.X)
			if advice := s.moduleFunction(ch, path[1:], t); advice != "" {
				return advice
			}
			if isTensor(t) {
				if name := torchMember(id.Name); name != "" {
					return "; Go writes " + name
				}
			}
			if instead := methodsElsewhere[id.Name]; instead != "" && (len(memberNames(t)) == 0 || strings.HasSuffix(id.Name, "_")) {
				return "; Go writes " + instead
			}
			names := memberNames(t)
			return didYouMean("", cmp.Or(nearest(strings.TrimRight(id.Name, "_"), names), longer("", id.Name, names)))
		}
	case *ast.KeyValueExpr:
		if lit, ok := path[2].(*ast.CompositeLit); ok && strings.HasPrefix(err.Msg, "unknown field ") {
			return didYouMean("", nearest(id.Name, memberNames(ch.info.TypeOf(lit))))
		}
	}
	return ""
}

// outdated tells that something in the statement around an error has a type that was declared anew and differs since.
func (s *Session) outdated(ch *checked, path []ast.Node) (text string) {
	for _, n := range path {
		if _, ok := n.(ast.Stmt); !ok {
			continue
		}
		ast.Inspect(n, func(n ast.Node) bool {
			id, ok := n.(*ast.Ident)
			if obj := ch.info.Uses[id]; ok && obj != nil && obj.Type() != nil && text == "" {
				mentions(obj.Type(), func(t *types.TypeName) bool {
					current, _ := ch.pkg.Scope().Lookup(t.Name()).(*types.TypeName)
					if t.Pkg() != nil && t.Pkg() != ch.pkg && t.Pkg().Path() == lower.CellPath && current != nil && current != t {
						name := recalledText.ReplaceAllString(id.Name, "Out[$1]")
						text = fmt.Sprintf("; %s has the %s of %s, which was declared anew since: run what makes %[1]s again", name, t.Name(), s.fset.Position(t.Pos()).Filename)
					}
					return text != ""
				})
			}
			return text == ""
		})
		break
	}
	return text
}

func (s *Session) suggestName(ch *checked, err types.Error, path []ast.Node, name string) string {
	if name == "Out" {
		return "; Out[n] is the result of cell n: the latest " + strconv.Itoa(maxResults) + " are kept"
	}
	if cell := s.unreached[name]; cell != "" && !isFieldType(path) {
		return "; " + cell + ", which declares it, failed before it got there"
	}
	if imported := pathOf(name); imported != "" && qualifies(path) {
		return "; import \"" + imported + "\" first"
	}
	if preludeImports[name] != "" && foreign[name] == "" {
		return "; " + name + " is a package, of which a name is wanted: " + name + ".Name"
	}
	if advice := foreign[name]; advice != "" {
		if spelled := s.torchFunction(ch, path); spelled != "" {
			advice = "Go writes " + spelled
		}
		return "; " + advice
	}
	var names []string
	for _, obj := range visible(ch, err.Pos) {
		names = append(names, obj.Name())
	}
	for pkg := range preludeImports {
		names = append(names, pkg)
	}
	names = append(names, keywords...)
	if meant := s.elsewhere(ch, name); meant != "" {
		return meant
	}
	if meant := nearest(name, names); meant != "" {
		return didYouMean("", meant)
	}
	if isFieldType(path) {
		return "; parameters and fields have a name and a type: " + name + " int"
	}
	if len(path) > 1 {
		if assign, ok := path[1].(*ast.AssignStmt); ok && assign.Tok == token.ASSIGN && slices.Contains(assign.Lhs, ast.Expr(path[0].(*ast.Ident))) {
			return "; := declares a variable: " + name + " := …"
		}
	}
	return ""
}

// isFieldType reports whether a path of nodes begins at the type of a parameter or field.
func isFieldType(path []ast.Node) bool {
	if len(path) < 2 {
		return false
	}
	field, ok := path[1].(*ast.Field)
	return ok && field.Type == path[0]
}

// badImport is the error of a package that cells cannot import.
var badImport = regexp.MustCompile(`cells cannot import "([^"]*)"`)

// suggestImport finds the package that a path may mean.
func suggestImport(wrong string) string {
	base := path.Base(wrong)
	if known := pathOf(base); known != "" {
		if preludeImports[base] != "" && known != base {
			return "; " + base + " needs no import: its path is \"" + known + "\""
		}
		return "; did you mean \"" + known + "\"?"
	}
	if meant := nearest(wrong, symbols.Paths()); meant != "" {
		return "; did you mean \"" + meant + "\"?"
	}
	if advice := foreign[base]; advice != "" {
		return "; " + advice
	}
	if strings.Contains(wrong, ".") {
		return "; its files can be run in cells (%run FILE.go) if they need nothing else"
	}
	return ""
}

// qualifies reports whether a path of nodes begins at the left side of a selector.
func qualifies(path []ast.Node) bool {
	if len(path) < 2 {
		return false
	}
	sel, ok := path[1].(*ast.SelectorExpr)
	return ok && sel.X == path[0]
}

// pathOf is the import path of a package with this name: the shortest, if there are several.
func pathOf(name string) string {
	if path, ok := preludeImports[name]; ok {
		return path
	}
	best := ""
	for _, path := range symbols.Paths() {
		if symbols.Name(path) == name && (best == "" || len(path) < len(best)) {
			best = path
		}
	}
	return best
}

// membersOfPackage lists the exported names of the package that a cell knows by a name.
func (s *Session) membersOfPackage(ch *checked, name string) []string {
	path := s.imports[name]
	for _, spec := range ch.imports {
		if importName(spec) == name {
			path = unquote(spec.Path.Value)
		}
	}
	if path == "" {
		path = pathOf(name)
	}
	pkg, err := s.importer.Import(path)
	if err != nil {
		return nil
	}
	var names []string
	for _, member := range pkg.Scope().Names() {
		if ast.IsExported(member) {
			names = append(names, member)
		}
	}
	return names
}

func memberNames(t types.Type) []string {
	var names []string
	for _, m := range members(t) {
		names = append(names, m.Name())
	}
	return names
}

// namesInScope lists the names of the session.
func (s *Session) namesInScope() []string {
	s.mu.Lock()
	defer s.mu.Unlock()
	names := sortedKeys(s.names)
	for name := range preludeImports {
		names = append(names, name)
	}
	return names
}
