//go:build !unix

package store_test

import (
	"os/exec"
	"testing"
)

func serverUser(*testing.T, string) func(*exec.Cmd) { return func(*exec.Cmd) {} }

func asNobody(*exec.Cmd) {}
