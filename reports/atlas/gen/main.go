// Command gen makes the atlas's outlines, reports/atlas/data/outlines.json.gz, from a
// folder of official reference files. It is run by hand for a release; the result is
// committed, so that the program itself needs no folder.
//
//	go run ./reports/atlas/gen --reference ../shared/reference
package main

import (
	"bytes"
	"encoding/json"
	"flag"
	"fmt"
	"io"
	"os"
	"path/filepath"

	"github.com/klauspost/compress/gzip"

	"vigie/reports/atlas"
)

func main() {
	if err := run(os.Args[1:], os.Stdout); err != nil {
		fmt.Fprintln(os.Stderr, "gen:", err)
		os.Exit(1)
	}
}

func run(args []string, out io.Writer) error {
	flags := flag.NewFlagSet("gen", flag.ContinueOnError)
	reference := flags.String("reference", filepath.FromSlash("../shared/reference"), "folder of the reference files")
	file := flags.String("out", filepath.FromSlash("reports/atlas/data/outlines.json.gz"), "file to write")
	if err := flags.Parse(args); err != nil {
		return err
	}
	t, err := build(*reference)
	if err != nil {
		return err
	}
	packed, err := pack(t)
	if err != nil {
		return err
	}
	fmt.Fprintf(out, "%s: %d arcs, %d bytes\n", *file, len(t.Arcs), len(packed))
	return os.WriteFile(*file, packed, 0o644)
}

// pack gives equal bytes for equal outlines: the gzip header bears no time.
func pack(t atlas.Topology) ([]byte, error) {
	var b bytes.Buffer
	w, err := gzip.NewWriterLevel(&b, gzip.BestCompression)
	if err != nil {
		return nil, err
	}
	if err := json.NewEncoder(w).Encode(t); err != nil {
		return nil, err
	}
	err = w.Close()
	return b.Bytes(), err
}
