// Package pbkdf2 is the source of package crypto/pbkdf2's generics (RFC 8018).
package pbkdf2

import (
	"crypto/hmac"
	"encoding/binary"
	"errors"
	"hash"
)

// Key makes keyLength bytes of key of a password, by iter rounds of HMAC with the hash h.
func Key[Hash hash.Hash](h func() Hash, password string, salt []byte, iter, keyLength int) ([]byte, error) {
	if keyLength <= 0 {
		return nil, errors.New("pbkdf2: keyLength must be larger than 0")
	}
	mac := hmac.New(func() hash.Hash { return h() }, []byte(password))
	var key []byte
	for block := uint32(1); len(key) < keyLength; block++ {
		mac.Reset()
		mac.Write(salt)
		mac.Write(binary.BigEndian.AppendUint32(nil, block))
		round := mac.Sum(nil)
		sum := append([]byte(nil), round...)
		for n := 1; n < iter; n++ {
			mac.Reset()
			mac.Write(round)
			round = mac.Sum(round[:0])
			for i, b := range round {
				sum[i] ^= b
			}
		}
		key = append(key, sum...)
	}
	return key[:keyLength], nil
}
