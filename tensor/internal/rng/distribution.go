package rng

import "math"

// Cauchy fills dst with numbers of the Cauchy distribution, as cauchy_ does.
func (g *Generator) Cauchy(dst []float64, median, scale float64) {
	for i := range dst {
		dst[i] = math.FMA(scale, tan(math.Pi*(g.uniform()-0.5)), median)
	}
}

// LogNormal fills dst with numbers whose logarithms are normal, as log_normal_ does.
func (g *Generator) LogNormal(dst []float64, mean, std float64) {
	for i := range dst {
		dst[i] = exp(g.normal(mean, std))
	}
}

// Geometric fills dst with the number of trials until the first success, of probability p each, as geometric_ does.
func (g *Generator) Geometric(dst []float64, p float64) {
	failure := log1p(-p)
	for i := range dst {
		u := g.uniform()
		if u == 0 {
			dst[i] = math.Inf(1)
			continue
		}
		dst[i] = math.Ceil(log(u) / failure)
	}
}

// Poisson draws how many of the events happen that happen rate times on average, as torch.poisson does.
func (g *Generator) Poisson(rate float64) float64 { return poisson(rate, g.uniform) }

// poisson draws below 10 by the product of uniform numbers (Knuth), else by transformed rejection (Hörmann 1993).
func poisson(rate float64, uniform func() float64) float64 {
	switch {
	case rate == 0:
		return 0
	case rate < 10:
		limit, product := exp(-rate), 1.0
		for n := 0.0; ; n++ {
			if product *= uniform(); product <= limit {
				return n
			}
		}
	}
	b := 0.931 + 2.53*math.Sqrt(rate)
	a := -0.059 + 0.02483*b
	inverse := 1.1239 + 1.1328/(b-3.4)
	inner := 0.9277 - 3.6224/(b-2)
	for {
		u := uniform() - 0.5
		v := uniform()
		us := 0.5 - math.Abs(u)
		k := math.Floor((2*a/us+b)*u + rate + 0.43)
		switch {
		case us >= 0.07 && v <= inner:
			return k
		case k < 0 || us < 0.013 && v > us:
			continue
		}
		gamma, _ := math.Lgamma(k + 1)
		if math.Log(v)+math.Log(inverse)-math.Log(a/(us*us)+b) <= -rate+k*math.Log(rate)-gamma {
			return k
		}
	}
}
