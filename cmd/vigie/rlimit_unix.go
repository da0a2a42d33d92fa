//go:build unix

package main

import "syscall"

// limitData bounds the memory of this process.
func limitData(n uint64) error {
	return syscall.Setrlimit(syscall.RLIMIT_DATA, &syscall.Rlimit{Cur: n, Max: n})
}
