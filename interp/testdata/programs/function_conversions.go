package main

import (
	"context"
	"fmt"
	"reflect"
)

type function func(ctx context.Context, arguments ...interface{}) (interface{}, error)

func toFunc(f interface{}) function {
	if f, ok := f.(func(arguments ...interface{}) (interface{}, error)); ok {
		return function(func(ctx context.Context, arguments ...interface{}) (interface{}, error) {
			return f(arguments...)
		})
	}
	if f, ok := f.(func(ctx context.Context, arguments ...interface{}) (interface{}, error)); ok {
		return function(f)
	}
	fun := reflect.ValueOf(f)
	return func(ctx context.Context, args ...interface{}) (interface{}, error) {
		var in []reflect.Value
		for _, a := range args {
			in = append(in, reflect.ValueOf(a))
		}
		return fun.Call(in)[0].Interface(), nil
	}
}

type callFunc func(f function, args ...int) int

func main() {
	fmt.Println(toFunc(func(arguments ...interface{}) (interface{}, error) { return len(arguments), nil })(context.Background(), 1, 2))
	fmt.Println(toFunc(func(ctx context.Context, arguments ...interface{}) (interface{}, error) { return len(arguments), nil })(context.Background(), 1, 2))
	fmt.Println(toFunc(func(a, b int) int { return a + b })(context.Background(), 1, 2))
}
