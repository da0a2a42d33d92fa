// Command gen makes the gazetteer's embedded tables, transform/gazetteer/data/*.tsv,
// from a folder of official reference files. It is run by hand for a release; the result is
// committed, so that the program itself needs neither folder nor network.
//
//	go run ./transform/gazetteer/gen --reference ../shared/reference
package main

import (
	"errors"
	"flag"
	"fmt"
	"io"
	"os"
	"path/filepath"
)

func main() {
	if err := run(os.Args[1:], os.Stdout); err != nil {
		fmt.Fprintln(os.Stderr, "gen:", err)
		os.Exit(1)
	}
}

func run(args []string, out io.Writer) error {
	flags := flag.NewFlagSet("gen", flag.ContinueOnError)
	reference := flags.String("reference", "", "folder of the reference files to rebuild all tables from")
	data := flags.String("out", filepath.FromSlash("transform/gazetteer/data"), "folder of the tables")
	if err := flags.Parse(args); err != nil {
		return err
	}
	if *reference == "" {
		return errors.New("want --reference FOLDER")
	}
	return rebuild(*reference, *data, out)
}

// rebuild writes every table anew from the reference files.
func rebuild(reference, dir string, out io.Writer) error {
	tables, err := build(reference)
	if err != nil {
		return err
	}
	for _, t := range tables {
		if err := os.WriteFile(filepath.Join(dir, t.file), t.bytes(), 0o644); err != nil {
			return err
		}
		fmt.Fprintf(out, "%s: %d rows\n", t.file, len(t.rows))
	}
	return os.WriteFile(filepath.Join(dir, "tables.csv"), catalogue(tables), 0o644)
}
