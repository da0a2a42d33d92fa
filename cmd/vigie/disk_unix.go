//go:build linux || darwin

package main

import "syscall"

// diskFree returns how many bytes this user may still write where path is; ok is false
// where that cannot be known.
func diskFree(path string) (free uint64, ok bool) {
	var s syscall.Statfs_t
	if err := syscall.Statfs(path, &s); err != nil {
		return 0, false
	}
	return s.Bavail * uint64(s.Bsize), true
}
