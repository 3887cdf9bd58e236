package symbols

import (
	"encoding/json"
	"sync"
)

var docs struct {
	sync.Mutex
	byPath map[string]map[string]string
}

// Doc gives the doc comment, as plain text, of a name in the package imported by path: "Println" for a declaration,
// "Builder.WriteString" for a method or field of a type, "" for the package. It is "" where there is none.
func Doc(path, name string) string {
	docs.Lock()
	defer docs.Unlock()
	comments, ok := docs.byPath[path]
	if !ok && registered[path] != nil {
		comments = readDoc(path)
		if docs.byPath == nil {
			docs.byPath = map[string]map[string]string{}
		}
		docs.byPath[path] = comments
	}
	return comments[name]
}

func readDoc(path string) map[string]string {
	text, err := inflate(path, ".doc")
	if err != nil {
		return nil
	}
	var comments map[string]string
	if err := json.Unmarshal(text, &comments); err != nil {
		return nil
	}
	return comments
}
