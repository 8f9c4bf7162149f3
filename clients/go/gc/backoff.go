package gc

import (
	"context"
	"math/rand/v2"
	"time"
)

// delays double, with jitter, so that many clients do not come back at the same moment.
type delays struct {
	first, longest time.Duration
	random         func() float64
	attempt        int
}

func (s *settings) delays() *delays {
	return &delays{first: s.backoffFirst, longest: s.backoffLongest, random: rand.Float64}
}

// next is the delay before the next attempt: random between a half and the whole, and at least least.
func (d *delays) next(least time.Duration) time.Duration {
	whole := d.longest
	if d.attempt < 30 && d.first<<d.attempt < d.longest {
		whole = d.first << d.attempt
	}
	d.attempt++
	return max(least, time.Duration(float64(whole)*(0.5+d.random()/2)))
}

// reset begins anew, after a success.
func (d *delays) reset() { d.attempt = 0 }

// rest waits, and ends early with ctx.
func rest(ctx context.Context, delay time.Duration) {
	timer := time.NewTimer(delay)
	defer timer.Stop()
	select {
	case <-timer.C:
	case <-ctx.Done():
	}
}
