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
	return b
}
