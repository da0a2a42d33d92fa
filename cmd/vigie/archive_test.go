package main

import (
	"bytes"
	"os"
	"strconv"

	"github.com/rogpeppe/go-internal/testscript"
)

// flip FILE N flips a bit towards the end of a WARC file's record of that number, from 1.
func flip(ts *testscript.TestScript, neg bool, args []string) {
	if neg || len(args) != 2 {
		ts.Fatalf("usage: flip FILE N")
	}
	content, err := os.ReadFile(ts.MkAbs(args[0]))
	ts.Check(err)
	n, err := strconv.Atoi(args[1])
	ts.Check(err)
	member := []byte{0x1f, 0x8b, 8}
	start := 0
	for ; n > 1; n-- {
		next := bytes.Index(content[start+1:], member)
		if next < 0 {
			ts.Fatalf("so many records are not in it")
		}
		start += 1 + next
	}
	end := len(content)
	if next := bytes.Index(content[start+1:], member); next >= 0 {
		end = start + 1 + next
	}
	content[start+(end-start)*3/4] ^= 0x10
	ts.Check(os.WriteFile(ts.MkAbs(args[0]), content, 0o644))
}
