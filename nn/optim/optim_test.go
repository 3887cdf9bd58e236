package optim_test

import (
	"encoding/json"
	"math"
	"os"
	"strings"
	"testing"

	"github.com/gophergrad/gophergrad/nn"
	"github.com/gophergrad/gophergrad/nn/optim"
	"github.com/gophergrad/gophergrad/tensor"
)

type params = []*tensor.Tensor

// golden is what PyTorch computed; ../testdata/golden.py writes it.
var golden struct {
	Optim map[string]struct {
		Losses, Params []float64
	}
	Schedules map[string]struct {
		LR, Momentum []float64
	}
	Plateau struct{ Metrics, LR []float64 }
}

func TestMain(m *testing.M) {
	data, err := os.ReadFile("../testdata/golden.json")
	if err == nil {
		err = json.Unmarshal(data, &golden)
	}
	if err != nil {
		panic(err)
	}
	os.Exit(m.Run())
}

// closeTo reports whether two lists agree to a relative error, where numbers
// below 1 count as 1.
func closeTo(got, want []float64, eps float64) bool {
	if len(got) != len(want) {
		return false
	}
	for i := range got {
		if !(math.Abs(got[i]-want[i]) <= eps*math.Max(1, math.Abs(want[i]))) {
			return false
		}
	}
	return true
}

var optimizers = map[string]func(p params) optim.Optimizer{
	"sgd": func(p params) optim.Optimizer { return optim.NewSGD(p, 0.1) },
	"momentum": func(p params) optim.Optimizer {
		return optim.NewSGD(p, 0.1, optim.Momentum(0.9), optim.WeightDecay(0.01))
	},
	"dampened": func(p params) optim.Optimizer {
		return optim.NewSGD(p, 0.1, optim.Momentum(0.9), optim.Dampening(0.3))
	},
	"nesterov": func(p params) optim.Optimizer {
		return optim.NewSGD(p, 0.1, optim.Momentum(0.9), optim.Nesterov(true))
	},
	"maximize": func(p params) optim.Optimizer { return optim.NewSGD(p, 0.001, optim.Maximize(true)) },
	"adam":     func(p params) optim.Optimizer { return optim.NewAdam(p, 0.01) },
	"adam_l2": func(p params) optim.Optimizer {
		return optim.NewAdam(p, 0.01, optim.Betas(0.8, 0.99), optim.WeightDecay(0.1), optim.Eps(1e-4))
	},
	"amsgrad": func(p params) optim.Optimizer { return optim.NewAdam(p, 0.05, optim.AMSGrad(true)) },
	"adamw":   func(p params) optim.Optimizer { return optim.NewAdamW(p, 0.01) },
	"adamw_ams": func(p params) optim.Optimizer {
		return optim.NewAdamW(p, 0.05, optim.AMSGrad(true), optim.WeightDecay(0.1))
	},
	"rmsprop": func(p params) optim.Optimizer { return optim.NewRMSprop(p, 0.01) },
	"rmsprop_all": func(p params) optim.Optimizer {
		return optim.NewRMSprop(p, 0.01, optim.Momentum(0.9), optim.Centered(true), optim.WeightDecay(0.01))
	},
	"adagrad": func(p params) optim.Optimizer { return optim.NewAdagrad(p, 0.1) },
	"adagrad_all": func(p params) optim.Optimizer {
		return optim.NewAdagrad(p, 0.1, optim.LRDecay(0.1), optim.InitialAccumulator(0.2), optim.WeightDecay(0.01))
	},
	"adadelta": func(p params) optim.Optimizer { return optim.NewAdadelta(p, 1) },
	"adamax":   func(p params) optim.Optimizer { return optim.NewAdamax(p, 0.01, optim.WeightDecay(0.01)) },
	"nadam":    func(p params) optim.Optimizer { return optim.NewNAdam(p, 0.01) },
	"radam":    func(p params) optim.Optimizer { return optim.NewRAdam(p, 0.01) },
	"rprop":    func(p params) optim.Optimizer { return optim.NewRprop(p, 0.01) },
}

// network returns a small network, its input and its target.
func network() (m *nn.Sequential, x, y *tensor.Tensor) {
	tensor.ManualSeed(1)
	m = nn.NewSequential(nn.NewLinear(6, 5), nn.NewTanh(), nn.NewLinear(5, 3))
	return m, tensor.Randn(8, 6), tensor.Randn(8, 3)
}

func train(m nn.Module, opt optim.Optimizer, x, y *tensor.Tensor, steps int) (losses []float64) {
	lossFn := nn.NewMSELoss()
	for range steps {
		opt.ZeroGrad()
		loss := lossFn.Forward(m.Forward(x), y)
		loss.Backward()
		opt.Step()
		losses = append(losses, loss.Item())
	}
	return losses
}

