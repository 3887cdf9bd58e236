package hkdf

import (
	"bytes"
	real "crypto/hkdf"
	"crypto/sha256"
	"testing"
)

func TestKey(t *testing.T) {
	for _, salt := range [][]byte{nil, {}, []byte("salt")} {
		for _, length := range []int{0, 1, 32, 100} {
			got, err := Key(sha256.New, []byte("secret"), salt, "info", length)
			want, _ := real.Key(sha256.New, []byte("secret"), salt, "info", length)
			if err != nil || !bytes.Equal(got, want) {
				t.Errorf("salt %q, %d bytes: %x %v, want %x", salt, length, got, err, want)
			}
		}
	}
	if _, err := Key(sha256.New, nil, nil, "", 255*32+1); err == nil {
		t.Error("a key that is too long is no error")
	}
}
