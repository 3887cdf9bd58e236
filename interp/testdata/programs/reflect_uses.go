package main

import (
	"bytes"
	"encoding/json"
	"errors"
	"fmt"
	"net/url"
	"os"
	"reflect"
	"sort"
	"strconv"
	"strings"
	"sync"
	"time"
)

// validator
type User struct {
	Name    string   `validate:"min=2,max=10" json:"name"`
	Age     int      `validate:"min=18"`
	Email   string   `validate:"contains=@"`
	Tags    []string `validate:"min=1"`
	Address Address
	Manager *User
	private int
}
type Address struct {
	City string `validate:"min=1"`
	Zip  Zip    `validate:"min=5"`
}
type Zip string

func Validate(x any) (errs []error) {
	v := reflect.Indirect(reflect.ValueOf(x))
	t := v.Type()
	for i := 0; i < t.NumField(); i++ {
		f, fv := t.Field(i), v.Field(i)
		if !f.IsExported() {
			continue
		}
		if fv.Kind() == reflect.Struct || fv.Kind() == reflect.Pointer && !fv.IsNil() {
			errs = append(errs, Validate(fv.Interface())...)
			continue
		}
		tag, ok := f.Tag.Lookup("validate")
		if !ok {
			continue
		}
		for _, rule := range strings.Split(tag, ",") {
			name, arg, _ := strings.Cut(rule, "=")
			n, _ := strconv.Atoi(arg)
			bad := false
			switch name {
			case "min", "max":
				var size int
				switch fv.Kind() {
				case reflect.String, reflect.Slice:
					size = fv.Len()
				case reflect.Int:
					size = int(fv.Int())
				}
				bad = name == "min" && size < n || name == "max" && size > n
			case "contains":
				bad = !strings.Contains(fv.String(), arg)
			}
			if bad {
				errs = append(errs, fmt.Errorf("%s.%s: %s %v", t.Name(), f.Name, rule, fv))
			}
		}
	}
	return errs
}

// deep copy
func DeepCopy[T any](x T) T { return deepCopy(reflect.ValueOf(&x).Elem()).Interface().(T) }
func deepCopy(v reflect.Value) reflect.Value {
	switch v.Kind() {
	case reflect.Pointer:
		if v.IsNil() {
			return v
		}
		out := reflect.New(v.Type().Elem())
		out.Elem().Set(deepCopy(v.Elem()))
		return out
	case reflect.Slice:
		if v.IsNil() {
			return v
		}
		out := reflect.MakeSlice(v.Type(), v.Len(), v.Cap())
		for i := range v.Len() {
			out.Index(i).Set(deepCopy(v.Index(i)))
		}
		return out
	case reflect.Map:
		out := reflect.MakeMapWithSize(v.Type(), v.Len())
		for it := v.MapRange(); it.Next(); {
			out.SetMapIndex(deepCopy(it.Key()), deepCopy(it.Value()))
		}
		return out
	case reflect.Struct:
		out := reflect.New(v.Type()).Elem()
		for i := range v.NumField() {
			if out.Field(i).CanSet() {
				out.Field(i).Set(deepCopy(v.Field(i)))
			}
		}
		return out
	case reflect.Interface:
		if v.IsNil() {
			return v
		}
		return deepCopy(v.Elem())
	}
	return v
}

// struct to map and back
func ToMap(x any) map[string]any {
	out := map[string]any{}
	v := reflect.ValueOf(x)
	for f, fv := range v.Fields() {
		if f.IsExported() {
			out[strings.ToLower(f.Name)] = fv.Interface()
		}
	}
	return out
}
func FromMap(m map[string]any, p any) error {
	v := reflect.ValueOf(p)
	if v.Kind() != reflect.Pointer || v.Elem().Kind() != reflect.Struct {
		return errors.New("want pointer to struct, got " + v.Type().String())
	}
	v = v.Elem()
	for k, x := range m {
		f := v.FieldByNameFunc(func(n string) bool { return strings.EqualFold(n, k) })
		if !f.IsValid() {
			return fmt.Errorf("no field %s", k)
		}
		xv := reflect.ValueOf(x)
		if !xv.Type().AssignableTo(f.Type()) {
			if !xv.CanConvert(f.Type()) {
				return fmt.Errorf("%s: cannot use %s as %s", k, xv.Type(), f.Type())
			}
			xv = xv.Convert(f.Type())
		}
		f.Set(xv)
	}
	return nil
}

