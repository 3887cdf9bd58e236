package interp

import (
	"fmt"
	"testing"
	"time"
)

// Goroutines that use a map without a lock end their cell with an error that names it, and nothing else.
func TestMapRaces(t *testing.T) {
	for name, work := range map[string]string{
		"writes":     "m[i%50+g] = i",
		"counts":     "m[i%50]++",
		"sums":       "m[i%50] += len(fmt.Sprint(i))",
		"reads":      "if g == 0 { m[i%50] = i } else { sum += m[g] + m[i%50] }",
		"conditions": "if g == 0 { m[i%50] = i } else if i > 0 && m[i%50] > 0 { sum++ }",
		"comma-ok":   "if v, ok := m[i+g]; !ok { m[i] = v }",
		"deletes":    "if g%2 == 0 { delete(m, i%50) } else { m[i%50] = i }",
		"clears":     "if g == 0 { clear(m) } else { m[i%50] = i }",
		"ranges":     "if g == 0 { m[i%500] = i } else { for k, v := range m { sum += k + v } }",
		"callees":    "put(i%50, i)",
		"printing":   "if g == 0 { _ = fmt.Sprint(m) } else { m[i%500] = i }",
		"encoding":   "if g == 0 { json.Marshal(box{m}) } else { m[i%500] = i }",
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			n := newNotebook(t, "m := map[int]int{}\nput := func(k, v int) { m[k] = v }\ntype box struct{ M map[int]int }\nkept := 7")
			code := fmt.Sprintf("var wg sync.WaitGroup\nfor g := range 8 {\n wg.Add(1)\n go func() {\n  sum := 0\n  for i := range 1_000_000 {\n%s\n  }\n _ = sum\n  wg.Done()\n }()\n}\nwg.Wait()", work)
			for range 3 {
				value, trace := n.fails(code)
				wants(t, value, "concurrent map ", "sync.Mutex", "In[")
				wants(t, trace, "data race", work)
			}
			for range 100 { // a busy machine takes a while to end the goroutines
				if n.run(t.Context(), "m[1] = 2\nkept + m[1]").Err == nil {
					break
				}
				time.Sleep(50 * time.Millisecond)
			}
			if n.result != "9" {
				t.Errorf("after the races the session gives %s", n.result)
			}
		})
	}
}

// A lock is enough, and so is reading only.
func TestMapsWithLocks(t *testing.T) {
	n := newNotebook(t, "m := map[int]int{1: 1, 2: 2}\nvar mu sync.Mutex\nvar wg sync.WaitGroup")
	n.ok(`for g := range 8 {
	wg.Go(func() {
		for i := range 2000 {
			mu.Lock()
			m[i%100]++
			for range m { break }
			delete(m, 100+g)
			mu.Unlock()
		}
	})
}
wg.Wait()`)
	if n.ok("total := 0\nfor _, v := range m { total += v }\ntotal"); n.result != "16003" {
		t.Errorf("the counts add up to %s", n.result)
	}
	n.ok(`for range 8 {
	wg.Go(func() {
		for i := range 2000 {
			_ = m[i%100]
			if i%100 == 0 { for k, v := range m { _, _ = k, v } }
		}
	})
}
wg.Wait()`)
	// A map that a panicking operation left can be used at once.
	n.ok(`anys := map[any]int{1: 1}
for range 2 {
	wg.Go(func() {
		defer func() { recover() }()
		mu.Lock()
		defer mu.Unlock()
		anys[[]int{}]++
	})
}
wg.Wait()
anys[1]++`)
	if n.ok("anys[1]"); n.result != "2" {
		t.Errorf("%s", n.result)
	}
}

// Goroutines that compiled code starts announce what they do with maps, too.
func TestMapRacesOfHandlers(t *testing.T) {
	n := newNotebook(t, `import ("net/http"; "net/http/httptest")
visits := map[string]int{}
server := httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
	for i := range 20000 { visits[r.URL.Path] += i }
}))
server.Config.ErrorLog = log.New(io.Discard, "", 0)
var wg sync.WaitGroup`)
	n.run(t.Context(), "for range 8 { wg.Go(func() { http.Get(server.URL) }) }\nwg.Wait()\nserver.Close()")
	if n.ok("visits[`/`] = 1\nlen(visits)"); n.result != "1" {
		t.Errorf("%s", n.result)
	}
}

// Workers of a loader that use a map of a data set fail the loop over it.
func TestMapRacesOfWorkers(t *testing.T) {
	n := newNotebook(t, `type cached struct{ seen map[int]int }
func (cached) Len() int { return 400 }
func (c cached) Get(i int) (x, y *tensor.Tensor) {
	for j := range 5000 { c.seen[j%7]++ }
	return tensor.Zeros(1), tensor.Zeros(1)
}
loader := data.NewLoader(cached{map[int]int{}}, data.Workers(8))`)
	value, _ := n.fails("for it := loader.Iter(); it.Next(); {}")
	wants(t, value, "concurrent map writes")
	if n.ok("1 + 1"); n.result != "2" {
		t.Errorf("%s", n.result)
	}
}
