package rt

import (
	"reflect"
	"sync"
	"time"

	"github.com/gophergrad/gophergrad/internal/gid"
)

// Race is the panic of a goroutine that uses a map while another changes it, or changes it while another uses it. The
// Go runtime would end the process.
type Race string

func (r Race) Error() string {
	return string(r) + ": two goroutines use one map at the same time (guard it with a sync.Mutex, or use a sync.Map)"
}

const (
	raceWrites    Race = "concurrent map writes"
	raceReadWrite Race = "concurrent map read and map write"
	raceIteration Race = "concurrent map iteration and map write"
)

// uses are the maps that goroutines read and change now, by their addresses.
type uses struct {
	mu   sync.Mutex
	maps map[uintptr]use
}

// use counts what goroutines do with one map.
type use struct{ readers, writers int }

func (u *use) add(writes bool, n int) {
	if writes {
		u.writers += n
	} else {
		u.readers += n
	}
}

// mapUse is what one goroutine does with a map.
type mapUse struct {
	at     uintptr
	writes bool
}

// ExpectCallbacks notes that compiled code may run lowered code in goroutines of its own from now on.
func (r *Runtime) ExpectCallbacks() {
	r.mu.Lock()
	defer r.mu.Unlock()
	r.callbacks, *r.shared = true, true
}

// startBeside counts the first goroutine of a run. Goroutines of other runs may be in the middle of an operation on a
// map that they had no reason to announce; it takes microseconds.
func (r *Runtime) startBeside(run *Run) {
	alone := !*r.shared
	r.start(run)
	if alone && *r.shared {
		time.Sleep(time.Millisecond)
	}
}

// Reading announces that the calling goroutine reads the map m, until Left.
func (r *Runtime) Reading(m any) { r.announce(reflect.ValueOf(m).Pointer(), false, raceReadWrite) }

// Changing announces that the calling goroutine changes the map m, until Left.
func (r *Runtime) Changing(m any) { r.announce(reflect.ValueOf(m).Pointer(), true, raceReadWrite) }

// announce notes what the calling goroutine does with the map at an address. A use that the Go runtime would end the
// process for is a race.
func (r *Runtime) announce(at uintptr, writes bool, race Race) {
	g := r.user()
	if !r.uses.enter(g, mapUse{at, writes}) {
		if writes && r.uses.changed(at) {
			race = raceWrites
		}
		r.end(race)
	}
}

// user is the calling goroutine, which may be one that compiled code started.
func (r *Runtime) user() *goroutine {
	if g := r.current(); g != nil {
		return g
	}
	g, _ := r.guests.LoadOrStore(gid.Current(), &goroutine{})
	return g.(*goroutine)
}

// enter notes a use of g unless another goroutine's forbids it.
func (u *uses) enter(g *goroutine, m mapUse) bool {
	u.mu.Lock()
	defer u.mu.Unlock()
	all := u.maps[m.at]
	others := all
	for _, own := range g.using {
		if own.at == m.at {
			others.add(own.writes, -1)
		}
	}
	if others.writers > 0 || m.writes && others.readers > 0 {
		return false
	}
	all.add(m.writes, 1)
	u.maps[m.at] = all
	g.using = append(g.using, m)
	return true
}

// changed reports whether a goroutine changes a map.
func (u *uses) changed(at uintptr) bool {
	u.mu.Lock()
	defer u.mu.Unlock()
	return u.maps[at].writers > 0
}

// leave takes back what g announced last.
func (u *uses) leave(g *goroutine) {
	u.mu.Lock()
	defer u.mu.Unlock()
	last := g.using[len(g.using)-1]
	g.using = g.using[:len(g.using)-1]
	all := u.maps[last.at]
	all.add(last.writes, -1)
	if all == (use{}) {
		delete(u.maps, last.at)
		return
	}
	u.maps[last.at] = all
}

// Left ends what the calling goroutine announced last.
func (r *Runtime) Left() {
	g := r.user()
	if len(g.using) > 0 {
		r.uses.leave(g)
	}
	if g.run == nil && len(g.using) == 0 {
		r.guests.Delete(gid.Current())
	}
}

// leaveMaps ends all that g announced: it panics, or has ended.
func (r *Runtime) leaveMaps(g *goroutine) {
	for len(g.using) > 0 {
		r.uses.leave(g)
	}
}

// Clear is the builtin clear.
func (r *Runtime) Clear(x any) {
	v := reflect.ValueOf(x)
	if v.Kind() == reflect.Map {
		r.Changing(x)
		defer r.Left()
	}
	v.Clear()
}

// Iteration is a range over a map.
type Iteration struct {
	r          *Runtime
	at         uintptr
	iter       *reflect.MapIter
	key, value reflect.Value // where they go; invalid where nobody wants them
}

// Range begins a range over m that puts keys and values where the pointers lead that are not nil.
func (r *Runtime) Range(m, key, value any) *Iteration {
	i := &Iteration{r: r, at: reflect.ValueOf(m).Pointer(), iter: reflect.ValueOf(m).MapRange()}
	if key != nil {
		i.key = reflect.ValueOf(key).Elem()
	}
	if value != nil {
		i.value = reflect.ValueOf(value).Elem()
	}
	return i
}

// Next goes on to the next entry, if there is one.
func (i *Iteration) Next() bool {
	if *i.r.shared {
		i.r.announce(i.at, false, raceIteration)
		defer i.r.Left()
	}
	if !i.iter.Next() {
		return false
	}
	if i.key.IsValid() {
		i.key.SetIterKey(i.iter)
	}
	if i.value.IsValid() {
		i.value.SetIterValue(i.iter)
	}
	return true
}
