package main

import (
	"slices"
	"time"
)

// A watch measures a part of a benchmark.
type watch struct {
	began time.Time
	cpu   float64
}

func startWatch() watch { return watch{time.Now(), cpuSeconds()} }

// stop returns the seconds since the start, by the clock and of this process's CPU time.
func (w watch) stop() (seconds, cpu float64) {
	return time.Since(w.began).Seconds(), cpuSeconds() - w.cpu
}

// median sorts its argument.
func median(v []float64) float64 {
	slices.Sort(v)
	return v[len(v)/2]
}