func values(m any) (out []float64) {
	for _, p := range nn.Parameters(m) {
		out = append(out, p.Float64s()...)
	}
	return out
}

func TestOptimizersStepAsPyTorch(t *testing.T) {
	for name, want := range golden.Optim {
		t.Run(name, func(t *testing.T) {
			m, x, y := network()
			losses := train(m, optimizers[name](nn.Parameters(m)), x, y, len(want.Losses))
			if !closeTo(losses, want.Losses, 2e-6) {
				t.Errorf("losses\n%v\nwant\n%v", losses, want.Losses)
			}
			if got := values(m); !closeTo(got, want.Params, 2e-6) {
				t.Errorf("parameters\n%v\nwant\n%v", got, want.Params)
			}
		})
	}
}

// A saved optimizer goes on as if it had never stopped.
func TestStateDictResumes(t *testing.T) {
	for name, make := range optimizers {
		t.Run(name, func(t *testing.T) {
			m, x, y := network()
			opt := make(nn.Parameters(m))
			train(m, opt, x, y, 3)
			saved, savedModel := opt.StateDict().Clone(), nn.StateDict(m).Clone()
			train(m, opt, x, y, 3)
			want := values(m)

			m, _, _ = network()
			opt = make(nn.Parameters(m))
			opt.Groups()[0].LR = 123
			if err := nn.LoadStateDict(m, savedModel); err != nil {
				t.Fatal(err)
			}
			if err := opt.LoadStateDict(saved); err != nil {
				t.Fatal(err)
			}
			train(m, opt, x, y, 3)
			if got := values(m); !closeTo(got, want, 0) {
				t.Errorf("after resuming\n%v\nwant\n%v", got, want)
			}
		})
	}
}

func TestStateDictOfAnotherModelIsRefused(t *testing.T) {
	m, x, y := network()
	opt := optim.NewAdam(nn.Parameters(m), 0.01)
	train(m, opt, x, y, 1)
	other := optim.NewAdam(nn.Parameters(nn.NewLinear(2, 2)), 0.5)
	if err := other.LoadStateDict(opt.StateDict()); err == nil {
		t.Error("a state of 4 parameters was loaded into an optimizer of 2")
	}
	if lr := other.Groups()[0].LR; lr != 0.5 {
		t.Errorf("the refused state changed the learning rate to %v", lr)
	}
}

func TestGroupsHaveTheirOwnSettings(t *testing.T) {
	a, b := tensor.Ones(2).SetRequiresGrad(true), tensor.Ones(2).SetRequiresGrad(true)
	opt := optim.NewSGD(params{a}, 0.5)
	opt.AddGroup(params{b}, optim.LR(0.25))
	a.Add(b).Sum().Backward()
	opt.Step()
	if got := append(a.Float64s(), b.Float64s()...); !closeTo(got, []float64{0.5, 0.5, 0.75, 0.75}, 0) {
		t.Errorf("parameters after a step: %v", got)
	}
}

func TestSchedulesFollowPyTorch(t *testing.T) {
	schedules := map[string]func(s optim.Optimizer) *optim.Schedule{
		"step":        func(s optim.Optimizer) *optim.Schedule { return optim.NewStepLR(s, 5, 0.5) },
		"multistep":   func(s optim.Optimizer) *optim.Schedule { return optim.NewMultiStepLR(s, []int{3, 10, 11}, 0.1) },
		"exponential": func(s optim.Optimizer) *optim.Schedule { return optim.NewExponentialLR(s, 0.9) },
		"cosine":      func(s optim.Optimizer) *optim.Schedule { return optim.NewCosineAnnealingLR(s, 20, 0.01) },
		"lambda": func(s optim.Optimizer) *optim.Schedule {
			return optim.NewLambdaLR(s, func(e int) float64 { return 1 / float64(1+e) })
		},
		"linear":     func(s optim.Optimizer) *optim.Schedule { return optim.NewLinearLR(s, 0.25, 1, 8) },
		"constant":   func(s optim.Optimizer) *optim.Schedule { return optim.NewConstantLR(s, 0.5, 4) },
		"polynomial": func(s optim.Optimizer) *optim.Schedule { return optim.NewPolynomialLR(s, 12, 2) },
		"onecycle":   func(s optim.Optimizer) *optim.Schedule { return optim.NewOneCycleLR(s, 1, 30) },
		"onecycle_lin": func(s optim.Optimizer) *optim.Schedule {
			return optim.NewOneCycleLROpt(s, 1, 30, optim.OneCycle{Up: 0.4, Linear: true, ThreePhase: true, Div: 25, FinalDiv: 1e4, LowMom: 0.85, HighMom: 0.95})
		},
		"restarts": func(s optim.Optimizer) *optim.Schedule { return optim.NewCosineAnnealingWarmRestarts(s, 4, 2, 0) },
		"cyclic":   func(s optim.Optimizer) *optim.Schedule { return optim.NewCyclicLR(s, 0.01, 0.1, 4) },
		"warmup": func(s optim.Optimizer) *optim.Schedule {
			return optim.NewSequentialLR(s, []*optim.Schedule{optim.NewLinearLR(s, 0.1, 1, 5), optim.NewCosineAnnealingLR(s, 25, 0)}, []int{5})
		},
	}
	for name, want := range golden.Schedules {
		t.Run(name, func(t *testing.T) {
			opt := optim.NewSGD(params{tensor.Zeros(1).SetRequiresGrad(true)}, 0.2, optim.Momentum(0.9))
			s := schedules[name](opt)
			var rates, momenta []float64
			for range want.LR {
				rates = append(rates, s.LastLR()[0])
				momenta = append(momenta, opt.Groups()[0].Momentum)
				s.Step()
			}
			if !closeTo(rates, want.LR, 1e-7) {
				t.Errorf("rates\n%v\nwant\n%v", rates, want.LR)
			}
			if !closeTo(momenta, want.Momentum, 1e-7) {
				t.Errorf("momenta\n%v\nwant\n%v", momenta, want.Momentum)
			}
		})
	}
}

