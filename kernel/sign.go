package kernel

import (
	"crypto/hmac"
	"crypto/md5"
	"crypto/sha1"
	"crypto/sha256"
	"crypto/sha512"
	"encoding/hex"
	"errors"
	"fmt"
	"hash"
	"sync"
)

// hashes are the signature schemes of a connection file.
var hashes = map[string]func() hash.Hash{
	"hmac-md5": md5.New, "hmac-sha1": sha1.New, "hmac-sha224": sha256.New224,
	"hmac-sha256": sha256.New, "hmac-sha384": sha512.New384, "hmac-sha512": sha512.New,
}

// rememberedSignatures bounds how long a replayed message is recognised.
const rememberedSignatures = 1 << 16

var (
	errSignature = errors.New("wrong signature")
	errReplay    = errors.New("message replayed")
)

// signer signs what the kernel sends and checks what it receives. With an empty key it does neither.
type signer struct {
	hash func() hash.Hash
	key  []byte

	mu   sync.Mutex
	seen map[string]bool
	ring []string // the signatures in seen, the oldest at next
	next int
}

func newSigner(scheme, key string) (*signer, error) {
	h := hashes[scheme]
	if h == nil {
		return nil, fmt.Errorf("unknown signature_scheme %q", scheme)
	}
	return &signer{hash: h, key: []byte(key), seen: map[string]bool{}, ring: make([]string, rememberedSignatures)}, nil
}

// sign returns the signature of the parts in hexadecimal digits.
func (s *signer) sign(parts ...[]byte) []byte {
	if len(s.key) == 0 {
		return nil
	}
	mac := hmac.New(s.hash, s.key)
	for _, part := range parts {
		mac.Write(part)
	}
	return hex.AppendEncode(nil, mac.Sum(nil))
}

// verify refuses a wrong signature and one seen before.
func (s *signer) verify(signature []byte, parts ...[]byte) error {
	if len(s.key) == 0 {
		return nil
	}
	if !hmac.Equal(signature, s.sign(parts...)) {
		return errSignature
	}
	s.mu.Lock()
	defer s.mu.Unlock()
	if s.seen[string(signature)] {
		return errReplay
	}
	delete(s.seen, s.ring[s.next])
	s.ring[s.next] = string(signature)
	s.seen[string(signature)] = true
	s.next = (s.next + 1) % len(s.ring)
	return nil
}
