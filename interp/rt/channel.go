package rt

import "reflect"

// done is closed when the current run is interrupted.
func (r *Runtime) done() reflect.Value {
	if run := r.currentRun(); run != nil {
		return reflect.ValueOf(run.done)
	}
	return reflect.ValueOf((chan struct{})(nil))
}

// Recv is <-c.
func (r *Runtime) Recv(c any) any {
	v, _ := r.RecvOK(c)
	return v
}

// RecvOK is v, ok := <-c.
func (r *Runtime) RecvOK(c any) (any, bool) {
	ch := reflect.ValueOf(c)
	if v, ok := ch.TryRecv(); v.IsValid() {
		return v.Interface(), ok
	}
	i, v, ok := reflect.Select([]reflect.SelectCase{
		{Dir: reflect.SelectRecv, Chan: r.done()},
		{Dir: reflect.SelectRecv, Chan: ch},
	})
	if i == 0 {
		r.Poll()
	}
	return v.Interface(), ok
}

// Send is c <- v.
func (r *Runtime) Send(c, v any) {
	op := Sending(c, v)
	if i, _, _ := reflect.Select([]reflect.SelectCase{{Dir: reflect.SelectRecv, Chan: r.done()}, op}); i == 0 {
		r.Poll()
	}
}

// Close is close(c).
func Close(c any) {
	ch := reflect.ValueOf(c)
	if ch.IsNil() {
		panic(plainError("close of nil channel"))
	}
	ch.Close()
}

// Sending is a case of a select that sends.
func Sending(c, v any) reflect.SelectCase {
	ch := reflect.ValueOf(c)
	value := reflect.Zero(ch.Type().Elem())
	if v != nil {
		value = reflect.ValueOf(v)
	}
	return reflect.SelectCase{Dir: reflect.SelectSend, Chan: ch, Send: value}
}

// Receiving is a case of a select that receives.
func Receiving(c any) reflect.SelectCase {
	return reflect.SelectCase{Dir: reflect.SelectRecv, Chan: reflect.ValueOf(c)}
}

// Select runs a select statement: the number of the case chosen, -1 for default, and what it received.
func (r *Runtime) Select(hasDefault bool, cases ...reflect.SelectCase) (int, any, bool) {
	last := reflect.SelectCase{Dir: reflect.SelectRecv, Chan: r.done()}
	if hasDefault {
		last = reflect.SelectCase{Dir: reflect.SelectDefault}
	}
	i, v, ok := reflect.Select(append(cases[:len(cases):len(cases)], last))
	if i == len(cases) {
		if !hasDefault {
			r.Poll()
		}
		return -1, nil, false
	}
	if !v.IsValid() {
		return i, nil, ok
	}
	return i, v.Interface(), ok
}

// SameChan is a == b for channels whose types differ in their direction.
func SameChan(a, b any) bool { return reflect.ValueOf(a).Pointer() == reflect.ValueOf(b).Pointer() }
