package interp

// murmur2 is the 32-bit MurmurHash2, by which front ends compute the files of cells from their texts.
// https://github.com/aappleby/smhasher/blob/master/src/MurmurHash2.cpp
func murmur2(text string, seed uint32) uint32 {
	const m, r = 0x5bd1e995, 24
	h := seed ^ uint32(len(text))
	for ; len(text) >= 4; text = text[4:] {
		k := uint32(text[0]) | uint32(text[1])<<8 | uint32(text[2])<<16 | uint32(text[3])<<24
		k *= m
		k ^= k >> r
		k *= m
		h = h*m ^ k
	}
	if len(text) > 0 {
		for i := range len(text) {
			h ^= uint32(text[i]) << (8 * i)
		}
		h *= m
	}
	h ^= h >> 13
	h *= m
	return h ^ h>>15
}
