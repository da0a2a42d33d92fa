// Command vigiebench runs parts of vigie alone, at their full speed, for those who measure
// them against other tools. It is built from the same packages as vigie, has no code of
// its own where theirs does the work, and is not shipped.
//
// A benchmark prints one line for the measuring script, "BENCH key=value ...":
//
//	units     what was done so many times
//	core_s    seconds of the measured part, where loading is left out of it
//	core_cpu  CPU seconds of that part
package main

import (
	"context"
	"errors"
	"flag"
	"fmt"
	"os"
	"os/signal"
	"strings"
)

// A benchmark is one subcommand, in a file of its own.
type benchmark struct {
	name, does string
	run        func(ctx context.Context, args []string) error
}

// benchmarks are all of them, by name.
var benchmarks = []benchmark{
	{"article", "reads the text of every page in a folder", runArticle},
	{"crawl", "finds, fetches, archives and reads the pages of a site", runCrawl},
	{"csv", "writes a table as a CSV file", runCSV},
	{"names", "finds the official names in a text", runNames},
	{"warc", "reads every response of a WARC file", runWARC},
	{"xlsx", "writes a table as a workbook", runXLSX},
}

func main() {
	ctx, stop := signal.NotifyContext(context.Background(), os.Interrupt)
	err := run(ctx, os.Args[1:])
	stop()
	if errors.Is(err, flag.ErrHelp) {
		os.Exit(2)
	}
	if err != nil {
		fmt.Fprintln(os.Stderr, "vigiebench:", err)
		os.Exit(1)
	}
}

func run(ctx context.Context, args []string) error {
	f := flag.NewFlagSet("vigiebench", flag.ContinueOnError)
	f.Usage = func() { usage(f) }
	p := profiles(f)
	if err := f.Parse(args); err != nil {
		return flag.ErrHelp
	}
	for _, b := range benchmarks {
		if b.name == f.Arg(0) {
			stop, err := p.start()
			if err != nil {
				return err
			}
			return errors.Join(b.run(ctx, f.Args()[1:]), stop())
		}
	}
	f.Usage()
	return flag.ErrHelp
}

func usage(f *flag.FlagSet) {
	fmt.Fprintln(f.Output(), "usage: vigiebench [flags] BENCHMARK [its flags and arguments]")
	for _, b := range benchmarks {
		fmt.Fprintf(f.Output(), "  %-10s %s\n", b.name, b.does)
	}
	f.PrintDefaults()
}

// flags returns the flags of a benchmark, whose arguments are to be as the usage says.
func flags(name, arguments string) *flag.FlagSet {
	f := flag.NewFlagSet(name, flag.ContinueOnError)
	f.Usage = func() {
		fmt.Fprintf(f.Output(), "usage: vigiebench %s [flags] %s\n", name, arguments)
		f.PrintDefaults()
	}
	return f
}

// parse reads a benchmark's arguments: its flags, then as many as its usage names.
func parse(f *flag.FlagSet, args []string, want int) ([]string, error) {
	if err := f.Parse(args); err != nil {
		return nil, flag.ErrHelp // the flag set has said why
	}
	if f.NArg() != want {
		f.Usage()
		return nil, flag.ErrHelp
	}
	return f.Args(), nil
}

// report prints a benchmark's line: keys and values in turn.
func report(keysAndValues ...any) {
	var b strings.Builder
	b.WriteString("BENCH")
	for i := 0; i < len(keysAndValues); i += 2 {
		value := keysAndValues[i+1]
		if v, ok := value.(float64); ok {
			value = fmt.Sprintf("%.4f", v)
		}
		fmt.Fprintf(&b, " %s=%v", keysAndValues[i], value)
	}
	fmt.Println(b.String())
}
