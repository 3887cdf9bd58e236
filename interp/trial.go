package interp

import (
	"go/token"
	"maps"
	"reflect"
	"slices"

	"github.com/gophergrad/gophergrad/interp/lower"
	"github.com/gophergrad/gophergrad/kernel"
)

// A cell with magics runs in parts, each of which sees what those before it declared. So that nothing runs of a cell
// with errors, the parts are checked before in a trial, a copy of the session that declares names and never runs.

// rehearse checks the Go of a cell's parts, up to the first magic that changes which names there are.
func (s *Session) rehearse(c kernel.Cell, parts []part) *kernel.CellError {
	s.mu.Lock()
	defer s.mu.Unlock()
	defer s.forgetFiles(cellLabel(c.Count), s.fset.Base())
	trial := s.trial()
	for _, p := range parts {
		switch {
		case p.magic != nil && slices.Contains([]string{"run", "del", "reset", "capture"}, p.magic.name):
			return nil
		case p.magic != nil && p.magic.takes != takesGo:
			continue
		}
		parsed, err := trial.read(c, p)
		if err != nil {
			return err
		}
		ch, errs := trial.checkRecalling(parsed)
		if len(errs) > 0 {
			return trial.typeError(ch, errs)
		}
		trial.suppose(ch, c.Count)
	}
	return nil
}

// forgetFiles takes files that were parsed since the set had a base out of it.
func (s *Session) forgetFiles(name string, base int) {
	var files []*token.File
	for f := range s.fset.Iterate {
		if f.Base() >= base && f.Name() == name {
			files = append(files, f)
		}
	}
	for _, f := range files {
		s.fset.RemoveFile(f)
	}
}

// trial copies what checking looks at.
func (s *Session) trial() *Session {
	t := &Session{
		fset:     s.fset,
		importer: s.importer,
		lowerer:  lower.New(s.rt, s.fset),
		names:    map[string]*entry{},
		imports:  maps.Clone(s.imports),
		dots:     slices.Clone(s.dots),
		results:  slices.Clone(s.results),
		debugger: s.debugger,
	}
	for name, e := range s.names {
		twin := *e
		twin.methods = maps.Clone(e.methods)
		twin.value = reflect.Value{} // it is the session's
		t.names[name] = &twin
	}
	return t
}

// suppose declares what a cell would that runs to its end.
func (s *Session) suppose(ch *checked, count int) {
	ch.replaced = s.unchangedTypes(ch)
	for old, new := range ch.replaced {
		s.lowerer.Same(old, new)
	}
	s.retype(ch.replaced)
	for _, spec := range ch.imports {
		s.commitImport(spec)
	}
	for _, v := range ch.hoisted {
		s.bind(&entry{name: v.Name(), obj: v, cell: ch.label, source: ch.source})
	}
	s.commitDeclarations(ch, s.topLevel(ch))
	if t := ch.resultType(); t != nil {
		s.results = append(s.results, result{count: count, typ: t})
	}
}