// dispatcher
type Server struct{ log []string }
type Args struct{ A, B int }

func (s *Server) HandleAdd(a Args) (int, error) { s.log = append(s.log, "add"); return a.A + a.B, nil }
func (s *Server) HandleDiv(a Args) (int, error) {
	if a.B == 0 {
		return 0, errors.New("zero")
	}
	return a.A / a.B, nil
}
func (s *Server) HandleName(name string) (string, error) { return "n:" + name, nil }
func (s *Server) other()                                 {}
func dispatch(s any, method string, payload string) (any, error) {
	m := reflect.ValueOf(s).MethodByName("Handle" + method)
	if !m.IsValid() {
		return nil, fmt.Errorf("no method %s", method)
	}
	in := reflect.New(m.Type().In(0))
	if err := json.Unmarshal([]byte(payload), in.Interface()); err != nil {
		return nil, err
	}
	out := m.Call([]reflect.Value{in.Elem()})
	if err, _ := out[1].Interface().(error); err != nil {
		return nil, err
	}
	return out[0].Interface(), nil
}

// pretty printer
func pretty(w *bytes.Buffer, v reflect.Value, indent string) {
	switch v.Kind() {
	case reflect.Struct:
		fmt.Fprintf(w, "%s {\n", v.Type())
		for i := range v.NumField() {
			fmt.Fprintf(w, "%s  %s: ", indent, v.Type().Field(i).Name)
			pretty(w, v.Field(i), indent+"  ")
		}
		fmt.Fprintf(w, "%s}\n", indent)
	case reflect.Pointer, reflect.Interface:
		if v.IsNil() {
			fmt.Fprintln(w, "nil")
			return
		}
		fmt.Fprint(w, "&")
		pretty(w, v.Elem(), indent)
	case reflect.Slice, reflect.Array:
		fmt.Fprintf(w, "%s [\n", v.Type())
		for i := range v.Len() {
			fmt.Fprint(w, indent+"  ")
			pretty(w, v.Index(i), indent+"  ")
		}
		fmt.Fprintf(w, "%s]\n", indent)
	case reflect.Map:
		keys := v.MapKeys()
		sort.Slice(keys, func(i, j int) bool { return fmt.Sprint(keys[i]) < fmt.Sprint(keys[j]) })
		fmt.Fprintf(w, "%s (\n", v.Type())
		for _, k := range keys {
			fmt.Fprintf(w, "%s  %v = ", indent, k)
			pretty(w, v.MapIndex(k), indent+"  ")
		}
		fmt.Fprintf(w, "%s)\n", indent)
	case reflect.String:
		fmt.Fprintf(w, "%q\n", v.String())
	case reflect.Int, reflect.Int64:
		fmt.Fprintln(w, v.Int())
	case reflect.Func:
		fmt.Fprintln(w, v.Type())
	default:
		fmt.Fprintln(w, v)
	}
}

// event bus / DI
type Bus struct {
	handlers map[reflect.Type][]reflect.Value
}

func (b *Bus) On(h any) {
	v := reflect.ValueOf(h)
	t := v.Type().In(0)
	if b.handlers == nil {
		b.handlers = map[reflect.Type][]reflect.Value{}
	}
	b.handlers[t] = append(b.handlers[t], v)
}
func (b *Bus) Emit(e any) {
	for t, hs := range b.handlers {
		if reflect.TypeOf(e).AssignableTo(t) && t.Kind() != reflect.Interface || t.Kind() == reflect.Interface && reflect.TypeOf(e).Implements(t) {
			for _, h := range hs {
				h.Call([]reflect.Value{reflect.ValueOf(e)})
			}
		}
	}
}

type Created struct{ ID int }
type Deleted struct{ ID int }

func (d Deleted) String() string { return "deleted " + strconv.Itoa(d.ID) }

type Container struct {
	providers map[reflect.Type]reflect.Value
}

func (c *Container) Provide(f any) {
	v := reflect.ValueOf(f)
	c.providers[v.Type().Out(0)] = v
}
func (c *Container) get(t reflect.Type) reflect.Value {
	f, ok := c.providers[t]
	if !ok {
		panic("no provider for " + t.String())
	}
	in := make([]reflect.Value, f.Type().NumIn())
	for i := range in {
		in[i] = c.get(f.Type().In(i))
	}
	return f.Call(in)[0]
}
func Get[T any](c *Container) T { return c.get(reflect.TypeFor[T]()).Interface().(T) }

