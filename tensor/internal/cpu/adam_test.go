package cpu

import (
	_ "embed"
	"encoding/base64"
	"encoding/binary"
	"encoding/json"
	"math"
	"testing"
)

//go:embed testdata/adam_golden.json
var adamGolden []byte

// TestAdamGolden compares steps with those of torch.optim.Adam and AdamW, whose square root is MKL's and may be off in
// the last place.
func TestAdamGolden(t *testing.T) {
	var cases []struct {
		DType, Name, Start string
		Grads, Params      []string
		Options            struct {
			LR, Eps     float64
			Betas       []float64
			WeightDecay float64 `json:"weight_decay"`
		}
	}
	if err := json.Unmarshal(adamGolden, &cases); err != nil {
		t.Fatal(err)
	}
	for _, c := range cases {
		o := Adam{LR: c.Options.LR, Beta1: 0.9, Beta2: 0.999, Eps: 1e-8}
		if c.Options.Eps != 0 {
			o.Eps = c.Options.Eps
		}
		if len(c.Options.Betas) == 2 {
			o.Beta1, o.Beta2 = c.Options.Betas[0], c.Options.Betas[1]
		}
		if c.Name == "Adam" {
			o.L2 = c.Options.WeightDecay
		} else {
			o.Decay = c.Options.WeightDecay
		}
		if c.DType == "float32" {
			checkAdam(t, o, o32, c.Start, c.Grads, c.Params, 2e-7)
		} else {
			checkAdam(t, o, o64, c.Start, c.Grads, c.Params, 1e-15)
		}
	}
}

func o32(o Adam, p, g, m, v []float32) { o.StepF32(p, g, m, v) }
func o64(o Adam, p, g, m, v []float64) { o.StepF64(p, g, m, v) }

func checkAdam[T Float](t *testing.T, o Adam, step func(o Adam, p, g, m, v []T), start string, grads, params []string, eps float64) {
	t.Helper()
	p := decode[T](t, start)
	m, v := make([]T, len(p)), make([]T, len(p))
	for s := range grads {
		o.Step = s + 1
		step(o, p, decode[T](t, grads[s]), m, v)
		for i, want := range decode[T](t, params[s]) {
			if d := math.Abs(float64(p[i] - want)); !(d <= eps*max(1, math.Abs(float64(want)))) {
				t.Fatalf("%+v: parameter %d is %v, want %v", o, i, p[i], want)
			}
		}
	}
}

func decode[T Float](t *testing.T, s string) []T {
	t.Helper()
	b, err := base64.StdEncoding.DecodeString(s)
	if err != nil {
		t.Fatal(err)
	}
	out := make([]T, len(b)/binary.Size(T(0)))
	if _, err := binary.Decode(b, binary.LittleEndian, out); err != nil {
		t.Fatal(err)
	}
	return out
}
