package kernel

import (
	"encoding/base64"
	"encoding/json"
	"fmt"
)

// data is the bundle's data as the protocol wants it: binary values in base64, and what JSON cannot express replaced
// by a text/plain that says so, because one bad value must not lose the message.
func (b Bundle) data() map[string]json.RawMessage {
	return jsonValues(b.Data)
}

// metadata is the bundle's metadata, never null.
func (b Bundle) metadata() map[string]json.RawMessage {
	return jsonValues(b.Metadata)
}

func jsonValues(values map[string]any) map[string]json.RawMessage {
	out := make(map[string]json.RawMessage, len(values))
	for key, value := range values {
		if raw, ok := value.([]byte); ok {
			value = base64.StdEncoding.EncodeToString(raw)
		}
		encoded, err := marshal(value)
		if err != nil {
			key, encoded = "text/plain", must(marshal(fmt.Sprintf("%s cannot be shown: %v", key, err)))
		}
		out[key] = encoded
	}
	return out
}
