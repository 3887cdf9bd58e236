package interp

import (
	"fmt"
	"testing"
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
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			n := newNotebook(t, "m := map[int]int{}\nput := func(k, v int) { m[k] = v }\nkept := 7")
			code := fmt.Sprintf("var wg sync.WaitGroup\nfor g := range 8 {\n wg.Add(1)\n go func() {\n  sum := 0\n  for i := range 1_000_000 {\n%s\n  }\n _ = sum\n  wg.Done()\n }()\n}\nwg.Wait()", work)
			for range 3 {
				value, trace := n.fails(code)
				wants(t, value, "concurrent map ", "sync.Mutex", "In[")
				wants(t, trace, "data race", work)
			}
			if n.ok("m[1] = 2\nkept + m[1]"); n.result != "9" {
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
