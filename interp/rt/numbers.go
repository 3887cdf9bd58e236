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

// Runes gives what a range over a string visits: where each character starts, and the character.
func Runes(s string) (at []int, runes []rune) {
	at, runes = make([]int, 0, len(s)), make([]rune, 0, len(s))
	for i, c := range s {
		at, runes = append(at, i), append(runes, c)
	}
	return at, runes
}
