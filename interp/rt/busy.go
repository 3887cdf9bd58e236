package rt

// Busy reports whether any goroutine of a cell runs.
func (r *Runtime) Busy() bool {
	busy := false
	r.goroutines.Range(func(any, any) bool {
		busy = true
		return false
	})
	return busy
}

// Live is how many goroutines cells have started that go on, their own included.
func (r *Runtime) Live() int {
	r.mu.Lock()
	defer r.mu.Unlock()
	return r.live
}
