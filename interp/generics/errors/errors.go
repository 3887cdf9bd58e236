// Package errors is the source of package errors's generics.
package errors

import "errors"

// AsType gives the first error in err's tree that is an E, and whether there is one.
func AsType[E error](err error) (E, bool) {
	var target E
	ok := err != nil && errors.As(err, &target)
	return target, ok
}
