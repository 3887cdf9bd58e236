package interp

import (
	"fmt"
	"math"
	"regexp"
	"runtime"
	"strconv"
	"strings"
	"syscall"
	"time"

	"github.com/gophergrad/gophergrad/interp/rt"
)

var timeMagics = []*magic{
	{"time", "%time STATEMENT, %%time", "run Go and show how long it took", takesGo, timeOnce},
	{"timeit", "%timeit [-n RUNS] [-r TIMES] STATEMENT, %%timeit", "run Go again and again and show how long one run takes", takesGo, timeAgain},
	{"capture", "%%capture [NAME]", "run Go without output; its text becomes the variable", takesGo, capture},
}

// belowOnly refuses Go beside a %%magic: what it runs stands below.
func (c *call) belowOnly() error {
	if c.below && c.args != "" {
		return fmt.Errorf("what %%%%%s runs stands below it, not beside", c.magic.name)
	}
	return nil
}

func timeOnce(c *call) error {
	if err := c.belowOnly(); err != nil {
		return err
	}
	var before, after runtime.MemStats
	runtime.ReadMemStats(&before)
	user, system := cpuTimes()
	start := time.Now()
	outcome := c.s.runGo(c.ctx, c.cell, c.part, c.out)
	wall := time.Since(start)
	userAfter, systemAfter := cpuTimes()
	runtime.ReadMemStats(&after)
	c.printf("CPU times: user %s, sys %s; wall time: %s; allocated %s\n",
		short3(userAfter-user), short3(systemAfter-system), short3(wall), byteCount(after.TotalAlloc-before.TotalAlloc))
	return c.failed(outcome)
}

// cpuTimes are the processor times that the process has used.
func cpuTimes() (user, system time.Duration) {
	var u syscall.Rusage
	syscall.Getrusage(syscall.RUSAGE_SELF, &u) // cannot fail for the process itself
	return time.Duration(u.Utime.Nano()), time.Duration(u.Stime.Nano())
}

// repeats is how often %timeit measures; each time takes at least enough.
const (
	repeats = 7
	enough  = 100 * time.Millisecond
)

// timeOption is -n, how many runs are one measurement, or -r, how often to measure.
var timeOption = regexp.MustCompile(`-(\w)\s*(\d+)`)

func timeAgain(c *call) error {
	if err := c.belowOnly(); err != nil {
		return err
	}
	n, times := 0, repeats
	for _, m := range timeOption.FindAllStringSubmatch(c.options, -1) {
		count, _ := strconv.Atoi(m[2])
		switch m[1] {
		case "n":
			n = count
		case "r":
			times = max(count, 1)
		default:
			return fmt.Errorf("%%timeit has no option -%s; usage: %s", m[1], c.magic.usage)
		}
	}
	parsed, err := c.s.read(c.cell, c.part)
	if err != nil {
		return err
	}
	ch, code, err := c.s.compile(parsed)
	if err != nil {
		return err
	}
	defer c.s.abandon(ch)
	measure := func(n int) (time.Duration, error) {
		start := time.Now()
		run := &rt.Run{Cell: parsed.label, Out: c.out}
		failure := c.s.rt.Execute(run, func() {
			for range n {
				code()
			}
		}, c.ctx.Done(), grace)
		if failure != nil {
			return 0, c.s.failureError(failure, ch)
		}
		return time.Since(start), nil
	}
	if n == 0 {
		enough, err := runsEnough(measure)
		if err != nil {
			return err
		}
		n = enough
	}
	var sum, squares float64
	best := math.Inf(1)
	for range times {
		took, err := measure(n)
		if err != nil {
			return err
		}
		each := float64(took) / float64(n)
		sum, squares, best = sum+each, squares+each*each, min(best, each)
	}
	mean := sum / float64(times)
	deviation := math.Sqrt(max(squares/float64(times)-mean*mean, 0))
	c.printf("%s ± %s a run (mean ± standard deviation of %d × %d runs; best %s)\n",
		short3(time.Duration(mean)), short3(time.Duration(deviation)), times, n, short3(time.Duration(best)))
	return nil
}

// runsEnough finds how many runs take enough time.
func runsEnough(measure func(n int) (time.Duration, error)) (int, error) {
	for n := 1; ; {
		took, err := measure(n)
		if err != nil || took >= enough {
			return n, err
		}
		n = max(2*n, min(100*n, int(1.2*float64(n)*float64(enough)/float64(took+1))))
	}
}

// short3 shows a duration with three digits.
func short3(d time.Duration) string {
	unit := time.Nanosecond
	for _, u := range []time.Duration{time.Second, time.Millisecond, time.Microsecond} {
		if d >= u {
			unit = u
			break
		}
	}
	if d >= time.Minute {
		return d.Round(time.Second).String()
	}
	number := fmt.Sprintf("%.3g", float64(d)/float64(unit))
	if strings.Contains(number, "e") { // 1000
		number = fmt.Sprintf("%.0f", float64(d)/float64(unit))
	}
	return number + map[time.Duration]string{time.Second: " s", time.Millisecond: " ms", time.Microsecond: " µs", time.Nanosecond: " ns"}[unit]
}

// byteCount shows a number of bytes.
func byteCount(n uint64) string {
	if n < 1<<10 {
		return fmt.Sprintf("%d B", n)
	}
	value, unit := float64(n), 0
	for value >= 1024 && unit < 4 {
		value, unit = value/1024, unit+1
	}
	return fmt.Sprintf("%.1f %ciB", value, " KMGT"[unit])
}
