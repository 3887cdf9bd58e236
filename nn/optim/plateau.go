package optim

import "math"

// ReduceLROnPlateau lowers the learning rates when a metric stops improving.
type ReduceLROnPlateau struct {
	opt       Optimizer
	s         Plateau
	best      float64
	bad, rest int // steps without improvement; of cooldown left
}

// Plateau are the settings of [NewReduceLROnPlateau]; zero values other than
// Factor and Patience are PyTorch's defaults.
type Plateau struct {
	Factor    float64 // what a rate is multiplied by; 0 means 0.1
	Patience  int     // steps without improvement that are tolerated
	Rising    bool    // the metric is to rise, not to fall
	Threshold float64 // the least relative improvement that counts; 0 means 1e-4
	Cooldown  int     // steps after a reduction in which nothing is counted
	MinLR     float64
}

// NewReduceLROnPlateau returns the schedule.
func NewReduceLROnPlateau(opt Optimizer, s Plateau) *ReduceLROnPlateau {
	if s.Factor == 0 {
		s.Factor = 0.1
	}
	if s.Threshold == 0 {
		s.Threshold = 1e-4
	}
	if !(s.Factor > 0 && s.Factor < 1) {
		fail("NewReduceLROnPlateau", "the factor is %v; it must lie in (0, 1)", s.Factor)
	}
	best := math.Inf(1)
	if s.Rising {
		best = math.Inf(-1)
	}
	return &ReduceLROnPlateau{opt: opt, s: s, best: best}
}

// Step tells the schedule the metric, usually after each epoch.
func (p *ReduceLROnPlateau) Step(metric float64) {
	better := metric < p.best*(1-p.s.Threshold)
	if p.s.Rising {
		better = metric > p.best*(1+p.s.Threshold)
	}
	if better {
		p.best, p.bad = metric, 0
	} else {
		p.bad++
	}
	if p.rest > 0 {
		p.rest--
		p.bad = 0
	}
	if p.bad <= p.s.Patience {
		return
	}
	for _, g := range p.opt.Groups() {
		if low := math.Max(g.LR*p.s.Factor, p.s.MinLR); g.LR-low > 1e-8 {
			g.LR = low
		}
	}
	p.rest, p.bad = p.s.Cooldown, 0
}

// LastLR returns the groups' learning rates.
func (p *ReduceLROnPlateau) LastLR() []float64 { return rates(p.opt) }
