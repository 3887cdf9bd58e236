package rt

import "reflect"

// Channels, on which an interrupt ends the waiting.

// SelectCase is reflect.SelectCase.
type SelectCase struct {
	Dir  reflect.SelectDir
	Chan Value
	Send Value
}

// SelectValues is reflect.Select.
func (r *Runtime) SelectValues(cases []SelectCase) (chosen int, recv Value, ok bool) {
	raw := make([]reflect.SelectCase, len(cases), len(cases)+1)
	waits := true
	for i, c := range cases {
		raw[i].Dir = c.Dir
		waits = waits && c.Dir != reflect.SelectDefault
		if !c.Chan.IsValid() {
			continue
		}
		c.Chan.open("")
		raw[i].Chan = c.Chan.raw()
		if c.Send.IsValid() {
			c.Send.open("")
			raw[i].Send = r.assigned(c.Send, c.Chan.Type().Elem(), "reflect.Select")
		}
	}
	if waits {
		raw = append(raw, reflect.SelectCase{Dir: reflect.SelectRecv, Chan: r.done()})
	}
	chosen, stored, ok := reflect.Select(raw)
	if chosen == len(cases) {
		r.Poll()
	}
	if stored.IsValid() {
		recv = r.value(stored, cases[chosen].Chan.Type().Elem(), open_)
	}
	return chosen, recv, ok
}

func (v Value) Recv() (Value, bool) {
	x, ok := v.TryRecv()
	if x.IsValid() {
		return x, ok
	}
	_, x, ok = v.rt.SelectValues([]SelectCase{{Dir: reflect.SelectRecv, Chan: v}})
	return x, ok
}

func (v Value) Send(x Value) {
	if !v.send("Send", x) {
		v.rt.SelectValues([]SelectCase{{Dir: reflect.SelectSend, Chan: v, Send: x}})
	}
}

func (v Value) TryRecv() (Value, bool) {
	v.must("TryRecv", reflect.Chan)
	v.open("TryRecv")
	x, ok := v.raw().TryRecv()
	return v.rt.value(x, v.Type().Elem(), open_), ok
}

func (v Value) TrySend(x Value) bool { return v.send("TrySend", x) }

// send sends if it need not wait.
func (v Value) send(method string, x Value) bool {
	v.must(method, reflect.Chan)
	v.open(method)
	x.open(method)
	return v.raw().TrySend(v.rt.assigned(x, v.Type().Elem(), "reflect.Value."+method))
}

func (v Value) Close() {
	v.must("Close", reflect.Chan)
	v.open("Close")
	v.raw().Close()
}
