package main

import (
	"bytes"
	"encoding/json"
	"errors"
	"fmt"
	"image"
	"image/color"
	"image/png"
	"io"
	"log/slog"
	"net"
	"net/http"
	"net/http/httptest"
	"net/url"
	"os"
	"strings"
)

type timeout struct{}

func (timeout) Error() string   { return "slow" }
func (timeout) Timeout() bool   { return true }
func (timeout) Temporary() bool { return true }

type only struct{}

func (only) Error() string { return "only" }
func (only) Timeout() bool { return true }

type T struct {
	A int
	B []string
}

type M struct{ s string }

func (m M) MarshalText() ([]byte, error) { return []byte("<" + m.s + ">"), nil }

type img struct{ w, h int }

func (i img) ColorModel() color.Model { return color.RGBAModel }
func (i img) Bounds() image.Rectangle { return image.Rect(0, 0, i.w, i.h) }
func (i img) At(x, y int) color.Color { return color.RGBA{uint8(x), uint8(y), 3, 255} }

type body struct {
	*strings.Reader
	closed *bool
}

func (b body) Close() error { *b.closed = true; return nil }

type rw struct {
	http.ResponseWriter
	n int
}

func (r *rw) Write(p []byte) (int, error) { r.n += len(p); return r.ResponseWriter.Write(p) }

func main() {
	for _, e := range []error{timeout{}, only{}, errors.New("x")} {
		u := &url.Error{Op: "get", URL: "u", Err: e}
		fmt.Println(u.Timeout(), u.Temporary(), os.IsTimeout(e), os.IsTimeout(fmt.Errorf("%w", e)))
		var n net.Error
		fmt.Println(errors.As(u, &n), errors.As(e, &n))
	}
	slog.New(slog.NewJSONHandler(os.Stdout, nil)).Handler()
	var b bytes.Buffer
	l := slog.New(slog.NewJSONHandler(&b, nil))
	l.Info("m", "v", M{"a"}, "w", []M{{"b"}}, "t", T{1, nil}, "e", timeout{})
	var m map[string]any
	json.Unmarshal(b.Bytes(), &m)
	delete(m, "time")
	fmt.Println(m)
	var p bytes.Buffer
	fmt.Println(png.Encode(&p, img{2, 3}), p.Len())
	closed := false
	srv := httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		c := &rw{ResponseWriter: w}
		io.Copy(c, r.Body)
		fmt.Fprint(c, "!", c.n)
		_, isFlusher := http.ResponseWriter(c).(http.Flusher)
		fmt.Fprint(w, isFlusher)
	}))
	defer srv.Close()
	resp, err := http.Post(srv.URL, "text/plain", body{strings.NewReader("hello"), &closed})
	if err != nil {
		fmt.Println(err)
		return
	}
	data, _ := io.ReadAll(resp.Body)
	fmt.Println(string(data), closed)
}
