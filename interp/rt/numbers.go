package rt

// Count checks the count of a shift.
func Count(n int64) uint {
	if n < 0 {
		panic(runtimeError("negative shift amount"))
	}
	return uint(n)
}

// Len is the length of an array that had to be evaluated, or of a pointer to one, which may be nil.
func Len(n int, array any) int { return n }
