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
