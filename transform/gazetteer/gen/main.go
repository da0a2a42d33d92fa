// Command gen makes the gazetteer's embedded tables, transform/gazetteer/data/*.tsv,
// from a folder of official reference files, or with --online brings those up to date
// that have a public address. It is run by hand for a release; the result is committed,
// so that the program itself needs neither folder nor network.
//
//	go run ./transform/gazetteer/gen --reference ../shared/reference
//	go run ./transform/gazetteer/gen --online
package main

import (
	"context"
	"errors"
	"flag"
	"fmt"
	"io"
	"net/http"
	"os"
	"os/signal"
	"path/filepath"
	"time"
)

func main() {
	ctx, stop := signal.NotifyContext(context.Background(), os.Interrupt)
	defer stop()
	if err := run(ctx, os.Args[1:], os.Stdout); err != nil {
		fmt.Fprintln(os.Stderr, "gen:", err)
		os.Exit(1)
	}
}

func run(ctx context.Context, args []string, out io.Writer) error {
	flags := flag.NewFlagSet("gen", flag.ContinueOnError)
	reference := flags.String("reference", "", "folder of the reference files to rebuild all tables from")
	data := flags.String("out", filepath.FromSlash("transform/gazetteer/data"), "folder of the tables")
	refresh := flags.Bool("online", false, "refresh the tables that have a public address")
	if err := flags.Parse(args); err != nil {
		return err
	}
	switch {
	case *refresh == (*reference != ""):
		return errors.New("want either --reference FOLDER or --online")
	case *refresh:
		o := online{client: &http.Client{Timeout: 2 * time.Minute}, lists: publicLists, places: publicPlaces, dir: *data, out: out, today: time.Now()}
		return o.refresh(ctx)
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
