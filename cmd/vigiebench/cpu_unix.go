//go:build unix

package main

import (
	"syscall"
	"time"
)

// cpuSeconds is the CPU time that this process has had, the system's for it included.
func cpuSeconds() float64 {
	var used syscall.Rusage
	if err := syscall.Getrusage(syscall.RUSAGE_SELF, &used); err != nil {
		return 0
	}
	return time.Duration(used.Utime.Nano() + used.Stime.Nano()).Seconds()
}
