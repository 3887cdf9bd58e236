// Package generics holds the standard library's generic functions and types as source text. They cannot be linked
// into the interpreter, which instantiates them from here as it does the generic code of cells.
//
// Each folder is an ordinary Go package. It declares the generics of the standard package of that path, with the same
// names, type parameters and signatures; what is not generic (cmp.Ordered, sync.OnceFunc) and types that need no
// source (iter.Seq) it imports from there. Bodies keep to plain loops: they run interpreted.
package generics

import "embed"

//go:embed cmp/cmp.go crypto/hkdf/hkdf.go crypto/pbkdf2/pbkdf2.go errors/errors.go iter/iter.go maps/maps.go
//go:embed math/rand/v2/rand.go reflect/reflect.go slices/iter.go slices/slices.go slices/sort.go sync/once.go sync/atomic/pointer.go
var sources embed.FS

// File is a Go source file.
type File struct{ Name, Text string }

// Files gives the files that declare the generics of the standard package path, none if there are none to
// instantiate: those of database/sql, hash/maphash, runtime, unique and weak need what only compiled code can do.
func Files(path string) []File {
	entries, err := sources.ReadDir(path)
	if err != nil {
		return nil // no such folder
	}
	var files []File
	for _, entry := range entries {
		if entry.IsDir() {
			continue
		}
		text, err := sources.ReadFile(path + "/" + entry.Name())
		if err != nil {
			panic(err) // the embedded folder lists it
		}
		files = append(files, File{entry.Name(), string(text)})
	}
	return files
}
