// Package hkdf is the source of package crypto/hkdf's generics (RFC 5869).
package hkdf

import (
	"crypto/hmac"
	"errors"
	"hash"
)

// Extract makes a pseudorandom key of secret; without salt it uses zeros.
func Extract[H hash.Hash](h func() H, secret, salt []byte) ([]byte, error) {
	newHash := func() hash.Hash { return h() }
	if salt == nil {
		salt = make([]byte, newHash().Size())
	}
	mac := hmac.New(newHash, salt)
	mac.Write(secret)
	return mac.Sum(nil), nil
}

// Expand makes keyLength bytes of key of a pseudorandom key.
func Expand[H hash.Hash](h func() H, pseudorandomKey []byte, info string, keyLength int) ([]byte, error) {
	newHash := func() hash.Hash { return h() }
	if keyLength > 255*newHash().Size() {
		return nil, errors.New("hkdf: requested key length too large")
	}
	var key, block []byte
	for i := 1; len(key) < keyLength; i++ {
		mac := hmac.New(newHash, pseudorandomKey)
		mac.Write(block)
		mac.Write([]byte(info))
		mac.Write([]byte{byte(i)})
		block = mac.Sum(nil)
		key = append(key, block...)
	}
	return key[:keyLength], nil
}

// Key makes keyLength bytes of key of a secret: Extract, then Expand.
func Key[Hash hash.Hash](h func() Hash, secret, salt []byte, info string, keyLength int) ([]byte, error) {
	pseudorandomKey, err := Extract(h, secret, salt)
	if err != nil {
		return nil, err
	}
	return Expand(h, pseudorandomKey, info, keyLength)
}
