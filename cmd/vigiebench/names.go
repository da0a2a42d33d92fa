package main

import (
	"bufio"
	"context"
	"os"

	"vigie/transform/gazetteer"
)

// longestLine is that of a text whose paragraphs are lines.
const longestLine = 1 << 20

// runNames finds the official names in a text, line by line. The names are vigie's own,
// with their forms and homonyms: the count is not that of a plain list of names.
func runNames(ctx context.Context, args []string) error {
	args, err := parse(flags("names", "TEXT"), args, 1)
	if err != nil {
		return err
	}
	lines, size, err := readLines(args[0])
	if err != nil {
		return err
	}
	loading := startWatch()
	g, err := gazetteer.Load()
	if err != nil {
		return err
	}
	loaded, _ := loading.stop()
	w, found := startWatch(), 0
	for _, line := range lines {
		if ctx.Err() != nil {
			return ctx.Err()
		}
		found += len(g.Find(line))
	}
	seconds, cpu := w.stop()
	report("units", float64(size)/1e6, "found", found, "build_s", loaded, "core_s", seconds, "core_cpu", cpu)
	return nil
}

func readLines(file string) (lines []string, size int, err error) {
	in, err := os.Open(file)
	if err != nil {
		return nil, 0, err
	}
	defer in.Close()
	s := bufio.NewScanner(in)
	s.Buffer(nil, longestLine)
	for s.Scan() {
		lines = append(lines, s.Text())
		size += len(s.Bytes()) + 1
	}
	return lines, size, s.Err()
}
