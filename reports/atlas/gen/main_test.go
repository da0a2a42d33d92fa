package main

import (
	"bytes"
	"os"
	"testing"
)

// TestOutlinesAreTheReference holds the committed outlines to what the reference files give.
func TestOutlinesAreTheReference(t *testing.T) {
	const reference = "../../../../shared/reference"
	if _, err := os.Stat(reference); err != nil {
		t.Skip("no reference files beside the repository")
	}
	made, err := build(reference)
	if err != nil {
		t.Fatal(err)
	}
	got, err := pack(made)
	if err != nil {
		t.Fatal(err)
	}
	want, err := os.ReadFile("../data/outlines.json.gz")
	if err != nil {
		t.Fatal(err)
	}
	if !bytes.Equal(got, want) {
		t.Error("the outlines are not those of the reference files: go generate ./reports/atlas")
	}
}
