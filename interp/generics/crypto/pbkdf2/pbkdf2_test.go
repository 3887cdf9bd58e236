package pbkdf2

import (
	"bytes"
	real "crypto/pbkdf2"
	"crypto/sha1"
	"testing"
)

func TestKey(t *testing.T) {
	for _, length := range []int{1, 20, 50} {
		got, err := Key(sha1.New, "password", []byte("salt"), 3, length)
		want, _ := real.Key(sha1.New, "password", []byte("salt"), 3, length)
		if err != nil || !bytes.Equal(got, want) {
			t.Errorf("%d bytes: %x %v, want %x", length, got, err, want)
		}
	}
	if _, err := Key(sha1.New, "", nil, 1, 0); err == nil {
		t.Error("an empty key is no error")
	}
}
