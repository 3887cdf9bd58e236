package main

import (
	"bytes"
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"net/http"
	"net/http/httptest"
	"net/url"
	"strings"
	"sync"
	"time"
)

type User struct {
	ID   int    `json:"id"`
	Name string `json:"name"`
}
type store struct {
	mu    sync.RWMutex
	users map[int]User
	next  int
}

var errMissing = errors.New("missing")

func (s *store) get(id int) (User, error) {
	s.mu.RLock()
	defer s.mu.RUnlock()
	if u, ok := s.users[id]; ok {
		return u, nil
	}
	return User{}, fmt.Errorf("user %d: %w", id, errMissing)
}
func (s *store) add(u User) User {
	s.mu.Lock()
	defer s.mu.Unlock()
	s.next++
	u.ID = s.next
	s.users[u.ID] = u
	return u
}

type server struct {
	*http.ServeMux
	store *store
	log   []string
}

func (s *server) ServeHTTP(w http.ResponseWriter, r *http.Request) {
	s.log = append(s.log, r.Method+" "+r.URL.Path)
	s.ServeMux.ServeHTTP(w, r)
}

type ctxKey string

func withUser(next http.Handler) http.Handler {
	return http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		ctx := context.WithValue(r.Context(), ctxKey("who"), r.Header.Get("X-Who"))
		next.ServeHTTP(w, r.WithContext(ctx))
	})
}

type statusWriter struct {
	http.ResponseWriter
	status int
}

func (w *statusWriter) WriteHeader(code int) { w.status = code; w.ResponseWriter.WriteHeader(code) }

func newServer() *server {
	s := &server{http.NewServeMux(), &store{users: map[int]User{}}, nil}
	s.HandleFunc("GET /users/{id}", func(w http.ResponseWriter, r *http.Request) {
		var id int
		fmt.Sscan(r.PathValue("id"), &id)
		u, err := s.store.get(id)
		if errors.Is(err, errMissing) {
			http.Error(w, err.Error(), http.StatusNotFound)
			return
		}
		w.Header().Set("Content-Type", "application/json")
		json.NewEncoder(w).Encode(u)
	})
	s.HandleFunc("POST /users", func(w http.ResponseWriter, r *http.Request) {
		var u User
		if err := json.NewDecoder(r.Body).Decode(&u); err != nil {
			http.Error(w, err.Error(), 400)
			return
		}
		w.WriteHeader(201)
		json.NewEncoder(w).Encode(s.store.add(u))
	})
	s.Handle("/who", withUser(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		fmt.Fprintf(w, "%v %v", r.Context().Value(ctxKey("who")), r.FormValue("q"))
	})))
	return s
}

type transport struct{ n int }

func (t *transport) RoundTrip(r *http.Request) (*http.Response, error) {
	t.n++
	return &http.Response{StatusCode: 299, Body: io.NopCloser(strings.NewReader("fake " + r.URL.Host)), Header: http.Header{"A": {"b"}}, Request: r}, nil
}

func main() {
	s := newServer()
	ts := httptest.NewServer(s)
	defer ts.Close()
	do := func(method, path, body string) {
		req, err := http.NewRequest(method, ts.URL+path, strings.NewReader(body))
		if err != nil {
			fmt.Println(err)
			return
		}
		req.Header.Set("X-Who", "me")
		resp, err := http.DefaultClient.Do(req)
		if err != nil {
			fmt.Println(err)
			return
		}
		defer resp.Body.Close()
		text, _ := io.ReadAll(resp.Body)
		fmt.Println(resp.StatusCode, strings.TrimSpace(string(text)), resp.Header.Get("Content-Type"))
	}
	do("POST", "/users", `{"name":"Ann"}`)
	do("POST", "/users", `{"name":1}`)
	do("GET", "/users/1", "")
	do("GET", "/users/9", "")
	do("GET", "/who?q="+url.QueryEscape("a b&c"), "")
	do("GET", "/none", "")
	fmt.Println(s.log)
	rec := httptest.NewRecorder()
	sw := &statusWriter{ResponseWriter: rec}
	s.ServeHTTP(sw, httptest.NewRequest("GET", "/users/1", nil))
	s.ServeHTTP(sw, httptest.NewRequest("GET", "/users/2", nil))
	fmt.Println(rec.Code, sw.status, rec.Body.Len() > 10)
	tr := &transport{}
	c := http.Client{Transport: tr, Timeout: time.Second}
	resp, err := c.Get("http://example.test/x")
	text, _ := io.ReadAll(resp.Body)
	fmt.Println(err, resp.StatusCode, string(text), tr.n, resp.Header)
	u, _ := url.Parse("https://a:b@h.example:8080/p/a th?x=1&y=2&x=3#frag")
	fmt.Println(u.Host, u.Port(), u.Path, u.Query()["x"], u.Fragment, u.User.Username(), u.Query().Encode())
	v := url.Values{}
	v.Add("k", "v 1")
	v.Set("z", "ü")
	fmt.Println(v.Encode(), v.Get("k"))
	ctx, cancel := context.WithTimeout(context.Background(), 5*time.Millisecond)
	defer cancel()
	req, _ := http.NewRequestWithContext(ctx, "GET", ts.URL+"/slow", nil)
	s.HandleFunc("/slow", func(w http.ResponseWriter, r *http.Request) { <-r.Context().Done() })
	_, err = http.DefaultClient.Do(req)
	fmt.Println(errors.Is(err, context.DeadlineExceeded))
	var buf bytes.Buffer
	pr, pw := io.Pipe()
	go func() {
		defer pw.Close()
		for i := range 3 {
			fmt.Fprintf(pw, "chunk %d\n", i)
		}
	}()
	n, err := io.Copy(&buf, io.LimitReader(pr, 20))
	pr.Close()
	fmt.Println(n, err, buf.Len())
	sr := io.NewSectionReader(strings.NewReader("0123456789"), 2, 5)
	b := make([]byte, 3)
	sr.ReadAt(b, 1)
	fmt.Println(string(b), sr.Size())
}
