package main

import (
	"context"
	"fmt"
	"io"
	"net/http"
	"net/http/httptest"
	"sync"
	"time"
)

type status struct {
	http.ResponseWriter
	code int
}

func (s *status) WriteHeader(code int)        { s.code = code; s.ResponseWriter.WriteHeader(code) }
func (s *status) Unwrap() http.ResponseWriter { return s.ResponseWriter }
func (s *status) Flush()                      { s.ResponseWriter.(http.Flusher).Flush(); fmt.Println("flushed") }

type transport struct{ n int }

func (t *transport) RoundTrip(r *http.Request) (*http.Response, error) {
	t.n++
	return http.DefaultTransport.RoundTrip(r)
}
func (t *transport) CloseIdleConnections() { fmt.Println("closed", t.n) }

type after struct {
	context.Context
	mu    sync.Mutex
	funcs []func()
}

func (a *after) AfterFunc(f func()) func() bool {
	a.mu.Lock()
	defer a.mu.Unlock()
	a.funcs = append(a.funcs, f)
	return func() bool { return false }
}
func (a *after) Done() <-chan struct{} { return make(chan struct{}) }

func main() {
	srv := httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		s := &status{ResponseWriter: w}
		var rw http.ResponseWriter = s
		rw.WriteHeader(201)
		io.WriteString(rw, "hi")
		fmt.Println(http.NewResponseController(rw).Flush(), http.NewResponseController(rw).SetWriteDeadline(time.Now().Add(time.Hour)))
	}))
	defer srv.Close()
	t := &transport{}
	c := &http.Client{Transport: t}
	resp, err := c.Get(srv.URL)
	if err != nil {
		fmt.Println(err)
		return
	}
	b, _ := io.ReadAll(resp.Body)
	resp.Body.Close()
	fmt.Println(resp.StatusCode, string(b))
	c.CloseIdleConnections()
	a := &after{Context: context.Background()}
	ctx, cancel := context.WithCancel(a)
	defer cancel()
	_ = ctx
	fmt.Println(len(a.funcs))
}