func TestReduceLROnPlateauFollowsPyTorch(t *testing.T) {
	opt := optim.NewSGD(params{tensor.Zeros(1).SetRequiresGrad(true)}, 1)
	s := optim.NewReduceLROnPlateau(opt, optim.Plateau{Factor: 0.5, Patience: 2, Cooldown: 1, MinLR: 0.1})
	var rates []float64
	for _, m := range golden.Plateau.Metrics {
		s.Step(m)
		rates = append(rates, s.LastLR()[0])
	}
	if !closeTo(rates, golden.Plateau.LR, 1e-7) {
		t.Errorf("rates\n%v\nwant\n%v", rates, golden.Plateau.LR)
	}
}

func TestBadSettingsPanic(t *testing.T) {
	p := func() params { return params{tensor.Zeros(1).SetRequiresGrad(true)} }
	shared := p()
	for name, f := range map[string]func(){
		"no parameters":      func() { optim.NewSGD(nil, 0.1) },
		"nil parameter":      func() { optim.NewSGD(params{nil}, 0.1) },
		"inner tensor":       func() { optim.NewSGD(params{p()[0].MulScalar(2)}, 0.1) },
		"twice":              func() { optim.NewSGD(append(shared, shared...), 0.1) },
		"negative rate":      func() { optim.NewAdam(p(), -1) },
		"nan rate":           func() { optim.NewAdam(p(), math.NaN()) },
		"beta of 1":          func() { optim.NewAdam(p(), 0.1, optim.Betas(1, 0.9)) },
		"option of another":  func() { optim.NewSGD(p(), 0.1, optim.Rho(0.5)) },
		"nesterov alone":     func() { optim.NewSGD(p(), 0.1, optim.Nesterov(true)) },
		"schedule of 0":      func() { optim.NewStepLR(optim.NewSGD(p(), 0.1), 0, 0.1) },
		"sequence too short": func() { optim.NewSequentialLR(optim.NewSGD(p(), 0.1), nil, nil) },
	} {
		t.Run(name, func(t *testing.T) {
			defer func() {
				if _, ok := recover().(*tensor.Error); !ok {
					t.Error("no *tensor.Error")
				}
			}()
			f()
		})
	}
}

// What a cell's last line shows of an optimizer and a schedule.
func TestString(t *testing.T) {
	sgd := optim.NewSGD(params{tensor.Zeros(2).SetRequiresGrad(true)}, 0.1, optim.Momentum(0.9))
	if got, want := sgd.String(), "SGD (\nParameter Group 0, 1 tensors\n    LR: 0.1\n    WeightDecay: 0\n    Maximize: false\n    Momentum: 0.9\n    Dampening: 0\n    Nesterov: false\n)"; got != want {
		t.Error(got)
	}
	if got := optim.NewAdam(sgd.Groups()[0].Params, 0.1).String(); !strings.Contains(got, "Beta1: 0.9\n    Beta2: 0.999\n") {
		t.Error(got)
	}
	schedule := optim.NewStepLR(sgd, 1, 0.5)
	schedule.Step()
	if got := schedule.String(); got != "Schedule(step 1, learning rates [0.05])" {
		t.Error(got)
	}
}