type DB struct{ DSN string }
type Repo struct{ db *DB }
type Greeter interface{ Greet() string }

func (r *Repo) Greet() string { return "repo on " + r.db.DSN }

// env config
type Config struct {
	Port    int           `env:"PORT" default:"80"`
	Host    string        `env:"HOST" default:"localhost"`
	Debug   bool          `env:"DEBUG" default:"true"`
	Rate    float32       `env:"RATE" default:"0.5"`
	Timeout time.Duration `env:"TIMEOUT" default:"3s"`
	Level   Level         `env:"LEVEL" default:"warn"`
	List    []int         `default:"1;2;3"`
}
type Level uint8

func (l *Level) UnmarshalText(b []byte) error {
	switch string(b) {
	case "warn":
		*l = 3
	default:
		return fmt.Errorf("level %q", b)
	}
	return nil
}

type textUnmarshaler interface{ UnmarshalText([]byte) error }

func load(p any) error {
	v := reflect.ValueOf(p).Elem()
	for i := 0; i < v.NumField(); i++ {
		f, def := v.Field(i), v.Type().Field(i).Tag.Get("default")
		if u, ok := f.Addr().Interface().(textUnmarshaler); ok {
			if err := u.UnmarshalText([]byte(def)); err != nil {
				return err
			}
			continue
		}
		switch f.Interface().(type) {
		case time.Duration:
			d, err := time.ParseDuration(def)
			if err != nil {
				return err
			}
			f.SetInt(int64(d))
			continue
		}
		switch f.Kind() {
		case reflect.Int, reflect.Int64:
			n, _ := strconv.ParseInt(def, 0, f.Type().Bits())
			f.SetInt(n)
		case reflect.String:
			f.SetString(def)
		case reflect.Bool:
			b, _ := strconv.ParseBool(def)
			f.SetBool(b)
		case reflect.Float32:
			x, _ := strconv.ParseFloat(def, 32)
			f.SetFloat(x)
		case reflect.Slice:
			for _, p := range strings.Split(def, ";") {
				e := reflect.New(f.Type().Elem()).Elem()
				n, _ := strconv.Atoi(p)
				e.SetInt(int64(n))
				f.Set(reflect.Append(f, e))
			}
		}
	}
	return nil
}

// memoize, curry via MakeFunc
func memoize(fp any) {
	f := reflect.ValueOf(fp).Elem()
	orig := reflect.ValueOf(f.Interface())
	cache := map[string][]reflect.Value{}
	f.Set(reflect.MakeFunc(f.Type(), func(in []reflect.Value) []reflect.Value {
		key := ""
		for _, x := range in {
			key += fmt.Sprint(x.Interface(), ",")
		}
		if out, ok := cache[key]; ok {
			return out
		}
		out := orig.Call(in)
		cache[key] = out
		return out
	}))
}

type Wrapper struct {
	sync.Mutex
	reflect.Kind
	T reflect.Type
	V reflect.Value
	M map[string]reflect.Value
}

