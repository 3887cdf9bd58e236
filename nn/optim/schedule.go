package optim

import (
	"fmt"
	"math"
	"slices"
)

// Schedule sets the learning rates of an optimizer by the number of its steps,
// usually epochs, counted from 0.
type Schedule struct {
	opt  Optimizer
	step int
	// rate returns the learning rate of a group at a step; initial is the group's
	// own.
	rate     func(step int, initial float64) float64
	momentum func(step int) float64 // nil unless the schedule moves it too
}

func newSchedule(opt Optimizer, rate func(step int, initial float64) float64) *Schedule {
	s := &Schedule{opt: opt, rate: rate}
	s.apply()
	return s
}

// Step goes on by one step; call it after the optimizer's.
func (s *Schedule) Step() {
	s.step++
	s.apply()
}

func (s *Schedule) String() string {
	return fmt.Sprintf("Schedule(step %d, learning rates %v)", s.step, s.LastLR())
}

// LastStep returns how often Step was called.
func (s *Schedule) LastStep() int { return s.step }

// SetStep continues at a step, as after loading a saved optimizer.
func (s *Schedule) SetStep(step int) {
	s.step = step
	s.apply()
}

// LastLR returns the groups' learning rates.
func (s *Schedule) LastLR() []float64 { return rates(s.opt) }

func rates(opt Optimizer) []float64 {
	var out []float64
	for _, g := range opt.Groups() {
		out = append(out, g.LR)
	}
	return out
}

func (s *Schedule) apply() {
	for _, g := range s.opt.Groups() {
		g.LR = s.rate(s.step, g.InitialLR)
		if s.momentum == nil {
			continue
		}
		if g.Beta1 != 0 {
			g.Beta1 = s.momentum(s.step)
		} else {
			g.Momentum = s.momentum(s.step)
		}
	}
}

// scaled makes a schedule of a factor of the initial rate.
func scaled(opt Optimizer, factor func(step int) float64) *Schedule {
	return newSchedule(opt, func(step int, initial float64) float64 { return initial * factor(step) })
}

// NewLambdaLR multiplies the initial rate by f(step).
func NewLambdaLR(opt Optimizer, f func(step int) float64) *Schedule { return scaled(opt, f) }

// NewStepLR multiplies the rate by gamma every size steps.
func NewStepLR(opt Optimizer, size int, gamma float64) *Schedule {
	positive("NewStepLR", "step size", size)
	return scaled(opt, func(step int) float64 { return math.Pow(gamma, float64(step/size)) })
}

// NewMultiStepLR multiplies the rate by gamma at each milestone.
func NewMultiStepLR(opt Optimizer, milestones []int, gamma float64) *Schedule {
	at := slices.Sorted(slices.Values(milestones))
	return scaled(opt, func(step int) float64 {
		passed, _ := slices.BinarySearch(at, step+1)
		return math.Pow(gamma, float64(passed))
	})
}

// NewExponentialLR multiplies the rate by gamma every step.
func NewExponentialLR(opt Optimizer, gamma float64) *Schedule {
	return scaled(opt, func(step int) float64 { return math.Pow(gamma, float64(step)) })
}

// NewConstantLR multiplies the rate by factor for the first steps.
func NewConstantLR(opt Optimizer, factor float64, steps int) *Schedule {
	return scaled(opt, func(step int) float64 {
		if step < steps {
			return factor
		}
		return 1
	})
}

// NewLinearLR moves the factor of the rate from start to end over a number of
// steps: a warm-up where start is small.
func NewLinearLR(opt Optimizer, start, end float64, steps int) *Schedule {
	positive("NewLinearLR", "number of steps", steps)
	return scaled(opt, func(step int) float64 {
		return start + (end-start)*float64(min(step, steps))/float64(steps)
	})
}

// NewPolynomialLR lets the rate fall to 0 over a number of steps, as
// (1 - step/steps)^power.
func NewPolynomialLR(opt Optimizer, steps int, power float64) *Schedule {
	positive("NewPolynomialLR", "number of steps", steps)
	return scaled(opt, func(step int) float64 {
		return math.Pow(1-float64(min(step, steps))/float64(steps), power)
	})
}

// cosine goes from a to b as t goes from 0 to 1, along half a cosine.
func cosine(a, b, t float64) float64 { return b + (a-b)*(1+math.Cos(math.Pi*t))/2 }

// NewCosineAnnealingLR lets the rate fall to least over half a period of a
// cosine, steps long, and rise again (Loshchilov and Hutter 2017).
func NewCosineAnnealingLR(opt Optimizer, steps int, least float64) *Schedule {
	positive("NewCosineAnnealingLR", "number of steps", steps)
	return newSchedule(opt, func(step int, initial float64) float64 {
		return cosine(initial, least, float64(step)/float64(steps))
	})
}

