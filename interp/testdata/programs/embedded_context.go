package main

import (
	"context"
	"fmt"
)

type traced struct {
	context.Context
	name string
}

func (t traced) Value(key any) any {
	if key == "name" {
		return t.name
	}
	return t.Context.Value(key)
}

func main() {
	parent, cancel := context.WithCancel(context.Background())
	child, stop := context.WithCancel(traced{parent, "child"})
	defer stop()
	var ctx context.Context = traced{child, "inner"}
	fmt.Println(child.Value("name"), ctx.Value("name"), ctx.Err())
	cancel()
	<-ctx.Done()
	fmt.Println(ctx.Err(), context.Cause(child))
}
