package main

import (
	"context"
	"fmt"
	"os"

	"vigie/scrapers/warc"
)

// runWARC reads a WARC file as `vigie archive import` does, and counts its responses.
func runWARC(_ context.Context, args []string) error {
	args, err := parse(flags("warc", "FILE"), args, 1)
	if err != nil {
		return err
	}
	in, err := os.Open(args[0])
	if err != nil {
		return err
	}
	defer in.Close()
	responses, size := 0, 0
	for rec, err := range warc.NewReader(in).Records() {
		if err != nil {
			return fmt.Errorf("%s: %w", args[0], err)
		}
		if rec.Type != warc.TypeResponse {
			continue
		}
		r, err := rec.Response()
		if err != nil {
			return fmt.Errorf("%s: %w", args[0], err)
		}
		responses++
		size += len(r.Body)
	}
	report("units", responses, "check", size)
	return nil
}