// NewCosineAnnealingWarmRestarts repeats the fall of a cosine to least: the
// first lasts a number of steps, each later one mult times as long as the one
// before (Loshchilov and Hutter 2017).
func NewCosineAnnealingWarmRestarts(opt Optimizer, steps, mult int, least float64) *Schedule {
	positive("NewCosineAnnealingWarmRestarts", "number of steps", steps)
	positive("NewCosineAnnealingWarmRestarts", "multiple", mult)
	return newSchedule(opt, func(step int, initial float64) float64 {
		length := steps
		for step >= length {
			step -= length
			length *= mult
		}
		return cosine(initial, least, float64(step)/float64(length))
	})
}

// NewCyclicLR moves the rate between low and high and back, up steps each way
// (Smith 2017).
func NewCyclicLR(opt Optimizer, low, high float64, up int) *Schedule {
	positive("NewCyclicLR", "number of steps", up)
	return newSchedule(opt, func(step int, _ float64) float64 {
		at := float64(step%(2*up)) / float64(up)
		return low + (high-low)*(1-math.Abs(at-1))
	})
}

// OneCycle are the settings of [NewOneCycleLROpt]; PyTorch's defaults are those
// of NewOneCycleLR.
type OneCycle struct {
	Up              float64 // the share of the steps in which the rate rises
	Linear          bool    // move along lines instead of cosines
	Div, FinalDiv   float64 // the first rate is max/Div, the last max/Div/FinalDiv
	ThreePhase      bool    // fall as symmetrically as it rose, then to the last rate
	KeepMomentum    bool    // leave momentum alone instead of moving it against the rate
	LowMom, HighMom float64
}

// NewOneCycleLR lets the rate rise to max and fall far below its start within
// steps, momentum the other way round (Smith and Topin 2019).
func NewOneCycleLR(opt Optimizer, max float64, steps int) *Schedule {
	return NewOneCycleLROpt(opt, max, steps, OneCycle{Up: 0.3, Div: 25, FinalDiv: 1e4, LowMom: 0.85, HighMom: 0.95})
}

// NewOneCycleLROpt is NewOneCycleLR with settings.
func NewOneCycleLROpt(opt Optimizer, max float64, steps int, c OneCycle) *Schedule {
	positive("NewOneCycleLR", "number of steps", steps)
	if !(c.Up >= 0 && c.Up <= 1 && c.Div > 0 && c.FinalDiv > 0) {
		fail("NewOneCycleLR", "the share %v must lie in [0, 1], the divisors %v and %v be positive", c.Up, c.Div, c.FinalDiv)
	}
	first := max / c.Div
	type phase struct{ end, from, to, momFrom, momTo float64 }
	peak := c.Up*float64(steps) - 1
	phases := []phase{{peak, first, max, c.HighMom, c.LowMom}}
	if c.ThreePhase {
		phases = append(phases, phase{2 * peak, max, first, c.LowMom, c.HighMom}, phase{float64(steps - 1), first, first / c.FinalDiv, c.HighMom, c.HighMom})
	} else {
		phases = append(phases, phase{float64(steps - 1), max, first / c.FinalDiv, c.LowMom, c.HighMom})
	}
	move := cosine
	if c.Linear {
		move = func(a, b, t float64) float64 { return a + (b-a)*t }
	}
	at := func(step int) (p phase, t float64) {
		start, x := 0.0, math.Min(float64(step), float64(steps-1))
		for i, p := range phases {
			if x <= p.end || i == len(phases)-1 {
				return p, (x - start) / (p.end - start)
			}
			start = p.end
		}
		return
	}
	s := &Schedule{opt: opt, rate: func(step int, _ float64) float64 {
		p, t := at(step)
		return move(p.from, p.to, t)
	}}
	if !c.KeepMomentum {
		s.momentum = func(step int) float64 {
			p, t := at(step)
			return move(p.momFrom, p.momTo, t)
		}
	}
	s.apply()
	return s
}

// NewSequentialLR follows one schedule after the other: the i-th gives way to
// the next at milestones[i], which starts at its step 0.
func NewSequentialLR(opt Optimizer, schedules []*Schedule, milestones []int) *Schedule {
	if len(schedules) != len(milestones)+1 || !slices.IsSorted(milestones) {
		fail("NewSequentialLR", "%d schedules and milestones %v; there must be one rising milestone between two schedules", len(schedules), milestones)
	}
	return newSchedule(opt, func(step int, initial float64) float64 {
		i, start := 0, 0
		for i < len(milestones) && step >= milestones[i] {
			start = milestones[i]
			i++
		}
		return schedules[i].rate(step-start, initial)
	})
}

func positive(op, what string, n int) {
	if n < 1 {
		fail(op, "the %s is %d; it must be positive", what, n)
	}
}