func main() {
	u := User{Name: "x", Age: 12, Email: "foo", Address: Address{Zip: "12"}, Manager: &User{Name: "boss who is long", Age: 50, Email: "a@b", Tags: []string{"t"}, Address: Address{"c", "12345"}}}
	for _, e := range Validate(&u) {
		fmt.Println(e)
	}
	c := DeepCopy(u)
	c.Manager.Name = "changed"
	c.Tags = append(c.Tags, "q")
	fmt.Println(u.Manager.Name, c.Manager.Name, reflect.DeepEqual(u, c), reflect.DeepEqual(u, DeepCopy(u)))
	mm := DeepCopy(map[Zip][]*Address{"a": {{City: "x"}}})
	fmt.Println(mm["a"][0].City, DeepCopy([]any{1, Address{"a", "b"}, &Address{"p", "q"}, nil})[1])
	m := ToMap(u.Address)
	fmt.Println(m, reflect.TypeOf(m["zip"]))
	var a Address
	fmt.Println(FromMap(map[string]any{"city": "Rome", "zip": "999"}, &a), a)
	fmt.Println(FromMap(map[string]any{"city": 3.5}, &a), FromMap(map[string]any{"nope": 3}, &a), FromMap(nil, a))
	s := &Server{}
	for _, r := range [][2]string{{"Add", `{"A":1,"B":2}`}, {"Div", `{"A":1}`}, {"Div", `{"A":9,"B":3}`}, {"Name", `"bob"`}, {"Nope", ``}, {"Add", `[`}} {
		fmt.Println(dispatch(s, r[0], r[1]))
	}
	fmt.Println(s.log)
	var w bytes.Buffer
	pretty(&w, reflect.ValueOf(u), "")
	pretty(&w, reflect.ValueOf(map[string]any{"a": 1, "b": []Address{{"x", "y"}}, "f": strings.ToUpper, "n": nil, "s": s}), "")
	fmt.Print(w.String())
	b := &Bus{}
	b.On(func(c Created) { fmt.Println("created", c.ID) })
	b.On(func(d Deleted) { fmt.Println("deleted", d.ID) })
	b.On(func(s fmt.Stringer) {})
	b.Emit(Created{1})
	b.Emit(Deleted{2})
	ct := &Container{map[reflect.Type]reflect.Value{}}
	ct.Provide(func() *DB { return &DB{"mem"} })
	ct.Provide(func(db *DB) *Repo { return &Repo{db} })
	ct.Provide(func(r *Repo) Greeter { return r })
	fmt.Println(Get[Greeter](ct).Greet(), Get[*DB](ct).DSN)
	func() {
		defer func() { fmt.Println(recover()) }()
		Get[fmt.Stringer](ct)
	}()
	var cfg Config
	fmt.Println(load(&cfg), cfg)
	fib := func(n int) int { return 0 }
	calls := 0
	fib = func(n int) int {
		calls++
		if n < 2 {
			return n
		}
		return fib(n-1) + fib(n-2)
	}
	memoize(&fib)
	fmt.Println(fib(30), calls)
	area := func(a Address, z Zip) (Zip, error) { calls++; return z + Zip(a.City), nil }
	memoize(&area)
	fmt.Println(area(Address{"a", "b"}, "z"))
	wr := Wrapper{T: reflect.TypeOf(u), V: reflect.ValueOf(a), M: map[string]reflect.Value{"a": reflect.ValueOf(1)}, Kind: reflect.Struct}
	fmt.Println(wr.T.Name(), wr.V.Field(0), wr.M["a"].Int(), wr.Kind, wr.String())
	// compiled structs
	uu, _ := url.Parse("http://user@host:80/path?q=1#f")
	uv := reflect.ValueOf(uu).Elem()
	for i := range uv.NumField() {
		fmt.Print(uv.Type().Field(i).Name, "=", uv.Field(i), " ")
	}
	fmt.Println(uv.Addr().MethodByName("Hostname").Call(nil)[0], uv.Type(), uv.NumMethod())
	uv.FieldByName("Path").SetString("/new")
	fmt.Println(uu)
	tv := reflect.ValueOf(time.Date(2020, 1, 2, 3, 4, 5, 0, time.UTC))
	fmt.Println(tv.MethodByName("Year").Call(nil)[0].Int(), tv.NumField(), tv.Type().Field(0).Name, tv.Field(0).CanInterface(), tv)
	fmt.Println(reflect.ValueOf(os.Stdout).Type(), reflect.ValueOf(&w).Type().Elem().Name(), reflect.ValueOf(strings.NewReplacer).Type())
	fmt.Println(reflect.ValueOf(strings.Join).Call([]reflect.Value{reflect.ValueOf([]string{"a", "b"}), reflect.ValueOf("-")})[0])
	fmt.Println(reflect.ValueOf(fmt.Sprint).Call([]reflect.Value{reflect.ValueOf(a), reflect.ValueOf(Deleted{4}), reflect.ValueOf(1)})[0])
	fmt.Println(reflect.ValueOf(errors.Is).Type(), reflect.ValueOf(fmt.Errorf).Type().IsVariadic())
	fmt.Println(reflect.ValueOf(fmt.Sprintf).CallSlice([]reflect.Value{reflect.ValueOf("%v-%v"), reflect.ValueOf([]any{a, Deleted{1}})})[0])
}
