package kernel

import (
	"encoding/base64"
	"encoding/json"
	"fmt"
)

// data is the bundle's data as the protocol wants it, binary values in base64. What JSON cannot express makes way for
// a text/plain that says so: one bad value must not lose the message.
func (b Bundle) data() map[string]json.RawMessage {
	data, bad := jsonValues(b.Data)
	if bad != nil {
		data["text/plain"] = mustMarshal(bad.Error())
	}
	return data
}

// metadata is the bundle's metadata, never null and without what JSON cannot express.
func (b Bundle) metadata() map[string]json.RawMessage {
	metadata, _ := jsonValues(b.Metadata)
	return metadata
}

func jsonValues(values map[string]any) (out map[string]json.RawMessage, bad error) {
	out = make(map[string]json.RawMessage, len(values))
	for key, value := range values {
		if raw, ok := value.([]byte); ok {
			value = base64.StdEncoding.EncodeToString(raw)
		}
		encoded, err := marshal(value)
		if err != nil {
			bad = fmt.Errorf("%s cannot be shown: %w", key, err)
			continue
		}
		out[key] = encoded
	}
	return out, bad
}
