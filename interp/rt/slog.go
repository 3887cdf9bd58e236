package rt

import (
	"log/slog"
	"reflect"

	"github.com/gophergrad/gophergrad/interp/box"
	"github.com/gophergrad/gophergrad/interp/symbols"
)

// LogArg gives a canonical value to package log/slog, which asks for the method LogValue, and logs errors by their
// text unless they encode themselves.
func LogArg(v any) any {
	b, ok := v.(box.Box)
	if !ok {
		return v
	}
	if valuer := reflect.TypeFor[slog.LogValuer](); implements(b, valuer) {
		return symbols.Wrapper(valuer)(b)
	}
	if err, ok := Export(b).(error); ok && !b.Has("MarshalJSON") {
		return struct{ error }{err}
	}
	if b.Has("MarshalText") {
		return logText{b}
	}
	return b
}

// logText is a boxed value that is logged as the text that it makes of itself.
type logText struct{ box.Box }

// MarshalText calls the value's.
func (t logText) MarshalText() ([]byte, error) {
	return t.Method("MarshalText").(func() ([]byte, error))()
}
