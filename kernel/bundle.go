package kernel

import (
	"encoding/base64"
	"encoding/json"
	"errors"
	"fmt"
	"regexp"
	"strings"
)

// Encoded is the bundle as messages and notebooks have it. What they do not allow makes way for a text/plain that says so:
// one bad value must neither lose the message nor spoil the notebook.
func (b Bundle) Encoded() (data, metadata map[string]json.RawMessage) { return b.data(), b.metadata() }

func (b Bundle) data() map[string]json.RawMessage {
	data := make(map[string]json.RawMessage, len(b.Data))
	var bad error
	for mime, value := range b.Data {
		encoded, err := encode(mime, value)
		if err != nil {
			bad = fmt.Errorf("%s cannot be shown: %w", mime, err)
			continue
		}
		data[mime] = encoded
	}
	if bad != nil {
		data["text/plain"] = mustMarshal(bad.Error())
	}
	return data
}

var mimeType = regexp.MustCompile(`^[\w.+-]+/[\w.+-]+$`)

// encode is a value of a MIME type in JSON: any for the types of JSON, for others a text, or bytes in base64.
func encode(mime string, value any) (json.RawMessage, error) {
	if !mimeType.MatchString(mime) {
		return nil, errors.New("that is no MIME type")
	}
	isJSON := strings.HasSuffix(mime, "json")
	if raw, binary := value.([]byte); binary && isJSON {
		value = json.RawMessage(raw)
	} else if binary {
		value = base64.StdEncoding.EncodeToString(raw)
	}
	encoded, err := marshal(value)
	if err == nil && !isJSON && encoded[0] != '"' {
		err = fmt.Errorf("%T is neither a string nor []byte", value)
	}
	return encoded, err
}

// metadata is the bundle's metadata, never null and without what JSON cannot express.
func (b Bundle) metadata() map[string]json.RawMessage {
	metadata := make(map[string]json.RawMessage, len(b.Metadata))
	for key, value := range b.Metadata {
		if encoded, err := marshal(value); err == nil {
			metadata[key] = encoded
		}
	}
	return metadata
}
